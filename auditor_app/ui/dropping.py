"""What was dropped or pasted: files by their paths, or a picture as bytes."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from auditor_app.clock import SystemClock
from auditor_app.translation import _
from auditor_app.ui.reading import only_reads


def local_files(data: QMimeData) -> list[Path]:
    """List the files of a drop or of the clipboard; anything that is not on this computer is left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def dropped_files(data: QMimeData) -> list[Path]:
    """The same, to be taken in: none where nothing is."""
    return [] if only_reads() else local_files(data)


def pasted_picture(data: QMimeData) -> bytes:
    """Give a picture of the clipboard as PNG bytes, empty when there is none."""
    if only_reads() or not data.hasImage():
        return b""
    image = data.imageData()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not isinstance(image, QImage) or not QImageWriter(buffer, QByteArray(b"png")).write(image):
        return b""
    return bytes(kept.data())


def pasted_name() -> str:
    """Name a pasted picture by the moment."""
    moment = SystemClock().now().strftime("%Y-%m-%d %H.%M.%S")
    return _("Pasted {time}").format(time=moment) + ".png"
