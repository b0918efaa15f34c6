"""Large pictures and PDF pages as images, decoded on workers from bytes that were opened for it. Nothing is written to disk."""

import io
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

from auditor_app.errors import Corrupted
from auditor_app.pdfium import opened_pdf

PDF = "application/pdf"


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
