"""Which device a workspace goes on under.

Every opening and every closing is counted twice: in the database and in a mark outside the workspace. Where the two differ, the
folder was restored from a backup, moved or copied, and goes on as a new device, so that no sequence number of a chain is ever used
twice.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from auditor_app.clock import Clock
from auditor_app.disk import disk_errors, write_file
from auditor_app.ids import DeviceId, new_id
from auditor_app.sqlite_driver import Database
from auditor_app.store.records import fact, set_fact
from auditor_app.workspace.layout import DEVICE


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A device id, where its workspace was, and how often it was opened or closed."""

    device: DeviceId
    folder: str
    times: int


@dataclass(slots=True, kw_only=True)
class Marks:
    """The inner and the outer mark of one open workspace."""

    db: Database
    path: Path
    mark: Mark

    def count(self) -> None:
        """Count once more on both sides, the inner first."""
        self.mark = msgspec.structs.replace(self.mark, times=self.mark.times + 1)
        with self.db.atomic():
            set_fact(self.db, DEVICE, msgspec.to_builtins(self.mark))
        write_file(self.path, msgspec.json.encode(self.mark))


def marks_for(db: Database, workspace: str, folder: Path, installation: Path, clock: Clock) -> Marks:
    """Decide on the device for this opening, and count it."""
    path, place = installation / "devices" / f"{workspace}.json", str(folder.resolve())
    inner, outer = _read_inner(fact(db, DEVICE)), _read_outer(path)
    # A crash between the two writes leaves the inner count one ahead: that is the same device.
    same = inner and outer and inner.device == outer.device and outer.folder == place and inner.times - outer.times in {0, 1}
    device = inner.device if inner and same else DeviceId(new_id(clock))
    marks = Marks(db=db, path=path, mark=Mark(device=device, folder=place, times=inner.times if inner else 0))
    marks.count()
    return marks


def _read_inner(value: object) -> Mark | None:
    try:
        return msgspec.convert(value, Mark) if value else None
    except msgspec.ValidationError:
        return None  # as with a damaged outer mark


def _read_outer(path: Path) -> Mark | None:
    try:
        with disk_errors(path):
            return msgspec.json.decode(path.read_bytes(), type=Mark) if path.exists() else None
    except msgspec.MsgspecError:
        return None  # a damaged mark is as good as none: the workspace goes on as a new device
