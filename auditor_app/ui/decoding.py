"""Large pictures and PDF pages as images, decoded on workers from bytes that were opened for it. Nothing is written to disk."""

import codecs
import io
import unicodedata
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

from auditor_app.errors import Corrupted
from auditor_app.pdfium import opened_pdf

PDF = "application/pdf"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Bytes with which a text tells its encoding."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page of a PDF: the image, its place from 0, and how many pages there are."""

    image: QImage
    page: int
    pages: int


def decode_picture(data: bytes, media_type: str, edge: int) -> QImage:
    """Decode a picture, or the first page of a PDF, upright and at most `edge` pixels on its longer side; null when it cannot be."""
    if media_type == PDF:
        try:
            return draw_page(data, 0, edge=edge).image
        except Corrupted:
            return QImage()
    return _decoded(data, edge) if media_type.startswith("image/") else QImage()


def cut_tile(data: bytes, width: int, height: int) -> QImage:
    """Cut the middle of a small picture to a tile of so many pixels; null when there is none."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - loads with the first picture

    try:
        with Image.open(io.BytesIO(data)) as opened:
            tile = ImageOps.fit(opened.convert("RGB"), (width, height), Image.Resampling.BILINEAR)
    except Exception:  # noqa: BLE001 - as below; a tile without a picture shows what it is
        return QImage()
    pixels = tile.tobytes()  # must outlive the image that looks at it, until that is converted
    return QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888).convertToFormat(QImage.Format.Format_RGB32)


def draw_page(data: bytes, page: int, *, width: int = 0, edge: int = 0) -> Drawn:
    """Draw one page of a PDF to a width, or to its longer side, in pixels. Raises Corrupted("pdf_unreadable")."""
    with opened_pdf(data) as document:
        count = len(document)
        at = max(0, min(page, count - 1))
        size = document[at].get_size()
        scale = width / size[0] if width else edge / max(size)
        return Drawn(_as_image(document[at].render(scale=min(scale, 8.0), rev_byteorder=True, prefer_bgrx=True)), at, count)


def _as_image(bitmap: Any) -> QImage:
    pixels = bytes(bitmap.buffer)  # must outlive the image that looks at it, until that is copied
    return QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()


def _decoded(data: bytes, edge: int) -> QImage:
    """Decode a picture by Pillow, HEIC too; whatever a hostile file makes a decoder raise gives no picture.

    No Qt decoder here: Qt's readers are objects that must not live on workers, and its drawings may name other files of this laptop.
    """
    import pi_heif  # noqa: PLC0415 - loads with the first picture
    from PIL import Image, ImageOps  # noqa: PLC0415

    pi_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (edge, edge))
            opened.thumbnail((edge, edge))
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
            pixels = picture.tobytes()
            return QImage(pixels, picture.width, picture.height, QImage.Format.Format_RGBA8888).copy()
    except Exception:  # noqa: BLE001 - decoders of hostile files raise anything; the evidence itself is safe
        return QImage()


@dataclass(frozen=True, slots=True)
class ShownText:
    """Text for showing: at most so much of it, and whether there is more."""

    text: str
    more: bool


def read_text(data: bytes, most: int = 400_000) -> ShownText:
    """Read a text of unknown encoding for showing, at most so many characters; never fails, since the last try takes any byte."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "")
    head = data[: most * 4]
    for name in (encoding,) if encoding else ("utf-8", *_wide(head), "cp1252", "latin-1"):
        try:
            text = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(name)(), translate=True).decode(head)
        except UnicodeDecodeError:
            continue
        return _shown(text, most, len(data) > len(head))
    return _shown(head.decode(encoding, errors="replace"), most, len(data) > len(head))


def _shown(text: str, most: int, cut: bool) -> ShownText:
    """Leave out what would turn or hide other text; tabs and line ends stay."""
    clean = "".join(one for one in text[:most].lstrip("\ufeff") if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf", "Cs"})
    return ShownText(clean, cut or len(text) > most)


def _wide(head: bytes) -> tuple[str, ...]:
    """Guess two bytes per letter where every other byte is empty: the way that some loggers and spreadsheets write."""
    sample = head[:2_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return ("utf-16-le",) if odd > len(sample) // 5 else ("utf-16-be",) if even > len(sample) // 5 else ()
