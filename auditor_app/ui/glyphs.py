"""The shapes that stand beside ratings, answers and states: painted, so that they are crisp at any size and scale.

Shape, colour and a word always come together; none of the three alone carries a meaning.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from auditor_app.ui.theme import Look, Theme

TICK, HALF, TRIANGLE, BAR, CIRCLE, DOT, UNEQUAL = "tick", "half", "triangle", "bar", "circle", "dot", "unequal"


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape and the name of its colour among the tokens."""

    shape: str
    colour: str


OPEN = Mark(CIRCLE, "muted")
GOOD = Mark(TICK, "fully")
PARTLY = Mark(HALF, "partially")
BAD = Mark(TRIANGLE, "does_not")
OUTSIDE = Mark(BAR, "outside")
WAITING = Mark(DOT, "copper")
DIFFER = Mark(UNEQUAL, "does_not")


def paint_mark(painter: QPainter, box: QRectF, mark: Mark, look: Look, *, ground: QColor | None = None) -> None:
    """Paint a mark into a square; `ground` is the colour behind it, which shows through its inner sign."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour, inner = look.colour(mark.colour), ground or look.colour("surface")
    side = min(box.width(), box.height())
    painter.translate(box.center().x() - side / 2, box.center().y() - side / 2)
    painter.scale(side / 16, side / 16)
    _PAINTERS[mark.shape](painter, colour, inner)
    painter.restore()


def _tick(painter: QPainter, colour: QColor, inner: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(8, 8), 7.4, 7.4)
    painter.setPen(_pen(inner, 1.9))
    painter.drawPolyline(QPolygonF([QPointF(4.7, 8.3), QPointF(7.1, 10.6), QPointF(11.3, 5.7)]))


def _half(painter: QPainter, colour: QColor, _inner: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPie(QRectF(1.4, 1.4, 13.2, 13.2), 90 * 16, 180 * 16)


def _triangle(painter: QPainter, colour: QColor, inner: QColor) -> None:
    painter.setPen(_pen(colour, 1.6))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(8, 1.8), QPointF(14.8, 14), QPointF(1.2, 14)]))
    painter.setPen(_pen(inner, 1.7))
    painter.drawLine(QPointF(8, 6), QPointF(8, 9.6))
    painter.drawPoint(QPointF(8, 12.1))


def _bar(painter: QPainter, colour: QColor, _inner: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(_pen(colour, 1.7))
    painter.drawLine(QPointF(4.8, 8), QPointF(11.2, 8))


def _circle(painter: QPainter, colour: QColor, _inner: QColor) -> None:
    _ring(painter, colour)


def _dot(painter: QPainter, colour: QColor, _inner: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(8, 8), 2.6, 2.6)


def _unequal(painter: QPainter, colour: QColor, _inner: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(_pen(colour, 1.5))
    for start, end in (((5, 6.5), (11, 6.5)), ((5, 9.5), (11, 9.5)), ((6, 12), (10, 4))):
        painter.drawLine(QPointF(*start), QPointF(*end))


def _ring(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(colour, 1.5))
    painter.drawEllipse(QPointF(8, 8), 6.6, 6.6)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


_PAINTERS = {TICK: _tick, HALF: _half, TRIANGLE: _triangle, BAR: _bar, CIRCLE: _circle, DOT: _dot, UNEQUAL: _unequal}


class _MarkEngine(QIconEngine):
    """Draws a mark as an icon at whatever size and scale it is asked for."""

    def __init__(self, mark: Mark, look: Look) -> None:
        super().__init__()
        self._mark, self._look = mark, look

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_mark(painter, QRectF(rect), self._mark, self._look)  # type: ignore[call-overload]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0, 0, size.width(), size.height()), self._mark, self._look)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _MarkEngine(self._mark, self._look)


def mark_icon(mark: Mark, look: Look) -> QIcon:
    """Give a mark as an icon for buttons and choices; made anew when the look changes."""
    return QIcon(_MarkEngine(mark, look))


class MarkSign(QWidget):
    """A mark as a widget; the word beside it carries the meaning, so it has no accessible name of its own."""

    def __init__(self, theme: Theme, mark: Mark = OPEN, *, size: int = 16) -> None:
        """Show a mark at a size in pixels at 100 % text."""
        super().__init__()
        self._theme, self._mark, self._size = theme, mark, size
        theme.changed.connect(self._fit)
        self._fit()

    def show_mark(self, mark: Mark) -> None:
        """Show another mark."""
        self._mark = mark
        self.update()

    def _fit(self) -> None:
        side = self._theme.look.px(self._size)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._mark, self._theme.look)
