"""A photo with this laptop's camera: its live picture, and a button. The photo is taken in as any other file, without touching the disk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor_app.clock import SystemClock
from auditor_app.errors import Unavailable
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.capture.encoding import photo_bytes
from auditor_app.ui.capture.equipment import ask_for_camera, camera_device, multimedia
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label


class CameraPart(QWidget):
    """`taken` carries a wish, a photo as JPEG bytes and its name; `told` a Notice."""

    taken = Signal(object, bytes, str)
    told = Signal(object)
    opened = Signal()
    closed = Signal()

    def __init__(self, background: Background) -> None:
        """Begin hidden, without a camera."""
        super().__init__()
        self._background = background
        self._wish: Wish | None = None
        self._session: Any = None
        self._parts: tuple[Any, ...] = ()
        self._still: Any = None
        self._device = ""
        self.picture = LivePicture()
        self.said = label("", "muted", wrap=True)
        self.take = button(_("Take the photo"), self.take_photo, role="first")
        self.take.setEnabled(False)
        acts = QVBoxLayout()
        acts.addWidget(self.said)
        acts.addStretch(1)
        acts.addWidget(self.take)
        acts.addWidget(button(_("Close the camera"), self.close_camera))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(16)
        layout.addWidget(self.picture, 3)
        layout.addLayout(acts, 1)
        self.hide()

    def open_camera(self, wish: Wish) -> None:
        """Show what the camera sees. A lack of library, camera or leave is told, and nothing opens."""
        self._wish = wish
        ask_for_camera(self, self._start, self._fail)

    def watch(self, source: Any, device: str, connect: Callable[[Any, Any], object]) -> None:
        """Watch a source of pictures: `connect` is given a capture session and the source, and puts one into the other."""
        media = multimedia()
        self._device = device
        session, sink, still = media.QMediaCaptureSession(), media.QVideoSink(), media.QImageCapture()
        connect(session, source)
        session.setVideoSink(sink)
        session.setImageCapture(still)
        sink.videoFrameChanged.connect(lambda frame: self._show(frame.toImage()))
        still.imageCaptured.connect(lambda _number, image: self._keep(image))
        still.errorOccurred.connect(lambda _number, _error, detail: self._fail(Unavailable("camera_failed", detail=detail)))
        self._session, self._still, self._parts = session, still, (sink, source)
        self.said.setText(_("{device}. The photo says this laptop's time and no place.").format(device=device))
        self.show()
        self.opened.emit()

    def take_photo(self) -> None:
        """Take what the camera sees, in its best quality where it is ready for that."""
        if self._still is not None and self._still.isReadyForCapture():
            self._still.capture()
        elif not self.picture.image.isNull():
            self._keep(self.picture.image)

    def close_camera(self) -> None:
        """Let go of the camera, so that its light goes out."""
        for part in self._parts:
            if hasattr(part, "stop"):
                part.stop()
        self._session, self._still, self._parts, self._wish = None, None, (), None
        self.take.setEnabled(False)
        self.picture.show_image(QImage())
        self.hide()
        self.closed.emit()

    def _start(self) -> None:
        try:
            device = camera_device()
            camera = multimedia().QCamera(device)
        except Unavailable as error:
            self._fail(error)
            return
        camera.errorOccurred.connect(lambda _error, detail: self._fail(Unavailable("camera_failed", detail=detail)))
        self.watch(camera, device.description(), lambda session, source: session.setCamera(source))
        camera.start()

    def _show(self, image: QImage) -> None:
        self.picture.show_image(image)
        self.take.setEnabled(not image.isNull())

    def _keep(self, image: QImage) -> None:
        """Encode it beside the window, then hand it over."""
        wish, device, now = self._wish, self._device, SystemClock().now()
        if wish is not None:
            self._background.work(
                lambda _progress: photo_bytes(image, now, device),
                owner=self,
                done=lambda data: self.taken.emit(wish, data, _photo_name(now)),
            )

    def _fail(self, error: BaseException) -> None:
        self.told.emit(notice_of(error))
        self.close_camera()

    def hideEvent(self, event: QHideEvent) -> None:
        """Never watch unseen."""
        super().hideEvent(event)
        if self._session is not None:
            self.close_camera()


class LivePicture(QWidget):
    """Paints the latest picture, whole, in the middle."""

    def __init__(self) -> None:
        """Begin black."""
        super().__init__()
        self.image = QImage()
        self.setAccessibleName(_("What the camera sees"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for enough to see whether it is sharp."""
        return QSize(480, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if not self.image.isNull():
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRect((self.width() - size.width()) // 2, 0, size.width(), size.height()), self.image)


def _photo_name(now: datetime) -> str:
    return _("Photo {time}").format(time=now.strftime("%Y-%m-%d %H.%M.%S")) + ".jpg"
