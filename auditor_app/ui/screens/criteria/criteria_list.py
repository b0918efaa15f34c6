"""The list at the side of the criterion page: filters with their counts, criteria grouped by pillar."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.screens.criteria.view_state import ALL, FILTER_NAMES, OPEN, is_shown, list_rows
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import across
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList
from auditor_app.workflows.criteria import CriterionPage
from auditor_app.workflows.visits import OpenVisit


class CriteriaList(QFrame):
    """Chooses a criterion; `chosen` carries its number."""

    chosen = Signal(str)
    filtered = Signal()

    def __init__(self, theme: Theme) -> None:
        """Build filters and list."""
        super().__init__()
        self.setObjectName("side")
        self.which = ALL
        self.list = RowList(theme, name=_("Criteria"))
        self.list.chosen.connect(self.chosen)
        self.nothing = label("", "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        self._group = QButtonGroup(self)
        self._filters: dict[str, QPushButton] = {}
        line = QHBoxLayout()
        line.setContentsMargins(12, 12, 12, 10)
        line.setSpacing(6)
        for which, name in FILTER_NAMES.items():
            made = button(_(name), partial(self.show_only, which), role="pill")
            made.setCheckable(True)
            made.setChecked(which == ALL)
            self._group.addButton(made)
            self._filters[which] = made
            line.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(across())
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.list, 1)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give the rows as filtered."""
        return self.list.row_model.rows

    def show_pages(self, opened: OpenVisit, pages: tuple[CriterionPage, ...], current: str) -> None:
        """Show the criteria that pass the filter, and how many would pass each."""
        for which, name in FILTER_NAMES.items():
            count = sum(is_shown(page, which) for page in pages)
            self._filters[which].setText(f"{_(name)}  {count}")
            self._filters[which].setAccessibleName(f"{_(name)}: {count}")
        nothing = self.which != ALL and not any(is_shown(page, self.which) for page in pages)
        self.nothing.setText(_("Every criterion has a rating.") if self.which == OPEN else _("Nothing is missing."))
        self.nothing.setVisible(nothing)
        self.list.setVisible(not nothing)
        self.list.show_rows(list_rows(opened, pages, self.which), current)

    def show_only(self, which: str) -> None:
        """Show the criteria that pass a filter: ALL, OPEN or GAPS."""
        self.which = which
        self._filters[which].setChecked(True)
        self.filtered.emit()
