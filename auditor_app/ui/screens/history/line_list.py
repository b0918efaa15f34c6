"""The list of changes: what, old and new value, who and when, in rows of one height, so that thousands scroll easily."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from auditor_app.translation import _
from auditor_app.ui.glyphs import paint_mark
from auditor_app.ui.screens.history.view_state import Line
from auditor_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole


class LineModel(QAbstractListModel):
    """Holds a tuple of lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def replace_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a line or its words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (line.what, change_words(line), line.reason, line.who, line.when) if part)
        return line.what if role == Qt.ItemDataRole.DisplayRole else None


class LineList(QListView):
    """`chosen` carries the line that the keyboard is at, or None."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Begin empty."""
        super().__init__()
        self._theme = theme
        self.line_model = LineModel(self)
        self.setModel(self.line_model)
        self.setItemDelegate(_LineDelegate(theme, self))
        self.setProperty("framed", "true")
        self.setAccessibleName(_("Changes, newest first"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda index, _old: self.chosen.emit(index.data(LINE)))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show lines; the one that was chosen stays so, otherwise the first is."""
        line = self.currentIndex().data(LINE)
        place = self.verticalScrollBar().value()
        self.line_model.replace_lines(lines)
        row = next((at for at, one in enumerate(lines) if isinstance(line, Line) and one.id == line.id), 0)
        self.setCurrentIndex(self.line_model.index(row))
        self.verticalScrollBar().setValue(place if row else 0)
        if not lines:
            self.chosen.emit(None)


class _LineDelegate(QStyledItemDelegate):
    """Paints two rows of words: what and when, then the values and who."""

    def __init__(self, theme: Theme, view: LineList) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, max(self._theme.look.measures["row"], self._theme.look.px(54)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, look = index.data(LINE), self._theme.look
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = look.colour("copper_soft" if chosen else "raised" if over else "surface")
        painter.fillRect(option.rect, ground)
        if chosen and self._view.hasFocus():
            painter.setPen(look.colour("copper"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        side = look.px(16)
        sign = QRect(option.rect.left() + look.px(14), option.rect.center().y() - side // 2, side, side)
        paint_mark(painter, QRectF(QStyle.visualRect(option.direction, option.rect, sign)), line.mark, look, ground=ground)
        self._paint_words(painter, option, line)
        painter.restore()

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        look = self._theme.look
        box = option.rect.adjusted(look.px(42), look.px(7), -look.px(14), -look.px(7))
        half = box.height() // 2
        upper, lower = QRect(box.left(), box.top(), box.width(), half), QRect(box.left(), box.top() + half, box.width(), half)
        aside = min(look.px(150), box.width() * 38 // 100)
        self._draw(painter, option, upper.adjusted(0, 0, -aside, 0), line.what, bold=True)
        self._draw(painter, option, upper.adjusted(upper.width() - aside, 0, 0, 0), line.when, colour="muted", size="tiny", end=True)
        said = " · ".join(part for part in (change_words(line), line.reason) if part)
        self._draw(painter, option, lower.adjusted(0, 0, -aside, 0), said, colour="muted")
        self._draw(painter, option, lower.adjusted(lower.width() - aside, 0, 0, 0), line.who, colour="muted", size="tiny", end=True)

    def _draw(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        text: str,
        *,
        colour: str = "text",
        size: str = "body",
        bold: bool = False,
        end: bool = False,
    ) -> None:
        painter.setFont(self._theme.font(size, bold=bold))
        painter.setPen(self._theme.look.colour(colour))
        at = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        flags = QStyle.visualAlignment(option.direction, at) | Qt.AlignmentFlag.AlignVCenter
        shown = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QStyle.visualRect(option.direction, option.rect, box), flags, shown)


def change_words(line: Line) -> str:
    """Say from what to what a value went, each shortened so that both are seen."""
    new = _short(line.new)
    return f"{_short(line.old, 40)} → {new}" if line.old is not None else new


def _short(text: str, longest: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
