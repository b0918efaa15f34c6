"""A ring that fills with the share of criteria rated."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from auditor_app.translation import _
from auditor_app.ui.theme import Theme


class ProgressRing(QWidget):
    """How many of how many."""

    def __init__(self, theme: Theme) -> None:
        """Begin empty."""
        super().__init__()
        self._theme, self._done, self._total = theme, 0, 0
        theme.changed.connect(self._fit)
        self._fit()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of how many."""
        self._done, self._total = done, total
        words = _("{done} of {total} criteria rated").format(done=done, total=total)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def _fit(self) -> None:
        side = self._theme.look.px(34)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / 9
        box = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(self._theme.look.colour("line"), width))
        painter.drawEllipse(box)
        share = self._done / self._total if self._total else 0.0
        painter.setPen(QPen(self._theme.look.colour("copper"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if share:
            painter.drawArc(box, 90 * 16, -round(share * 360 * 16))
