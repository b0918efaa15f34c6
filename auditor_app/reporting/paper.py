"""The canvas that reports are drawn on: beside the marks of a page it notes their structure, the glyphs and the pictures in use.

Text is written glyph by glyph in faces that `embedding` puts into the file afterwards, so reportlab's own fonts are never used.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from auditor_app.reporting.fonts import BOLD, REGULAR
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
    pictures: dict[str, bytes] = field(default_factory=dict)
    pictures_of: dict[int, set[str]] = field(default_factory=dict)
    operators: dict[tuple[ShapedWord, float], str] = field(default_factory=dict)
    """What draws each word at each size."""
    late: dict[str, str] = field(default_factory=dict)
    """Operators that are only known once all pages are laid out, by the comment that holds their place in a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A line of text that is written when all pages are laid out: what it is about, and where it ends, in points."""

    about: str
    right: float
    base: float
    style: ParagraphStyle


class Paper(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas whose content is tagged: everything drawn is inside `content` of an element, or decoration."""

    def __init__(self, *arguments: object, **settings: object) -> None:
        """Take what reportlab gives its canvases."""
        super().__init__(*arguments, **settings)
        self.structure = Structure()
        self.used = Used()
        self.late: dict[str, Late] = {}
        self.spots: list[Spot] = []
        self._decorating = False

    def _make_preamble(self) -> None:
        # reportlab would name Helvetica on every page, which an archival file must embed and we do not have.
        self._preamble = "1 0 0 1 0 0 cm"

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

    def picture(self, jpeg: bytes, left: float, bottom: float, wide: float, high: float) -> None:
        """Draw a JPEG; the same one is kept once, however often it is drawn."""
        name = f"Im{hashlib.sha256(jpeg).hexdigest()[:20]}"
        self.used.pictures[name] = jpeg
        self.used.pictures_of.setdefault(self.page, set()).add(name)
        self._code.append(f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {bottom:.3f} cm /{name} Do Q")

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

    def line_of_text(self, line: Line, left: float, base: float, style: ParagraphStyle, *, pieces: slice = slice(None)) -> None:
        """Draw a line, or some pieces of one, from its left end and baseline, as content or decoration that is already marked."""
        self._code.append(f"{_rgb(style.textColor)} rg")
        self._code.append(line_operators(self.used, line, left, base, style, pieces=pieces))


def late_line(used: Used, text: str, late: Late) -> str:
    """Write the operators that draw a line whose place was kept, colour and all."""
    line = set_line(text, late.style.fontName)
    left = late.right - line.width * late.style.fontSize / 1000
    return f"{_rgb(late.style.textColor)} rg {line_operators(used, line, left, late.base, late.style)}"


def line_operators(used: Used, line: Line, left: float, base: float, style: ParagraphStyle, *, pieces: slice = slice(None)) -> str:
    """Write the operators that draw pieces of a line in the fill colour already set, in the order of reading; note glyphs as used."""
    operators, size = ["BT"], style.fontSize
    pen, drawn_by = None, ""
    for piece, start in zip(line.pieces[pieces], line.starts[pieces], strict=True):
        word = piece.word
        if word.face != drawn_by:
            operators += ["0 Tr"] if drawn_by else []
            operators.append(_face_operators(word.face, style))
            drawn_by, pen = word.face, None
        if pen is None or abs(pen - start) > _SAME_PLACE:
            operators.append(f"1 0 0 1 {left + start * size / 1000:.3f} {base:.3f} Tm")
        if (word, size) not in used.operators:
            used.operators[word, size] = _word_operators(used, word, size)
        operators.append(used.operators[word, size])
        pen = start + word.width if word.rightwards else None
    # Words that follow each other are shown by one operator.
    operators += ["0 Tr ET"] if drawn_by not in {REGULAR, BOLD} else ["ET"]
    return " ".join(operators).replace("] TJ [", "").replace("><", "")


def _face_operators(name: str, style: ParagraphStyle) -> str:
    chosen = f"/{name} {style.fontSize:g} Tf"
    if style.fontName != BOLD or name in {REGULAR, BOLD}:
        return chosen
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
