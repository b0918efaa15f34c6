"""Fields in a grid of six columns that becomes one of wider fields where the room is narrow or the text large."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from auditor_app.ui.theme import Theme

COLUMNS, HALF = 6, 3
NARROW = 560
"""Pixels at 100 % text below which a line holds at most two fields."""


class FieldGrid(QWidget):
    """Lays fields out, one after the other, each over so many of the six columns."""

    def __init__(self, theme: Theme) -> None:
        """Begin without fields."""
        super().__init__()
        self._theme = theme
        self._fields: list[tuple[QWidget, int]] = []
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        theme.changed.connect(self._arrange)

    def add(self, field: QLayout | QWidget, columns: int) -> None:
        """Put a field, or a field with its label, at the end."""
        if isinstance(field, QLayout):
            widget = QWidget()
            field.setContentsMargins(0, 0, 0, 0)
            widget.setLayout(field)
            field = widget
        self._fields.append((field, columns))
        self._narrow = None
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the fields are arranged by the width that there is."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the fields by the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < self._theme.look.px(NARROW)
        if narrow == self._narrow:
            return
        self._narrow, row, column = narrow, 0, 0
        for field, columns in self._fields:
            span = (HALF if columns < HALF else COLUMNS) if narrow else columns
            if column + span > COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(field, row, column, 1, span)
            column += span
        self.updateGeometry()
