"""The mailbox: bundles go up to the office part by part, its answers come down; both sides only put and get objects.

    inbox/<bundle id>/objects/<sha256>[.00000 …]   parts of sealed objects
    inbox/<bundle id>/bundle.json                  written last: the bundle exists once this does
    outbox/<auditor certificate fingerprint>/…     what the office has for an auditor

Resuming is looking what is there. A part counts as there when its size is right and this device knows its bytes: it put them
and was told so, or it read them back. What is known may be kept between calls (`confirmed`), else it is read back again.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from auditor_app.digests import sha256_of_stream
from auditor_app.errors import AuditorAppError, Corrupted, Unavailable, Unsupported
from auditor_app.progress import Progress, silent
from auditor_app.sync.listing import LIMITS, Limits, Listing, SealedObject, is_safe_name, listing_bytes, parse_listing, safe_name
from auditor_app.sync.parts import Part, missing_parts, plan_parts
from auditor_app.sync.storage import Storage

OpenObject = Callable[[SealedObject], BinaryIO]

_BUNDLE = "bundle.json"
_ANSWER_BYTES = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What one sending did: parts put, parts that were right already, and bytes put."""

    sent_parts: int
    skipped_parts: int
    sent_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What is in the inbox: ids of bundles that can be received, and those whose bundle.json is refused, with the reason."""

    ready: tuple[str, ...]
    refused: tuple[tuple[str, AuditorAppError], ...]


def send(
    storage: Storage, listing: Listing, open_object: OpenObject, progress: Progress = silent, confirmed: set[str] | None = None
) -> SendResult:
    """Put a whole bundle into the inbox; a cut one is resumed by the same call, a complete one is left as it is.

    `confirmed` holds names of parts whose bytes are known to be right at the place, and grows while sending, also when it ends in
    an error: given back next time, only what is not in it is read back. Steps of progress: "sending", then "checking", in bytes.
    Raises what the place refuses, Cancelled, Corrupted("object_damaged") for a source that is not what the listing says, and
    Corrupted("place_returned_other_bytes") for a place that does not keep what it is given; bundle.json is then not written.
    """
    confirmed = set() if confirmed is None else confirmed
    ahead = send_ahead(storage, listing, open_object, progress, confirmed)
    mended = _read_back(storage, listing, open_object, progress, confirmed)
    parts = listing.parts()
    put = [parts[name] for name in ahead] + mended
    if put and _missing(storage, listing):
        raise Corrupted("place_returned_other_bytes", place=storage.place, path=_objects(listing.bundle_id))
    _close(storage, listing)
    return SendResult(sent_parts=len(put), skipped_parts=len(parts) - len(put), sent_bytes=sum(part.size for part in put))


def send_ahead(
    storage: Storage, listing: Listing, open_object: OpenObject, progress: Progress = silent, confirmed: set[str] | None = None
) -> frozenset[str]:
    """Put the parts that are missing and no bundle.json: sealed evidence may go up before the visit is closed.

    Returns the names of the parts that were put; raises as `send` does.
    """
    parse_listing(listing_bytes(listing), listing.bundle_id)  # nothing goes up that the office would refuse
    confirmed = set() if confirmed is None else confirmed
    missing = {part.name: part.size for part in _missing(storage, listing)}
    confirmed.difference_update(missing)  # in place: the caller keeps it
    total = sum(part.size for part in listing.parts().values())
    done = total - sum(missing.values())
    progress("sending", done, total)
    if missing:
        storage.make_folder(_objects(listing.bundle_id))
    for part, data in _contents(listing, missing, open_object):
        storage.write(_objects(listing.bundle_id) + part.name, data)
        confirmed.add(part.name)
        done += part.size
        progress("sending", done, total)
    return frozenset(missing)


def waiting(storage: Storage, limits: Limits = LIMITS) -> Waiting:
    """Look which bundles are in the inbox; one that is still being sent is not there yet. Raises what the place refuses."""
    ready: list[str] = []
    refused: list[tuple[str, AuditorAppError]] = []
    for path, _size in storage.list("inbox/"):
        bundle_id = path.removeprefix("inbox/").removesuffix("/")
        try:
            if is_safe_name(bundle_id) and storage.exists(_inbox(bundle_id) + _BUNDLE):
                read_listing(storage, bundle_id, limits)
                ready.append(bundle_id)
        except (Corrupted, Unsupported) as error:
            refused.append((bundle_id, error))
    return Waiting(ready=tuple(ready), refused=tuple(refused))


def read_listing(storage: Storage, bundle_id: str, limits: Limits = LIMITS) -> Listing:
    """Read and check the bundle.json of a bundle. Raises as `parse_listing`, and Unavailable("mailbox_bundle_missing")."""
    path = _inbox(bundle_id) + _BUNDLE
    try:
        return parse_listing(storage.read(path, limits.listing_bytes), bundle_id, limits)
    except Unavailable as error:
        if error.code != "place_object_missing":
            raise
        raise Unavailable("mailbox_bundle_missing", bundle=bundle_id) from error


def read_part(storage: Storage, bundle_id: str, part: Part) -> bytes:
    """Read one part, whose size must be right. Raises Corrupted("mailbox_part_damaged")."""
    path = _objects(bundle_id) + part.name
    if len(data := storage.read(path, part.size)) != part.size:
        raise Corrupted("mailbox_part_damaged", place=storage.place, path=path)
    return data


def absent_parts(storage: Storage, listing: Listing) -> tuple[str, ...]:
    """Name the parts of a bundle that are not in the inbox with the right size."""
    return tuple(part.name for part in _missing(storage, listing))


def remove_bundle(storage: Storage, bundle_id: str) -> None:
    """Take a bundle out of the inbox, bundle.json first: for the office, after its receipt is in the outbox."""
    storage.delete(_inbox(bundle_id) + _BUNDLE)
    storage.delete_folder(_inbox(bundle_id))


def put_outbox(storage: Storage, fingerprint: str, name: str, data: bytes) -> None:
    """Put something for an auditor into the outbox, all of it or nothing; one of the same name is replaced."""
    storage.publish(_outbox(fingerprint) + safe_name(name), data)


def list_outbox(storage: Storage, fingerprint: str) -> list[str]:
    """List the names of what is there for an auditor; names that no mailbox of ours has are left out."""
    folder = _outbox(fingerprint)
    names = [path.removeprefix(folder) for path, _size in storage.list(folder)]
    return [name for name in names if is_safe_name(name)]


def read_outbox(storage: Storage, fingerprint: str, name: str, limit: int = _ANSWER_BYTES) -> bytes:
    """Read something for an auditor, of at most `limit` bytes. Raises Corrupted("place_object_too_large")."""
    return storage.read(_outbox(fingerprint) + safe_name(name), limit)


def _inbox(bundle_id: str) -> str:
    return f"inbox/{safe_name(bundle_id)}/"


def _objects(bundle_id: str) -> str:
    return f"{_inbox(bundle_id)}objects/"


def _outbox(fingerprint: str) -> str:
    return f"outbox/{safe_name(fingerprint)}/"


def _missing(storage: Storage, listing: Listing) -> tuple[Part, ...]:
    folder = _objects(listing.bundle_id)
    there = {path.removeprefix(folder): size for path, size in storage.list(folder)}
    return missing_parts(listing.parts().values(), there)


def _read_back(storage: Storage, listing: Listing, open_object: OpenObject, progress: Progress, confirmed: set[str]) -> list[Part]:
    """Compare every part that is not confirmed with its source, and put it again where it differs."""
    unsure = {name: part.size for name, part in listing.parts().items() if name not in confirmed}
    done, total = 0, sum(unsure.values())
    mended = []
    for part, data in _contents(listing, unsure, open_object):
        if not _holds(storage, _objects(listing.bundle_id) + part.name, data):
            storage.write(_objects(listing.bundle_id) + part.name, data)
            mended.append(part)
        confirmed.add(part.name)
        done += part.size
        progress("checking", done, total)
    return mended


def _holds(storage: Storage, path: str, data: bytes) -> bool:
    """Say whether a place has exactly these bytes."""
    try:
        return storage.read(path, len(data)) == data
    except Corrupted:
        return False
    except Unavailable as error:
        if error.code != "place_object_missing":
            raise
        return False


def _close(storage: Storage, listing: Listing) -> None:
    path, data = _inbox(listing.bundle_id) + _BUNDLE, listing_bytes(listing)
    if not _holds(storage, path, data):
        storage.publish(path, data)


def _contents(listing: Listing, wanted: Container[str], open_object: OpenObject) -> Iterator[tuple[Part, bytes]]:
    """Give the wanted parts with their bytes, each once. Each object is digested before its first part leaves."""
    distinct = {sealed.sha256: sealed for sealed in listing.objects}
    for sealed in distinct.values():
        parts = plan_parts(sealed.sha256, sealed.size, listing.part_size)
        if any(part.name in wanted for part in parts):
            _check_source(sealed, open_object)
            yield from _cut(sealed, parts, wanted, open_object)


def _check_source(sealed: SealedObject, open_object: OpenObject) -> None:
    with open_object(sealed) as stream:
        if sha256_of_stream(stream) != sealed.sha256:
            raise Corrupted("object_damaged", path=sealed.path)


def _cut(sealed: SealedObject, parts: tuple[Part, ...], wanted: Container[str], open_object: OpenObject) -> Iterator[tuple[Part, bytes]]:
    with open_object(sealed) as stream:
        for part in parts:
            if part.name in wanted:
                stream.seek(part.offset)
                data = stream.read(part.size)
                if len(data) != part.size:
                    raise Corrupted("object_damaged", path=sealed.path)
                yield part, data
