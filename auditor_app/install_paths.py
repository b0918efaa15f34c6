"""Where things are: shipped data in a checkout, a wheel or a frozen build, and the user's own folders."""

import os
import sys
from pathlib import Path

APP = "auditor-app"


def _shipped(name: str) -> Path:
    """Find a shipped data folder: inside the package when installed or frozen, beside it in a checkout."""
    package = Path(__file__).parent
    frozen = Path(getattr(sys, "_MEIPASS", package))
    for place in (package / "_shipped" / name, frozen / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(name)


def _own(kind: str) -> Path:
    """Ask for the platform's folder for data, state or logs of this program."""
    import platformdirs  # noqa: PLC0415 - not for each start

    own = platformdirs.PlatformDirs(APP, appauthor=False)
    return {"data": own.user_data_path, "state": own.user_state_path, "log": own.user_log_path}[kind]


def resources() -> Path:
    """Give the folder of fonts, style, pictures, catalogues and the sample visit."""
    return _shipped("resources")


def shipped_forms() -> Path:
    """Give the folder of form files that come with the program."""
    return _shipped("forms")


def default_workspace() -> Path:
    """Give the platform's place for the auditor's workspace."""
    return _own("data") / "workspace"


def installation() -> Path:
    """Give this installation's own folder: device marks and preferences, never copied with a workspace.

    The variable AUDITOR_INSTALLATION names another place (a second installation on one machine, a test).
    """
    named = os.environ.get("AUDITOR_INSTALLATION")
    return Path(named) if named else _own("state")


def log_folder() -> Path:
    """Give the folder of the log files."""
    return _own("log")
