"""What a document is made of, in the order of reading: headings, paragraphs, tables, figures, as a reader that speaks needs it.

Pages note here what they draw while they draw it; `tagging` writes it into the file. Roles are those of PDF 1.7 (ISO 32000-1, 14.8.4).
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page's content: the page from 0, and its number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """The area of a page that can be clicked: the page from 0, its order among that page's areas, and its parts if there are several.

    `corners` are those of each part as PDF wants them: x and y of the upper left, upper right, lower left and lower right.
    """

    page: int
    order: int
    corners: tuple[float, ...] = ()


@dataclass(slots=True, eq=False)
class Element:
    """One element: its role, what it holds in the order of reading, and what a reader should know of it."""

    role: str
    held: list["Held"] = field(default_factory=list)
    alternative: str = ""
    """The words instead of a figure."""
    box: tuple[float, float, float, float] | None = None
    """Where a figure is on its page: left, bottom, right, top in points."""
    columns: int = 1
    """How many columns a cell spans."""


Held: TypeAlias = Element | Mark | LinkArea


class Structure:
    """The tree of elements, growing while pages are drawn."""

    def __init__(self) -> None:
        """Begin with an empty document."""
        self.root = Element("Document")
        self._open = [self.root]
        self._known: dict[Hashable, Element] = {}
        self._marks: dict[int, int] = {}
        self._areas: dict[int, int] = {}

    @contextmanager
    def inside(self, role: str, key: Hashable = None, *, columns: int = 1) -> Iterator[Element]:
        """Put what is drawn now into an element; the same key continues the same element, on whatever page."""
        element = self._known.get(key) if key is not None else None
        if element is None:
            element = Element(role, columns=columns)
            self._open[-1].held.append(element)
        if key is not None:
            self._known[key] = element
        self._open.append(element)
        try:
            yield element
        finally:
            self._open.pop()

    def begin_section(self) -> None:
        """Let what is drawn from here on belong to a new section, where nothing but a section is open."""
        if len(self._open) <= 2:
            section = Element("Sect")
            self.root.held.append(section)
            self._open[1:] = [section]

    def mark(self, page: int) -> Mark:
        """Number the next stretch of content of a page; it belongs to the element that is open."""
        mark = Mark(page, self._marks.get(page, 0))
        self._marks[page] = mark.number + 1
        self._open[-1].held.append(mark)
        return mark

    def link_area(self, page: int, corners: tuple[float, ...] = ()) -> None:
        """Note an area that can be clicked; it belongs to the element that is open."""
        area = LinkArea(page, self._areas.get(page, 0), corners)
        self._areas[page] = area.order + 1
        self._open[-1].held.append(area)

    @property
    def role(self) -> str:
        """Tell the role of the element that is open."""
        return self._open[-1].role
