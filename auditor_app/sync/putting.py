"""Putting parts at a place: what of a bundle is missing there, and sending it part by part as the line allows."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from auditor_app.digests import sha256_of, sha256_of_stream
from auditor_app.disk import disk_errors
from auditor_app.errors import AuditorAppError, Corrupted, Unavailable
from auditor_app.ids import Digest
from auditor_app.progress import Progress
from auditor_app.sync.listing import Listing, SealedObject
from auditor_app.sync.pace import LANES, Pace
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


@dataclass(slots=True)
class Sent:
    """What is kept while sending: whom to tell, what is known to be there, the pace (None: even parts), the largest part, what was put."""

    progress: Progress
    confirmed: set[str]
    pace: Pace | None
    most: int
    put: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """The connections to a place: what is under way over each."""

    storage: Storage
    folder: str
    sent: Sent
    tell: Callable[[], None]
    pool: ThreadPoolExecutor
    under_way: dict[Future[float], tuple[Part, int]] = field(default_factory=dict)

    @property
    def lanes(self) -> int:
        """Tell how many slices may be under way at once."""
        return self.sent.pace.lanes if self.sent.pace and self.storage.many_at_once else 1

    @property
    def slice(self) -> int:
        """Tell how many bytes the next slice has at most."""
        return min(self.sent.pace.size // self.lanes, self.sent.most) if self.sent.pace else self.sent.most

    def wait_for_room(self) -> None:
        """Wait until a connection is free. Raises what became of an earlier slice, and what the pace says."""
        self.wait_until(self.lanes - 1)
        if self.sent.pace:
            self.sent.pace.allow()

    def put(self, part: Part, data: bytes) -> None:
        """Begin to send a slice."""
        self.under_way[self.pool.submit(_timed_write, self.storage, self.folder + part.name, data)] = part, self.lanes

    def wait_until(self, most: int) -> None:
        """Wait until no more than `most` slices are under way."""
        while len(self.under_way) > most:
            done, _rest = wait(self.under_way, return_when=FIRST_COMPLETED)
            for each in done:
                self._arrived(each, *self.under_way.pop(each))

    def _arrived(self, each: Future[float], part: Part, lanes: int) -> None:
        pace = self.sent.pace
        try:
            seconds = each.result()
        except Unavailable:
            if pace:
                pace.failed()
            raise
        self.sent.put.append(part)
        self.sent.confirmed.add(part.name)
        if pace:
            pace.took(part.size, seconds, lanes)
            pace.hold(part.size, seconds, self.tell)
        self.tell()

    def settle(self) -> None:
        """Let what is under way arrive where it still can, so that it need not go again."""
        for each in wait(self.under_way).done:
            part, _lanes = self.under_way.pop(each)
            if not each.exception():
                self.sent.put.append(part)
                self.sent.confirmed.add(part.name)


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
    set_aside: list[AuditorAppError] = []

    def tell() -> None:
        sent.progress("sending", cargo.total - cargo.open + sum(part.size for part in sent.put), cargo.total)

    tell()
    with ThreadPoolExecutor(LANES, "sending") as pool:
        line = _Line(storage, folder, sent, tell, pool)
        try:
            for sealed, missing in cargo.missing:
                try:
                    check_source(sealed, open_object)
                except (Corrupted, Unavailable) as error:
                    set_aside.append(error)
                    continue
                _send_object(line, sealed, missing, open_object)
            line.wait_until(0)
        finally:
            line.settle()
    if set_aside:
        raise set_aside[0]
    return frozenset(part.name for part in sent.put)


def _send_object(line: _Line, sealed: SealedObject, missing: Iterable[tuple[int, int]], open_object: OpenObject) -> None:
    with disk_errors(Path(sealed.path)), open_object(sealed) as stream:
        for start, size in missing:
            for part in _as_the_line_allows(sealed, start, size, line):
                line.put(part, _read(sealed, stream, part))


def contents(sealed: SealedObject, parts: Iterable[Part], open_object: OpenObject) -> Iterator[tuple[Part, bytes]]:
    """Give the bytes of some parts of an object, which is digested before the first."""
    parts = list(parts)
    if not parts:
        return
    check_source(sealed, open_object)
    with disk_errors(Path(sealed.path)), open_object(sealed) as stream:
        for part in parts:
            yield part, _read(sealed, stream, part)


def part_digests(listing: Listing, open_object: OpenObject) -> dict[str, Digest]:
    """Digest the parts of all objects that are cut, from their sources."""
    cut = {sealed.sha256: sealed for sealed in listing.objects if len(listing.sizes(sealed)) > 1}
    found = (contents(sealed, listing.parts_of(sealed), open_object) for sealed in cut.values())
    return {part.name: sha256_of(data) for parts in found for part, data in parts}


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


def _as_the_line_allows(sealed: SealedObject, start: int, size: int, line: _Line) -> Iterator[Part]:
    """Cut a gap while it is sent; an empty object is one empty part."""
    end = start + size
    while True:
        line.wait_for_room()
        part = part_of(sealed.sha256, sealed.size, start, min(line.slice, end - start))
        yield part
        start += part.size
        if start >= end:
            return


def _timed_write(storage: Storage, path: str, data: bytes) -> float:
    """Write and tell how many seconds it took."""
    began = time.monotonic()
    storage.write(path, data)
    return time.monotonic() - began


def _read(sealed: SealedObject, stream: BinaryIO, part: Part) -> bytes:
    stream.seek(part.offset)
    data = stream.read(part.size)
    if len(data) != part.size:
        raise Corrupted("object_damaged", path=sealed.path)
    return data
