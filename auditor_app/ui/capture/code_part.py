"""Codes before this laptop's camera: looked for in one live picture after the other, beside the window, until the part is closed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.capture.live import LiveCamera


class CodePart(LiveCamera):
    """`read` carries what the codes in a picture hold, as a list of bytes."""

    read = Signal(object)

    def __init__(self, background: Background) -> None:
        """Begin hidden, without a camera."""
        super().__init__()
        self._background = background
        self._looking = False
        self.said.setText(_("Hold the page close, until a code nearly fills the picture; then show the next one."))

    def open_camera(self) -> None:
        """Show what the camera sees, and look for codes. A lack of library, camera or leave is told, and nothing opens."""
        self.ask_and_start()

    def seen(self, image: QImage) -> None:
        """Look for codes, unless the picture before is still being looked at."""
        if not self._looking and not image.isNull():
            self._looking = True
            self._background.work(lambda _progress: _codes_in(image), owner=self, done=self._looked, failed=lambda _error: self._looked([]))

    def _looked(self, found: list[bytes]) -> None:
        self._looking = False
        if found and self._session is not None:
            self.read.emit(found)


def _codes_in(image: QImage) -> list[bytes]:
    from auditor_app.workflows.code_reading import codes_in_frame  # noqa: PLC0415 - loads with the first picture

    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = gray.width(), gray.height(), gray.bytesPerLine()
    data = bytes(gray.constBits())
    rows = data if stride == width else b"".join(data[at * stride : at * stride + width] for at in range(height))
    return codes_in_frame(rows, width, height)
