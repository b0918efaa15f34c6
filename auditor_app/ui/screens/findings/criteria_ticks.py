"""The criteria of a form, each to tick."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from auditor_app.form_engine.definition import Form
from auditor_app.ui.theme import Theme


class CriteriaTicks(QListWidget):
    """`chosen` carries the numbers that are ticked after a person changed one; Space ticks."""

    chosen = Signal(tuple)

    def __init__(self, theme: Theme) -> None:
        """Begin without criteria."""
        super().__init__()
        self._theme = theme
        self.setProperty("framed", "true")
        self.itemChanged.connect(lambda _item: self.chosen.emit(self.ticked))
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def ticked(self) -> tuple[str, ...]:
        """Give the numbers that are ticked, in the form's order."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked)

    def offer(self, form: Form, ticked: Collection[str]) -> None:
        """Offer the criteria of a form with some of them ticked, without telling; the place in the list stays."""
        self.blockSignals(True)
        numbers = [str(one.number) for one in form.criteria]
        if [self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count())] != numbers:
            self.clear()
            for one in form.criteria:
                item = QListWidgetItem(f"{one.number}  {one.name}", self)
                item.setData(Qt.ItemDataRole.UserRole, str(one.number))
                item.setSizeHint(QSize(0, self._theme.look.measures["control"]))
        for row, number in enumerate(numbers):
            self.item(row).setCheckState(Qt.CheckState.Checked if number in ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.look.px(230))
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, self._theme.look.measures["control"]))
