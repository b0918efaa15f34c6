"""Where a person is at work, noted while they work, so that the next start opens the same place, also after a kill."""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from auditor_app.ui.background import Background
from auditor_app.ui.navigation import FIRST, Navigation
from auditor_app.ui.recovery_words import left_behind_notice, recovery_notice
from auditor_app.ui.widgets.banner import Banner
from auditor_app.workflows.sessions import NO_VISIT, Beginning, Place, begin_session, end_session, note_place

PAUSE_MS = 1_000
"""Milliseconds at one place before it is noted."""


class Session(QObject):
    """One session of the window over an open workspace: begins at the last place, notes the places, ends in peace."""

    def __init__(self, application: QApplication, navigation: Navigation, background: Background, banner: Banner) -> None:
        """Follow the navigation and the focus; nothing is noted before `begin`."""
        super().__init__(navigation)
        self._navigation, self._background, self._banner = navigation, background, banner
        self._noted: Place | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._note)
        navigation.moved.connect(self._moved)
        application.focusChanged.connect(self._moved)

    def begin(self) -> None:
        """Open the place where the last session was, and say what was recovered if that one died."""
        self._background.run(begin_session, owner=self, done=self._begun)

    def end(self) -> None:
        """Note that the session ends in peace, at this place; meant for just before the workspace is closed."""
        self._pause.stop()
        if self._noted is not None:
            self._background.run(partial(end_session, place=self._place()), owner=self)
            self._noted = None

    def _begun(self, beginning: Beginning) -> None:
        place = beginning.place
        self._navigation.desk.waiting.update(place.waiting)
        self._noted = place
        if place.visit:
            arrived = partial(self._arrived, beginning)
            self._navigation.open_visit(place.visit, place.stage or FIRST, place.item, then=arrived)
        else:
            self._navigation.show_visits()
            self._tell(beginning)

    def _arrived(self, beginning: Beginning) -> None:
        self._tell(beginning)
        name = beginning.place.cursor
        named = (one for one in self._navigation.page.findChildren(QWidget) if name and one.accessibleName() == name and one.isVisible())
        if (field := next(named, None)) is not None:
            field.setFocus()

    def _tell(self, beginning: Beginning) -> None:
        if beginning.recovery is not None:
            self._banner.tell(recovery_notice(self._navigation.opened, beginning.recovery, beginning.left_behind))
        elif beginning.left_behind:
            self._banner.tell(left_behind_notice(beginning.left_behind))

    def _moved(self, *_focus: object) -> None:
        if self._noted is not None:
            self._pause.start()

    def _note(self) -> None:
        """Note the place unless it is noted already; failing to is no loss to the work."""
        place = self._place()
        if self._noted is not None and place != self._noted:
            self._noted = place
            self._background.run(partial(note_place, place=place), owner=self, failed=lambda _error: None)

    def _place(self) -> Place:
        navigation, focused = self._navigation, QApplication.focusWidget()
        screen = navigation.current_screen
        return Place(
            visit=navigation.opened.state.id if navigation.opened else NO_VISIT,
            stage=navigation.stage,
            item=screen.shown_item if screen else "",
            cursor=focused.accessibleName() if focused is not None and navigation.page.isAncestorOf(focused) else "",
            waiting=dict(navigation.desk.waiting),
        )
