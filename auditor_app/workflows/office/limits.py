"""What the office is ready to take: limits for one bundle, for one auditor, and for its disk. A small file in its folder, with defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from auditor_app.bundle.reading import MAX_FILES
from auditor_app.disk import disk_errors, free_bytes, write_file
from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.quarantine import notes, size_of, waiting_of

LIMITS_FILE = "limits.json"
MB = 1_000_000

_Count = Annotated[int, msgspec.Meta(ge=1, le=MAX_FILES)]
_Size = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]


class OfficeLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits as the office sets them; sizes in megabytes (a million bytes)."""

    bundle_files: _Count = MAX_FILES
    """Files that a bundle may have."""
    file_mb: _Size = 64_000
    """How large one file of it may be."""
    bundle_mb: _Size = 500_000
    """How large all its files may be together."""
    quarantine_mb: _Size = 1_000_000
    """How much may lie in quarantine: what is being received, and what was refused."""
    free_mb: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] = 2_000
    """How much room always stays free on the office's disk."""
    bundles_per_auditor: _Count = 100
    """How many bundles of one auditor may lie in quarantine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A bundle that is about to be copied into quarantine: its id, whose it is, how large its files are."""

    bundle: str
    auditor: str
    sizes: tuple[int, ...]


def office_limits(office: Office) -> OfficeLimits:
    """Read the office's limits; the defaults before any was set. Raises Corrupted("limits_unreadable")."""
    path = office.folder / LIMITS_FILE
    with disk_errors(path):
        if not path.exists():
            return OfficeLimits()
        data = path.read_bytes()
    try:
        return msgspec.json.decode(data, type=OfficeLimits)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Corrupted("limits_unreadable", path=str(path), detail=str(error)) from error


def change_limits(office: Office, wanted: Mapping[str, int]) -> OfficeLimits:
    """Change some of the office's limits, by their names. Raises NotAllowed("limit_not_possible")."""
    try:
        limits = msgspec.convert({**msgspec.to_builtins(office_limits(office)), **wanted}, OfficeLimits)
    except msgspec.ValidationError as error:
        raise NotAllowed("limit_not_possible", detail=str(error)) from error
    write_file(office.folder / LIMITS_FILE, msgspec.json.format(msgspec.json.encode(limits), indent=1) + b"\n")
    return limits


def check_bundle(limits: OfficeLimits, sizes: tuple[int, ...]) -> None:
    """Refuse a bundle that no room would help: too many files, or too large. Raises Corrupted("bundle_too_large")."""
    for what, has, most in (
        ("files", len(sizes), limits.bundle_files),
        ("bytes in one file", max(sizes, default=0), limits.file_mb * MB),
        ("bytes", sum(sizes), limits.bundle_mb * MB),
    ):
        if has > most:
            raise Corrupted("bundle_too_large", what=what, has=has, most=most)


def check_room(office: Office, limits: OfficeLimits, wanted: Wanted) -> None:
    """See that there is room for a bundle now. What was copied of it before counts as there.

    Raises Unavailable: "quarantine_full", "disk_kept_free", "too_many_of_auditor". It waits then; it is not refused.
    """
    known = notes(office)
    others = waiting_of(known, wanted.auditor) - {wanted.bundle}
    if len(others) >= limits.bundles_per_auditor:
        raise Unavailable("too_many_of_auditor", count=len(others), most=limits.bundles_per_auditor)
    there = size_of(office, wanted.bundle)
    missing, used = max(0, sum(wanted.sizes) - there), size_of(office)
    if used + missing > limits.quarantine_mb * MB:
        raise Unavailable("quarantine_full", used=_mb(used), needed=_mb(missing), most=limits.quarantine_mb)
    if (free := free_bytes(office.folder)) - missing < limits.free_mb * MB:
        raise Unavailable("disk_kept_free", path=str(office.folder), free=_mb(free), needed=_mb(missing), kept=limits.free_mb)


def _mb(size: int) -> int:
    return -(-size // MB)
