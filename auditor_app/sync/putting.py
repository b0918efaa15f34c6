"""Putting parts at a place: what of a bundle is missing there, and sending it part by part as the line allows."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auditor_app.digests import sha256_of_stream
from auditor_app.disk import disk_errors
from auditor_app.errors import AuditorAppError, Corrupted, Unavailable
from auditor_app.ids import Digest
from auditor_app.progress import Progress
from auditor_app.sync.listing import Listing, SealedObject
from auditor_app.sync.pace import Pace
from auditor_app.sync.parts import Part, gaps, part_of, parts_there
from auditor_app.sync.storage import Storage

OpenObject = Callable[[SealedObject], BinaryIO]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """How much of a bundle is at a place: `missing` gives the gaps of each object, `torn` the names of parts to be taken away."""

    cuts: Mapping[Digest, tuple[int, ...]]
    missing: tuple[tuple[SealedObject, tuple[tuple[int, int], ...]], ...]
    whole: frozenset[str]
    torn: tuple[str, ...]
    total: int

    @property
    def open(self) -> int:
        """Tell how many bytes are missing."""
        return sum(size for _sealed, found in self.missing for _start, size in found)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is kept while sending: whom to tell, what is known to be there, the pace (None: even parts), and the largest part."""

    progress: Progress
    confirmed: set[str]
    pace: Pace | None
    most: int

    @property
    def part_size(self) -> int:
        """Tell how many bytes the next part has at most."""
        return min(self.pace.size, self.most) if self.pace else self.most


def look_what_is_missing(listing: Listing, there: Mapping[str, int]) -> Cargo:
    """Compare a bundle with the listing of a place, name to size in bytes."""
    by_object: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, size in there.items():
        by_object[name[:64]][name] = size
    distinct = {sealed.sha256: sealed for sealed in listing.objects}
    found = {digest: parts_there(digest, sealed.size, by_object[digest]) for digest, sealed in distinct.items()}
    open_gaps = {digest: gaps(parts, distinct[digest].size) for digest, parts in found.items()}
    whole = frozenset(part.name for parts in found.values() for part in parts)
    return Cargo(
        cuts={digest: tuple(part.size for part in parts) for digest, parts in found.items()},
        missing=tuple((distinct[digest], found_gaps) for digest, found_gaps in open_gaps.items() if found_gaps),
        whole=whole,
        torn=tuple(name for digest in distinct for name in by_object[digest] if name not in whole),
        total=sum(sealed.size for sealed in distinct.values()),
    )


def send_missing(storage: Storage, folder: str, cargo: Cargo, open_object: OpenObject, sent: Sent) -> frozenset[str]:
    """Fill every gap; an object whose source is damaged is set aside and the rest goes on. Raises the first such error at the end."""
    put: list[Part] = []
    set_aside: list[AuditorAppError] = []

    def tell() -> None:
        sent.progress("sending", cargo.total - cargo.open + sum(part.size for part in put), cargo.total)

    tell()
    for sealed, missing in cargo.missing:
        try:
            check_source(sealed, open_object)
        except (Corrupted, Unavailable) as error:
            set_aside.append(error)
            continue
        with disk_errors(Path(sealed.path)), open_object(sealed) as stream:
            for start, size in missing:
                for part, data in _as_the_line_allows(sealed, start, size, stream, sent):
                    _put(storage, folder + part.name, data, sent.pace, tell)
                    put.append(part)
                    sent.confirmed.add(part.name)
                    tell()
    if set_aside:
        raise set_aside[0]
    return frozenset(part.name for part in put)


def contents(sealed: SealedObject, parts: Iterable[Part], open_object: OpenObject) -> Iterator[tuple[Part, bytes]]:
    """Give the bytes of some parts of an object, which is digested before the first."""
    parts = list(parts)
    if not parts:
        return
    check_source(sealed, open_object)
    with disk_errors(Path(sealed.path)), open_object(sealed) as stream:
        for part in parts:
            yield part, _read(sealed, stream, part)


def check_source(sealed: SealedObject, open_object: OpenObject) -> None:
    """See that a source is what the listing says. Raises Corrupted("object_damaged")."""
    with disk_errors(Path(sealed.path)), open_object(sealed) as stream:
        if sha256_of_stream(stream) != sealed.sha256:
            raise Corrupted("object_damaged", path=sealed.path)


def holds(storage: Storage, path: str, data: bytes) -> bool:
    """Say whether a place has exactly these bytes."""
    try:
        return storage.read(path, len(data)) == data
    except Corrupted:
        return False
    except Unavailable as error:
        if error.code != "place_object_missing":
            raise
        return False


def _as_the_line_allows(sealed: SealedObject, start: int, size: int, stream: BinaryIO, sent: Sent) -> Iterator[tuple[Part, bytes]]:
    """Cut a gap while it is sent; an empty object is one empty part."""
    end = start + size
    while True:
        part = part_of(sealed.sha256, sealed.size, start, min(sent.part_size, end - start))
        yield part, _read(sealed, stream, part)
        start += part.size
        if start >= end:
            return


def _put(storage: Storage, path: str, data: bytes, pace: Pace | None, still: Callable[[], object]) -> None:
    if pace is None:
        storage.write(path, data)
        return
    pace.allow()
    began = time.monotonic()
    try:
        storage.write(path, data)
    except Unavailable:
        pace.failed()
        raise
    seconds = time.monotonic() - began
    pace.took(len(data), seconds)
    pace.hold(len(data), seconds, still)


def _read(sealed: SealedObject, stream: BinaryIO, part: Part) -> bytes:
    stream.seek(part.offset)
    data = stream.read(part.size)
    if len(data) != part.size:
        raise Corrupted("object_damaged", path=sealed.path)
    return data
