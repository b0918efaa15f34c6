"""What each part of a page is about, so that a reader in the window can go from a line to its place in the visit.

The PDF itself stays clean: spots are kept beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a page: the page from 0, left, bottom, right and top in points, and the key of what it is about (see `keys`)."""

    page: int
    box: tuple[float, float, float, float]
    key: str
