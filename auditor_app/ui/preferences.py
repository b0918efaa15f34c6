"""What a person chose for this installation: look, text size, the workspace opened last. Kept outside the workspace."""

import logging
from pathlib import Path

import msgspec

from auditor_app.disk import write_file
from auditor_app.install_paths import default_workspace, installation

log = logging.getLogger(__name__)


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """Choices that change nothing in the work."""

    mode: str = "light"
    text_size: int = 100
    workspace: str = ""

    @property
    def workspace_folder(self) -> Path:
        """Give the workspace opened last, or the platform's place for one."""
        return Path(self.workspace) if self.workspace else default_workspace()


def read_preferences() -> Preferences:
    """Read the choices; unreadable ones are as good as none, and are told in the log."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=Preferences)
    except FileNotFoundError:
        return Preferences()
    except (OSError, msgspec.MsgspecError) as error:
        log.info("preferences not read: %s", error)
        return Preferences()


def keep_preferences(preferences: Preferences) -> None:
    """Write the choices; meant for a worker."""
    write_file(_file(), msgspec.json.encode(preferences))


def _file() -> Path:
    return installation() / "preferences.json"
