"""The interviews screen: progress on top, the list at the side, one interview in front, and what each action saves."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.clock import SystemClock, moment_text
from auditor_app.domain.changes import Changes
from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.journal import Subject
from auditor_app.ids import EntryId, VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.interviews.editor import InterviewEditor
from auditor_app.ui.screens.interviews.kept_name import KeptName
from auditor_app.ui.screens.interviews.new_interview import NewInterview
from auditor_app.ui.screens.interviews.plan_strip import PlanStrip
from auditor_app.ui.screens.interviews.quotes import QuotesPart, QuoteWays
from auditor_app.ui.screens.interviews.side import InterviewsSide
from auditor_app.ui.screens.interviews.view_state import counted, from_line, plan_lines, rows_of
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.workflows.history import history, undo
from auditor_app.workflows.lists import add_line, remove_line, revise_line
from auditor_app.workflows.names import keep_name, kept_name
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace


class InterviewsScreen(Screen):
    """Begins, describes and takes out interviews; writes quotes; keeps names apart."""

    def __init__(self, desk: Desk) -> None:
        """Build strip, list, editor and the form for a new one."""
        super().__init__(desk)
        self.item = ""
        self.side, self.plan = InterviewsSide(desk.theme), PlanStrip(desk.theme)
        ways = QuoteWays(add=self._add_quote, revise=self._revise_quote, remove=lambda quote, why: self._take_out(QUOTE, quote, why))
        self.name = KeptName(self._keep_name)
        self.editor = InterviewEditor(desk, self._revise, QuotesPart(desk, ways), self.name)
        self.new_interview = NewInterview(desk.theme)
        self._front = QStackedWidget()
        self._empty = _empty_state(self.begin)
        self._places: dict[QWidget, QScrollArea] = {page: scrolled(page) for page in (self.editor, self.new_interview)}
        for place in (self._empty, *self._places.values()):
            self._front.addWidget(place)
        self._lay_out()
        self._connect()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show a visit, at what was in front or the first interview."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self.item = ""
            QTimer.singleShot(0, self, (self.side.list if opened.state.interviews else self.side.new).setFocus)
        self.opened = opened
        self._show()

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show what changed; a form that is being filled in stays."""
        self.opened = opened
        beginning = self._front.currentWidget() is self._places[self.new_interview]
        self._show(list_only=beginning and Subject(INTERVIEW, self.item) not in changes.subjects)

    def show_item(self, item: str) -> None:
        """Show an interview by its id, or begin one for a line of the plan ("new:<quota>")."""
        if item.startswith("new:"):
            self._begin_line(item.removeprefix("new:"))
            return
        self.editor.commit()
        self.item = item
        self._show()

    @property
    def shown_item(self) -> str:
        """Give the id of the interview in front."""
        return self.item

    def leave(self) -> None:
        """Save every text that is not saved; a name that is shown goes."""
        self.editor.commit()
        self.name.close_up()

    def begin(self) -> None:
        """Ask whom we hear."""
        if self.opened is not None:
            self.editor.commit()
            self._turn_to(self.new_interview)
            self.new_interview.begin(self.opened)

    def _show(self, *, list_only: bool = False) -> None:
        if self.opened is None:
            return
        interviews = {one.id: one for one in self.opened.state.interviews}
        rows = rows_of(self.opened)
        if self.item not in interviews:
            self.item = next((row.key for row in rows if row.mark), "")
        self.side.list.show_rows(rows, self.item)
        self.side.counts.setText(counted(self.opened))
        self.plan.show_lines(plan_lines(self.opened))
        if list_only:
            return
        if self.item:
            self.editor.show_interview(self.opened, interviews[self.item])
            self._turn_to(self.editor)
        else:
            self._front.setCurrentWidget(self._empty)
            self.plan.show()

    def _turn_to(self, page: QWidget) -> None:
        place = self._places[page]
        if self._front.currentWidget() is not place:
            place.verticalScrollBar().setValue(0)
        self._front.setCurrentWidget(place)
        self.plan.setVisible(page is self.editor or not self._has_plan)

    @property
    def _has_plan(self) -> bool:
        return bool(self.opened and self.opened.state.quotas)

    def _begin_line(self, quota: str) -> None:
        if self.opened is not None:
            self.editor.commit()
            self._begin(from_line(self.opened, quota))

    def _begin(self, fields: Mapping[str, object]) -> None:
        visit, held_at = self._visit, moment_text(SystemClock().now())
        self.desk.background.change(
            lambda workspace: add_line(workspace, visit, INTERVIEW, held_at=held_at, people=1, **fields), owner=self, done=self._begun
        )

    def _begun(self, made: tuple[str, Changes]) -> None:
        """Go on with what was begun once the visit is loaded anew."""
        self.item = made[0]
        self._places[self.editor].verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self.editor.lines["people"].setFocus)

    def _revise(self, interview: str, fields: Mapping[str, object], done: Done, failed: Done) -> None:
        visit = self._visit
        self._save(lambda workspace: revise_line(workspace, visit, INTERVIEW, interview, **fields), done, failed)

    def _add_quote(self, interview: str, original: str, done: Done, failed: Done) -> None:
        visit = self._visit
        fields = {"interview": interview, "original": original, "stance": "supports"}
        self._save(lambda workspace: add_line(workspace, visit, QUOTE, **fields), done, failed)

    def _revise_quote(self, quote: str, field: str, value: object, done: Done, failed: Done) -> None:
        visit = self._visit
        self._save(lambda workspace: revise_line(workspace, visit, QUOTE, quote, **{field: value}), done, failed)

    def _keep_name(self, interview: str, name: str, done: Done, failed: Done) -> None:
        visit = self._visit
        self._save(lambda workspace: keep_name(workspace, visit, interview, name), done, failed)

    def _open_name(self, interview: str) -> None:
        visit = self._visit
        self.desk.background.run(
            lambda workspace: kept_name(workspace, visit, interview),
            owner=self,
            done=lambda name: self.name.show_kept(interview, name),
        )

    def _save(self, work: Callable[[Workspace], object], done: Done, failed: Done) -> None:
        self.desk.save(work, owner=self, done=done, failed=failed)

    def _take_out(self, kind: str, item: str, reason: str) -> None:
        visit = self._visit
        self.desk.background.change(
            lambda workspace: taken_out(workspace, visit, Subject(kind, item), reason),
            owner=self,
            done=lambda made: self._offer_back(kind, item, made[0]),
        )

    def _offer_back(self, kind: str, item: str, entry: EntryId) -> None:
        visit = self._visit
        words = Notice(tone="good", text=_("It was taken out. What was said stays in the history, with your reason."))

        def take_back() -> None:
            self.item = item if kind == INTERVIEW else self.item
            self.desk.background.change(lambda workspace: undo(workspace, visit, entry), owner=self)

        self.desk.tell(words, _("Bring it back"), take_back)

    def _connect(self) -> None:
        self.side.new_wanted.connect(self.begin)
        self.side.list.chosen.connect(self.show_item)
        self.side.list.clicked.connect(lambda index: self.show_item(self.side.list.key_at(index)))
        self.new_interview.begun.connect(self._begin)
        self.new_interview.given_up.connect(self._show)
        self.editor.withdrawn.connect(lambda reason: self._take_out(INTERVIEW, self.editor.interview, reason))
        self.name.asked.connect(self._open_name)
        self.plan.line_wanted.connect(self._begin_line)
        self.plan.plan_wanted.connect(lambda: self.desk.go_to("plan", ""))
        self.desk.theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.plan)
        column.addWidget(self._front, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addLayout(column, 1)

    def _fit(self) -> None:
        look = self.desk.theme.look
        self.side.setFixedWidth(min(look.px(290), self.width() * 36 // 100))
        self.plan.open_lines(self.height() >= look.px(600))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit()


def taken_out(workspace: Workspace, visit: VisitId, subject: Subject, reason: str) -> tuple[EntryId, Changes]:
    """Take an interview or a quote out; gives the entry that did it, so that it can be brought back."""
    changes = remove_line(workspace, visit, subject.kind, subject.id, reason=reason)
    return history(workspace, visit, subject)[-1].id, changes


def _empty_state(begin: Callable[[], object]) -> EmptyState:
    text = _(
        "Whom you heard, in which group, what they agreed to, and what they said in their own words: without names. Each interview"
        " counts for a line of the sampling plan and speaks to the criteria it touches. A name that must be kept at all is sealed apart."
    )
    return EmptyState(_("Nobody was heard yet"), text, for_writing(button(_("Begin the first interview"), begin, role="first")))
