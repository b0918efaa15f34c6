"""Everything around an open visit: rail, header, palette, the screens, and the way from one to the other.

It is built once a workspace is open, so that the first window waits for none of it.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.reviews import QUESTION, REVIEW
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.found_words import Command, WordFinder
from auditor_app.ui.header import Header
from auditor_app.ui.intake.panel import Intake
from auditor_app.ui.jump_commands import command, visit_commands, without_doubles
from auditor_app.ui.page_actions import actions_in
from auditor_app.ui.pictures import Pictures
from auditor_app.ui.progress_words import counts_of, rated_of, subtitle_of
from auditor_app.ui.quick_jump import QuickJump
from auditor_app.ui.rail import Rail
from auditor_app.ui.reloading import Reloading
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.screens.stages import STAGES, Stage
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.banner import Banner
from auditor_app.workflows.custody import hand_over_state
from auditor_app.workflows.history import undo
from auditor_app.workflows.review_words import late_words
from auditor_app.workflows.sessions import last_saved
from auditor_app.workflows.visits import open_visit

if TYPE_CHECKING:
    from auditor_app.ui.office.room import Room
    from auditor_app.ui.screens.verification.view import VerificationView
    from auditor_app.ui.screens.visits.screen import VisitsPage
    from auditor_app.ui.screens.workspace.page import WorkspacePage
    from auditor_app.workflows.visits import OpenVisit

FIRST = "criteria"
"""The stage at which a visit opens."""


class Navigation(QObject):
    """Shows the list of visits, then the stages of one visit; `moved` says that another stage or visit is in front."""

    moved = Signal()
    stages: tuple[Stage, ...] = STAGES

    def __init__(self, window: QWidget, theme: Theme, background: Background, banner: Banner, stack: QStackedWidget) -> None:
        """Build rail, header and palette; the window puts rail, header and intake into their places."""
        super().__init__(window)
        self._window, self._theme, self._background, self._banner, self._stack = window, theme, background, banner, stack
        self.header, self.rail, self.intake = Header(theme), self._make_rail(), Intake(background)
        self.desk = self._make_desk()
        self.opened: OpenVisit | None = None
        self.visits: VisitsPage | None = None
        self.workspace_page: WorkspacePage | None = None
        self.verification: VerificationView | None = None
        self.stage = ""
        self._screens: dict[str, Screen] = {}
        self._reloading = Reloading(self._load)
        self.quick_jump = QuickJump(window, theme, self._commands, WordFinder(background, lambda: self.opened, self.go_to))
        self._connect()

    def show_visits(self) -> None:
        """Show the list of visits."""
        self.leave()
        if self.visits is None:
            self.visits = import_module("auditor_app.ui.screens.visits.screen").VisitsPage(
                self.desk, self.open_visit, self.show_workspace, self.check_signature
            )
        self.stage = ""
        self.opened = None
        self._show_frame(of_visit=False)
        self.rail.show_stage("")
        self.rail.show_counts({})
        self._background.run(lambda workspace: workspace.me, owner=self, done=lambda me: self.header.show_visit(me.name, me.organisation))
        self._to_front(self.visits)
        self.visits.show_list()
        self.moved.emit()

    def show_workspace(self) -> None:
        """Show the workspace itself: its backup, its check, its passphrase."""
        self.show_visits()
        if self.workspace_page is None:
            self.workspace_page = import_module("auditor_app.ui.screens.workspace.page").WorkspacePage(self.desk)
        self._to_front(self.workspace_page)
        self.workspace_page.show_workspace()

    def check_signature(self) -> None:
        """Show the page that checks signatures: beside the open visit, or from the list of visits."""
        if self.opened is not None:
            self.go_to("verification")
            return
        if self.verification is None:
            module = import_module("auditor_app.ui.screens.verification.view")
            self.verification = module.VerificationView(self.desk, _("All visits"), self.show_visits)
        self._to_front(self.verification)
        self.verification.choose.setFocus()

    def begin_visit(self) -> None:
        """Show the form for a new visit."""
        self.show_visits()
        if self.visits is not None:
            self.visits.show_new()

    def open_visit(self, visit: VisitId, stage: str = FIRST, item: str = "", then: Callable[[], object] | None = None) -> None:
        """Open a visit at a stage and a thing in it; `then` is called when it is shown."""
        self.leave()

        def shown(opened: "OpenVisit") -> None:
            self._visit_opened(opened, stage, item)
            if then is not None:
                then()

        self._background.run(partial(open_visit, visit=visit), owner=self, done=shown)

    def go_to(self, stage: str, item: str = "") -> None:
        """Go to a stage of the open visit and to one thing in it."""
        if self.opened is None:
            return
        if stage != self.stage:
            self.leave()
            self.stage = stage
            screen = self._screen(stage)
            screen.show_visit(self.opened)
            self._to_front(screen)
        self.rail.show_stage(stage)
        if item:
            self._screen(stage).show_item(item)
        self.moved.emit()

    def _go_from_rail(self, stage: str) -> None:
        """Go to a stage; where it is in front already, to its first page."""
        if stage == self.stage:
            self._screen(stage).show_first_page()
        self.go_to(stage)

    @property
    def current_screen(self) -> Screen | None:
        """Give the screen of the stage in front, if one is."""
        return self._screens.get(self.stage)

    @property
    def page(self) -> QWidget:
        """Give the page in front: a screen, or the list of visits."""
        page = self._stack.currentWidget()
        assert page is not None  # noqa: S101 - the welcome page is there from the beginning
        return page

    @property
    def has_unsaved(self) -> bool:
        """Say whether closing now would lose a text that could not be saved."""
        return bool(self.desk.unsaved) or any(screen.unsaved for screen in self._screens.values())

    def leave(self) -> None:
        """Hand what is typed in the screen in front to the lane."""
        if self.stage:
            self._screen(self.stage).leave()

    def undo(self) -> None:
        """Take the last change of this device back."""
        if self.opened is None:
            return
        self.leave()
        told = Notice(tone="good", text=_("The last change was taken back. Both are in the history."))
        self._background.change(partial(undo, visit=self.opened.state.id), owner=self, done=lambda _changes: self._banner.tell(told))

    def _visit_opened(self, opened: "OpenVisit", stage: str, item: str) -> None:
        self.opened, self.stage = opened, ""
        self._show_frame(of_visit=True)
        self._background.run(last_saved, owner=self, done=self._show_last_saved)
        self._load_hand_over()
        self._show_progress(opened)
        self.go_to(stage if any(one.key == stage for one in self.stages) else FIRST, item)

    def _load_hand_over(self) -> None:
        if self.opened is not None:
            ask = partial(hand_over_state, visit=self.opened.state.id)
            self._background.run(ask, owner=self, done=self.header.show_hand_over)

    def _show_last_saved(self, saved_at: str) -> None:
        if self._background.is_saving:
            return
        if saved_at:
            self.header.show_saved(saved_at)
        else:
            self.header.show_waiting(0)

    def _show_frame(self, *, of_visit: bool) -> None:
        self.rail.show()
        self.rail.enable_stages(of_visit)
        self.header.show()
        self.header.for_visit(of_visit)

    def _changed(self, changes: Changes) -> None:
        """Load the visit anew after a change."""
        self.header.show_saved(changes.saved_at)
        if self.opened is not None and changes.visit == self.opened.state.id:
            self._reloading.ask(changes)

    def _load(self, changes: Changes) -> None:
        load, done = partial(open_visit, visit=changes.visit), partial(self._reloaded, changes)
        self._background.run(load, owner=self, done=done, failed=self._not_reloaded)

    def _reloaded(self, changes: Changes, opened: "OpenVisit") -> None:
        if self.opened is not None and opened.state.id == self.opened.state.id:
            self._show_anew(changes, opened)
        if waiting := self._reloading.done():
            self._changed(waiting)

    def _show_anew(self, changes: Changes, opened: "OpenVisit") -> None:
        self.opened = opened
        self._show_progress(opened)
        if any(one.kind in {REVIEW, QUESTION} for one in changes.subjects):
            self._load_hand_over()
        if changes.subjects and (words := late_words(opened.state)):
            self._banner.tell(Notice(tone="warning", text=words))
        if self.stage:
            self._screen(self.stage).refresh(opened, changes)

    def _not_reloaded(self, error: BaseException) -> None:
        self._reloading.done()
        self._banner.tell_error(error)

    def _show_progress(self, opened: "OpenVisit") -> None:
        """Put the state of the visit into header and rail."""
        self.header.show_visit(str(opened.state.facts.get("site", "")), subtitle_of(opened))
        self.header.ring.show_progress(*rated_of(opened))
        self.rail.show_counts(counts_of(opened))

    def _screen(self, key: str) -> Screen:
        if key not in self._screens:
            stage = next(stage for stage in self.stages if stage.key == key)
            self._screens[key] = stage.make(self.desk)
        return self._screens[key]

    def _to_front(self, page: QWidget) -> None:
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _commands(self) -> list[Command]:
        """List what the palette offers now: places, what can be done from everywhere, and every action in sight."""
        there = visit_commands(self.opened, self.go_to, self.stages) if self.opened is not None else []
        return without_doubles([*there, *self._lasting(), *actions_in(self.page, self._banner, self.intake, self.header)])

    def _lasting(self) -> list[Command]:
        """List what can be done from everywhere."""
        return [
            command(_("All visits"), self.show_visits, "Ctrl+L"),
            command(_("New visit"), self.begin_visit, "Ctrl+N"),
            command(_("Check a signature"), self.check_signature),
            command(_("Workspace, backup, check and passphrase"), self.show_workspace, "Ctrl+Shift+B"),
            command(_("Undo the last change"), self.undo, "Ctrl+Z"),
        ]

    def _keys(self) -> dict[str, Callable[[], object]]:
        """Name the keys that work everywhere."""
        return {"Ctrl+K": self.quick_jump.open, "Ctrl+Z": self.undo, "Ctrl+Shift+B": self.show_workspace}

    def _make_rail(self) -> Rail:
        return Rail(self._theme)

    def _make_desk(self, room: "Room | None" = None) -> Desk:
        return Desk(
            background=self._background,
            theme=self._theme,
            pictures=Pictures(self._background),
            intake=self.intake,
            unsaved={},
            waiting={},
            tell=self._banner.tell,
            tell_error=self._banner.tell_error,
            handed_over=self._load_hand_over,
            go_to=self.go_to,
            room=room,
        )

    def _connect(self) -> None:
        self._background.changed.connect(self._changed)
        self._background.waiting.connect(self.header.show_waiting)
        self._background.not_saved.connect(lambda _error: self.header.show_not_saved())
        self.intake.told.connect(self._banner.tell)
        self.rail.chosen.connect(self._go_from_rail)
        self.rail.all_visits.connect(self.show_visits)
        self.header.jump_wanted.connect(self.quick_jump.open)
        for keys, act in self._keys().items():
            QShortcut(QKeySequence(keys), self._window, act)
