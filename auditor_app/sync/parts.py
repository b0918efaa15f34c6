"""Cutting an object into parts, so that a cut connection costs one part and never more. Pure.

A part is an object of its own at the place: `<sha256>` when one part is enough, else `<sha256>.<offset>-<size>` with both in bytes, the
offset in twelve digits; `cat` in the order of names gives the object back. Parts of one object may differ in size: the name tells what a
part should be, so whoever resumes sees which are whole and which gaps are left, and cuts these as the line then allows.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest

PART_SIZE = 8 << 20
"""Bytes of a part at most unless told otherwise."""
MAX_PART_SIZE = 64 << 20
"""A part is held in memory, so its size has a limit."""
MAX_PARTS = 1_000_000

_CUT = re.compile(r"\.([0-9]{12})-([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its name at the place, and its first byte and size (bytes) within its object."""

    name: str
    offset: int
    size: int


def part_of(sha256: Digest, whole: int, offset: int, size: int) -> Part:
    """Name a part of an object of `whole` bytes."""
    return Part(name=sha256 if size == whole else f"{sha256}.{offset:012d}-{size}", offset=offset, size=size)


def even_sizes(size: int, part_size: int) -> tuple[int, ...]:
    """Cut `size` bytes into parts of one size; an empty object has one empty part. Raises NotAllowed."""
    if not 1 <= part_size <= MAX_PART_SIZE:
        raise NotAllowed("part_size_refused", size=part_size, limit=MAX_PART_SIZE)
    if size > MAX_PARTS * part_size:
        raise NotAllowed("object_too_many_parts", size=size, limit=MAX_PARTS * part_size)
    full, rest = divmod(size, part_size)
    return (part_size,) * full + ((rest,) if rest or not full else ())


def parts_of(sha256: Digest, sizes: Iterable[int]) -> tuple[Part, ...]:
    """Give the parts of an object that is cut into these sizes, in order."""
    sizes = tuple(sizes)
    parts, offset, whole = [], 0, sum(sizes)
    for size in sizes:
        parts.append(part_of(sha256, whole, offset, size))
        offset += size
    return tuple(parts)


def parts_there(sha256: Digest, size: int, there: Mapping[str, int]) -> tuple[Part, ...]:
    """Choose the whole parts of an object at a place, none overlapping, in order; `there` is its listing, name to size in bytes."""
    if there.get(sha256) == size:
        return (part_of(sha256, size, 0, size),)
    found = sorted(_read_names(sha256, size, there), key=lambda part: (part.offset, -part.size))
    chosen: list[Part] = []
    for part in found:
        if not chosen or part.offset >= chosen[-1].offset + chosen[-1].size:
            chosen.append(part)
    return tuple(chosen)


def gaps(parts: Iterable[Part], size: int) -> tuple[tuple[int, int], ...]:
    """Give what parts in order leave open of an object, as (first byte, size); an empty object is one gap until its part is there."""
    found, end, any_part = [], 0, False
    for part in parts:
        if part.offset > end:
            found.append((end, part.offset - end))
        end, any_part = part.offset + part.size, True
    if end < size or not any_part:
        found.append((end, size - end))
    return tuple(found)


def missing_parts(parts: Iterable[Part], there: Mapping[str, int]) -> tuple[Part, ...]:
    """Choose the parts that are not at the place with the right size."""
    return tuple(part for part in parts if there.get(part.name) != part.size)


def _read_names(sha256: Digest, whole: int, there: Mapping[str, int]) -> Iterable[Part]:
    for name, size in there.items():
        if name.startswith(sha256) and (cut := _CUT.fullmatch(name, len(sha256))):
            offset, named = int(cut[1]), int(cut[2])
            if named == size and offset + size <= whole:
                yield Part(name=name, offset=offset, size=size)
