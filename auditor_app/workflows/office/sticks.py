"""Receiving from a stick: a bundle itself, or every bundle that lies on it."""

from pathlib import Path

from auditor_app.bundle import names
from auditor_app.disk import disk_errors
from auditor_app.error_words import words
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.progress import Progress, silent
from auditor_app.workflows.bundle_copies import bundle_at
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.receiving import WAITS, receive_path
from auditor_app.workflows.office.refusing import Received


def receive_stick(office: Office, path: Path, progress: Progress = silent) -> list[Received]:
    """Receive one bundle, a folder or a zip, or all that lie in a folder such as that of a stick, in the order in which they were written.

    Raises NotAllowed("bundle_missing") where there is none, and as `receive_path`.
    """
    if not path.is_dir() or _is_bag(path):
        return [receive_path(office, path, progress)]
    if not (found := _bundles_in(path)):
        raise NotAllowed("bundle_missing", path=str(path))
    return [_received(office, bundle, one, progress) for bundle, one in found]


def _received(office: Office, bundle: str, path: Path, progress: Progress) -> Received:
    try:
        return receive_path(office, path, progress)
    except Unavailable as error:  # no room for this one; there may be for the next
        return Received(bundle=bundle, outcome=WAITS, reason=str(error), words=words(error))


def _is_bag(folder: Path) -> bool:
    """Say whether a folder has anything of a bundle's own, also where something is missing."""
    return any((folder / name).exists() for name in (names.TAG_MANIFEST, names.SIGNATURE, names.RECORD, "bagit.txt"))


def _bundles_in(folder: Path) -> list[tuple[str, Path]]:
    with disk_errors(folder):
        entries = sorted(folder.iterdir(), key=lambda one: (one.lstat().st_mtime, one.name))
    return [(found.id, one) for one in entries if (found := bundle_at(one))]
