"""A sheet of paper with a kind of file on it, where a file has no picture."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from auditor_app.ui.theme import Theme


def paint_sheet(painter: QPainter, box: QRect, kind: str, theme: Theme) -> None:
    """Paint a sheet with a folded corner in the middle of a box; `kind` is a few letters, such as XLSX."""
    look = theme.look
    height = min(box.height() - look.px(28), look.px(150))
    width, fold = height * 0.76, height * 0.24
    left, top = box.center().x() - width / 2, box.center().y() - height / 2
    corners = ((0, 0), (width - fold, 0), (width, fold), (width, height), (0, height))
    painter.setPen(QPen(look.colour("line"), 1.4))
    painter.setBrush(look.colour("surface"))
    painter.drawPolygon(QPolygonF([QPointF(left + x, top + y) for x, y in corners]))
    painter.setBrush(look.colour("raised"))
    painter.drawPolygon(QPolygonF([QPointF(left + x, top + y) for x, y in ((width - fold, 0), (width, fold), (width - fold, fold))]))
    painter.setFont(theme.font("tiny" if height < look.px(110) else "section", bold=True))
    painter.setPen(look.colour("muted"))
    painter.drawText(QRectF(left, top + fold * 0.6, width, height - fold * 0.6), Qt.AlignmentFlag.AlignCenter, kind)
