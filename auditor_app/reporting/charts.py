"""Charts drawn with the document's own means: every number that a chart shows stands beside it as text."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.assessment import Sample
from auditor_app.reporting.blocks import Block
from auditor_app.reporting.glyphs import draw_glyph
from auditor_app.reporting.paper import Paper
from auditor_app.reporting.ratings import colour_of, tint
from auditor_app.reporting.styles import (
    COPPER,
    CORNER,
    FIRM_LINE,
    GROUND,
    HAIRLINE,
    LABEL,
    LABEL_RIGHT,
    NOTE,
    PAPER,
    SMALL,
    SMALL_BOLD,
    SMALL_RIGHT,
    STEP,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import Cell, plain_table, ruled_table
from auditor_app.reporting.text import Text
from auditor_app.reporting.values import RatingLabel
from auditor_app.reporting.writing import one_line, paragraph, shortened
from auditor_app.translation import _

_ACROSS = 5
_GAP = 1.5 * STEP
_TILE_HEIGHT, _MOST_LINES = 50.0, 3
"""As high as a name of two lines needs; one of three makes its row higher."""
_WORD = ParagraphStyle("tile word", parent=NOTE, fontSize=7.5, leading=9.5)
_SAMPLE_WIDTHS = (164, 187, 66, 66)


def bars(rows: Sequence[Sample], *, heading: str, notes: bool = True) -> Flowable:
    """Chart what was planned and achieved: a line each, with a bar on the scale of the largest."""
    most = max([1, *(max(row.planned, row.achieved) for row in rows)])
    head: list[Cell] = [paragraph(heading, LABEL), [], paragraph(_("Planned"), LABEL_RIGHT), paragraph(_("Achieved"), LABEL_RIGHT)]
    told: list[list[Cell]] = [head]
    for row in rows:
        words: Cell = [paragraph(row.what, SMALL), *([paragraph(row.note, NOTE)] if notes and row.note.strip() else [])]
        planned = paragraph(str(row.planned) if row.planned else "–", SMALL_RIGHT)
        told.append([words, Bar(row.planned, row.achieved, most), planned, paragraph(str(row.achieved), SMALL_RIGHT)])
    return ruled_table(told, _SAMPLE_WIDTHS)


class Bar(Block):
    """A bar for what was achieved in a frame for what was planned; the numbers stand beside it."""

    def __init__(self, planned: int, achieved: int, most: int) -> None:
        """Take both numbers and the largest of the chart."""
        super().__init__()
        self.planned, self.achieved, self.most = planned, achieved, most

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the width, and the height of a line."""
        self.width, self.height = width, 12.0
        return width, self.height

    def draw(self) -> None:
        """Draw frame and bar."""
        unit = (self.width - 2) / self.most
        with self.canv.decoration():
            self.canv.saveState()
            self.canv.setLineWidth(HAIRLINE)
            self.canv.setStrokeColor(FIRM_LINE)
            self.canv.setFillColor(GROUND)
            if self.planned:
                self.canv.roundRect(0, 2, max(self.planned * unit, 4), 8, 2, stroke=1, fill=1)
            if self.achieved:
                self.canv.setFillColor(COPPER)
                self.canv.roundRect(0, 2, max(self.achieved * unit, 4), 8, 2, stroke=0, fill=1)
            self.canv.restoreState()


def shares(parts: Sequence[tuple[str, int, Color]]) -> list[Flowable]:
    """Chart how many of all stand where: one bar in parts, and below it each with its number and word."""
    shown = [part for part in parts if part[1]]
    width = TEXT_WIDTH / max(len(parts), 1)
    cells: list[Cell] = [[Swatch(colour, paragraph(f"{count}  {words}", SMALL_BOLD if count else NOTE))] for words, count, colour in parts]
    return [
        Shares([(colour, count) for _words, count, colour in shown], TEXT_WIDTH),
        Spacer(0, 2 * STEP),
        plain_table([cells], [width] * len(cells)),
    ]


class Swatch(Block):
    """A word with a small square of its colour before it."""

    def __init__(self, colour: Color, words: Text) -> None:
        """Take colour and words."""
        super().__init__()
        self.colour, self.words = colour, words

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the room of the words."""
        self.width, self.height = width, self.words.wrapOn(self.canv, width - 14, height)[1]
        return width, self.height

    def draw(self) -> None:
        """Draw square and words."""
        with self.canv.decoration():
            self.canv.setFillColor(self.colour)
            self.canv.roundRect(0, self.height - 10, 8, 8, 2, stroke=0, fill=1)
        self.words.drawOn(self.canv, 14, 0)


class Shares(Block):
    """A bar whose parts are as long as the counts; the counts stand beside it, so nobody needs to have it read out."""

    def __init__(self, parts: Sequence[tuple[Color, int]], width: float, height: float = 6.0) -> None:
        """Take colours with their counts, and the size."""
        super().__init__()
        self.parts = [part for part in parts if part[1]]
        self.width, self.height = width, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the bar's own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the parts with a gap between them."""
        with self.canv.decoration():
            self.canv.saveState()
            self._draw_bar(self.canv)
            self.canv.restoreState()

    def _draw_bar(self, canvas: Paper) -> None:
        clip = canvas.beginPath()
        clip.roundRect(0, 0, self.width, self.height, self.height / 2)
        canvas.clipPath(clip, stroke=0, fill=0)
        x, unit = 0.0, self.width / max(1, sum(count for _colour, count in self.parts))
        canvas.setStrokeColor(PAPER)
        canvas.setLineWidth(1.5)
        for colour, count in self.parts:
            canvas.setFillColor(colour)
            canvas.rect(x, 0, count * unit, self.height, stroke=0, fill=1)
            if x:
                canvas.line(x, 0, x, self.height)
            x += count * unit


class Tile(Block):
    """One criterion of the heat map: its number and name, the rating's glyph and word, on a ground of the rating's colour."""

    def __init__(self, number: str, name: str, rating: RatingLabel | None, *, target: str = "") -> None:
        """Take what it shows, and the place that the number leads to."""
        super().__init__()
        self.rating = rating
        self.number = paragraph(number, SMALL_BOLD, target=target)
        self.width = (TEXT_WIDTH - (_ACROSS - 1) * _GAP) / _ACROSS
        self.name = _few_lines(name, self.width - 3 * STEP)
        self.height = _TILE_HEIGHT + max(self.name.height - 2 * _WORD.leading, 0)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the tile's own size, which is that of the highest in its row."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw ground and glyph, then the texts in the order of reading."""
        canvas, colour, room = self.canv, colour_of(self.rating), self.width - 3 * STEP
        with canvas.decoration():
            canvas.saveState()
            canvas.setFillColor(tint(colour))
            canvas.setStrokeColor(tint(colour, 0.5))
            canvas.setLineWidth(HAIRLINE)
            canvas.roundRect(0, 0, self.width, self.height, CORNER / 1.5, stroke=1, fill=1)
            canvas.restoreState()
            draw_glyph(canvas, self.rating.key if self.rating else None, self.width - 1.5 * STEP - 9, self.height - 15, 9, colour)
        self._put(self.number, room - 14, self.height - 4)
        self._put(self.name, room, self.height - 16)
        word = self.rating.label if self.rating else _("Not rated")
        self._put(paragraph(shortened(word, room, size=_WORD.fontSize), _WORD), room, 13)

    def _put(self, words: Text, width: float, top: float) -> None:
        _width, height = words.wrapOn(self.canv, width, 1000)
        words.drawOn(self.canv, 1.5 * STEP, top - height)


def _few_lines(text: str, width: float) -> Text:
    """Set a name in as many lines as a tile has at most, shortened where it needs more."""
    words, room = paragraph(text, _WORD), _MOST_LINES * width
    while words.wrap(width, 1000)[1] > _MOST_LINES * _WORD.leading:
        room -= STEP
        words = paragraph(shortened(one_line(text), room, size=_WORD.fontSize), _WORD)
    return words


def tiles_height(found: Sequence[Tile]) -> float:
    """Tell how high tiles are in rows."""
    return sum(row[0].height + _GAP for row in _rows(found))


def _rows(found: Sequence[Tile]) -> list[Sequence[Tile]]:
    """Put tiles in rows, and make those of a row equally high."""
    rows = [found[start : start + _ACROSS] for start in range(0, len(found), _ACROSS)]
    for row in rows:
        highest = max(tile.height for tile in row)
        for tile in row:
            tile.height = highest
    return rows


def tiles(found: Sequence[Tile]) -> Flowable:
    """Set tiles in rows."""
    rows: list[list[Cell]] = []
    for row in _rows(found):
        cells: list[Cell] = [[tile] for tile in row]
        rows.append([*cells, *([] for _empty in range(_ACROSS - len(row)))])
    width = (TEXT_WIDTH + _GAP) / _ACROSS
    bare = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0)]
    return plain_table(rows, [width] * (_ACROSS - 1) + [width - _GAP], more=[*bare, ("BOTTOMPADDING", (0, 0), (-1, -1), _GAP)])
