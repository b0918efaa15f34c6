"""The structure of the pages written into the file, so that it can be read aloud, reflowed and searched in the order of reading."""

from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from auditor_app.reporting.structure import Element, Held, Mark, Structure


def tag(document: pikepdf.Pdf, structure: Structure) -> None:
    """Write the tree of elements, and for each page and each link the way back to its element."""
    writer = _Writer(document)
    tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = writer.element(structure.root, tree)
    tree.ParentTree = document.make_indirect(Dictionary(Nums=writer.ways_back()))
    tree.ParentTreeNextKey = writer.next_key
    document.Root.StructTreeRoot = tree
    document.Root.MarkInfo = Dictionary(Marked=True)


class _Writer:
    """Writes elements and remembers which of them each mark and each link belongs to."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._pages = [page.obj for page in document.pages]
        self._marks: list[dict[int, pikepdf.Object]] = [{} for _page in self._pages]
        self._links: list[pikepdf.Object] = []
        for number, page in enumerate(self._pages):
            page.StructParents = number
            page.Tabs = Name.S

    @property
    def next_key(self) -> int:
        """Tell the first number that no page and no link has."""
        return len(self._marks) + len(self._links)

    def element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        """Write an element with all that it holds."""
        told = {"/S": _name(element.role), "/P": parent}
        if element.alternative:
            told["/Alt"] = pikepdf.String(element.alternative)
        if attributes := _attributes(element):
            told["/A"] = _alone(attributes)
        pages = {held.page for held in element.held if isinstance(held, Mark)}
        page = pages.pop() if len(pages) == 1 else None
        if page is not None:
            told["/Pg"] = self._pages[page]
        written = self._document.make_indirect(Dictionary(told))
        written.K = _alone([self._held(held, written, page) for held in element.held if not _is_rest_of_row(held)])
        return written

    def ways_back(self) -> Array:
        """Give the number tree that leads from pages and links to their elements."""
        nums = Array()
        for number, marks in enumerate(self._marks):
            nums.append(number)
            nums.append(self._document.make_indirect(Array([marks[mark] for mark in sorted(marks)])))
        for order, link in enumerate(self._links):
            nums.append(len(self._marks) + order)
            nums.append(link)
        return nums

    def _held(self, held: Held, parent: pikepdf.Object, on_page: int | None) -> pikepdf.Object | int:
        if isinstance(held, Element):
            return self.element(held, parent)
        page = self._pages[held.page]
        if isinstance(held, Mark):
            self._marks[held.page][held.number] = parent
            return held.number if held.page == on_page else Dictionary(Type=Name.MCR, Pg=page, MCID=held.number)
        area = page.Annots[held.order]
        area.StructParent = self.next_key
        if held.corners:
            area.QuadPoints = Array([round(corner, 3) for corner in held.corners])
        self._links.append(parent)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=area)


def _is_rest_of_row(held: Held) -> bool:
    """Tell whether a row is only where the texts of the row before go on: they are elements of that one."""
    return isinstance(held, Element) and held.role == "TR" and not _has_marks(held)


def _has_marks(element: Element) -> bool:
    return any(not isinstance(held, Element) or _has_marks(held) for held in element.held)


def _alone(things: list[Any]) -> Any:
    """Give a single thing as itself: there are thousands of them, and no list is needed then."""
    return things[0] if len(things) == 1 else Array(things)


@cache
def _name(role: str) -> pikepdf.Name:
    return Name(f"/{role}")


def _attributes(element: Element) -> list[Dictionary]:
    found = []
    if element.box is not None:
        found.append(Dictionary(O=Name.Layout, Placement=Name.Block, BBox=[round(edge, 2) for edge in element.box]))
    if element.role == "TH" or element.columns > 1:
        cell = Dictionary(O=Name.Table)
        if element.role == "TH":
            cell.Scope = Name.Column if element.columns == 1 else Name.Row
        if element.columns > 1:
            cell.ColSpan = element.columns
        found.append(cell)
    return found
