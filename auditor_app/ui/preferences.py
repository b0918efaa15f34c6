"""What a person chose for this installation: look, text size, the workspace opened last. Kept outside the workspace."""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from auditor_app.install_paths import default_workspace, installation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
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
        kept = json.loads(_file().read_bytes())
        return Preferences(**{one.name: kept[one.name] for one in fields(Preferences) if type(kept.get(one.name)) is type(one.default)})
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError, AttributeError) as error:
        log.info("preferences not read: %s", error)
        return Preferences()


def keep_preferences(preferences: Preferences) -> None:
    """Write the choices; meant for a worker."""
    from auditor_app.disk import write_file  # noqa: PLC0415 - the first window does not wait for it

    write_file(_file(), json.dumps(asdict(preferences)).encode())


def _file() -> Path:
    return installation() / "preferences.json"
