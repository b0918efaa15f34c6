"""Tables in the report's look: hairlines between rows, no grid, the header repeated on every page; and what they are when read aloud."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any, TypeAlias

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from auditor_app.reporting.content import Fact
from auditor_app.reporting.paper import Paper
from auditor_app.reporting.styles import BODY, HAIRLINE, LABEL, LINE, PAGE_ROOM, STEP, TEXT_WIDTH
from auditor_app.reporting.text import Text
from auditor_app.reporting.writing import paragraph, width_of

Cell: TypeAlias = Flowable | Sequence[Flowable]

_PLAIN: list[tuple[Any, ...]] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
    ("LEFTPADDING", (1, 0), (-1, -1), STEP),
    ("RIGHTPADDING", (0, 0), (-1, -1), STEP),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    # A line of text brings some room below it, so less is added there.
    ("TOPPADDING", (0, 0), (-1, -1), STEP + 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), STEP),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """What the parts of a table are in the structure of the document; an empty role leaves the part's content to what is around it."""

    table: str = ""
    row: str = ""
    cell: str = ""
    heading: str = ""


TABLE = Roles(table="Table", row="TR", cell="TD", heading="TH")
SIDE_BY_SIDE = Roles()
"""A table only for the eye."""
FACTS = Roles(table="L", cell="LI")
STEPS = Roles(table="L", row="LI")
CONTENTS = Roles(table="TOC", row="TOCI")


_FOLLOWED = 120.0
"""How much may be kept with the last row of a table."""


class RowTable(Table):  # type: ignore[misc]  # reportlab has no types
    """A table that breaks between rows, and within a row only when no page could hold that row whole."""

    canv: Paper
    roles = SIDE_BY_SIDE
    key: object = None
    continues = False
    """Whether an earlier page has the beginning; its repeated header is decoration then."""

    def draw(self) -> None:
        """Draw the table, noting its structure."""
        self.open: list[ExitStack] = []
        super().draw()

    def split(self, width: float, height: float) -> list[Flowable]:
        """Give the parts for this page and the next, or nothing when all must move on."""
        self.splitInRow = int(max(self._rowHeights) > PAGE_ROOM)
        parts: list[Flowable] = super().split(width, height)
        for order, part in enumerate(parts):
            part.roles, part.key, part.continues = self.roles, self.key or self, self.continues or order > 0
        return parts

    @property
    def has_lines(self) -> bool:
        """Tell whether lines are drawn."""
        return bool(self._linecmds)

    def note_spot(self, row: int) -> None:
        """Note what a row is about: the first place that its cells are, or lead to."""
        cells = (cell if isinstance(cell, (list, tuple)) else (cell,) for cell in self._cellvalues[row])
        texts = [piece for cell in cells for piece in cell if isinstance(piece, Text)]
        keys = [text.anchor for text in texts if text.anchor] or [span.target for text in texts for span in text.spans if span.target]
        if keys:
            left, right = self._colpositions[0], self._colpositions[-1]
            self.canv.note_spot(keys[0], (left, self._rowpositions[row + 1], right, self._rowpositions[row]))

    def columns_of(self, column: int, row: int) -> int:
        """Tell how many columns a cell spans."""
        if not self._spanCmds:
            return 1
        left, _top, right, _bottom = self._spanRanges[column, row]
        return int(right - left) + 1


class Followed(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table with a few lines about it, which never stand on a page without its last row."""

    canv: Paper
    width: float
    height: float

    def __init__(self, table: RowTable, lines: Sequence[Flowable]) -> None:
        """Take the table, and what follows it."""
        super().__init__()
        self.table, self.lines = table, lines

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the room of both."""
        self.heights = [one.wrapOn(self.canv, width, height)[1] for one in (self.table, *self.lines)]
        self.width, self.height = width, sum(self.heights)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Take the last row along where only the lines are too much for the page; longer lines go their own way."""
        table, apart = self.heights[0], [self.table, *self.lines]
        are_kept = self.height - table <= _FOLLOWED
        if table <= height and not are_kept:
            return apart
        if parts := self.table.splitOn(self.canv, width, min(height, table - 1)):
            return [parts[0], Followed(parts[1], self.lines)] if are_kept else [*parts, *self.lines]
        return apart if table <= height and height >= PAGE_ROOM else []

    def draw(self) -> None:
        """Draw the table and the lines below it."""
        top = self.height
        for one, height in zip((self.table, *self.lines), self.heights, strict=True):
            top -= height
            if not isinstance(one, Spacer):
                one.drawOn(self.canv, 0, top)


def ruled_table(
    rows: list[list[Cell]],
    widths: Sequence[float],
    *,
    header: bool = True,
    roles: Roles = TABLE,
    whole: Collection[int] = (),
    more: Iterable[tuple[Any, ...]] = (),
) -> RowTable:
    """Make a table with a hairline under each row; the first row is repeated as the header, and none of its words is torn.

    The texts in the columns that are `whole`, such as days, stay in one line where there is room for that.
    """
    lines = [("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, LINE)]
    fitted = _fitted(rows, widths, whole) if header else widths
    return _table(rows, fitted, [*_PLAIN, *lines, *more], roles, repeatRows=int(header))


def _fitted(rows: Sequence[Sequence[Cell]], widths: Sequence[float], whole: Collection[int]) -> list[float]:
    """Widen the columns whose header has a longer word in this language, or whose texts stay whole, and narrow those that have room."""
    words = [_longest_word(cell) + 2 * STEP for cell in rows[0]]
    texts = [max((_longest_text(row[at]) + 2 * STEP for row in rows), default=0.0) if at in whole else 0.0 for at in range(len(words))]
    return _spread(widths, list(map(max, words, texts))) or _spread(widths, words) or list(widths)


def _spread(widths: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Give each column what it needs at least, and take that from the others; nothing where they have not enough."""
    wanted = [max(width, least) for width, least in zip(widths, needed, strict=True)]
    excess, room = sum(wanted) - sum(widths), [want - least for want, least in zip(wanted, needed, strict=True)]
    if excess >= sum(room):
        return []
    return [want - excess * free / sum(room) for want, free in zip(wanted, room, strict=True)]


def _longest_text(cell: Cell) -> float:
    texts = [piece for piece in (cell if isinstance(cell, Sequence) else [cell]) if isinstance(piece, Text)]
    return max((width_of(_said(text), text.style.fontSize, text.style.fontName) for text in texts), default=0.0)


def _said(text: Text) -> str:
    return "".join(span.text for span in text.spans)


def _longest_word(cell: Cell) -> float:
    texts = [piece for piece in (cell if isinstance(cell, Sequence) else [cell]) if isinstance(piece, Text)]
    words = [(word, text.style) for text in texts for span in text.spans for word in span.text.split()]
    return max((width_of(word, style.fontSize, style.fontName) for word, style in words), default=0.0)


def plain_table(
    rows: list[list[Cell]], widths: Sequence[float], *, roles: Roles = SIDE_BY_SIDE, more: Iterable[tuple[Any, ...]] = ()
) -> RowTable:
    """Make a table without lines, to set things side by side; nothing is added above its first row."""
    return _table(rows, widths, [*_PLAIN, ("TOPPADDING", (0, 0), (-1, 0), 0), *more], roles)


def fact_grid(facts: Sequence[Fact], *, columns: int = 2, width: float = TEXT_WIDTH) -> RowTable:
    """Set facts in columns, each a label over its value. At least one fact."""
    cells: list[Cell] = [[paragraph(fact.label, LABEL, role="Lbl"), paragraph(fact.value or "–", BODY, role="LBody")] for fact in facts]
    cells += [[] for _empty in range(-len(cells) % columns)]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    return plain_table(rows, [width / columns] * columns, roles=FACTS)


def _table(rows: list[list[Cell]], widths: Sequence[float], style: list[tuple[Any, ...]], roles: Roles, **more: Any) -> RowTable:
    looks = TableStyle(style)
    table = RowTable(rows, colWidths=list(widths), style=looks, splitByRow=1, hAlign="LEFT", renderCB=_note, **more)
    table.roles = roles
    return table


def _note(table: RowTable, step: str, *place: Any) -> None:
    """Note the structure of a table while reportlab draws it, which tells where rows, cells and lines begin and end."""
    if step.startswith("end"):
        table.open.pop().close()
        return
    entered = ExitStack()
    if (around := _around(table, step, place)) is not None:
        entered.enter_context(around)
    table.open.append(entered)


def _around(table: RowTable, step: str, place: tuple[Any, ...]) -> AbstractContextManager[object] | None:
    if step in {"startBG", "startLines"}:
        return table.canv.decoration() if step == "startLines" and table.has_lines else None
    if step == "startRow" and table.continues and place[0] < table.repeatRows:
        return table.canv.decoration()
    if step == "startRow":
        table.note_spot(place[0])
    role = {"startTable": table.roles.table, "startRow": table.roles.row, "startCell": table.roles.cell}[step]
    if step == "startCell":
        return _cell(table, *place[:3])
    return table.canv.structure.inside(role, (table.key or table) if step == "startTable" else None) if role else None


def _cell(table: RowTable, row: int, column: int, held: Cell) -> AbstractContextManager[object] | None:
    role, columns = table.roles.cell, table.columns_of(column, row)
    if table.roles.heading and (row < table.repeatRows or (columns > 1 and column == 0)):
        role = table.roles.heading
    if not role or (not held and role == FACTS.cell):
        return None
    return table.canv.structure.inside(role, columns=columns)
