"""Taking a bundle out of the inbox into a folder: hostile until its size and digest are right, object by object."""

import hashlib
from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path

from auditor_app.digests import sha256_of_file
from auditor_app.disk import disk_errors, new_file
from auditor_app.errors import Corrupted
from auditor_app.progress import Progress, silent
from auditor_app.sync.listing import LIMITS, Limits, Listing, SealedObject
from auditor_app.sync.mailbox import absent_parts, read_listing, read_part, remove_part
from auditor_app.sync.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedListing:
    """A bundle that is whole in a folder: its listing, and how many files were fetched now or were there already."""

    listing: Listing
    fetched: int
    kept: int


def receive(
    storage: Storage,
    bundle_id: str,
    folder: Path,
    limits: Limits = LIMITS,
    progress: Progress = silent,
    *,
    only: Container[str] | None = None,
) -> ReceivedListing:
    """Fetch a bundle into a folder, every file under its path in the bundle; a cut one is resumed by the same call.

    `only` names the paths to fetch, where not all are wanted yet; what is missing of the others is said all the same.
    A file gets its name only once its size and digest are right; files that are there and right are kept, all others in the folder are
    replaced or removed. A damaged part is taken out of the mailbox, so that its sender puts it there again, and the rest is fetched.
    Raises Corrupted (mailbox_listing_refused, mailbox_parts_missing, mailbox_part_damaged, mailbox_object_damaged) with the place,
    Unsupported, Cancelled, what the place refuses and what the disk refuses; whole files stay, nothing is left of the one in work.
    """
    listing = read_listing(storage, bundle_id, limits)
    if absent := absent_parts(storage, listing):
        raise Corrupted("mailbox_parts_missing", place=storage.place, bundle=bundle_id, count=len(absent), first=absent[0])
    wanted = [sealed for sealed in listing.objects if only is None or sealed.path in only]
    done, total, fetched = 0, sum(sealed.size for sealed in wanted), 0

    def arrived(size: int) -> None:
        nonlocal done
        done += size
        progress("receiving", done, total)

    _remove_others(folder, {sealed.path for sealed in listing.objects})
    damaged: list[Corrupted] = []
    for sealed, target in [(sealed, _target(folder, sealed.path)) for sealed in wanted]:
        if _is_there(target, sealed):
            arrived(sealed.size)
            continue
        try:
            _fetch(storage, listing, sealed, target, arrived)
            fetched += 1
        except Corrupted as error:
            damaged.append(error)
    if damaged:
        raise damaged[0]
    return ReceivedListing(listing=listing, fetched=fetched, kept=len(wanted) - fetched)


def _remove_others(folder: Path, paths: set[str]) -> None:
    """Remove what an earlier receiving left and this bundle does not name: half files of a kill, files of a list that was altered."""
    with disk_errors(folder):
        for path in folder.rglob("*"):
            if path.is_file() and path.relative_to(folder).as_posix() not in paths:
                path.unlink()


def _target(folder: Path, path: str) -> Path:
    """Place a checked path in the folder, and see that no link in it leads elsewhere."""
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise Corrupted("mailbox_path_leads_out", path=path)
    return target


def _is_there(target: Path, sealed: SealedObject) -> bool:
    with disk_errors(target):
        return target.is_file() and target.stat().st_size == sealed.size and sha256_of_file(target) == sealed.sha256


def _fetch(storage: Storage, listing: Listing, sealed: SealedObject, target: Path, arrived: Callable[[int], None]) -> None:
    digest, wrong = hashlib.sha256(), None
    with new_file(target) as stream:
        for part in listing.parts_of(sealed):
            try:
                data = read_part(storage, listing, part, listing.digest(sealed, part))
            except Corrupted as error:
                remove_part(storage, listing, part)
                wrong = error
                continue
            digest.update(data)
            stream.write(data)
            arrived(part.size)
        if wrong:
            raise wrong
        if digest.hexdigest() != sealed.sha256:  # the list itself was altered: nothing that it says of this object counts
            for part in listing.parts_of(sealed):
                remove_part(storage, listing, part)
            raise Corrupted("mailbox_object_damaged", place=storage.place, bundle=listing.bundle_id, path=sealed.path)
