"""The flowable for every text on a page: set in lines, broken where the page ends, tagged, with its links."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from auditor_app.reporting.paper import Paper, Placed
from auditor_app.reporting.styles import FIRM_LINE
from auditor_app.reporting.typesetting import Line, Span, cut, set_lines

_BASELINE = 0.95
"""How far the first baseline is below the top, as a share of the font size."""
_SAME_WIDTH = 0.01
_UNDER = 0.16
"""How far the line under a link is below the baseline."""


class Text(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A text in one style; `role` is what it is in the document's structure, `anchor` a place that links may name."""

    canv: Paper
    width: float
    height: float

    def __init__(self, spans: Sequence[Span], style: ParagraphStyle, *, role: str = "P", anchor: str = "") -> None:
        """Take the text as spans, in the order of reading."""
        super().__init__()
        self.spans, self.style, self.role, self.anchor = tuple(spans), style, role, anchor
        self.key: Text | None = None
        """The whole text of which this is a part."""
        self.lines: list[Line] = []
        self._set_to = -1.0
        self._at = (0.0, 0.0)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the width, and the height of the lines."""
        if abs(width - self._set_to) > _SAME_WIDTH:
            self.lines = set_lines(self.spans, self.style.fontName, width * 1000 / self.style.fontSize)
            self._set_to = width
        self.width, self.height = width, len(self.lines) * self.style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break between lines; never leave the first or the last of several alone on a page. Nothing: it cannot, or need not."""
        # A table asks with its column's whole width; the lines are those of the width inside the cell, for which they were set before.
        if not self.lines:
            self.wrap(width, height)
        fitting = int(height / self.style.leading)
        if len(self.lines) - fitting == 1:
            fitting -= 1
        if fitting < min(2, len(self.lines)) or fitting >= len(self.lines):
            return []
        return [self._part(0, fitting), self._part(fitting, len(self.lines))]

    def _part(self, first: int, end: int) -> "Text":
        start, stop = (sum(line.length for line in self.lines[:place]) for place in (first, end))
        part = Text(cut(self.spans, start, stop), self.style, role=self.role, anchor=self.anchor if first == 0 else "")
        part.key, part.lines, part._set_to = self.key or self, self.lines[first:end], self._set_to
        return part

    def drawOn(self, canvas: Paper, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 - reportlab's names
        """Draw at a place without moving the canvas there: nearly all that a page holds are texts, and moving costs more than drawing."""
        self.canv, self._at = canvas, (x, y)
        self.draw()
        del self.canv

    def draw(self) -> None:
        """Draw the lines from the top, as one element of the structure."""
        canvas = self.canv
        if self.anchor:
            canvas.bookmarkHorizontal(self.anchor, self._at[0], self._at[1] + self.height)
        with canvas.structure.inside(self.role, self.key or self):
            for target, stretches in groupby(self._stretches(), key=attrgetter("target")):
                if target:
                    self._draw_link(target, list(stretches))
                else:
                    self._draw(stretches)

    def _stretches(self) -> Iterator[Placed]:
        """Cut the lines where the target changes."""
        left, bottom = self._at
        base = bottom + self.height - self.style.fontSize * _BASELINE - (self.style.leading - self.style.fontSize * 1.2) / 2
        for line in self.lines:
            start = 0
            for target, pieces in groupby(line.pieces, key=attrgetter("target")):
                end = start + len(list(pieces))
                yield Placed(line, left + self._left(line), base, slice(start, end), target)
                start = end
            base -= self.style.leading

    def _draw(self, stretches: Iterable[Placed]) -> None:
        with self.canv.content():
            self.canv.lines_of_text(stretches, self.style)

    def _draw_link(self, target: str, stretches: list[Placed]) -> None:
        """Draw the words of a link with a thin line under them, and make them one area, however many lines they take."""
        canvas, size = self.canv, self.style.fontSize
        with canvas.structure.inside("Link", (self.key or self, target)):
            self._draw(stretches)
            boxes = [box for stretch in stretches if (box := _box(stretch, size))]
            with canvas.decoration():
                canvas.underline(FIRM_LINE, 0.4, [(left, right, base - size * _UNDER) for left, right, base in boxes])
            words = "".join(piece.word.text for stretch in stretches for piece in stretch.line.pieces[stretch.pieces])
            canvas.link(words.strip(), target, [(left, base - size * 0.3, right, base + size * 0.9) for left, right, base in boxes])

    def _left(self, line: Line) -> float:
        """Place a line: at the side where its reading begins unless the style says otherwise."""
        room = float(self.width - line.width * self.style.fontSize / 1000)
        if self.style.alignment == TA_CENTER:
            return room / 2
        return room if self.style.alignment == TA_RIGHT or not line.rightwards else 0.0


def _box(placed: Placed, size: float) -> tuple[float, float, float] | None:
    """Tell where the letters begin and end, and their baseline; None for spaces alone."""
    line = placed.line
    shown = [place for place in range(len(line.pieces))[placed.pieces] if not line.pieces[place].is_space]
    if not shown:
        return None
    first = min(line.starts[place] for place in shown)
    last = max(line.starts[place] + line.pieces[place].word.width for place in shown)
    return placed.left + first * size / 1000, placed.left + last * size / 1000, placed.base
