"""A camera that is watched: asked for, its live picture shown, and let go of. What becomes of the pictures is for who derives from it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor_app.errors import Unavailable
from auditor_app.translation import _
from auditor_app.ui.capture.equipment import ask_for_camera, camera_device, multimedia
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.media_threads import know_notifications
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label


class LiveCamera(QWidget):
    """`told` carries a Notice; `opened` and `closed` say that the part came or went."""

    told = Signal(object)
    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        """Begin hidden, without a camera."""
        super().__init__()
        self._session: Any = None
        self._parts: tuple[Any, ...] = ()
        self.picture = LivePicture()
        self.said = label("", "muted", wrap=True)
        self.acts = QVBoxLayout()
        self.acts.addWidget(self.said)
        self.acts.addStretch(1)
        self.acts.addWidget(button(_("Close the camera"), self.close_camera))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(16)
        layout.addWidget(self.picture, 3)
        layout.addLayout(self.acts, 1)
        self.hide()

    def ask_and_start(self) -> None:
        """Show what the camera sees. A lack of library, camera or leave is told, and nothing opens."""
        ask_for_camera(self, self._start, self._fail)

    def watch(self, source: Any, device: str, connect: Callable[[Any, Any], object]) -> None:
        """Watch a source of pictures: `connect` is given a capture session and the source, and puts one into the other."""
        media = multimedia()
        session, sink = media.QMediaCaptureSession(), media.QVideoSink()
        know_notifications(session, sink, source)
        connect(session, source)
        session.setVideoSink(sink)
        sink.videoFrameChanged.connect(lambda frame: self._show(frame.toImage()))
        self._session, self._parts = session, (sink, source, *self.attached(session, device))
        self.show()
        self.opened.emit()

    def attached(self, session: Any, device: str) -> tuple[Any, ...]:
        """Attach what is needed besides to a session and say so; gives what must live as long."""
        return ()

    def seen(self, image: QImage) -> None:
        """Do something with a picture that is now seen; an empty one says that there is none any more."""

    def close_camera(self) -> None:
        """Let go of the camera, so that its light goes out."""
        for part in self._parts:
            if hasattr(part, "stop"):
                part.stop()
        self._session, self._parts = None, ()
        self._show(QImage())
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
        self.seen(image)

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
