"""What is where in a workspace folder, and the small file in clear that says what the folder is."""

from pathlib import Path
from typing import Annotated

import msgspec

from auditor_app.disk import disk_errors, write_file
from auditor_app.errors import Corrupted, NotAllowed, Unsupported

FORMAT = 1
DESCRIPTION, DATABASE, KEYS, VAULT, LOCK, OUTGOING = "workspace.json", "journal.db", "keys", "vault", "lock", "outgoing"

DEVICE, SESSION, LEFT_BEHIND, BACKUP = "device", "session", "left_behind", "backup"
READING = "reading_copy"
"""The fact that makes a workspace an office's reading copy, in which nothing of a visit can be changed: which bundle it shows."""

OF_THIS_COPY = (DEVICE, SESSION, LEFT_BEHIND, BACKUP)
"""Facts of this copy of the workspace alone, which no backup takes along: its count of openings (whoever opens the backup goes on
as a new device), where its window was, how many files were half taken in when the program last died, and the last backup."""


class _Format(msgspec.Struct):
    """What every version's description has."""

    format: int


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What a workspace folder says of itself in clear: its format and a random id. No name of anything."""

    format: int
    workspace: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]  # a file of this name is made outside the workspace


def write_description(folder: Path, workspace: str) -> None:
    """Write the description; the folder is a workspace once this exists."""
    write_file(folder / DESCRIPTION, msgspec.json.encode(Description(format=FORMAT, workspace=workspace)))


def read_description(folder: Path) -> Description:
    """Read the description. Raises NotAllowed when there is no workspace, Unsupported when a newer version made it."""
    path = folder / DESCRIPTION
    if not path.is_file():
        raise NotAllowed("workspace_missing", path=str(folder))
    with disk_errors(path):
        data = path.read_bytes()
    try:
        if (made := msgspec.json.decode(data, type=_Format).format) > FORMAT:
            raise Unsupported("made_by_newer_version", steps=f"workspace format {made}")
        return msgspec.json.decode(data, type=Description)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Corrupted("workspace_unreadable", path=str(path)) from error
