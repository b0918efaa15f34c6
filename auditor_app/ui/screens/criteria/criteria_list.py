"""The list at the side of the criterion page: filters with their counts, criteria grouped by pillar, the way to the next open one."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.screens.criteria.list_state import ALL, GAPS, NOTHING, UNRATED, filter_names, list_rows, passes
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button, show_arrow
from auditor_app.ui.widgets.card import across
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList
from auditor_app.workflows.triangulation import Conclusion
from auditor_app.workflows.visits import OpenVisit

PILLS = (ALL, UNRATED, GAPS)
"""The filters that are always in sight; the others are in the menu beside them."""


class CriteriaList(QFrame):
    """Chooses a criterion: `chosen` carries its number, `entered` says that Enter was pressed on it.

    `left` asks for the page, where this list stands in its place: a criterion was clicked, or Escape pressed.
    """

    chosen = Signal(str)
    entered = Signal()
    left = Signal()
    filtered = Signal()
    next_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Build filters and list."""
        super().__init__()
        self.setObjectName("side")
        self.which, self.counts, self._names = ALL, dict[str, int](), dict[str, str]()
        self._theme = theme
        self.list = RowList(theme, name=_("Criteria"))
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(lambda _key: self.entered.emit())
        self.list.clicked.connect(lambda index: self.left.emit() if self.list.key_at(index) else None)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.nothing = label("", "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setContentsMargins(12, 0, 12, 0)
        self.nothing.hide()
        self.next = button(_("Next open  {key}").format(key="Ctrl+J"), self.next_wanted.emit, role="link")
        self.next.setAccessibleName(_("Next open criterion (Ctrl+J)"))
        self._pills = {which: self._pill(partial(self.show_only, which)) for which in PILLS}
        self.more = self._pill(self._offer)
        theme.changed.connect(self._draw_arrow)
        self.more.setToolTip(_("More filters: mine, each rating, not applicable"))
        self._draw_arrow()
        self._lay_out()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give the rows as filtered."""
        return self.list.row_model.rows

    def show_conclusions(self, opened: OpenVisit, known: tuple[Conclusion, ...], current: str, me: str) -> None:
        """Show the criteria that pass the filter, and how many would pass each."""
        self._names = filter_names(opened)
        self.counts = {which: sum(passes(opened, one, which, me) for one in known) for which in self._names}
        if self.which not in self._names:
            self.which = ALL
        rows = list_rows(opened, known, self.which, me)
        self.nothing.setText(_(NOTHING.get(self.which, "")) or _("No criterion is rated so."))
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.list.show_rows(rows, current)
        self.next.setVisible(self.counts[UNRATED] > 0)
        self._show_filters()

    def show_only(self, which: str) -> None:
        """Show the criteria that pass a filter: ALL, UNRATED, GAPS, MINE, or RATED with the key of a rating."""
        self.which = which
        self._show_filters()
        self.filtered.emit()

    def menu(self) -> QMenu:
        """Make the menu of the filters that are not always in sight."""
        menu = QMenu(self)
        for which in [which for which in self._names if which not in PILLS]:
            action = menu.addAction(self._words(which).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(which == self.which)
            action.triggered.connect(lambda _checked=False, which=which: self.show_only(which))
        return menu

    def _draw_arrow(self) -> None:
        show_arrow(self.more, self._theme.look)

    def _offer(self) -> None:
        self.more.setChecked(self.which not in PILLS)
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _show_filters(self) -> None:
        for which, pill in self._pills.items():
            pill.setText(self._words(which) if which != ALL else self._names.get(which, ""))
            pill.setChecked(which == self.which)
            pill.setAccessibleName(f"{self._names.get(which, '')}: {self.counts.get(which, 0)}")
        more = self.which not in PILLS
        self.more.setText(self._words(self.which) if more else "")
        self.more.setChecked(more)
        self.more.setAccessibleName(_("More filters: {current}").format(current=self._words(self.which) if more else _("none")))

    def _words(self, which: str) -> str:
        return f"{self._names.get(which, '')} {self.counts.get(which, 0)}"

    def _pill(self, act: object) -> QPushButton:
        made = button("", act, role="pill")  # type: ignore[arg-type]
        made.setCheckable(True)
        return made

    def _lay_out(self) -> None:
        line = Flow(spacing=5)
        line.setContentsMargins(0, 0, 0, 0)
        for pill in (*self._pills.values(), self.more):
            line.addWidget(pill)
        filters, below = QHBoxLayout(), QHBoxLayout()
        filters.setContentsMargins(12, 12, 6, 10)
        filters.addLayout(line)
        below.setContentsMargins(10, 4, 10, 4)
        below.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(filters)
        layout.addWidget(across())
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.list, 1)
        layout.addWidget(across())
        layout.addLayout(below)
