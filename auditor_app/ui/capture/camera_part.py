"""A photo with this laptop's camera: its live picture, and a button. The photo is taken in as any other file, without touching the disk."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from auditor_app.clock import SystemClock
from auditor_app.errors import Unavailable
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.capture.encoding import photo_bytes
from auditor_app.ui.capture.equipment import multimedia
from auditor_app.ui.capture.live import LiveCamera
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.widgets.buttons import button


class CameraPart(LiveCamera):
    """`taken` carries a wish, a photo as JPEG bytes and its name."""

    taken = Signal(object, bytes, str)

    def __init__(self, background: Background) -> None:
        """Begin hidden, without a camera."""
        super().__init__()
        self._background = background
        self._wish: Wish | None = None
        self._still: Any = None
        self._device = ""
        self.take = button(_("Take the photo"), self.take_photo, role="first")
        self.take.setEnabled(False)
        self.acts.insertWidget(2, self.take)

    def open_camera(self, wish: Wish) -> None:
        """Show what the camera sees. A lack of library, camera or leave is told, and nothing opens."""
        self._wish = wish
        self.ask_and_start()

    def attached(self, session: Any, device: str) -> tuple[Any, ...]:
        """Attach what takes a still picture."""
        still = multimedia().QImageCapture()
        session.setImageCapture(still)
        still.imageCaptured.connect(lambda _number, image: self._keep(image))
        still.errorOccurred.connect(lambda _number, _error, detail: self._fail(Unavailable("camera_failed", detail=detail)))
        self._still, self._device = still, device
        self.said.setText(_("{device}. The photo says this laptop's time and no place.").format(device=device))
        return (still,)

    def seen(self, image: QImage) -> None:
        """Allow a photo once there is something to see."""
        self.take.setEnabled(not image.isNull())

    def take_photo(self) -> None:
        """Take what the camera sees, in its best quality where it is ready for that."""
        if self._still is not None and self._still.isReadyForCapture():
            self._still.capture()
        elif not self.picture.image.isNull():
            self._keep(self.picture.image)

    def close_camera(self) -> None:
        """Let go of the camera, so that its light goes out."""
        self._still, self._wish = None, None
        super().close_camera()

    def _keep(self, image: QImage) -> None:
        """Encode it beside the window, then hand it over."""
        wish, device, now = self._wish, self._device, SystemClock().now()
        if wish is not None:
            self._background.work(
                lambda _progress: photo_bytes(image, now, device),
                owner=self,
                done=lambda data: self.taken.emit(wish, data, _photo_name(now)),
            )


def _photo_name(now: datetime) -> str:
    return _("Photo {time}").format(time=now.strftime("%Y-%m-%d %H.%M.%S")) + ".jpg"
