"""A box to tick, painted, large enough for a finger."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from auditor_app.ui.theme import Theme


class Tick(QAbstractButton):
    """Ticked or not; the accessible name says what."""

    def __init__(self, theme: Theme) -> None:
        """Begin without a tick."""
        super().__init__()
        self._theme = theme
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Ask for a target that a finger hits."""
        side = self._theme.look.measures["control"] - 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, and the tick in it."""
        look, painter, side = self._theme.look, QPainter(self), self._theme.look.px(18)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        edge = "copper" if self.hasFocus() else "fully" if self.isChecked() else "strong_line"
        painter.setPen(QPen(look.colour(edge), 2.0 if self.hasFocus() or self.underMouse() else 1.3))
        painter.setBrush(look.colour("fully" if self.isChecked() else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setPen(
                QPen(look.colour("surface"), look.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            )
            points = ((0.24, 0.53), (0.43, 0.72), (0.77, 0.30))
            painter.drawPolyline(QPolygonF([QPointF(box.left() + x * side, box.top() + y * side) for x, y in points]))
