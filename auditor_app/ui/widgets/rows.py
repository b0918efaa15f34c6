"""Lists of rows with a mark, a number, a title and a hint, and group headings between them."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from auditor_app.ui.glyphs import Mark, paint_mark
from auditor_app.ui.theme import Look, Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a list, or a heading when it has no mark; `spoken` is what a screen reader says."""

    key: str
    title: str
    mark: Mark | None = None
    number: str = ""
    hint: str = ""
    hint_colour: str = "muted"
    hint_wraps: bool = False
    """Whether all of the hint is shown, in as many lines as it needs; else it is cut off at the end of its line."""
    side: str = ""
    spoken: str = ""


class RowModel(QAbstractListModel):
    """Holds a tuple of rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give the rows shown."""
        return self._rows

    def replace_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows; where only contents changed, the view keeps its place."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def index_of(self, key: str) -> QModelIndex:
        """Find a row by its key; an invalid index when it is not shown."""
        return next((self.index(at) for at, row in enumerate(self._rows) if row.key == key and row.mark), QModelIndex())

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a row or its words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number} {row.title}".strip()
        spoken = row.spoken or row.title
        told = {ROW: row, Qt.ItemDataRole.AccessibleTextRole: spoken, Qt.ItemDataRole.ToolTipRole: row.spoken}
        return told.get(Qt.ItemDataRole(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything but headings be chosen."""
        heading = index.isValid() and self._rows[index.row()].mark is None
        return Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowList(QListView):
    """Shows rows; `chosen` carries the key of a row when a person chooses it with mouse or keys, `opened` on Enter or double click."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, *, name: str, dense: bool = False) -> None:
        """Make an empty list; `name` is its accessible name. Rows of a dense one are as low as the look's controls."""
        super().__init__()
        self._theme, self.dense = theme, dense
        self.row_model = RowModel(self)
        self.setModel(self.row_model)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.activated.connect(lambda index: self.opened.emit(self.key_at(index)))
        theme.changed.connect(self._dressed_anew)

    def show_rows(self, rows: tuple[Row, ...], current: str) -> None:
        """Show rows with one of them current, without telling that it was chosen."""
        self.selectionModel().blockSignals(True)
        self.row_model.replace_rows(rows)
        self.selectionModel().blockSignals(False)
        self.show_current(current)

    def fit_rows(self) -> None:
        """Take no more height than the rows need."""
        self.setSizeAdjustPolicy(QListView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more height than the rows need, where it was fitted to them."""
        fitted = self.sizeAdjustPolicy() == QListView.SizeAdjustPolicy.AdjustToContents
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.sizeHint().height())) if fitted else least

    def show_current(self, key: str) -> None:
        """Make a row current, without telling that it was chosen."""
        index = self.row_model.index_of(key)
        if index.isValid() and index != self.currentIndex():
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(False)
            self.scrollTo(index, QListView.ScrollHint.EnsureVisible if self.isVisible() else QListView.ScrollHint.PositionAtCenter)
        self.viewport().update()

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if key := self.key_at(index):
            self.chosen.emit(key)

    def key_at(self, index: QModelIndex) -> str:
        """Give the key of the row at an index."""
        row = index.data(ROW) if index.isValid() else None
        return row.key if isinstance(row, Row) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap titles anew."""
        super().resizeEvent(event)
        before, current = event.oldSize().height(), self.visualRect(self.currentIndex())
        self.scheduleDelayedItemsLayout()
        if before < 1 or (current.bottom() > 0 and current.top() < before):  # the current row stays in sight if it was
            QTimer.singleShot(0, self, self._keep_in_sight)

    def _dressed_anew(self) -> None:
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self.currentIndex().isValid():
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.EnsureVisible)


class _RowDelegate(QStyledItemDelegate):
    """Paints rows as the look wants them."""

    def __init__(self, theme: Theme, view: RowList) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, look = index.data(ROW), self._theme.look
        width = self._view.viewport().width()
        if row.mark is None:
            return QSize(width, look.px(38))
        text = self._title_height(row, width, bold=True) + self._hint_height(row, width)
        least = look.measures["control"] - look.px(4) if self._view.dense else look.measures["row"]
        return QSize(width, max(least, round(text) + look.px(12)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look = index.data(ROW), self._theme.look
        painter.save()
        if row.mark is None:
            self._paint_heading(painter, option, row, look)
        else:
            self._paint_row(painter, option, row, row.mark, look)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, look: Look) -> None:
        painter.setFont(self._theme.font("tiny", bold=True))
        painter.setPen(look.colour("muted"))
        box = option.rect.adjusted(look.px(16), look.px(10), -look.px(14), 0)
        painter.drawText(box, _at_start(option) | Qt.AlignmentFlag.AlignVCenter, row.title)
        painter.setFont(self._theme.font("tiny"))
        painter.drawText(box, _at_end(option) | Qt.AlignmentFlag.AlignVCenter, row.side)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, mark: Mark, look: Look) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = look.colour("copper_soft" if chosen else "raised" if option.state & QStyle.StateFlag.State_MouseOver else "surface")
        painter.fillRect(option.rect, ground)
        if chosen:
            edge = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(self._mirrored(option, edge), look.colour("copper"))
        if chosen and self._view.hasFocus():
            painter.setPen(look.colour("copper"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        side = look.px(16)
        middle = option.rect.center().y() - side // 2 + 1
        mark_box = QRect(option.rect.left() + look.px(16), middle, side, side)
        paint_mark(painter, QRectF(self._mirrored(option, mark_box)), mark, look, ground=ground)
        self._paint_number(painter, option, row, look, mark_box)
        self._paint_words(painter, option, row, look, bold=chosen)

    def _paint_number(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, look: Look, mark_box: QRect) -> None:
        if row.number:
            painter.setFont(self._theme.font())
            painter.setPen(look.colour("muted"))
            box = QRect(mark_box.right() + look.px(6), option.rect.top(), look.px(24), option.rect.height())
            painter.drawText(self._mirrored(option, box), Qt.AlignmentFlag.AlignCenter, row.number)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, look: Look, *, bold: bool) -> None:
        title = self._title_height(row, option.rect.width(), bold=bold)
        hint = self._hint_height(row, option.rect.width())
        top = option.rect.top() + (option.rect.height() - title - hint) // 2
        start = option.rect.left() + self._start(row)
        width = option.rect.right() + 1 - look.px(6) - start - self._side_width(row)  # as wide as it was measured
        painter.setFont(self._theme.font(bold=bold))
        painter.setPen(look.colour("text"))
        box = self._mirrored(option, QRect(start, top, width, title))
        painter.drawText(box, _at_start(option) | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, row.title)
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(look.colour(row.hint_colour))
        box = self._mirrored(option, QRect(start, top + title, width, hint))
        shown = row.hint if row.hint_wraps else painter.fontMetrics().elidedText(row.hint, Qt.TextElideMode.ElideRight, width)
        wraps = Qt.TextFlag.TextWordWrap if row.hint_wraps else Qt.TextFlag.TextSingleLine
        painter.drawText(box, _at_start(option) | Qt.AlignmentFlag.AlignVCenter | wraps, shown)
        side = self._mirrored(option, option.rect.adjusted(0, 0, -look.px(14), 0))
        painter.drawText(side, _at_end(option) | Qt.AlignmentFlag.AlignVCenter, row.side)

    def _start(self, row: Row) -> int:
        return self._theme.look.px(66 if row.number else 44)

    def _side_width(self, row: Row) -> int:
        return QFontMetrics(self._theme.font("tiny")).horizontalAdvance(row.side) + self._theme.look.px(20) if row.side else 0

    def _title_height(self, row: Row, width: int, *, bold: bool) -> int:
        """Measure a title as it wraps; rows are laid out in bold, so that choosing one does not move the others."""
        return self._wrapped_height(row, row.title, width, self._theme.font(bold=bold))

    def _hint_height(self, row: Row, width: int) -> int:
        line = round(self._theme.look.text["tiny"] * 1.45) if row.hint else 0
        return max(line, self._wrapped_height(row, row.hint, width, self._theme.font("tiny"))) if row.hint_wraps else line

    def _wrapped_height(self, row: Row, words: str, width: int, font: QFont) -> int:
        box = QRect(0, 0, width - self._start(row) - self._theme.look.px(6) - self._side_width(row), 1000)
        return QFontMetrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, words).height()

    def _mirrored(self, option: QStyleOptionViewItem, box: QRect) -> QRect:
        return QStyle.visualRect(option.direction, option.rect, box)


def _at_start(option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
    return QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)


def _at_end(option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
    return QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight)
