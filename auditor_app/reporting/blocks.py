"""The pieces that pages are built of: headings that appear in the outline, cards, rating marks and pictures."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from auditor_app.reporting.glyphs import draw_glyph
from auditor_app.reporting.paper import Late, Paper
from auditor_app.reporting.pictures import Measured, measured
from auditor_app.reporting.styles import CORNER, FIRM_LINE, GROUND, HAIRLINE, LINE, NOTE, PADDING, PAGE_ROOM, PAPER, SECTION, STEP
from auditor_app.reporting.text import Text
from auditor_app.reporting.typesetting import set_line
from auditor_app.reporting.writing import one_line, paragraph, shortened, width_of

_UNDER = PADDING - 4
"""Padding below a card's content: a last line of text brings some of its own."""
_BEGINNING = 160
_SMALLEST = 5.5
"""Words in a tile are set smaller before they are shortened."""


class Block(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Base of our own pieces: what reportlab sets on every flowable, with its types."""

    canv: Paper
    width: float
    height: float


class Gap(Spacer):  # type: ignore[misc]  # reportlab has no types
    """Room that sets a section apart from what stands above it; none at the top of a page."""

    def __init__(self) -> None:
        """Take the room between sections."""
        super().__init__(0, 7 * STEP)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the room where something stands above; reportlab says before in which frame it lies, if in any."""
        at_top = bool(getattr(getattr(self, "_frame", None), "_atTop", False))
        return 0.0, 0.0 if at_top else self.height


class Heading(Block):
    """A heading that is also an entry of the outline and a place that links may name."""

    def __init__(self, words: Text, *, title: str, key: str, level: int = 0) -> None:
        """Take the words, the outline's title, the unique key of the place, and the level in the outline (0 is a section)."""
        super().__init__()
        self.words, self.title, self.key, self.level = words, title, key, level
        self.keepWithNext = words.getKeepWithNext()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the room of the words."""
        self.width, self.height = self.words.wrapOn(self.canv, width, height)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break the words where the page ends; the entry of the outline stays with their beginning."""
        parts = self.words.splitOn(self.canv, width, height)
        return [Heading(parts[0], title=self.title, key=self.key, level=self.level), *parts[1:]] if len(parts) > 1 else []

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Keep the distance that the words' style wants."""
        return float(self.words.getSpaceAfter())

    def draw(self) -> None:
        """Draw the words and enter them into the outline; a section of the document begins with its heading."""
        if self.level == 0:
            self.canv.structure.begin_section()
        self.canv.bookmarkHorizontal(self.key, 0, self.height + PADDING)
        self.canv.note_spot(self.key, (0, 0, self.width, self.height))
        self.canv.addOutlineEntry(self.title, self.key, level=self.level, closed=False)
        self.words.drawOn(self.canv, 0, 0)


def heading(title: str, style: ParagraphStyle, key: str, *, level: int = 0) -> Heading:
    """Make a heading; the outline shows a long title shortened."""
    return Heading(paragraph(title, style), title=shortened(title, 400, size=9.5), key=key, level=level)


def section(title: str, key: str) -> list[Flowable]:
    """Begin a section where some of it fits below its heading."""
    return [CondPageBreak(_BEGINNING), heading(title, SECTION, key)]


class Card(Block):
    """Flowables in a rounded frame of one hairline, which may continue on the next page; the broken edge stays open and square."""

    def __init__(
        self,
        content: Sequence[Flowable],
        *,
        ground: Color = PAPER,
        line: Color | None = LINE,
        opens: bool = True,
        closes: bool = True,
        about: str = "",
    ) -> None:
        """Take the content from top to bottom; `opens` and `closes` tell whether the frame begins and ends here.

        `about` is the key of what all of it is about.
        """
        super().__init__()
        self.about = about
        self.content, self.ground, self.line, self.opens, self.closes = list(content), ground, line, opens, closes
        self.heights: list[float] = []
        self.key: Card | None = None

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the full width and the height of the content with its padding."""
        self.width = width
        self.heights = [flowable.wrapOn(self.canv, width - 2 * PADDING, 1e6)[1] for flowable in self.content]
        self.height = sum(self.heights) + PADDING + _UNDER
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break only what no page could hold: between pieces or within one that can be broken, never after a heading."""
        if self.wrap(width, height)[1] <= PAGE_ROOM:
            return []
        room, fitting = height - PADDING - _UNDER, 0
        while fitting < len(self.content) and self.heights[fitting] <= room:
            room -= self.heights[fitting]
            fitting += 1
        head, rest = self.content[:fitting], self.content[fitting:]
        if rest and len(parts := rest[0].splitOn(self.canv, width - 2 * PADDING, room)) > 1:
            head, rest = [*head, parts[0]], [*parts[1:], *rest[1:]]
        while head and head[-1].getKeepWithNext():
            rest.insert(0, head.pop())
        while rest and isinstance(rest[0], Spacer):
            rest.pop(0)
        return self._parts(head, rest) if head and rest else []

    def _parts(self, head: list[Flowable], rest: list[Flowable]) -> list[Flowable]:
        first = Card(head, ground=self.ground, line=self.line, opens=self.opens, closes=False, about=self.about)
        second = Card(rest, ground=self.ground, line=self.line, opens=False, closes=self.closes, about=self.about)
        first.key = second.key = self.key or self
        return [first, second]

    def draw(self) -> None:
        """Draw the frame, then the content from the top."""
        if self.about:
            self.canv.note_spot(self.about, (0, 0, self.width, self.height))
        with self.canv.decoration():
            self._draw_frame(self.canv)
        top = self.height - PADDING
        with self.canv.structure.inside("Div", self.key or self):
            for flowable, height in zip(self.content, self.heights, strict=True):
                top -= height
                if not isinstance(flowable, Spacer):
                    flowable.drawOn(self.canv, PADDING, top)

    def _draw_frame(self, canvas: Paper) -> None:
        canvas.saveState()
        # The frame of an open edge runs past it and is cut off there.
        over = 2 * CORNER
        bottom, top = (0 if self.closes else -over), self.height + (0 if self.opens else over)
        clip = canvas.beginPath()
        clip.rect(-1, -1 if self.closes else 0, self.width + 2, self.height + (1 if self.closes else 0) + (1 if self.opens else 0))
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setFillColor(self.ground)
        canvas.setLineWidth(HAIRLINE)
        if self.line is not None:
            canvas.setStrokeColor(self.line)
        canvas.roundRect(0, bottom, self.width, top - bottom, CORNER, stroke=int(self.line is not None), fill=1)
        canvas.restoreState()


class RatingMark(Block):
    """A rating: its glyph, and beside it the word."""

    def __init__(self, key: str | None, colour: Color, word: Text, *, size: float = 9) -> None:
        """Take the rating's key (None: not rated), the glyph's colour and size, and the word."""
        super().__init__()
        self.key, self.colour, self.word, self.size = key, colour, word, size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the width, and the height of the word."""
        self.indent = self.size * 1.55
        _width, self.height = self.word.wrapOn(self.canv, width - self.indent, height)
        self.width = width
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break the word where the page ends; the glyph stays with its beginning."""
        parts = self.word.splitOn(self.canv, width - self.size * 1.55, height)
        return [RatingMark(self.key, self.colour, parts[0], size=self.size), *parts[1:]] if len(parts) > 1 else []

    def draw(self) -> None:
        """Draw the glyph level with the capitals of the word's first line."""
        style = self.word.style
        middle = self.height - style.fontSize * 0.64
        with self.canv.decoration():
            draw_glyph(self.canv, self.key, 0, middle - self.size / 2, self.size, self.colour)
        self.word.drawOn(self.canv, self.indent, 0)


class Picture(Block):
    """A thumbnail in a tile of fixed size, whole and undistorted; without one the tile says what kind of thing it stands for."""

    def __init__(self, jpeg: bytes | None, instead: str, *, width: float, height: float, alternative: str = "") -> None:
        """Take JPEG bytes or None, the words instead, the tile's size, and what a reader that cannot see the picture is told."""
        super().__init__()
        self.jpeg, self.instead, self.alternative = jpeg, instead, one_line(alternative) or one_line(instead)
        self.measured = measured(jpeg)
        self.width, self.height = width, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the tile's own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the tile, and the picture or the words in its middle."""
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        with canvas.structure.inside("Figure") as figure, canvas.content():
            figure.alternative, figure.box = self.alternative, (left, bottom, left + self.width, bottom + self.height)
            # Both change the state of the canvas, but only until it leaves this piece.
            canvas.stamp(("tile", self.width, self.height), self._draw_tile)
            if self.jpeg and self.measured:
                self._draw_picture(canvas, self.jpeg, self.measured)
            else:
                self._draw_words(canvas)

    def _draw_tile(self, canvas: Paper) -> None:
        """Draw the ground, and let nothing be drawn outside it."""
        clip = canvas.beginPath()
        clip.roundRect(0, 0, self.width, self.height, min(CORNER, self.height / 8))
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setFillColor(GROUND)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)

    def _draw_picture(self, canvas: Paper, jpeg: bytes, known: Measured) -> None:
        scale = min(self.width / known.width, self.height / known.height)
        wide, high = known.width * scale, known.height * scale
        canvas.picture(jpeg, known, ((self.width - wide) / 2, (self.height - high) / 2), (wide, high))

    def _draw_words(self, canvas: Paper) -> None:
        room, size = self.width - 6, min(NOTE.fontSize, self.height / 4)
        fitting = size * room / max(width_of(one_line(self.instead), size), room)
        style = ParagraphStyle("tile", parent=NOTE, fontSize=max(fitting, _SMALLEST))
        line = set_line(shortened(self.instead, room, size=style.fontSize))
        left = (self.width - line.width * style.fontSize / 1000) / 2
        canvas.line_of_text(line, left, self.height / 2 - style.fontSize * 0.36, style)


class Reserved(Block):
    """An empty frame for a signature; once drawn it knows the page (from 0) and the rectangle it reserved."""

    def __init__(self, width: float, height: float) -> None:
        """Take the frame's size."""
        super().__init__()
        self.width, self.height = width, height
        self.page = -1
        self.box = (0.0, 0.0, 0.0, 0.0)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the frame's own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame and note where it is."""
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self.page = canvas.page
        self.box = (left, bottom, left + self.width, bottom + self.height)
        with canvas.decoration():
            canvas.setStrokeColor(FIRM_LINE)
            canvas.setLineWidth(HAIRLINE)
            canvas.roundRect(0, 0, self.width, self.height, CORNER, stroke=1, fill=0)


class PageNumber(Block):
    """Room for the number of the page on which a section begins, which is known only when all pages are laid out."""

    def __init__(self, key: str, style: ParagraphStyle) -> None:
        """Take the place that links to the section name, and a style; the number stands at the right."""
        super().__init__()
        self.key, self.style = key, style

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the width, and the height of one line."""
        self.width, self.height = width, self.style.leading
        return self.width, self.height

    def draw(self) -> None:
        """Keep the place of the number."""
        with self.canv.structure.inside("P"), self.canv.content():
            self.canv.later(Late(about=self.key, right=self.width, base=self.height - self.style.fontSize, style=self.style))
