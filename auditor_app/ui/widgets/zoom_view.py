"""A picture that can be looked into: whole at first, then larger and larger, moved with the mouse or the arrows."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor_app.ui.theme import Theme

STEP = 1.25
LARGEST = 8.0
PAN = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class ZoomView(QWidget):
    """`zoomed` tells that it is shown at another size; `zoom` is 1 where the whole picture fits the room."""

    zoomed = Signal()

    def __init__(self, theme: Theme, *, name: str) -> None:
        """Begin without a picture."""
        super().__init__()
        self._theme = theme
        self._picture = QPixmap()
        self._middle = QPointF(0.5, 0.5)
        self._grip: QPointF | None = None
        self.zoom = 1.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def has_picture(self) -> bool:
        """Say whether there is a picture."""
        return not self._picture.isNull()

    @property
    def percent(self) -> int:
        """Give the size shown, in percent of the picture's own."""
        return round(100 * self._fit() * self.zoom) if self.has_picture else 100

    def show_image(self, image: QImage, *, again: bool = False) -> None:
        """Show a picture whole; `again` keeps the place and the size that it has in the room, for a sharper one of the same."""
        self._picture = QPixmap.fromImage(image)
        if not again:
            self.zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self.zoomed.emit()
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Make it larger or smaller around a point of the widget; never smaller than whole."""
        zoom = max(1.0, min(LARGEST / min(1.0, self._fit()), self.zoom * factor))
        if zoom == self.zoom or not self.has_picture:
            return
        point = at or QPointF(self.rect().center())
        part = self._part(point)
        self.zoom = zoom
        place = self._place()
        shift = point - QPointF(place.left() + part.x() * place.width(), place.top() + part.y() * place.height())
        self._move(shift)
        self.zoomed.emit()

    def fit(self) -> None:
        """Show the whole again."""
        self.zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self.zoomed.emit()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for some room; it takes what there is."""
        return QSize(self._theme.look.px(320), self._theme.look.px(240))

    def _fit(self) -> float:
        """Give the scale at which the whole fits; a small picture is not blown up beyond twice its size."""
        if not self.has_picture:
            return 1.0
        return min(2.0, self.width() / self._picture.width(), self.height() / self._picture.height())

    def _place(self) -> QRectF:
        scale = self._fit() * self.zoom
        size = QPointF(self._picture.width() * scale, self._picture.height() * scale)
        middle = QPointF(self.rect().center())
        return QRectF(middle.x() - self._middle.x() * size.x(), middle.y() - self._middle.y() * size.y(), size.x(), size.y())

    def _part(self, point: QPointF) -> QPointF:
        place = self._place()
        return QPointF((point.x() - place.left()) / max(1.0, place.width()), (point.y() - place.top()) / max(1.0, place.height()))

    def _move(self, by: QPointF) -> None:
        """Move the picture by pixels; the room stays filled where the picture is larger than it."""
        place = self._place()
        x = self._middle.x() - by.x() / max(1.0, place.width())
        y = self._middle.y() - by.y() / max(1.0, place.height())
        self._middle = QPointF(_within(x, self.width() / max(1.0, place.width())), _within(y, self.height() / max(1.0, place.height())))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter, look = QPainter(self), self._theme.look
        painter.fillRect(self.rect(), look.colour("raised"))
        if self.has_picture:
            scale = self._fit() * self.zoom
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 3)
            painter.drawPixmap(self._place(), self._picture, QRectF(self._picture.rect()))
        if self.hasFocus():
            painter.setPen(look.colour("copper"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with + and -, show the whole with 0; with the arrows move what is larger than the room."""
        key, look = Qt.Key(event.key()), self._theme.look
        if event.text() in {"+", "="} or key == Qt.Key.Key_ZoomIn:
            self.zoom_by(STEP)
        elif event.text() == "-" or key == Qt.Key.Key_ZoomOut:
            self.zoom_by(1 / STEP)
        elif event.text() == "0":
            self.fit()
        elif key in PAN and self.zoom > 1:
            x, y = PAN[key]
            self._move(QPointF(-x * look.px(60), -y * look.px(60)))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse."""
        if turn := event.angleDelta().y():
            self.zoom_by(STEP if turn > 0 else 1 / STEP, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._grip is not None and self.zoom > 1:
            self._move(event.position() - self._grip)
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it in its own size there, or the whole again."""
        if self.zoom > 1:
            self.fit()
        else:
            self.zoom_by(max(2.0, 1 / self._fit()), event.position())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room filled."""
        super().resizeEvent(event)
        self._move(QPointF())
        self.zoomed.emit()


def _within(middle: float, room: float) -> float:
    """Keep the middle of the room, as a part of the picture, where the picture fills it; `room` is the room as such a part."""
    return 0.5 if room >= 1 else max(room / 2, min(1 - room / 2, middle))
