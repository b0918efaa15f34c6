"""The window: the welcome page until a workspace is open, then the visits; its look, and its closing. It decides nothing about audits."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.preferences import Preferences, keep_preferences
from auditor_app.ui.screens.first_start.screen import FirstStart
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.banner import Banner
from auditor_app.ui.widgets.focus import tab_in_reading_order

if TYPE_CHECKING:  # the first window does not wait for what belongs to visits
    from auditor_app.ids import VisitId
    from auditor_app.ui.navigation import Navigation
    from auditor_app.ui.screens.screen import Screen
    from auditor_app.ui.session import Session
    from auditor_app.workflows.visits import OpenVisit


N = TypeVar("N", bound="Navigation")


class MainWindow(QMainWindow):
    """Shows the welcome page; `navigation` and `session` are built when a workspace is open."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        """Build the frame and show the welcome page."""
        super().__init__()
        self.theme, self.preferences = theme, preferences
        self.background = Background(self)
        self.banner, self.stack = Banner(theme), QStackedWidget()
        self.stack.setObjectName("stack")
        self.tell_error = self.banner.tell_error
        self._may_close = False
        used_before = bool(preferences.workspace)
        self.first_start = FirstStart(self.background, theme, preferences.workspace_folder, used_before=used_before)
        self.first_start.opened.connect(self.workspace_opened)
        self.background.problem.connect(self.tell_error)
        self._lay_out()

    @cached_property
    def navigation(self) -> "Navigation":
        """Build what is around visits, and put it into its place."""
        from auditor_app.ui.navigation import Navigation  # noqa: PLC0415 - as above

        return self._placed(Navigation(self, self.theme, self.background, self.banner, self.stack))

    def _placed(self, made: "N") -> "N":
        """Put rail, header and intake into their places."""
        made.header.look_wanted.connect(self.wear)
        self._row.insertWidget(0, made.rail)
        self._column.insertWidget(0, made.header)
        self._column.addWidget(made.intake)
        return made

    @cached_property
    def session(self) -> "Session":
        """Follow where a person is at work."""
        from auditor_app.ui.session import Session  # noqa: PLC0415 - as above

        return Session(self.theme.application, self.navigation, self.background, self.banner)

    @property
    def opened(self) -> "OpenVisit | None":
        """Give the visit that is open."""
        return self.navigation.opened

    @property
    def current_screen(self) -> "Screen | None":
        """Give the screen of the stage in front, if one is."""
        return self.navigation.current_screen

    def show_first_start(self) -> None:
        """Show the welcome page."""
        self.navigation.rail.hide()
        self.navigation.header.hide()
        self.stack.setCurrentWidget(self.first_start)

    def show_visits(self) -> None:
        """Show the list of visits."""
        self.navigation.show_visits()

    def open_visit(self, visit: "VisitId", stage: str = "criteria") -> None:
        """Open a visit at a stage."""
        self.navigation.open_visit(visit, stage)

    def go_to(self, stage: str, item: str = "") -> None:
        """Go to a stage of the open visit and to one thing in it."""
        self.navigation.go_to(stage, item)

    def wear(self, mode: str, text_size: int) -> None:
        """Put on a look and keep the choice."""
        self.theme.wear(mode, text_size)
        self.preferences = replace(self.preferences, mode=mode, text_size=text_size)
        self._keep_preferences()

    def workspace_opened(self, folder: str) -> None:
        """Go on from the welcome page to where the work was left."""
        self.preferences = replace(self.preferences, workspace=folder)
        self._keep_preferences()
        self.session.begin()

    def _keep_preferences(self) -> None:
        preferences = self.preferences
        self.background.work(lambda _progress: keep_preferences(preferences), owner=self)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Auditor App"))
        self.setMinimumSize(960, 600)
        self.resize(1480, 900)
        self.stack.addWidget(self.first_start)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self.banner)
        self._column.addWidget(self.stack, 1)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(self._column, 1)
        self._centre = QWidget()
        self._centre.setProperty("ground", "background")
        self._centre.setLayout(self._row)
        self.setCentralWidget(self._centre)

    def _close_when_saved(self) -> None:
        """Close once everything is saved; stay when something could not be, and say so."""
        if self.navigation.has_unsaved:
            told = Notice(tone="error", text=_("A text could not be saved. It is still in its editor; closing the window now loses it."))
            self.banner.tell(told, _("Close without it"), self._close_now)
        elif self.navigation.intake.at_work:
            text = _("Evidence is still being taken in. What is sealed completely stays, the rest would be left out.")
            told = Notice(tone="warning", text=text)
            self.banner.tell(told, _("Stop and close"), self._close_now)
        else:
            self._close_now()

    def _close_now(self) -> None:
        self._may_close = True
        self.close()

    def focusNextPrevChild(self, to_next: bool) -> bool:
        """Let Tab follow what one reads; every Tab comes by here, so no screen need care when it makes rows anew."""
        tab_in_reading_order(self._centre)
        return super().focusNextPrevChild(to_next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is pending first, then close the workspace and go."""
        if self._may_close:
            if "session" in self.__dict__:
                self.session.end()
            self.background.close()
            event.accept()
            return
        event.ignore()
        if "navigation" not in self.__dict__:
            self._close_now()
            return
        self.navigation.leave()
        self.background.when_saved(self._close_when_saved, owner=self)
