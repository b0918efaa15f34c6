"""The history screen: clashes on top, every change below, one of them in full at the end."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from auditor_app.domain.journal import Entry
from auditor_app.ids import EntryId
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.history.clash_card import ClashCards
from auditor_app.ui.screens.history.entry_panel import EntryPanel
from auditor_app.ui.screens.history.line_list import LineList
from auditor_app.ui.screens.history.view_state import Line, Words, lines_of, passing
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.history import choose, history, undo
from auditor_app.workflows.visits import OpenVisit


class HistoryScreen(Screen):
    """Shows who said what, when and why; takes changes back and settles clashes, each by one more entry."""

    def __init__(self, desk: Desk) -> None:
        """Build clashes, list and panel."""
        super().__init__(desk)
        self._lines: tuple[Line, ...] = ()
        self.count = label("", "muted")
        self.search = text_line(_("Find what, who, when, why"))
        self.search.setAccessibleName(_("Find in the history"))
        self.search.setClearButtonEnabled(True)
        self.undo = for_writing(button(_("Undo the last change"), partial(self._undo, None), name=_("Undo the last change (Ctrl+Z)")))
        self.undo.setToolTip(_("Undo the last change of this laptop (Ctrl+Z)"))
        self.clashes, self.list, self.panel = ClashCards(desk.theme), LineList(desk.theme), EntryPanel()
        self._typed = QTimer(self, interval=120, singleShot=True)
        self._typed.timeout.connect(self._filter)
        self._lay_out()
        self._connect()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show the journal of a visit; it is read beside the window."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self.list.show_lines(())
            QTimer.singleShot(0, self, self.list.setFocus)
        self.opened = opened
        visit = opened.state.id
        self.desk.background.run(lambda workspace: history(workspace, visit), owner=self, done=partial(self._read, opened))

    def _read(self, opened: OpenVisit, entries: list[Entry]) -> None:
        """Put the entries into words on a worker, since there may be thousands."""
        if opened is self.opened:
            self.clashes.show_clashes(Words(opened, entries), opened.state.clashes)
            self._fit_clashes()
            self.desk.background.work(lambda _progress: lines_of(opened, entries), owner=self, done=partial(self._worded, opened))

    def _worded(self, opened: OpenVisit, lines: tuple[Line, ...]) -> None:
        if opened is self.opened:
            self._lines = lines
            self._filter()

    def _filter(self) -> None:
        shown = passing(self._lines, self.search.text())
        total = plural("{count} change", "{count} changes", len(self._lines))
        self.count.setText(total if len(shown) == len(self._lines) else _("{shown} of {all}").format(shown=len(shown), all=total))
        self.list.show_lines(shown)
        self._nothing.setVisible(not shown and bool(self._lines))

    def _undo(self, entry: str | None) -> None:
        visit = self._visit
        told = Notice(tone="good", text=_("The change was taken back. Both are in the history."))
        self.desk.background.change(
            lambda workspace: undo(workspace, visit, EntryId(entry) if entry else None),
            owner=self,
            done=lambda _changes: self.desk.tell(told),
        )

    def _choose(self, entry: str) -> None:
        visit = self._visit
        self.desk.background.change(lambda workspace: choose(workspace, visit, EntryId(entry)), owner=self)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typed.start())
        self.list.chosen.connect(self.panel.show_line)
        self.panel.undo_wanted.connect(self._undo)
        self.clashes.chosen.connect(self._choose)
        self.desk.theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        head, names, tools = Beside(spacing=12, least=self.desk.theme.look.px(520)), QHBoxLayout(), QHBoxLayout()
        names.addWidget(label(_("History"), "title"))
        names.addWidget(self.count, 1)
        tools.setSpacing(12)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.undo)
        head.add(names)
        head.add(tools, 1)
        self._nothing = label(_("No change has these words."), "muted")
        self._nothing.hide()
        self._clash_area: QScrollArea = scrolled(self.clashes)
        self._clash_area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self._clash_area)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page, 1)
        layout.addWidget(self.panel)

    def _fit(self) -> None:
        self.panel.setFixedWidth(min(self.desk.theme.look.px(320), self.width() * 40 // 100))
        self._fit_clashes()

    def _fit_clashes(self) -> None:
        """Give clashes the room that they need, up to half of the screen; the rest scrolls."""
        there = not self.clashes.isHidden()
        self._clash_area.setVisible(there)
        if there:
            width = self._clash_area.viewport().width()
            wanted = self.clashes.heightForWidth(width) if self.clashes.hasHeightForWidth() else self.clashes.sizeHint().height()
            self._clash_area.setFixedHeight(min(wanted + 4, self.height() // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit()
