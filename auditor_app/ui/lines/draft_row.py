"""The empty line at the end of a list: what is typed there becomes the next line."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QWidget

from auditor_app.errors import NotAllowed
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import Cell, ListPlan, typed
from auditor_app.ui.lines.editors import restrict, suggest
from auditor_app.ui.lines.tools import Tools
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.focus import hand_focus_on
from auditor_app.ui.widgets.labels import dress

Add = Callable[[dict[str, Any], Done, Done], object]
"""Called with the fields of a new line and what to call afterwards."""


class DraftRow(QFrame):
    """Adds a line on Enter, and when the focus goes elsewhere."""

    def __init__(self, desk: Desk, plan: ListPlan, add: Add) -> None:
        """Make empty fields; `add` saves them as a line."""
        super().__init__()
        self.setProperty("card", "row")
        self._desk, self._plan, self._add = desk, plan, add
        self._sent: dict[str, str] = {}
        self.fields = {cell.field: self._field(cell) for cell in plan.cells if cell.is_typed}
        self._cells = {cell.field: cell for cell in plan.cells}
        self.first = self.fields[plan.first.field]
        self.first.setPlaceholderText(_(plan.ask))
        self.add = button("+", self.enter, role="link", name=_("Add this line"))
        self.add.setToolTip(_("Add this line (Enter)"))
        self._lay_out()
        hand_focus_on(self, self.first)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    @property
    def unsaved(self) -> bool:
        """Say whether something is typed that is no line yet."""
        return any(self._texts().values())

    def suggest(self, words: tuple[str, ...]) -> None:
        """Offer words in the cells that take suggestions."""
        for field, one in self.fields.items():
            if self._cells[field].suggests:
                suggest(one, words)

    def enter(self) -> None:
        """Add the line, or say in place what is missing."""
        self.first.setFocus()
        if self.unsaved and not self.first.text().strip():
            dress(self.first, state="wrong")
        self.commit()

    def commit(self) -> None:
        """Add the line if it says something; what is typed stays until it is saved."""
        texts = self._texts()
        if not texts[self._plan.first.field] or texts == self._sent:
            return
        try:
            values = {field: typed(self._cells[field], text) for field, text in texts.items() if text}
        except NotAllowed as error:
            self._not_added(error)
            return
        self._sent = texts
        self._add(values, self._added, self._not_added)

    def _texts(self) -> dict[str, str]:
        return {field: one.text().strip() for field, one in self.fields.items()}

    def _added(self, _made: object) -> None:
        """Begin the next line; what was typed since stays."""
        for field, one in self.fields.items():
            if one.text().strip() == self._sent.get(field, ""):
                one.clear()
        self._sent = {}

    def _not_added(self, error: BaseException) -> None:
        self._sent = {}
        self._desk.tell_error(error)

    def _field(self, cell: Cell) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(_("New line: {field}").format(field=_(cell.title)))
        field.returnPressed.connect(self.enter)
        field.textChanged.connect(lambda _text: dress(self.first, state=""))
        restrict(field, cell)
        return field

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Add the line when the person goes on to something else."""
        if before is not None and self.isAncestorOf(before) and (now is None or not self.isAncestorOf(now)):
            self.commit()

    def _lay_out(self) -> None:
        columns = Columns(self._desk.theme)
        for cell in self._plan.cells:
            columns.add(self.fields[cell.field] if cell.is_typed else QWidget(), cell.width, cell.stretch)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 8)
        layout.setSpacing(8)
        layout.addLayout(columns, 1)
        layout.addWidget(Tools(self._desk.theme, self._plan.tools, self.add))
