"""Which device a workspace goes on under.

Every opening is counted twice: in the database and in a mark outside the workspace. Where the two differ, the folder was restored
from a backup, moved or copied, and goes on as a new device, so that no sequence number of a chain is ever used twice.
"""

from pathlib import Path

import msgspec

from auditor_app.clock import Clock
from auditor_app.disk import disk_errors, write_file
from auditor_app.ids import DeviceId, new_id
from auditor_app.sqlite_driver import Database
from auditor_app.store.records import fact, set_fact


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A device id, where its workspace was, and how often it was opened."""

    device: str
    folder: str
    openings: int


def device_for(db: Database, workspace: str, folder: Path, installation: Path, clock: Clock) -> DeviceId:
    """Give the device id for this opening and count it on both sides; the inner count is written first."""
    outer_path = installation / "devices" / f"{workspace}.json"
    inner, outer = _read(fact(db, "device")), _read_file(outer_path)
    place = str(folder.resolve())
    # A crash between the two writes leaves the inner count one ahead: that is the same device.
    same = inner and outer and inner.device == outer.device and outer.folder == place and inner.openings - outer.openings in {0, 1}
    device = inner.device if inner and same else new_id(clock)
    mark = Mark(device=device, folder=place, openings=(inner.openings if inner else 0) + 1)
    with db.atomic():
        set_fact(db, "device", msgspec.to_builtins(mark))
    write_file(outer_path, msgspec.json.encode(mark))
    return DeviceId(device)


def _read(value: object) -> Mark | None:
    return msgspec.convert(value, Mark) if value else None


def _read_file(path: Path) -> Mark | None:
    try:
        with disk_errors(path):
            return msgspec.json.decode(path.read_bytes(), type=Mark) if path.exists() else None
    except msgspec.MsgspecError:
        return None  # a damaged mark is as good as none: the workspace goes on as a new device
