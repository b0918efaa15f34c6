"""The findings screen: the list at the side, one finding or limit in front, and what each action saves."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, LIMIT
from auditor_app.ids import Digest, EntryId, VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.screens.criteria.evidence_menu import tile_menu
from auditor_app.ui.screens.criteria.view_state import Linked
from auditor_app.ui.screens.findings.editor import FindingEditor
from auditor_app.ui.screens.findings.forms import LimitView, NewFinding, NewLimit
from auditor_app.ui.screens.findings.picker import EvidencePicker
from auditor_app.ui.screens.findings.side import FindingsSide
from auditor_app.ui.screens.findings.view_state import counted, rows_of
from auditor_app.ui.screens.taking_in import TakesEvidence
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.findings import note_limit, raise_finding, revise_finding, withdraw_finding, withdraw_limit
from auditor_app.workflows.history import history, undo
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace


class FindingsScreen(TakesEvidence):
    """Raises, words, grades and withdraws findings; notes what was not seen."""

    def __init__(self, desk: Desk) -> None:
        """Build list, editor and forms."""
        super().__init__(desk)
        self.opened: OpenVisit | None = None
        self.item = ""
        self.side = FindingsSide(desk.theme)
        self.editor = FindingEditor(desk, self._revise)
        self.new_finding, self.new_limit, self.limit = NewFinding(), NewLimit(desk.theme), LimitView()
        self.picker = EvidencePicker(desk)
        self._front = QStackedWidget()
        self._places: dict[QWidget, QWidget] = {self.picker: self.picker}
        for page in (self.editor, self.new_finding, self.new_limit, self.limit):
            self._places[page] = scrolled(page)
        self.empty = _empty_state(self._begin_finding)
        for place in (self.empty, *self._places.values()):
            self._front.addWidget(place)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addWidget(self._front, 1)
        self._connect()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show a visit, at what was in front or the first finding."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self.item = ""
            QTimer.singleShot(0, self, self.side.list.setFocus)
        self.opened = opened
        self._show()

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show what changed; a form that is being filled in stays."""
        self.opened = opened
        writing = self._front.currentWidget() in {self._places[page] for page in (self.new_finding, self.new_limit, self.picker)}
        self._show(list_only=writing and not changes.subjects & {Subject(FINDING, self.item), Subject(LIMIT, self.item)})

    def show_item(self, item: str) -> None:
        """Show a finding or a limit by its id, or begin a finding on a criterion ("new:17")."""
        if item.startswith("new:"):
            self._begin_finding(item.removeprefix("new:"))
            return
        self.editor.commit()
        self.item = item
        self._show()

    def leave(self) -> None:
        """Save every text that is not saved."""
        self.editor.commit()

    @property
    def _visit(self) -> VisitId:
        assert self.opened is not None  # noqa: S101 - nothing can be done before a visit is shown
        return self.opened.state.id

    def _show(self, *, list_only: bool = False) -> None:
        if self.opened is None:
            return
        state = self.opened.state
        findings = {one.id: (number, one) for number, one in enumerate(state.findings, start=1)}
        limits = {one.id: one for one in state.limits}
        if self.item not in findings and self.item not in limits:
            self.item = next(iter([*findings, *limits]), "")
        self.side.list.show_rows(rows_of(self.opened), self.item)
        self.side.counts.setText(counted(self.opened))
        if list_only:
            return
        if self.item in findings:
            self.editor.show_finding(self.opened, *findings[self.item])
            self._turn_to(self.editor)
        elif self.item in limits:
            self.limit.show_limit(self.opened, limits[self.item])
            self._turn_to(self.limit)
        else:
            self._front.setCurrentWidget(self.empty)

    def _turn_to(self, page: QWidget) -> None:
        place = self._places[page]
        if self._front.currentWidget() is not place and isinstance(place, QScrollArea):
            place.verticalScrollBar().setValue(0)
        self._front.setCurrentWidget(place)

    def scroll_to_end(self) -> None:
        """Show the end of the finding."""
        place = self._places[self.editor]
        if isinstance(place, QScrollArea):
            place.verticalScrollBar().setValue(place.verticalScrollBar().maximum())

    def _begin_finding(self, criterion: str = "") -> None:
        if self.opened is not None:
            self.editor.commit()
            self._turn_to(self.new_finding)
            self.new_finding.begin(self.opened, criterion)

    def _begin_limit(self) -> None:
        if self.opened is not None:
            self.editor.commit()
            self._turn_to(self.new_limit)
            self.new_limit.begin(self.opened)

    def _raise(self, criterion: str, title: str, grade: str) -> None:
        visit = self._visit
        self.desk.background.change(
            lambda workspace: raise_finding(workspace, visit, criterion, title, grade=grade), owner=self, done=self._made
        )

    def _note(self, what: str, why: str, criteria: tuple[str, ...]) -> None:
        visit = self._visit
        self.desk.background.change(lambda workspace: note_limit(workspace, visit, what, why, criteria), owner=self, done=self._made)

    def _made(self, made: tuple[str, Changes]) -> None:
        """Go on with what was made once the visit is loaded anew."""
        self.item = made[0]

    def _revise(self, visit: VisitId, finding: str, field: str, value: object, done: Done, failed: Done) -> None:
        self.desk.background.change(
            lambda workspace: revise_finding(workspace, visit, finding, **{field: value}),
            owner=self,
            done=done,
            failed=lambda error: self._not_saved(error, failed),
        )

    def _not_saved(self, error: BaseException, failed: Done) -> None:
        failed(error)
        self.desk.tell_error(error)

    def _withdraw(self, kind: str, item: str, reason: str) -> None:
        visit = self._visit
        self.editor.commit()
        self.desk.background.change(
            lambda workspace: withdrawn(workspace, visit, Subject(kind, item), reason),
            owner=self,
            done=lambda made: self._offer_back(item, made[0]),
        )

    def _offer_back(self, item: str, entry: EntryId) -> None:
        visit = self._visit
        words = Notice(tone="good", text=_("It was withdrawn. What was said stays in the history, with your reason."))

        def take_back() -> None:
            self.item = item
            self.desk.background.change(lambda workspace: undo(workspace, visit, entry), owner=self)

        self.desk.tell(words, _("Bring it back"), take_back)

    def evidence_goes_to(self) -> tuple[VisitId, tuple[Subject, ...]] | None:
        """Take evidence in for the finding that is shown."""
        if self.opened is None or self._front.currentWidget() is not self._places[self.editor]:
            return None
        return self.opened.state.id, (Subject(FINDING, self.editor.finding),)

    def pick(self) -> None:
        """Let a person choose evidence of the visit for the finding shown."""
        if self.opened is not None:
            linked = {link.evidence for link in self.opened.state.links_to(Subject(FINDING, self.editor.finding))}
            self._turn_to(self.picker)
            self.picker.begin(self.opened, linked)

    def _link(self, digests: tuple[Digest, ...], target: Subject, stance: str) -> None:
        visit = self._visit
        self.desk.background.change(
            lambda workspace: tuple(link_evidence(workspace, visit, digest, target, stance) for digest in digests), owner=self
        )

    def _picked(self, digests: tuple[Digest, ...]) -> None:
        self._turn_to(self.editor)
        self._link(digests, Subject(FINDING, self.editor.finding), "supports")

    def _offer_tile(self, linked: Linked, tile: QWidget) -> None:
        def link(digest: Digest, target: Subject, stance: str) -> None:
            self._link((digest,), target, stance)

        menu = tile_menu(self, linked, link, partial(self.desk.go_to, "evidence", linked.digest))
        menu.actions()[-1].setText(_("Take it off this finding"))
        menu.popup(tile.mapToGlobal(QPoint(0, tile.height())))

    def _connect(self) -> None:
        self.side.finding_wanted.connect(self._begin_finding)
        self.side.limit_wanted.connect(self._begin_limit)
        self.side.list.chosen.connect(self.show_item)
        self.side.list.clicked.connect(lambda index: self.show_item(self.side.list.key_at(index)))
        self.new_finding.raised.connect(self._raise)
        self.new_limit.noted.connect(self._note)
        for form in (self.new_finding, self.new_limit, self.picker):
            form.given_up.connect(self._show)
        self.editor.withdrawn.connect(lambda reason: self._withdraw(FINDING, self.editor.finding, reason))
        self.limit.withdrawn.connect(lambda reason: self._withdraw(LIMIT, self.limit.limit, reason))
        for page in (self.editor, self.limit):
            page.criterion_wanted.connect(partial(self.desk.go_to, "criteria"))
        self.editor.evidence.add_wanted.connect(self.add_files)
        self.editor.evidence.link_wanted.connect(lambda _at: self.pick())
        self.editor.evidence.tile_chosen.connect(self._offer_tile)
        self.picker.picked.connect(self._picked)
        self.desk.theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.side.setFixedWidth(min(self.desk.theme.look.px(300), self.width() * 36 // 100))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()


def withdrawn(workspace: Workspace, visit: VisitId, subject: Subject, reason: str) -> tuple[EntryId, Changes]:
    """Withdraw a finding or a limit; gives the entry that did it, so that it can be taken back."""
    withdraw = withdraw_finding if subject.kind == FINDING else withdraw_limit
    changes = withdraw(workspace, visit, subject.id, reason=reason)
    return history(workspace, visit, subject)[-1].id, changes


def _empty_state(begin: Callable[[], object]) -> EmptyState:
    text = _(
        "A finding says what is wrong, or notably good, with the evidence for it and the requirement that it is measured by."
        " It is shown at the closing meeting, gets the site's reply, and goes into the signed report. What could not be seen is"
        " noted here too."
    )
    return EmptyState(_("No findings yet"), text, button(_("Raise the first finding"), begin, role="first"))
