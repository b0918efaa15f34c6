"""The way about the office's window: from what was received into one bundle and its stages, all of it read only."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor_app.clock import SystemClock
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.found_words import Command
from auditor_app.ui.jump_commands import command
from auditor_app.ui.moments import local_words
from auditor_app.ui.navigation import Navigation
from auditor_app.ui.office.received_page import ReceivedPage
from auditor_app.ui.office.room import Room
from auditor_app.ui.office.stages import OFFICE_STAGES, REVIEW
from auditor_app.ui.rail import Rail
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.banner import Banner
from auditor_app.workflows.office.folder import open_office
from auditor_app.workflows.office.reading import ReceivedBundle, open_reading_copy, received_bundle

if TYPE_CHECKING:
    from auditor_app.ui.screens.stages import Stage
    from auditor_app.workflows.visits import OpenVisit
    from auditor_app.workspace import Workspace


class OfficeNavigation(Navigation):
    """Shows what was received, then the stages of one bundle."""

    stages: "tuple[Stage, ...]" = OFFICE_STAGES

    def __init__(self, window: QWidget, theme: Theme, background: Background, banner: Banner, stack: QStackedWidget, folder: Path) -> None:
        """Build rail, header, palette and the room of an office's folder."""
        self._folder = folder
        self.room: Room
        self.received: ReceivedPage | None = None
        super().__init__(window, theme, background, banner, stack)

    def show_visits(self) -> None:
        """Show the list of what was received."""
        self.leave()
        if self.received is None:
            self.received = ReceivedPage(self.desk, self.room, self.open_bundle, self.check_signature)
        self.stage = ""
        self.opened = None
        self._show_frame(of_visit=False)
        self.rail.show_stage("")
        self.rail.show_counts({})
        self.room.work(lambda office: office.profile.office, owner=self, done=lambda name: self.header.show_visit(name, ""))
        self._to_front(self.received)
        self.received.show_list()
        self.moved.emit()

    def open_bundle(self, bundle: str, stage: str = REVIEW, item: str = "", then: Callable[[], object] | None = None) -> None:
        """Open the reading copy of a received bundle, named by the beginning of its id, at a stage."""
        self.leave()
        folder, found = self.room.folder, list[ReceivedBundle]()

        def opening() -> "Workspace":
            office = open_office(folder, SystemClock())
            found.append(received_bundle(office, bundle))
            return open_reading_copy(office, found[0].bundle)

        def opened(_none: object) -> None:
            self.room.show(found[0])
            self.desk.pictures.forget()
            self.open_visit(found[0].visit, stage, item, then)

        self._background.open(opening, owner=self, done=opened)

    def go_to(self, stage: str, item: str = "") -> None:
        """Go to a stage of the open visit; what is the auditor's work alone is not shown here, but for what the office asked."""
        stage = REVIEW if stage == "hand_over" else stage
        if any(one.key == stage for one in self.stages):
            super().go_to(stage, item)
        else:
            self._banner.tell(Notice(tone="note", text=_("That place belongs to the auditor's own work and is not shown here.")))

    def undo(self) -> None:
        """Take nothing back: nothing is changed here."""

    def _visit_opened(self, opened: "OpenVisit", stage: str, item: str) -> None:
        super()._visit_opened(opened, stage if any(one.key == stage for one in self.stages) else REVIEW, item)
        if (line := self.room.line) is not None:
            version = _("version {number} of {count}").format(number=line.version, count=line.versions)
            received = _("received {when}").format(when=local_words(line.received_at))
            self.header.show_reading(_("Read only"), version, received)

    def _load_hand_over(self) -> None:
        """Leave out how far the hand-over is: it is received."""

    def _show_last_saved(self, saved_at: str) -> None:
        """Leave out what was saved last: the header says that this is read only."""

    def _lasting(self) -> list[Command]:
        lasting = [command(_("All that was received"), self.show_visits, "Ctrl+L"), command(_("Check a signature"), self.check_signature)]
        return lasting if self.opened is not None else lasting[1:]

    def _keys(self) -> dict[str, Callable[[], object]]:
        return {"Ctrl+K": self.quick_jump.open}

    def _make_rail(self) -> Rail:
        return Rail(self._theme, OFFICE_STAGES, _("All received"))

    def _make_desk(self, room: Room | None = None) -> Desk:
        self.room = room or Room(self._background, self._folder, self)
        self.room.told.connect(self._banner.tell_error)
        self.room.wanted.connect(self.open_bundle)
        return super()._make_desk(self.room)
