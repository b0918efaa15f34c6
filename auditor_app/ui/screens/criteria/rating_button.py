"""A button for one rating: mark, word and key, painted so that all three keep their places at any width."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle

from auditor_app.translation import _
from auditor_app.ui.glyphs import Mark, paint_mark
from auditor_app.ui.reading import only_reads
from auditor_app.ui.theme import Theme


class RatingButton(QAbstractButton):
    """One step of the rating scale."""

    def __init__(self, theme: Theme, key: str, word: str, mark: Mark, number: int) -> None:
        """Make a button for a rating's key, shown by its word."""
        super().__init__()
        self.key = key
        self._theme, self._mark, self._digit = theme, mark, "" if only_reads() else str(number)
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("{rating}, key {digit}").format(rating=word, digit=number))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Ask for room for mark, word and digit."""
        look = self._theme.look
        words = self._theme.font(bold=True)
        width = QFontMetrics(words).horizontalAdvance(self.text()) + look.px(11 + 16 + 7 + 8 + 7 + 10)
        return QSize(width, look.measures["control"] + look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, mark, word and digit."""
        look, painter = self._theme.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = look.colour("copper_soft" if self.isChecked() else "raised" if self.underMouse() else "surface")
        edge = look.colour(self._mark.colour if self.isChecked() else "copper" if self.hasFocus() else "line")
        thick = 2.0 if self.isChecked() or self.hasFocus() else 1.0
        painter.setPen(QPen(edge, thick))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2), 8, 8)
        if self.isChecked() and self.hasFocus():
            painter.setPen(QPen(look.colour("copper"), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), 6, 6)
        side, pad = look.px(16), look.px(11)
        paint_mark(painter, QRectF(self._placed(QRect(pad, (self.height() - side) // 2, side, side))), self._mark, look, ground=ground)
        painter.setPen(look.colour("text"))
        painter.setFont(self._theme.font(bold=self.isChecked()))
        words = self._placed(QRect(pad + side + look.px(7), 0, self.width() - 2 * pad - side - look.px(18), self.height()))
        painter.drawText(words, self._aligned(Qt.AlignmentFlag.AlignLeft), self.text())
        painter.setPen(look.colour("muted"))
        painter.setFont(self._theme.font("tiny"))
        digit = self._placed(QRect(0, 0, self.width() - pad, self.height()))
        painter.drawText(digit, self._aligned(Qt.AlignmentFlag.AlignRight), self._digit)

    def _placed(self, box: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)

    def _aligned(self, side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
        return QStyle.visualAlignment(self.layoutDirection(), side) | Qt.AlignmentFlag.AlignVCenter
