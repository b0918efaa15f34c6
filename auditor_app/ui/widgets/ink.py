"""A place to sign by hand: with a pen, a finger or the mouse. What is drawn are lines, which stay sharp at any size."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor_app.translation import _
from auditor_app.ui.theme import Theme

Point = tuple[float, float, float]
"""Where the pen was, to the right and down in pixels, and how hard it was pressed (0 to 1)."""

UNPRESSED = 0.5
"""What stands for the pressure of a mouse or a finger, which tell none."""

NEAR = 1.5
"""Pixels within which a further point says nothing new."""


class Ink(QWidget):
    """`changed` says that a stroke was begun, ended, taken back or wiped away."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin empty."""
        super().__init__()
        self._theme = theme
        self._strokes: list[list[Point]] = []
        self._down = False
        self.setAccessibleName(_("Place to sign: draw with a pen, a finger or the mouse"))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def strokes(self) -> tuple[tuple[Point, ...], ...]:
        """Give what was drawn."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        """Wipe everything away."""
        self._strokes.clear()
        self._down = False
        self._tell()

    def sizeHint(self) -> QSize:
        """Ask for the room of a signature."""
        return QSize(self._theme.look.px(360), self._theme.look.px(170))

    def _begin(self, at: QPointF, pressure: float) -> None:
        self._down = True
        self._strokes.append([(at.x(), at.y(), pressure)])
        self._tell()

    def _go_on(self, at: QPointF, pressure: float) -> None:
        if not self._down or not self._strokes:
            return
        x, y, _pressure = self._strokes[-1][-1]
        if abs(at.x() - x) + abs(at.y() - y) >= NEAR:
            inside = min(max(at.x(), 0.0), float(self.width())), min(max(at.y(), 0.0), float(self.height()))
            self._strokes[-1].append((*inside, pressure))
            self.update()

    def _end(self) -> None:
        self._down = False
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), UNPRESSED)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        self._go_on(event.position(), UNPRESSED)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen, which tells how hard it is pressed."""
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()  # otherwise the same comes once more as from a mouse

    def event(self, event: QEvent) -> bool:
        """Draw with a finger; what a touch pad tells is left to the mouse."""
        kinds = {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}
        is_finger = isinstance(event, QTouchEvent) and event.pointingDevice().type() == QPointingDevice.DeviceType.TouchScreen
        if event.type() not in kinds or not is_finger or not isinstance(event, QTouchEvent):
            return super().event(event)
        at = event.points()[0].position() if event.points() else QPointF()
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(at, UNPRESSED)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._go_on(at, UNPRESSED)
        else:
            self._end()
        event.accept()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a white sheet with a line to sign on, and what was drawn in ink, in every look alike."""
        look, painter = self._theme.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("copper" if self._down else "strong_line"), 1.4))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        self._paint_line(painter)
        ink = QColor("#14213D")
        painter.setBrush(ink)
        for stroke in self._strokes:
            if len(stroke) == 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawEllipse(QPointF(stroke[0][0], stroke[0][1]), 1.6, 1.6)
            for (x, y, one), (to_x, to_y, other) in pairwise(stroke):
                width = look.px(0.8 + 2.6 * (one + other) / 2) or 1
                painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
                painter.drawLine(QPointF(x, y), QPointF(to_x, to_y))

    def _paint_line(self, painter: QPainter) -> None:
        look = self._theme.look
        base = self.height() * 0.76
        painter.setPen(QPen(QColor("#8A8278"), 1.0))
        painter.drawLine(QPointF(look.px(20), base), QPointF(self.width() - look.px(20), base))
        painter.setFont(self._theme.font("section"))
        painter.drawText(QPointF(look.px(22), base - look.px(6)), "✕")
        if not self._strokes:
            painter.setFont(self._theme.font())
            painter.setPen(QColor("#6A645B"))
            words = _("Sign here: pen, finger or mouse")
            below = QRectF(look.px(20), base + look.px(4), self.width() - look.px(40), look.px(24))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
