"""Tables in the report's look: hairlines between rows, no grid, the header repeated on every page."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from reportlab.platypus import Flowable, Table, TableStyle

from auditor_app.reporting.content import Fact
from auditor_app.reporting.fonts import REGULAR
from auditor_app.reporting.styles import BODY, HAIRLINE, LABEL, LINE, PAGE_ROOM, STEP, TEXT_WIDTH
from auditor_app.reporting.writing import paragraph

Cell: TypeAlias = Flowable | Sequence[Flowable]

_PLAIN: list[tuple[Any, ...]] = [
    # Cells set a font even when they hold no text of their own; reportlab's own one is not embedded.
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
    ("LEFTPADDING", (1, 0), (-1, -1), STEP),
    ("RIGHTPADDING", (0, 0), (-1, -1), STEP),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    # A line of text brings some room below it, so less is added there.
    ("TOPPADDING", (0, 0), (-1, -1), STEP + 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), STEP),
]


class RowTable(Table):  # type: ignore[misc]  # reportlab has no types
    """A table that breaks between rows, and within a row only when no page could hold that row whole."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """Give the parts for this page and the next, or nothing when all must move on."""
        self.splitInRow = int(max(self._rowHeights) > PAGE_ROOM)
        parts: list[Flowable] = super().split(width, height)
        return parts


def ruled_table(rows: list[list[Cell]], widths: Sequence[float], *, header: bool = True, more: Iterable[tuple[Any, ...]] = ()) -> RowTable:
    """Make a table with a hairline under each row; the first row is repeated as the header."""
    lines = [("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, LINE)]
    return _table(rows, widths, [*_PLAIN, *lines, *more], repeatRows=int(header))


def plain_table(rows: list[list[Cell]], widths: Sequence[float], *, more: Iterable[tuple[Any, ...]] = ()) -> RowTable:
    """Make a table without lines, to set things side by side; nothing is added above its first row."""
    return _table(rows, widths, [*_PLAIN, ("TOPPADDING", (0, 0), (-1, 0), 0), *more])


def fact_grid(facts: Sequence[Fact], *, columns: int = 2, width: float = TEXT_WIDTH) -> RowTable:
    """Set facts in columns, each a label over its value. At least one fact."""
    cells: list[Cell] = [[paragraph(fact.label, LABEL), paragraph(fact.value or "–", BODY)] for fact in facts]
    cells += [[] for _empty in range(-len(cells) % columns)]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    return plain_table(rows, [width / columns] * columns)


def _table(rows: list[list[Cell]], widths: Sequence[float], style: list[tuple[Any, ...]], **more: Any) -> RowTable:
    return RowTable(rows, colWidths=list(widths), style=TableStyle(style), splitByRow=1, hAlign="LEFT", **more)
