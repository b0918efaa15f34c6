"""Cutting an object into parts of one size, so that a cut connection costs one part and never more. Pure.

A part is an object of its own at the place: `<sha256>` when one part is enough, else `<sha256>.00000`, `<sha256>.00001` …;
`cat` in the order of names gives the object back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest

PART_SIZE = 8 << 20
"""Bytes of a part unless told otherwise: a minute or so on a slow satellite link."""
MAX_PART_SIZE = 64 << 20
"""A part is held in memory, so its size has a limit."""
MAX_PARTS = 100_000
"""Five digits of part number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its name at the place, and its first byte and size (bytes) within its object."""

    name: str
    offset: int
    size: int


def count_parts(size: int, part_size: int) -> int:
    """Tell how many parts an object has; an empty object has one."""
    return max(1, -(-size // part_size))


def plan_parts(sha256: Digest, size: int, part_size: int = PART_SIZE) -> tuple[Part, ...]:
    """Cut an object of `size` bytes. Raises NotAllowed("object_too_many_parts") and NotAllowed("part_size_refused")."""
    if not 1 <= part_size <= MAX_PART_SIZE:
        raise NotAllowed("part_size_refused", size=part_size, limit=MAX_PART_SIZE)
    count = count_parts(size, part_size)
    if count > MAX_PARTS:
        raise NotAllowed("object_too_many_parts", sha256=sha256, size=size, limit=MAX_PARTS * part_size)
    if count == 1:
        return (Part(name=sha256, offset=0, size=size),)
    starts = range(0, size, part_size)
    return tuple(Part(name=f"{sha256}.{n:05d}", offset=at, size=min(part_size, size - at)) for n, at in enumerate(starts))


def missing_parts(parts: Iterable[Part], there: Mapping[str, int]) -> tuple[Part, ...]:
    """Choose the parts that are not at the place with the right size; `there` is its listing, name to size in bytes."""
    return tuple(part for part in parts if there.get(part.name) != part.size)
