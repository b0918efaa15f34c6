"""What gathering a profile does beside the window: reading files, adding codes, judging what came of it. Loads when first wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor_app.clock import SystemClock
from auditor_app.disk import disk_errors
from auditor_app.errors import AuditorAppError, NotAllowed

if TYPE_CHECKING:
    from auditor_app.workflows.profile_codes import CodesRead
    from auditor_app.workflows.profile_offers import Offer
    from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The codes read so far, the profile once it is whole and genuine, and what was wrong with a file, if anything."""

    read: "CodesRead"
    offer: "Offer | None" = None
    problem: AuditorAppError | None = None


def from_files(paths: Sequence[Path], before: "CodesRead | None") -> Gathered:
    """Look into files one after the other; one that shows nothing does not keep the others from being read."""
    from auditor_app.workflows.profile_codes import CodesRead  # noqa: PLC0415
    from auditor_app.workflows.profile_offers import look_into  # noqa: PLC0415

    read, problem = before or CodesRead(), None
    for path in paths:
        try:
            letter, read = look_into(_content(path), path.name, read)
            if letter:
                return _judged(letter, read)
        except AuditorAppError as error:
            problem = error
    return Gathered(read=read, problem=problem)


def from_codes(found: list[bytes], before: "CodesRead | None") -> Gathered:
    """Add codes that a camera saw; those of another letter are told, and the ones read before stay."""
    from auditor_app.workflows.profile_codes import CodesRead  # noqa: PLC0415
    from auditor_app.workflows.profile_offers import gathered  # noqa: PLC0415

    read = before or CodesRead()
    try:
        letter, read = gathered(found, read)
        return _judged(letter, read) if letter else Gathered(read=read)
    except AuditorAppError as error:
        return Gathered(read=read, problem=error)


def take_in(workspace: "Workspace", offer: "Offer", *, is_compared: bool) -> str:
    """Take a profile in; gives the office's name. A new key counts at once where a person has compared it, else it waits."""
    from auditor_app.workflows.identity import import_profile, keep_offered  # noqa: PLC0415

    try:
        import_profile(workspace, offer.letter)
    except NotAllowed as error:
        if error.code != "office_key_changed" or not is_compared:
            raise
        keep_offered(workspace)
    return offer.profile.office


def compare(workspace: "Workspace", offer: "Offer") -> "Offer":
    """Say what a profile is to the workspace."""
    from auditor_app.workflows import profile_offers  # noqa: PLC0415

    return profile_offers.compare(workspace, offer)


def _judged(letter: bytes, read: "CodesRead") -> Gathered:
    from auditor_app.workflows.profile_offers import read_offer  # noqa: PLC0415

    return Gathered(read=read, offer=read_offer(letter, SystemClock().now()))


def _content(path: Path) -> bytes:
    from auditor_app.workflows.code_reading import MOST_BYTES  # noqa: PLC0415

    with disk_errors(path):
        if path.stat().st_size > MOST_BYTES:
            raise NotAllowed("too_large_to_show", size=path.stat().st_size)
        return path.read_bytes()
