"""How a signature looks on the page: lines of text in embedded fonts, inside a box."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
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

_Run = tuple[int, str]
"""Which of the fonts draws this piece of a line."""


def field_of(appearance: "Appearance", field: str) -> SigFieldSpec:
    """Place the signature field; the caption is also what a screen reader says of it."""
    return SigFieldSpec(field, on_page=appearance.page, box=appearance.box, readable_field_name=appearance.caption)


def stamp_of(appearance: "Appearance") -> BaseStampStyle:
    """Draw caption and lines, each character in the first font that has it.

    Raises NotAllowed `signature_text_not_drawable` (a name must not silently come out blank), Corrupted `font_unreadable`,
    Unavailable `font_unavailable`.
    """
    fonts = [_font_bytes(path) for path in appearance.fonts]
    known = [_known_characters(font) for font in fonts]
    lines = tuple(tuple(_runs(line, known)) for line in (appearance.caption, *appearance.lines))
    return _StampStyle(border_width=0, fonts=tuple(fonts), lines=lines)


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

    `caption` stands above `lines`; each character is drawn in the first of the fonts that has it.
    """

    page: int
    box: tuple[int, int, int, int]
    caption: str
    lines: tuple[str, ...]
    fonts: tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class _StampStyle(BaseStampStyle):
    """pyHanko's text stamp knows one font only, and no font has both Polish and Chinese."""

    fonts: tuple[bytes, ...]
    lines: tuple[tuple[_Run, ...], ...]

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, object]) -> BaseStamp:
        del text_params  # the text is given whole, not as a template
        return _Stamp(writer, self, box)


class _Stamp(BaseStamp):
    """The drawing itself: pyHanko asks for it once, and draws the border around it."""

    style: _StampStyle
    writer: BasePdfFileWriter

    def _render_inner_content(self) -> list[bytes]:
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
        place = _LAYOUT.fit(self.box, round(widest), height).as_cm()  # type: ignore[no-untyped-call]  # pyHanko's gap
        return [b"q", place, b"BT 0 %d Td" % (height - _FONT_SIZE), *drawn, b"ET Q"]

    def _embedded(self, font: int) -> GlyphAccumulator:
        # From memory: given a path, pyHanko leaves the file open.
        engine = GlyphAccumulator(self.writer, BytesIO(self.style.fonts[font]), font_size=_FONT_SIZE)
        self.set_resource(ResourceType.FONT, pdf_name(f"/F{font}"), engine.as_resource())
        return engine
