"""The canvas that reports are drawn on: beside the marks of a page it notes their structure, the glyphs and the pictures in use.

Text is written glyph by glyph in faces that `embedding` puts into the file afterwards, so reportlab's own fonts are never used.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeAlias

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from auditor_app.reporting.fonts import BOLD, REGULAR
from auditor_app.reporting.pictures import Measured
from auditor_app.reporting.shaping import ShapedWord
from auditor_app.reporting.spots import Spot
from auditor_app.reporting.structure import Structure
from auditor_app.reporting.typesetting import Line, set_line

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_STROKED = 0.028
"""Width of the line that makes a face bold that has no bold of its own, as a share of the font size."""

_SAME_PLACE = 0.5
"""Thousandths of the font size by which a word may be away from where the one before ended."""


@dataclass(slots=True)
class Used:
    """What the pages use: for each face the glyphs and the texts they stand for; pictures by name, and their names for each page."""

    glyphs: dict[str, dict[int, str]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    """The operators of each page."""
    pictures: dict[str, tuple[bytes, Measured]] = field(default_factory=dict)
    pictures_of: dict[int, set[str]] = field(default_factory=dict)
    operators: dict[float, dict[ShapedWord, str]] = field(default_factory=dict)
    """What draws each word, by the font size."""
    late: dict[str, str] = field(default_factory=dict)
    """Operators that are only known once all pages are laid out, by the comment that holds their place in a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A line of text that is written when all pages are laid out: what it is about, and where it ends, in points."""

    about: str
    right: float
    base: float
    style: ParagraphStyle


class Placed(NamedTuple):
    """Pieces of one line that lead to one target, the line's left end and its baseline."""

    line: Line
    left: float
    base: float
    pieces: slice = slice(None)
    target: str = ""


class Paper(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas whose content is tagged: everything drawn is inside `content` of an element, or decoration."""

    STATE_ATTRIBUTES = (*Canvas.STATE_ATTRIBUTES, "_ink")

    _code: list[str]

    def __init__(self, *arguments: object, **settings: object) -> None:
        """Take what reportlab gives its canvases."""
        super().__init__(*arguments, **settings)
        self.structure = Structure()
        self.used = Used()
        self.late: dict[str, Late] = {}
        self.spots: list[Spot] = []
        self._decorating = False
        self._stamps: dict[Hashable, list[str]] = {}

    def init_graphics_state(self) -> None:
        """Begin a page, on which no colour is chosen."""
        super().init_graphics_state()
        self._ink = ""
        """The colour in which texts are filled; empty when another one may have been chosen since."""

    def setFillColor(self, aColor: Color, alpha: float | None = None) -> None:  # noqa: N802, N803 - reportlab's names
        """Choose a colour for what is filled."""
        super().setFillColor(aColor, alpha)
        self._ink = ""

    def _make_preamble(self) -> None:
        # reportlab would name Helvetica on every page, which an archival file must embed and we do not have.
        self._preamble = ""

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """End the page; what is drawn on it is kept for `embedding`, which puts it into the file with what is known only then."""
        self.used.pages.append("\n".join(self._code))
        self._code = []
        super().showPage()

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:  # noqa: N802 - reportlab's name
        """Do nothing: cells of tables set a font even when they hold no text of their own."""

    @property
    def page(self) -> int:
        """Tell the page being drawn, from 0."""
        return int(self.getPageNumber()) - 1

    @contextmanager
    def content(self) -> Iterator[None]:
        """Mark what is drawn as content of the open element."""
        if self._decorating:
            yield
            return
        mark = self.structure.mark(self.page)
        self._code.append(f"/{self.structure.role} <</MCID {mark.number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def decoration(self, kind: str = "") -> Iterator[None]:
        """Mark what is drawn as something that nobody needs to have read out; `kind` is "Pagination" for running heads."""
        if self._decorating:
            yield
            return
        self._decorating = True
        self._code.append(f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self._code.append("EMC")
        self._decorating = False

    def picture(self, jpeg: bytes, known: Measured, at: tuple[float, float], size: tuple[float, float]) -> None:
        """Draw a JPEG, the last of what the canvas draws before it is restored; the same one is kept once, however often it is drawn."""
        self.used.pictures[known.name] = (jpeg, known)
        self.used.pictures_of.setdefault(self.page, set()).add(known.name)
        self._code.append(f"{size[0]:.3f} 0 0 {size[1]:.3f} {at[0]:.3f} {at[1]:.3f} cm /{known.name} Do")

    def link(self, words: str, target: str, boxes: Sequence[Box]) -> None:
        """Let boxes, one for each line that the words take, lead to a place; they belong to the element that is open."""
        placed = [(*self.absolutePosition(*box[:2]), *self.absolutePosition(*box[2:])) for box in boxes]
        if not placed:
            return
        around = (*(min(box[edge] for box in placed) for edge in (0, 1)), *(max(box[edge] for box in placed) for edge in (2, 3)))
        corners = [edge for left, bottom, right, top in placed for edge in (left, top, right, top, left, bottom, right, bottom)]
        self.linkAbsolute(words, target, around)
        self.spots += [Spot(self.page, box, target) for box in placed]
        self.structure.link_area(self.page, tuple(corners) if len(placed) > 1 else ())

    def note_spot(self, key: str, box: Box) -> None:
        """Note that a part of the page is about something; `box` is where the pen is."""
        placed = (*self.absolutePosition(*box[:2]), *self.absolutePosition(*box[2:]))
        self.spots.append(Spot(self.page, placed, key))

    def later(self, late: Late) -> None:
        """Keep the place of a line that is not yet known."""
        place = f"% late {len(self.late)} %"
        self.late[place] = late
        self._code.append(f"{place}\n")
        self._ink = ""

    def stamp(self, key: Hashable, draw: Callable[["Paper"], None]) -> None:
        """Draw something that looks the same wherever the pen is: the first time as told, then by the same operators again."""
        if key in self._stamps:
            self._code.extend(self._stamps[key])
        else:
            self._ink, start = "", len(self._code)
            draw(self)
            self._stamps[key] = self._code[start:]
        self._ink = ""

    def underline(self, colour: Color, width: float, lines: Sequence[tuple[float, float, float]]) -> None:
        """Draw thin lines, each from left to right at a height."""
        drawn = (f"{left:.3f} {y:.3f} m {right:.3f} {y:.3f} l" for left, right, y in lines)
        self._code.append(f"{_rgb(colour)} RG {width:g} w {' '.join(drawn)} S")

    def line_of_text(self, line: Line, left: float, base: float, style: ParagraphStyle) -> None:
        """Draw a line from its left end and baseline, as content or decoration that is already marked."""
        self.lines_of_text([Placed(line, left, base)], style)

    def lines_of_text(self, placed: Iterable[Placed], style: ParagraphStyle) -> None:
        """Draw lines, or pieces of them, as content or decoration that is already marked."""
        ink = _rgb(style.textColor)
        if ink != self._ink:
            self._code.append(f"{ink} rg")
            self._ink = ink
        self._code.append(text_operators(self.used, placed, style))


def late_line(used: Used, text: str, late: Late) -> str:
    """Write the operators that draw a line whose place was kept, colour and all."""
    line = set_line(text, late.style.fontName)
    left = late.right - line.width * late.style.fontSize / 1000
    return f"{_rgb(late.style.textColor)} rg {text_operators(used, [Placed(line, left, late.base)], late.style)}"


def text_operators(used: Used, placed: Iterable[Placed], style: ParagraphStyle) -> str:
    """Write the operators that draw lines in the fill colour already set, in the order of reading; note glyphs as used."""
    operators, size, drawn_by = ["BT"], style.fontSize, ""
    known = used.operators.setdefault(size, {})
    for one in placed:
        pen = None
        for piece, start in zip(one.line.pieces[one.pieces], one.line.starts[one.pieces], strict=True):
            word = piece.word
            if word.face != drawn_by:
                operators.append(_face_operators(word.face, style, drawn_by))
                drawn_by, pen = word.face, None
            if pen is None or abs(pen - start) > _SAME_PLACE:
                operators.append(f"1 0 0 1 {one.left + start * size / 1000:.3f} {one.base:.3f} Tm")
            if (drawn := known.get(word)) is None:
                drawn = known[word] = _word_operators(used, word, size)
            operators.append(drawn)
            pen = start + word.width if word.rightwards else None
    # Words that follow each other are shown by one operator.
    joined = " ".join([*operators, "ET"]).replace("] TJ [", "").replace("><", "")
    return f"q {joined} Q" if " 2 Tr " in joined else joined


def _face_operators(name: str, style: ParagraphStyle, before: str) -> str:
    """Choose a face; one that has no bold of its own is stroked, until another is chosen."""
    chosen = f"/{name} {style.fontSize:g} Tf"
    if style.fontName != BOLD or name in {REGULAR, BOLD}:
        return f"0 Tr {chosen}" if before not in {"", REGULAR, BOLD} else chosen
    return f"{chosen} {_rgb(style.textColor)} RG {style.fontSize * _STROKED:.3f} w 2 Tr"


@cache
def _rgb(colour: Color) -> str:
    return " ".join(f"{part:.4g}" for part in colour.rgb())


def _word_operators(used: Used, word: ShapedWord, size: float) -> str:
    drawn = " ".join(f"[{inside}] TJ" if not rise else f"{rise * size / 1000:.3f} Ts [{inside}] TJ 0 Ts" for rise, inside in word.strokes)
    if _says_its_text(used, word):
        return drawn
    said = word.text.encode("utf-16-be").hex().upper()
    return f"/Span <</ActualText <FEFF{said}>>> BDC {drawn} EMC"


def _says_its_text(used: Used, word: ShapedWord) -> bool:
    """Note a word's glyphs; tell whether a reader gets the word from them, or must be told it."""
    known = used.glyphs.setdefault(word.face, {})
    told = word.faithful
    for glyph in word.glyphs:
        known[glyph.number] = known.get(glyph.number) or glyph.stands_for
        told = told and known[glyph.number] == glyph.stands_for
    return told
