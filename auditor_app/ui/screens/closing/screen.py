"""The closing meeting: prepare it, hold it, see what changed since, and sign the preliminary sheet."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.provisional import Change
from auditor_app.translation import N_
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.closing import on_lane
from auditor_app.ui.screens.closing.changes_part import ChangesPart
from auditor_app.ui.screens.closing.meeting_part import MeetingPart
from auditor_app.ui.screens.closing.part import ClosingPart, Shown
from auditor_app.ui.screens.closing.prepare_part import PreparePart
from auditor_app.ui.screens.closing.sheet_part import SheetPart
from auditor_app.ui.screens.closing.showing import ShowWindow
from auditor_app.ui.screens.closing.view_state import gap_rows, meeting_of, slides_of
from auditor_app.ui.screens.report.on_lane import open_report
from auditor_app.ui.screens.report.preview import Preview
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.tabs import Tabs
from auditor_app.workflows.closing import begin_closing, describe_closing, end_closing, explain_change, held
from auditor_app.workflows.coverage import standing
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace

TITLES = {"prepare": N_("Prepare"), "meeting": N_("Meeting"), "changes": N_("What changed"), "sheet": N_("Sheet and signatures")}


class ClosingScreen(Screen):
    """Shows one part at a time; what the meeting froze is worked out on the lane each time the visit changes."""

    def __init__(self, desk: Desk) -> None:
        """Build tabs, parts and the large view."""
        super().__init__(desk)
        self.shown: Shown | None = None
        self.meeting, self.sheet, self.changes = MeetingPart(desk, self._describe), SheetPart(desk), ChangesPart(desk)
        self.parts: dict[str, ClosingPart] = {
            "prepare": PreparePart(desk),
            "meeting": self.meeting,
            "changes": self.changes,
            "sheet": self.sheet,
        }
        self.tabs, self._stack, self._pages = Tabs(desk.theme, TITLES, self), QStackedWidget(), QStackedWidget()
        for part in self.parts.values():
            self._stack.addWidget(part)
        self.window_shown = ShowWindow(desk, self)
        self.preview = Preview(desk)
        self._lay_out()
        self._connect()
        self.tabs.show_key("prepare", {})

    @property
    def key(self) -> str:
        """Tell which part is in front."""
        return next(key for key, part in self.parts.items() if part is self._stack.currentWidget())

    def turn_to(self, key: str) -> None:
        """Bring a part to the front."""
        self.parts[self.key].commit()
        self._stack.setCurrentWidget(self.parts[key])
        self._tell()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show a visit, at the part that its meeting has come to."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self.shown = None
            self._look_back()
            meeting = meeting_of(opened.state)
            self._stack.setCurrentWidget(self.parts["prepare" if meeting is None else "meeting"])
            QTimer.singleShot(0, self, lambda: self.tabs.buttons[self.key].setFocus())
        self._load(opened)

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show the visit as it is after a change."""
        self._load(opened)

    def show_item(self, item: str) -> None:
        """Bring a part to the front by its key; a meeting or somebody who was there by the id."""
        state = self.opened.state if self.opened is not None else None
        if item in self.parts:
            self.turn_to(item)
        elif state is not None and any(one.id == item for one in state.attendees):
            self.turn_to("prepare")
        elif state is not None:
            self.turn_to("meeting")

    @property
    def shown_item(self) -> str:
        """Give the key of the part in front."""
        return self.key

    def leave(self) -> None:
        """Save what is typed, and leave the large view."""
        self.parts[self.key].commit()
        self.window_shown.close()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return any(part.unsaved for part in self.parts.values())

    def show_findings(self, finding: str = "") -> None:
        """Show the findings full screen, in front of everything else."""
        if self.shown is not None and self.shown.slides:
            self.window_shown.begin(self.shown, finding)
            self.window_shown.showFullScreen()
            self.window_shown.activateWindow()

    def _load(self, opened: OpenVisit) -> None:
        """Work out on the lane what the meeting froze and what changed since, then show all parts."""
        self.opened = opened
        self.desk.background.run(lambda workspace: _shown(workspace, opened), owner=self, done=self._loaded)

    def _loaded(self, shown: Shown) -> None:
        self.shown = shown
        for part in self.parts.values():
            part.show_all(self.shown)
        self._tell()
        if self.window_shown.isVisible():
            self.window_shown.show_all(self.shown)

    def _tell(self) -> None:
        counts: dict[str, str] = {}
        if self.shown is not None:
            said = sum(bool(slide.position) for slide in self.shown.slides)
            counts["prepare"] = str(len(gap_rows(self.shown.opened, self.shown.gaps)) or "")
            counts["meeting"] = f"{said}/{len(self.shown.slides)}" if self.shown.slides else ""
            counts["changes"] = str(len(self.shown.held.changes) or "") if self.shown.held else ""
        self.tabs.show_key(self.key, counts)

    def _begin(self, held_at: str, place: str) -> None:
        visit = self._visit
        self.desk.background.change(
            lambda workspace: begin_closing(workspace, visit, held_at=held_at, place=place),
            owner=self,
            done=lambda _made: self.meeting.show_findings.setFocus(),
        )

    def _end(self, meeting: str) -> None:
        visit = self._visit
        self.meeting.commit()
        self.desk.background.change(
            lambda workspace: end_closing(workspace, visit, meeting), owner=self, done=lambda _made: self.turn_to("changes")
        )

    def _describe(self, meeting: str, field: str, text: str, done: Done, failed: Done) -> None:
        visit = self._visit

        self.desk.save(lambda workspace: describe_closing(workspace, visit, meeting, **{field: text}), owner=self, done=done, failed=failed)

    def _explain(self, change: Change, why: str) -> None:
        visit = self._visit
        self.desk.background.change(lambda workspace: explain_change(workspace, visit, change.subject, change.field, why), owner=self)

    def _look_at(self, report: str, title: str) -> None:
        visit = self._visit
        self.desk.background.run(
            lambda workspace: open_report(workspace, visit, report)[0], owner=self, done=lambda data: self._opened(title, data)
        )

    def _opened(self, title: str, data: bytes) -> None:
        self._pages.setCurrentWidget(self.preview)
        self.preview.show_report(title, data)

    def show_first_page(self) -> None:
        """Close the report that is looked at."""
        self._look_back()

    def _look_back(self) -> None:
        self.preview.forget()
        self._pages.setCurrentIndex(0)

    def _connect(self) -> None:
        self.tabs.turned.connect(self.turn_to)
        self.meeting.begun.connect(self._begin)
        self.meeting.show_wanted.connect(self.show_findings)
        self.meeting.ended.connect(self._end)
        self.changes.explained.connect(self._explain)
        self.sheet.look_wanted.connect(self._look_at)
        self.preview.left.connect(self._look_back)
        self.window_shown.left.connect(self.meeting.show_findings.setFocus)

    def _lay_out(self) -> None:
        work: Any = QWidget()
        inside, head = QVBoxLayout(work), QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        head.setContentsMargins(28, 10, 28, 0)
        head.addWidget(self.tabs)
        inside.addLayout(head)
        inside.addWidget(self._stack, 1)
        for page in (work, self.preview):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)


def _shown(workspace: Workspace, opened: OpenVisit) -> Shown:
    visit = opened.state.id
    found = held(workspace, visit) if meeting_of(opened.state) is not None else None
    slides = slides_of(opened, found) if found else ()
    return Shown(opened=opened, gaps=standing(opened).gaps, held=found, slides=slides, signing=on_lane.load(workspace, visit))
