"""The matrix of criteria and kinds of sources: one compact table for each pillar, marks and numbers in every field."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from auditor_app.translation import _
from auditor_app.ui.glyphs import paint_mark
from auditor_app.ui.screens.coverage.view_state import COLUMNS, MatrixRow
from auditor_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class MatrixModel(QAbstractTableModel):
    """Holds a tuple of rows; the first column is the criterion."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._rows: tuple[MatrixRow, ...] = ()

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        """Give the rows shown."""
        return self._rows

    def replace_rows(self, rows: tuple[MatrixRow, ...]) -> None:
        """Show other rows; where only contents changed, the view keeps its place."""
        if [row.number for row in rows] == [row.number for row in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS)))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the criteria."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a row, or the words of a field."""
        if not index.isValid():
            return None
        row, at = self._rows[index.row()], index.column()
        if role == ROW:
            return row
        words = f"{row.number} {row.name}, {row.rating}" if at == 0 else f"{row.name}: {row.cells[at - 1].spoken}"
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return words
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name if at == 0 else str(row.cells[at - 1].count)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if section == 0:
            return _("Criterion")
        return _(COLUMNS[section - 1][1 if role == Qt.ItemDataRole.DisplayRole else 2])


class MatrixTable(QTableView):
    """One pillar; `wanted` carries the number of a criterion that is clicked or entered."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        """Make an empty table; `name` is its accessible name."""
        super().__init__()
        self._theme, self.matrix = theme, MatrixModel()
        self.setModel(self.matrix)
        self.setItemDelegate(_CellDelegate(theme, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setAccessibleName(_("Kinds of sources"))
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)
        theme.changed.connect(self._fit)

    def show_rows(self, rows: tuple[MatrixRow, ...]) -> None:
        """Show criteria."""
        self.matrix.replace_rows(rows)
        if not self.currentIndex().isValid() and rows:
            self.setCurrentIndex(self.matrix.index(0, 0))
        self._fit()

    def _go(self, index: QModelIndex) -> None:
        self.wanted.emit(self.matrix.rows[index.row()].number)

    def _fit(self) -> None:
        """Take exactly the height of the rows."""
        look = self._theme.look
        row = max(look.px(30), look.measures["control"] - 6)
        self.verticalHeader().setDefaultSectionSize(row)
        self.verticalHeader().setMinimumSectionSize(row)
        for column in range(1, len(COLUMNS) + 1):
            self.horizontalHeader().resizeSection(column, look.px(62 if column == len(COLUMNS) else 50))
        head = look.px(32)
        self.horizontalHeader().setFixedHeight(head)
        self.setFixedHeight(head + row * len(self.matrix.rows) + 2)


class _CellDelegate(QStyledItemDelegate):
    """Paints the fields."""

    def __init__(self, theme: Theme, view: MatrixTable) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.look.px(50), self._theme.look.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look, box = index.data(ROW), self._theme.look, option.rect
        painter.save()
        ground = look.colour("raised" if option.state & QStyle.StateFlag.State_MouseOver else "surface")
        painter.fillRect(box, ground)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(look.colour("copper"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        side = look.px(13)
        if index.column() == 0:
            self._paint_criterion(painter, option, row)
        else:
            cell = row.cells[index.column() - 1]
            if cell.mark is not None:
                mark = QRect(box.left() + look.px(10), box.center().y() - side // 2, side, side)
                paint_mark(painter, QRectF(QStyle.visualRect(option.direction, box, mark)), cell.mark, look, ground=ground)
            painter.setFont(self._theme.font("body" if cell.count else "tiny"))
            painter.setPen(look.colour("text" if cell.count else "muted"))
            number = box.adjusted(look.px(28), 0, 0, 0) if cell.mark else box.adjusted(look.px(11), 0, 0, 0)
            where = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QStyle.visualRect(option.direction, box, number), where, str(cell.count) if cell.count else "–")
        painter.restore()

    def _paint_criterion(self, painter: QPainter, option: QStyleOptionViewItem, row: MatrixRow) -> None:
        look, box, side = self._theme.look, option.rect, self._theme.look.px(14)
        mark = QRect(box.left() + look.px(12), box.center().y() - side // 2, side, side)
        paint_mark(painter, QRectF(QStyle.visualRect(option.direction, box, mark)), row.mark, look)
        where = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font())
        painter.setPen(look.colour("muted"))
        number = QRect(box.left() + look.px(32), box.top(), look.px(24), box.height())
        painter.drawText(QStyle.visualRect(option.direction, box, number), Qt.AlignmentFlag.AlignCenter, row.number)
        painter.setPen(look.colour("text"))
        words = box.adjusted(look.px(62), 0, -look.px(6), 0)
        shown = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(QStyle.visualRect(option.direction, box, words), where, shown)
