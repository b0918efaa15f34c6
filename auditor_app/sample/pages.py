"""Pages of the sample's papers: laid out with Pillow, saved as PDF or as a scan."""

import io
import time
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from auditor_app.install_paths import resources
from auditor_app.sample.seeds import seeded

_PAGE = (1240, 1754)
"""A4 at 150 dots per inch."""
_MARGIN, _LINE = 110, 34
_SCAN_TURN = 1.4
_WRITTEN = time.struct_time((2026, 11, 16, 12, 0, 0, 0, 320, 0))
"""A fixed date inside PDF files, so that the bytes are the same every time."""


@cache
def _loaded(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resources() / "fonts" / name), size)


def _font(words: str, size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Choose the font that has the letters: Chinese text needs its own."""
    if any(letter >= "\u2e80" for letter in words):
        return _loaded("NotoSansSC-Regular.ttf", size)
    return _loaded(f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", size)


def page(title: str, letterhead: str, lines: Sequence[str], number: int, total: int) -> Image.Image:
    """Draw one page. A line "# ..." is a heading, "a | b | c" a table row, an empty one a gap; long lines wrap."""
    sheet = Image.new("L", _PAGE, 255)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((_MARGIN, 84, _PAGE[0] - _MARGIN, 150), fill=226)
    pen.text((_MARGIN + 16, 117), letterhead, font=_font(letterhead, 24, bold=True), fill=40, anchor="lm")
    pen.text((_PAGE[0] - _MARGIN - 16, 117), f"{number} / {total}", font=_font("1", 20, bold=False), fill=70, anchor="rm")
    pen.text((_MARGIN, 186), title, font=_font(title, 36, bold=True), fill=20)
    y = 262
    for line in lines:
        y = _put(pen, line, y)
    return sheet


def _put(pen: ImageDraw.ImageDraw, line: str, y: int) -> int:
    if line.startswith("# "):
        pen.text((_MARGIN, y + 12), line[2:], font=_font(line, 26, bold=True), fill=30)
        return y + _LINE + 24
    if " | " in line:
        return _row(pen, line.split(" | "), y)
    font = _font(line, 22, bold=False)
    for part in _wrapped(line, font):
        pen.text((_MARGIN, y), part, font=font, fill=30)
        y += _LINE
    return y + (0 if line else _LINE // 2)


def _row(pen: ImageDraw.ImageDraw, cells: Sequence[str], y: int) -> int:
    wide = (_PAGE[0] - 2 * _MARGIN) // len(cells)
    for number, cell in enumerate(cells):
        left = _MARGIN + number * wide
        pen.rectangle((left, y, left + wide, y + _LINE + 8), outline=150)
        pen.text((left + 10, y + (_LINE + 8) / 2), cell, font=_font(cell, 20, bold=False), fill=30, anchor="lm")
    return y + _LINE + 8


def _wrapped(line: str, font: ImageFont.FreeTypeFont) -> list[str]:
    parts, current = [], ""
    for word in line.split():
        longer = f"{current} {word}".strip()
        if font.getlength(longer) > _PAGE[0] - 2 * _MARGIN and current:
            parts.append(current)
            longer = word
        current = longer
    return [*parts, current] if current else parts


def pdf_bytes(sheets: Sequence[Image.Image], title: str) -> bytes:
    """Save pages as one PDF."""
    out = io.BytesIO()
    first, rest = sheets[0], list(sheets[1:])
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=150, title=title, creationDate=_WRITTEN, modDate=_WRITTEN)
    return out.getvalue()


def scanned(sheet: Image.Image, seed: int) -> Image.Image:
    """Make a page look scanned: turned a little, grey, grainy, with a dark edge."""
    turned = sheet.rotate(_SCAN_TURN, resample=Image.Resampling.BICUBIC, fillcolor=214).filter(ImageFilter.GaussianBlur(0.8))
    wide, high = turned.width // 2, turned.height // 2
    noise = Image.frombytes("L", (wide, high), seeded(seed).randbytes(wide * high)).point([level // 9 for level in range(256)])
    grey = ImageChops.subtract(turned, noise.resize(turned.size))
    ImageDraw.Draw(grey).rectangle((0, 0, 26, grey.height), fill=96)
    return grey


def tiff_bytes(sheets: Sequence[Image.Image]) -> bytes:
    """Save pages as a compressed TIFF of several pages."""
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=list(sheets[1:]), compression="tiff_adobe_deflate", dpi=(150, 150))
    return out.getvalue()
