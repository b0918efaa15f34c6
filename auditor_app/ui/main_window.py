"""The window: rail, header, banner, the page in front, and the way from one to the other. It decides nothing about audits."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.coverage import cover
from auditor_app.errors import Cancelled
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.found_words import Command, WordFinder
from auditor_app.ui.glyphs import WAITING
from auditor_app.ui.header import Header
from auditor_app.ui.intake import Intake
from auditor_app.ui.jump_commands import visit_commands
from auditor_app.ui.pictures import Pictures
from auditor_app.ui.preferences import Preferences, keep_preferences
from auditor_app.ui.quick_jump import QuickJump
from auditor_app.ui.rail import Rail
from auditor_app.ui.screens.first_start.screen import FirstStart
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.screens.stages import STAGES
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.banner import Banner
from auditor_app.ui.widgets.rows import Row

if TYPE_CHECKING:  # the first window does not wait for the workflows
    from auditor_app.ui.screens.visits.screen import VisitsPage
    from auditor_app.workflows.visits import OpenVisit
    from auditor_app.workspace import Workspace


class MainWindow(QMainWindow):
    """Shows the welcome page until a workspace is open, then the list of visits, then the stages of one visit."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        """Build the frame and show the welcome page."""
        super().__init__()
        self.theme, self.preferences = theme, preferences
        self.background = Background(self)
        self.banner, self.header, self.rail = Banner(theme), Header(theme), Rail(theme)
        self.intake = Intake(self.background)
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        self.desk = Desk(
            background=self.background,
            theme=theme,
            pictures=Pictures(self.background),
            intake=self.intake,
            unsaved={},
            tell=self.banner.tell,
            tell_error=self.tell_error,
            go_to=self.go_to,
        )
        self.opened: OpenVisit | None = None
        self.first_start = FirstStart(self.background, theme, preferences.workspace_folder)
        self.visits: VisitsPage | None = None
        self._screens: dict[str, Screen] = {}
        self._stage = ""
        self._loading, self._stale, self._may_close = False, False, False
        self.quick_jump = QuickJump(self, theme, self._commands, WordFinder(self.background, lambda: self.opened, self.go_to))
        self._lay_out()
        self._connect()
        self.show_first_start()

    def show_first_start(self) -> None:
        """Show the welcome page."""
        self.rail.hide()
        self.header.hide()
        self._to_front(self.first_start)

    def show_visits(self) -> None:
        """Show the list of visits."""
        self._leave()
        if self.visits is None:
            self.visits = import_module("auditor_app.ui.screens.visits.screen").VisitsPage(self.desk, self.open_visit)
        self._stage = ""
        self.opened = None
        self.rail.show()
        self.rail.show_stage("")
        self.rail.show_counts({})
        self.rail.enable_stages(False)
        self.header.show()
        self.header.for_visit(False)
        self.background.run(lambda workspace: workspace.me, owner=self, done=lambda me: self.header.show_visit(me.name, me.organisation))
        self._to_front(self.visits)
        self.visits.show_list()

    def open_visit(self, visit: VisitId, stage: str = "criteria") -> None:
        """Open a visit at a stage."""
        self._leave()
        self.background.run(partial(_load_visit, visit=visit), owner=self, done=partial(self._visit_opened, stage))

    def go_to(self, stage: str, item: str = "") -> None:
        """Go to a stage of the open visit and to one thing in it."""
        if self.opened is None:
            return
        if stage != self._stage:
            self._leave()
            self._stage = stage
            screen = self._screen(stage)
            screen.show_visit(self.opened)
            self._to_front(screen)
        self.rail.show_stage(stage)
        if item:
            self._screen(stage).show_item(item)

    @property
    def current_screen(self) -> Screen | None:
        """Give the screen of the stage in front, if one is."""
        return self._screens.get(self._stage)

    def tell_error(self, error: BaseException) -> None:
        """Show an error in the banner; what a person cancelled needs no words."""
        if not isinstance(error, Cancelled):
            self.banner.tell(notice_of(error))

    def undo(self) -> None:
        """Take the last change of this device back."""
        if self.opened is None:
            return
        self._leave()
        told = Notice(tone="good", text=_("The last change was taken back. Both are in the history."))
        self.background.change(
            partial(_undo, visit=self.opened.state.id),
            owner=self,
            done=lambda _changes: self.banner.tell(told),
        )

    def _visit_opened(self, stage: str, opened: "OpenVisit") -> None:
        self.opened, self._stage = opened, ""
        self.rail.show()
        self.rail.enable_stages(True)
        self.header.show()
        self.header.for_visit(True)
        self.header.show_waiting(0)
        self._show_progress()
        self.go_to(stage)

    def _changed(self, changes: Changes) -> None:
        """Load the visit anew after a change; changes that come meanwhile are gathered into one more loading."""
        self.header.show_saved(changes.saved_at)
        if self.opened is None or changes.visit != self.opened.state.id:
            return
        if self._loading:
            self._stale = True
            return
        self._loading = True
        load, done = partial(_load_visit, visit=changes.visit), partial(self._reloaded, changes)
        self.background.run(load, owner=self, done=done, failed=self._not_reloaded)

    def _reloaded(self, changes: Changes, opened: "OpenVisit") -> None:
        self._loading = False
        if self.opened is None or opened.state.id != self.opened.state.id:
            return
        self.opened = opened
        self._show_progress()
        if self._stage:
            self._screen(self._stage).refresh(opened, changes)
        if self._stale:
            self._stale = False
            self._changed(changes)

    def _not_reloaded(self, error: BaseException) -> None:
        self._loading = False
        self.tell_error(error)

    def _show_progress(self) -> None:
        """Put the state of the visit into header and rail."""
        if self.opened is None:
            return
        form, state = self.opened.form, self.opened.state
        rated = sum(bool(state.criteria.get(str(one.number)) and state.criteria[str(one.number)].rating) for one in form.criteria)
        kind = next((choice.label for choice in form.visit_kinds if choice.key == state.facts.get("kind")), "")
        self.header.show_visit(str(state.facts.get("site", "")), " · ".join(part for part in (kind, f"{form.title}") if part))
        self.header.ring.show_progress(rated, len(form.criteria))
        lines = cover(state, {}).quotas
        heard, planned = sum(min(one.heard, one.quota.planned) for one in lines), sum(one.quota.planned for one in lines)
        counts = {"criteria": f"{rated}/{len(form.criteria)}", "evidence": len(state.evidence), "findings": len(state.findings)}
        counts["interviews"] = f"{heard}/{planned}" if planned else len(state.interviews)
        self.rail.show_counts({key: str(count or "") for key, count in counts.items()})

    def _screen(self, key: str) -> Screen:
        if key not in self._screens:
            stage = next(stage for stage in STAGES if stage.key == key)
            self._screens[key] = stage.make(self.desk)
        return self._screens[key]

    def _to_front(self, page: QWidget) -> None:
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def _leave(self) -> None:
        if self._stage:
            self._screen(self._stage).leave()

    def _commands(self) -> list[Command]:
        """List what the quick jump offers now: criteria, stages, commands."""
        there = visit_commands(self.opened, self.go_to) if self.opened is not None else []
        visits = Row(key="visits", title=_("All visits"), mark=WAITING, side="Ctrl+L")
        undo = Row(key="undo", title=_("Undo the last change"), mark=WAITING, side="Ctrl+Z")
        return [*there, (visits, self.show_visits), (undo, self.undo)]

    def wear(self, mode: str, text_size: int) -> None:
        """Put on a look and keep the choice."""
        self.theme.wear(mode, text_size)
        self.preferences = msgspec.structs.replace(self.preferences, mode=mode, text_size=text_size)
        self._keep_preferences()

    def workspace_opened(self, folder: str) -> None:
        """Go on from the welcome page."""
        self.preferences = msgspec.structs.replace(self.preferences, workspace=folder)
        self._keep_preferences()
        self.show_visits()

    def _keep_preferences(self) -> None:
        preferences = self.preferences
        self.background.work(lambda _progress: keep_preferences(preferences), owner=self)

    def _connect(self) -> None:
        self.background.changed.connect(self._changed)
        self.background.waiting.connect(self.header.show_waiting)
        self.background.not_saved.connect(lambda _error: self.header.show_not_saved())
        self.background.problem.connect(self.tell_error)
        self.intake.told.connect(self.banner.tell)
        self.first_start.opened.connect(self.workspace_opened)
        self.rail.chosen.connect(self.go_to)
        self.rail.all_visits.connect(self.show_visits)
        self.header.jump_wanted.connect(self.quick_jump.open)
        self.header.look_wanted.connect(self.wear)
        for keys, act in (("Ctrl+K", self.quick_jump.open), ("Ctrl+Z", self.undo)):
            QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Auditor App"))
        self.setMinimumSize(960, 600)
        self.resize(1480, 900)
        column = QVBoxLayout()
        for widget in (self.header, self.banner, self.stack, self.intake):
            column.addWidget(widget, 1 if widget is self.stack else 0)
        column.setSpacing(0)
        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(column, 1)
        centre = QWidget()
        centre.setProperty("ground", "background")
        centre.setLayout(layout)
        self.setCentralWidget(centre)

    def _close_when_saved(self) -> None:
        """Close once everything is saved; stay when something could not be, and say so."""
        if self.desk.unsaved or any(screen.unsaved for screen in self._screens.values()):
            told = Notice(tone="error", text=_("A text could not be saved. It is still in its editor; closing the window now loses it."))
            self.banner.tell(told, _("Close without it"), self._close_now)
        elif self.intake.at_work:
            text = _("Evidence is still being taken in. What is sealed completely stays, the rest would be left out.")
            told = Notice(tone="warning", text=text)
            self.banner.tell(told, _("Stop and close"), self._close_now)
        else:
            self._close_now()

    def _close_now(self) -> None:
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is pending first, then close the workspace and go."""
        if self._may_close:
            self.background.close()
            event.accept()
            return
        event.ignore()
        self._leave()
        self.background.when_saved(self._close_when_saved, owner=self)


def _load_visit(workspace: "Workspace", visit: VisitId) -> "OpenVisit":
    from auditor_app.workflows.visits import open_visit  # noqa: PLC0415 - the first window does not wait for the database

    return open_visit(workspace, visit)


def _undo(workspace: "Workspace", visit: VisitId) -> Changes:
    from auditor_app.workflows.history import undo  # noqa: PLC0415

    return undo(workspace, visit)
