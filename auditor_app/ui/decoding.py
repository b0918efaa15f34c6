"""Large pictures and PDF pages as images, decoded on workers from bytes that were opened for it. Nothing is written to disk."""

import io
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

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
    if not media_type.startswith("image/"):
        return QImage()
    image = _by_qt(data, edge)
    return image if not image.isNull() else _by_pillow(data, edge)


def draw_page(data: bytes, page: int, *, width: int = 0, edge: int = 0) -> Drawn:
    """Draw one page of a PDF to a width, or to its longer side, in pixels. Raises Corrupted("pdf_unreadable")."""
    with opened_pdf(data) as document:
        count = len(document)
        at = max(0, min(page, count - 1))
        size = document[at].get_size()
        scale = width / size[0] if width else edge / max(size)
        return Drawn(_as_image(document[at].render(scale=min(scale, 8.0), rev_byteorder=True, prefer_bgrx=True)), at, count)


def _as_image(bitmap: Any) -> QImage:
    image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
    return image.copy()  # its own bytes, before the bitmap goes


def _by_qt(data: bytes, edge: int) -> QImage:
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    if bytes(reader.format().data()).startswith(b"svg"):
        return QImage()  # drawings may name other files of this laptop
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _by_pillow(data: bytes, edge: int) -> QImage:
    """Decode what Qt does not know, such as HEIC; whatever a hostile file makes a decoder raise gives no picture."""
    import pi_heif  # noqa: PLC0415 - loads with the first such picture
    from PIL import Image, ImageOps  # noqa: PLC0415

    pi_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
            picture.thumbnail((edge, edge))
            return QImage(picture.tobytes(), picture.width, picture.height, QImage.Format.Format_RGBA8888).copy()
    except Exception:  # noqa: BLE001 - decoders of hostile files raise anything; the evidence itself is safe
        return QImage()
