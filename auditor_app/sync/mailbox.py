"""The mailbox: bundles go up to the office part by part, its answers come down; both sides only put and get objects.

    inbox/<id>/objects/<sha256>[.<offset>-<size>]  parts of sealed objects, shared by the bundles of one visit
    inbox/<bundle id>/bundle.json                  written last: the bundle exists once this does
    outbox/<auditor certificate fingerprint>/…     what the office has for an auditor

Resuming is looking what is there. A part counts as there when its size is right and this device knows its bytes: it put them
and was told so, or it read them back. What is known may be kept between calls (`confirmed`), else it is read back again.
A part that the office finds damaged it takes away, so that the sender, who looks again until there is a receipt, sees what is missing.
A visit that is done with it takes out as a whole; whoever sends of it later finds nothing there and sends everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from auditor_app.digests import sha256_of
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable, Unsupported
from auditor_app.ids import Digest
from auditor_app.plain_text import LONGEST_LINE, visible
from auditor_app.progress import Progress, silent
from auditor_app.sync.listing import LIMITS, Limits, Listing, is_safe_name, listing_bytes, parse_listing, safe_name
from auditor_app.sync.pace import Pace
from auditor_app.sync.parts import Part, missing_parts
from auditor_app.sync.putting import OpenObject, Sent, contents, holds, look_what_is_missing, part_digests, send_missing
from auditor_app.sync.storage import Storage

_BUNDLE, OBJECTS = "bundle.json", "objects/"
_ANSWER_BYTES = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What one sending did: parts put, parts that were right already, bytes put, and the address of the place."""

    sent_parts: int
    skipped_parts: int
    sent_bytes: int
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What is in the inbox: ids of bundles that can be received, and those whose bundle.json is refused, with the reason.

    `cargo` tells by the ids of the former in which folder of the inbox their parts are.
    """

    ready: tuple[str, ...]
    refused: tuple[tuple[str, AuditorAppError], ...]
    cargo: Mapping[str, str]


def send(
    storage: Storage,
    listing: Listing,
    open_object: OpenObject,
    progress: Progress = silent,
    confirmed: set[str] | None = None,
    pace: Pace | None = None,
) -> SendResult:
    """Put a whole bundle into the inbox; a cut one is resumed by the same call, a complete one is left as it is.

    `confirmed` holds names of parts whose bytes are known to be right at the place, and grows while sending, also when it ends in
    an error: given back next time, only what is not in it is read back. Steps of progress: "sending", then "checking", in bytes.
    `pace` cuts the parts as the line allows; without one all have the listing's size.
    Raises what the place refuses, Cancelled, Corrupted("object_damaged") for a source that is not what the listing says, once all
    others are there, and Corrupted("place_returned_other_bytes") for a place that does not keep what it is given; bundle.json is then
    not written.
    """
    confirmed = set() if confirmed is None else confirmed
    ahead = send_ahead(storage, listing, open_object, progress, confirmed, pace)
    listing = _as_cut(storage, listing)
    mended = read_back(storage, listing, open_object, progress, confirmed)
    parts = listing.parts()
    put = [parts[name] for name in ahead] + mended
    if mended and absent_parts(storage, listing):
        raise Corrupted("place_returned_other_bytes", place=storage.place, path=_objects(listing))
    _close(storage, replace(listing, digests=part_digests(listing, open_object)))
    size = sum(part.size for part in put)
    return SendResult(sent_parts=len(put), skipped_parts=len(parts) - len(put), sent_bytes=size, place=storage.place)


def send_ahead(
    storage: Storage,
    listing: Listing,
    open_object: OpenObject,
    progress: Progress = silent,
    confirmed: set[str] | None = None,
    pace: Pace | None = None,
) -> frozenset[str]:
    """Put the parts that are missing and no bundle.json: sealed evidence may go up before the visit is closed.

    Returns the names of the parts that were put; raises as `send` does.
    """
    folder = _objects(listing)
    parse_listing(listing_bytes(listing), listing.bundle_id)  # nothing goes up that the office would refuse
    confirmed = set() if confirmed is None else confirmed
    cargo = look_what_is_missing(listing, _there(storage, listing))
    confirmed.intersection_update(cargo.whole)  # in place: the caller keeps it
    if cargo.missing:
        storage.make_folder(folder)
    for name in cargo.torn:
        storage.delete(folder + name)
    return send_missing(storage, folder, cargo, open_object, Sent(progress, confirmed, pace, listing.part_size))


def waiting(storage: Storage, limits: Limits = LIMITS) -> Waiting:
    """Look which bundles are in the inbox, in the order in which they were closed, as far as the place tells.

    One that is still being sent is not there yet. Raises what the place refuses.
    """
    ready: list[tuple[str, str]] = []
    refused: list[tuple[str, AuditorAppError]] = []
    cargo: dict[str, str] = {}
    for path in (path for path, _size in storage.list("inbox/") if path.endswith("/")):
        bundle_id = path.removeprefix("inbox/").removesuffix("/")
        _size, closed = storage.changes(path).get(path + _BUNDLE, (0, None))
        if closed is None:
            continue
        try:
            _demand_safe(bundle_id)
            cargo[bundle_id] = read_listing(storage, bundle_id, limits).objects_in or bundle_id
            ready.append((closed, bundle_id))
        except (Corrupted, Unsupported) as error:
            refused.append((visible(bundle_id)[:LONGEST_LINE], error))  # made up by whoever put it there
    return Waiting(ready=tuple(bundle_id for _closed, bundle_id in sorted(ready)), refused=tuple(refused), cargo=cargo)


def read_listing(storage: Storage, bundle_id: str, limits: Limits = LIMITS) -> Listing:
    """Read and check the bundle.json of a bundle. Raises as `parse_listing`, and Unavailable("mailbox_bundle_missing")."""
    path = inbox(bundle_id) + _BUNDLE
    try:
        return parse_listing(storage.read(path, limits.listing_bytes), bundle_id, limits)
    except Unavailable as error:
        if error.code != "place_object_missing":
            raise
        raise Unavailable("mailbox_bundle_missing", bundle=bundle_id) from error


def state_of(storage: Storage, bundle_id: str, limits: Limits = LIMITS) -> str:
    """Digest by what one sees that a bundle in the inbox has changed: its bundle.json, and size and time of every part that it names.

    A bundle that is not there, or whose bundle.json is refused, has a state too. Raises what the place refuses.
    """
    seen: dict[str, object] = {}
    try:
        path = inbox(bundle_id) + _BUNDLE
        seen["listing"] = sha256_of(data := storage.read(path, limits.listing_bytes))
        listing = parse_listing(data, bundle_id, limits)
        folder = _objects(listing)
        there = storage.changes(folder)
        seen["parts"] = {name: there.get(folder + name) for name in listing.parts()}
    except (Corrupted, NotAllowed, Unavailable, Unsupported) as error:
        if isinstance(error, Unavailable) and error.code != "place_object_missing":
            raise
        seen["refused"] = error.code
    return sha256_of(msgspec.json.encode(seen))


def read_part(storage: Storage, listing: Listing, part: Part, digest: Digest) -> bytes:
    """Read one part, twice where it seems damaged. Raises Corrupted("mailbox_part_damaged")."""
    path = _objects(listing) + part.name
    for _attempt in range(2):
        if (data := _read_or_none(storage, path, part.size)) is not None and sha256_of(data) == digest:
            return data
    raise Corrupted("mailbox_part_damaged", place=storage.place, path=path)


def remove_part(storage: Storage, listing: Listing, part: Part) -> None:
    """Take away a part that is damaged, so that its sender sees that it is missing."""
    storage.delete(_objects(listing) + part.name)


def is_whole(storage: Storage, listing: Listing) -> bool:
    """Say whether a bundle is in the inbox, with all its parts in their sizes by the list that lies there: two requests."""
    try:
        there = read_listing(storage, listing.bundle_id)
    except (Corrupted, Unsupported):
        return False
    except Unavailable as error:
        if error.code != "mailbox_bundle_missing":
            raise
        return False
    return there == listing and not absent_parts(storage, there)


def absent_parts(storage: Storage, listing: Listing) -> tuple[str, ...]:
    """Name the parts of a bundle that are not in the inbox with the right size."""
    return tuple(part.name for part in missing_parts(listing.parts().values(), _there(storage, listing)))


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


def _demand_safe(bundle_id: str) -> None:
    if not is_safe_name(bundle_id):
        raise Corrupted("mailbox_listing_refused", place="", reason="unsafe_path")


def inbox(bundle_id: str) -> str:
    """Give the folder of a bundle, or of a visit's parts. Raises NotAllowed("mailbox_name_refused")."""
    return f"inbox/{safe_name(bundle_id)}/"


def _objects(listing: Listing) -> str:
    return inbox(listing.objects_in or listing.bundle_id) + OBJECTS


def _outbox(fingerprint: str) -> str:
    return f"outbox/{safe_name(fingerprint)}/"


def _there(storage: Storage, listing: Listing) -> dict[str, int]:
    folder = _objects(listing)
    return {path.removeprefix(folder): size for path, size in storage.list(folder)}


def _as_cut(storage: Storage, listing: Listing) -> Listing:
    """Note how the objects at the place are cut. Raises Corrupted("place_returned_other_bytes") when something of them is not there."""
    cargo = look_what_is_missing(listing, _there(storage, listing))
    if cargo.missing:
        raise Corrupted("place_returned_other_bytes", place=storage.place, path=_objects(listing))
    return replace(listing, cuts=cargo.cuts)


def _read_or_none(storage: Storage, path: str, size: int) -> bytes | None:
    """Read a part, or tell that it is longer than it should be or gone."""
    try:
        return storage.read(path, size)
    except (Corrupted, Unavailable) as error:
        if error.code not in ("place_object_too_large", "place_object_missing"):
            raise
        return None


def _close(storage: Storage, listing: Listing) -> None:
    path, data = inbox(listing.bundle_id) + _BUNDLE, listing_bytes(listing)
    if not holds(storage, path, data):
        storage.publish(path, data)


def read_back(storage: Storage, listing: Listing, open_object: OpenObject, progress: Progress, confirmed: set[str]) -> list[Part]:
    """Compare every part that is not confirmed with its source, and put it again where it differs."""
    unsure = {name: part.size for name, part in listing.parts().items() if name not in confirmed}
    done, total = 0, sum(unsure.values())
    mended = []
    for sealed in {each.sha256: each for each in listing.objects}.values():
        parts = [part for part in listing.parts_of(sealed) if part.name in unsure]
        for part, data in contents(sealed, parts, open_object):
            if not holds(storage, _objects(listing) + part.name, data):
                storage.write(_objects(listing) + part.name, data)
                mended.append(part)
            confirmed.add(part.name)
            done += part.size
            progress("checking", done, total)
    return mended
