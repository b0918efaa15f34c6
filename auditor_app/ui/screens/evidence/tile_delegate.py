"""Paints one piece of evidence in the grid: picture, words, what it is linked to."""

from pathlib import PurePath

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from auditor_app.ui.glyphs import BAD, GOOD, OPEN, paint_mark
from auditor_app.ui.screens.evidence.pieces import Piece
from auditor_app.ui.screens.evidence.tiles import PICTURE, PIECE
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.sheet import paint_sheet

Index = QModelIndex | QPersistentModelIndex
START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class TileDelegate(QStyledItemDelegate):
    """All tiles have one size, which follows the text."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        """Paint for a view."""
        super().__init__(view)
        self._theme, self._view = theme, view
        self.width = 0

    @property
    def tile(self) -> QSize:
        """Give the size of a tile with the room around it."""
        look = self._theme.look
        return QSize(self.width or look.px(174), look.px(118 + 64) + look.px(12))

    @property
    def picture(self) -> QSize:
        """Give the size of the picture in a tile."""
        return QSize(self.tile.width() - self._theme.look.px(12), self._theme.look.px(118))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for the size of a tile."""
        return self.tile

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a tile."""
        piece, look = index.data(PIECE), self._theme.look
        gap = look.px(6)
        box = option.rect.adjusted(gap, gap, -gap, -gap)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(box), 9, 9)
        ground = look.colour("copper_soft" if chosen else "surface")
        painter.fillPath(frame, ground)
        painter.setClipPath(frame)
        self._paint_picture(painter, QRect(box.topLeft(), self.picture), index.data(PICTURE), piece)
        self._paint_words(painter, box.adjusted(look.px(10), look.px(118 + 5), -look.px(8), -look.px(5)), piece, ground)
        painter.setClipping(False)
        self._paint_frame(painter, frame, option, chosen)
        painter.restore()

    def _paint_frame(self, painter: QPainter, frame: QPainterPath, option: QStyleOptionViewItem, chosen: bool) -> None:
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        at = chosen and self._view.hasFocus()
        name, width = ("copper", 2.4) if at else ("copper", 1.2) if chosen else ("strong_line", 1.0) if over else ("line", 1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.look.colour(name), width))
        painter.drawPath(frame)

    def _paint_picture(self, painter: QPainter, box: QRect, picture: QPixmap | None, piece: Piece) -> None:
        look = self._theme.look
        if picture is None or picture.isNull():
            painter.fillRect(box, look.colour("raised"))
            paint_sheet(painter, box, PurePath(piece.name).suffix.lstrip(".").upper()[:5], self._theme)
        else:
            painter.drawPixmap(box, picture, _covering(picture.size(), box.size()))
        self._paint_number(painter, box, str(piece.number))

    def _paint_number(self, painter: QPainter, box: QRect, words: str) -> None:
        look = self._theme.look
        painter.setFont(self._theme.font("tiny", bold=True))
        width = painter.fontMetrics().horizontalAdvance(words) + look.px(12)
        sign = QRect(box.left() + look.px(8), box.top() + look.px(8), width, look.px(18))
        sign = QStyle.visualRect(self._view.layoutDirection(), box, sign)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 17, 15, 175))
        painter.drawRoundedRect(sign, look.px(9), look.px(9))
        painter.setPen(QColor("white"))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_words(self, painter: QPainter, box: QRect, piece: Piece, ground: QColor) -> None:
        look = self._theme.look
        line = box.height() // 3
        lines = [QRect(box.left(), box.top() + line * at, box.width(), line) for at in range(3)]
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(look.colour("text"))
        self._draw(painter, lines[0], piece.title)
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(look.colour("muted"))
        self._draw(painter, lines[1], f"{piece.kind} · {piece.when}")
        side = look.px(12)
        sign = QRect(lines[2].left(), lines[2].center().y() - side // 2, side, side)
        mark = BAD if piece.contradicts else OPEN if piece.is_loose else GOOD
        paint_mark(painter, QRectF(QStyle.visualRect(self._view.layoutDirection(), lines[2], sign)), mark, look, ground=ground)
        painter.setPen(look.colour("partially" if piece.is_loose else "text"))
        rest = lines[2].adjusted(side + look.px(6), 0, 0, 0)
        self._draw(painter, QStyle.visualRect(self._view.layoutDirection(), lines[2], rest), piece.linked_words)

    def _draw(self, painter: QPainter, box: QRect, text: str) -> None:
        painter.drawText(box, START, painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width()))


def _covering(picture: QSize, box: QSize) -> QRect:
    """Give the middle part of a picture that fills a box: all of it, until another text size is chosen and the next picture comes."""
    part = box.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(QPoint((picture.width() - part.width()) // 2, (picture.height() - part.height()) // 2), part)
