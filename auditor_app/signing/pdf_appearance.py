"""How a signature looks on the page: lines of text in embedded fonts and a signature drawn by hand, inside a box."""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # it has no stubs
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.stamp.base import BaseStamp, BaseStampStyle

from auditor_app.errors import Corrupted, NotAllowed, Unavailable

_FONT_SIZE = 10  # points, where the box has room; text is shrunk to fit, never cut
_LINE_DISTANCE = 13  # points; Chinese at 10 points needs more than Latin
_LAYOUT = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MID, Margins(left=12, right=12, top=8, bottom=8))

_TEXT_BESIDE_DRAWING = 0.5  # of the width, when something is drawn by hand
_THINNEST, _THICKEST = 0.5, 2.2  # points; a pen's line, by how hard it is pressed
_MOST_POINTS = 50_000
_LAYOUT_TABLES = {"GSUB", "GPOS", "GDEF", "kern"}
"""How letters are joined: the shaper reads that from the bytes, a PDF never does, and cutting it down would take most of a second."""

_Run = tuple[int, str]
"""Which of the fonts draws this piece of a line."""

Point = tuple[float, float, float]
"""Where the pen was, to the right and down in any unit, and how hard it was pressed (0 to 1; 0.5 where that is not known)."""

Stroke = tuple[Point, ...]


def field_of(appearance: "Appearance", field: str) -> SigFieldSpec:
    """Place the signature field; the caption is also what a screen reader says of it."""
    return SigFieldSpec(field, on_page=appearance.page, box=appearance.box, readable_field_name=appearance.caption)


def stamp_of(appearance: "Appearance") -> BaseStampStyle:
    """Draw caption and lines, each character in the first font that has it, and beside them what was drawn by hand.

    Raises NotAllowed `signature_text_not_drawable` (a name must not silently come out blank) or `drawing_not_acceptable`,
    Corrupted `font_unreadable`, Unavailable `font_unavailable`.
    """
    _check_drawing(appearance.strokes)
    fonts = [_font_bytes(path) for path in appearance.fonts]
    known = [_known_characters(font) for font in fonts]
    lines = tuple(tuple(_runs(line, known)) for line in (appearance.caption, *appearance.lines))
    return _StampStyle(border_width=0, fonts=tuple(fonts), lines=lines, strokes=appearance.strokes)


def _check_drawing(strokes: tuple[Stroke, ...]) -> None:
    points = [number for stroke in strokes for point in stroke for number in point]
    if len(points) > 3 * _MOST_POINTS or not all(map(math.isfinite, points)) or (strokes and not points):
        raise NotAllowed("drawing_not_acceptable", most=_MOST_POINTS)


def _font_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unavailable("font_unavailable", font=path.name) from error


def _known_characters(font: bytes) -> set[int]:
    try:
        return set(TTFont(BytesIO(font), lazy=True).getBestCmap())
    except (TTLibError, struct.error, KeyError, AssertionError) as error:
        raise Corrupted("font_unreadable") from error


def _runs(line: str, known: list[set[int]]) -> Iterator[_Run]:
    """Cut a line into pieces of one font each; joiners and the like stay with what they join."""
    drawn: list[_Run] = []
    for character in line:
        font = next((index for index, characters in enumerate(known) if ord(character) in characters), None)
        if font is None and character.isprintable():
            raise NotAllowed("signature_text_not_drawable", characters=character)
        drawn.append((drawn[-1][0] if font is None and drawn else font or 0, character))
    for font, characters in groupby(drawn, key=lambda piece: piece[0]):
        yield font, "".join(character for _, character in characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A visible signature: `page` from 0 (-1 is the last), `box` as left, bottom, right, top in points, TrueType `fonts`.

    `caption` stands above `lines`; each character is drawn in the first of the fonts that has it. `strokes` is a signature
    drawn by hand; it is drawn as lines, so that it stays sharp. Where a prepared field is filled, page and box are the field's.
    """

    page: int = -1
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    caption: str
    lines: tuple[str, ...]
    fonts: tuple[Path, ...]
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _StampStyle(BaseStampStyle):
    """pyHanko's text stamp knows one font only, and no font has both Polish and Chinese."""

    fonts: tuple[bytes, ...]
    lines: tuple[tuple[_Run, ...], ...]
    strokes: tuple[Stroke, ...]

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, object]) -> BaseStamp:
        del text_params  # the text is given whole, not as a template
        return _Stamp(writer, self, box)


class _Stamp(BaseStamp):
    """The drawing itself: pyHanko asks for it once, and draws the border around it."""

    style: _StampStyle
    writer: BasePdfFileWriter

    def _render_inner_content(self) -> list[bytes]:
        if not self.style.strokes:
            return self._text(self.box)
        width, height = float(self.box.width), float(self.box.height)
        split = width * _TEXT_BESIDE_DRAWING
        return [*self._text(BoxConstraints(round(split), round(height))), *_drawing(self.style.strokes, (split, width, height))]

    def _text(self, box: BoxConstraints) -> list[bytes]:
        used = sorted({font for line in self.style.lines for font, _ in line})
        engines = {font: self._embedded(font) for font in used}
        drawn, widest = [], 0.0
        for line in self.style.lines:
            shaped = [(font, engines[font].shape(text)) for font, text in line]
            width = sum(piece.x_advance for _, piece in shaped) * _FONT_SIZE
            drawn += [b"/F%d %d Tf %s" % (font, _FONT_SIZE, piece.graphics_ops) for font, piece in shaped]
            drawn.append(b"%g %d Td" % (-width, -_LINE_DISTANCE))
            widest = max(widest, width)
        height = _LINE_DISTANCE * len(self.style.lines)
        place = _LAYOUT.fit(box, round(widest), height).as_cm()  # type: ignore[no-untyped-call]  # pyHanko's gap
        return [b"q", place, b"BT 0 %d Td" % (height - _FONT_SIZE), *drawn, b"ET Q"]

    def _embedded(self, font: int) -> GlyphAccumulator:
        # From memory: given a path, pyHanko leaves the file open.
        engine = GlyphAccumulator(self.writer, BytesIO(self.style.fonts[font]), font_size=_FONT_SIZE)
        for table in _LAYOUT_TABLES & set(engine.tt.keys()):
            del engine.tt[table]
        self.set_resource(ResourceType.FONT, pdf_name(f"/F{font}"), engine.as_resource())
        return engine


def _drawing(strokes: tuple[Stroke, ...], space: tuple[float, float, float]) -> list[bytes]:
    """Draw strokes as large as they fit between left and right edge and below the top, keeping their proportions."""
    left, right, top = space
    margin = 8.0
    points = [point for stroke in strokes for point in stroke]
    least_x, least_y = min(x for x, _, _ in points), min(y for _, y, _ in points)
    wide, high = max(x for x, _, _ in points) - least_x, max(y for _, y, _ in points) - least_y
    scale = min((right - left - 2 * margin) / max(wide, 1e-6), (top - 2 * margin) / max(high, 1e-6), 1e6)
    at_x = left + (right - left - wide * scale) / 2
    at_y = (top + high * scale) / 2

    def placed(stroke: Stroke) -> list[Point]:
        return [(at_x + (x - least_x) * scale, at_y - (y - least_y) * scale, pressed) for x, y, pressed in stroke]

    return [b"q 1 J 1 j 0 G", *(piece for stroke in strokes for piece in _line(placed(stroke))), b"Q"]


def _line(points: list[Point]) -> Iterator[bytes]:
    """Draw one stroke piece by piece, each as thick as the pen was pressed; a single point becomes a dot."""
    for start, end in pairwise(points if len(points) > 1 else points * 2):
        thickness = _THINNEST + (_THICKEST - _THINNEST) * min(max((start[2] + end[2]) / 2, 0.0), 1.0)
        yield b"%.2f w %.2f %.2f m %.2f %.2f l S" % (thickness, start[0], start[1], end[0], end[1])
