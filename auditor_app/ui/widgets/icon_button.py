"""Small buttons with a painted sign, for things that stand in every row and should take little ink."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from auditor_app.ui.theme import Theme

NOTE, CLIP, FLAG = "note", "clip", "flag"


class IconButton(QAbstractButton):
    """A sign, and a short text beside it if there is one; the accessible name and the tip carry the words."""

    def __init__(self, theme: Theme, sign: str, *, room: str = "") -> None:
        """Show a sign; `room` is the longest usual text, kept free so that buttons of several rows stand in line."""
        super().__init__()
        self._theme, self._sign, self._room = theme, sign, room
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def name(self, words: str) -> None:
        """Give the words for screen readers and the tip."""
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Ask for a target that a finger hits, and for room for the text."""
        look = self._theme.look
        longest = max((self.text(), self._room), key=len)
        words = self.fontMetrics().horizontalAdvance(longest) + look.px(6) if longest else 0
        return QSize(max(look.px(34), look.measures["control"] - 4) + words, look.measures["control"])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint sign and text."""
        look, painter = self._theme.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.hasFocus() or self.underMouse()
        if active:
            painter.setPen(QPen(look.colour("copper"), 2.0) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        colour = look.colour("text" if active else "muted")
        side = look.px(16)
        start = look.px(9)
        painter.save()
        painter.translate(start, (self.height() - side) / 2)
        painter.scale(side / 16, side / 16)
        _SIGNS[self._sign](painter, colour)
        painter.restore()
        painter.setPen(colour)
        painter.drawText(self.rect().adjusted(start + side + look.px(6), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())


def _note(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.3))
    painter.drawRoundedRect(QRectF(2.5, 2, 11, 12), 2, 2)
    for height, end in ((5.5, 11), (8, 11), (10.5, 8.5)):
        painter.drawLine(QPointF(5, height), QPointF(end, height))


def _clip(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.35, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    path = QPainterPath(QPointF(12.6, 7.2))
    path.lineTo(7.4, 12.4)
    path.cubicTo(5.2, 14.6, 1.9, 11.3, 4.1, 9.1)
    path.lineTo(9.7, 3.5)
    path.cubicTo(11.2, 2, 13.4, 4.2, 11.9, 5.7)
    path.lineTo(6.8, 10.8)
    path.cubicTo(6.1, 11.5, 5, 10.4, 5.7, 9.7)
    path.lineTo(10.2, 5.2)
    painter.drawPath(path)


def _flag(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.35, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawLine(QPointF(3.5, 2), QPointF(3.5, 14.2))
    path = QPainterPath(QPointF(3.5, 2.6))
    path.lineTo(12.8, 2.6)
    path.lineTo(10.4, 5.8)
    path.lineTo(12.8, 9)
    path.lineTo(3.5, 9)
    painter.drawPath(path)


_SIGNS = {NOTE: _note, CLIP: _clip, FLAG: _flag}
