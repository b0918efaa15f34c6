"""The findings screen: the list at the side, one finding or limit in front, and what each action saves."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.findings import CLOSED, CLOSES
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, LIMIT
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.screens.criteria.evidence_menu import tile_menu
from auditor_app.ui.screens.criteria.view_state import Linked
from auditor_app.ui.screens.findings.acts import FindingActs
from auditor_app.ui.screens.findings.editor import FindingEditor
from auditor_app.ui.screens.findings.follow_up import ignore
from auditor_app.ui.screens.findings.forms import NewFinding, NewLimit
from auditor_app.ui.screens.findings.limit_editor import LimitEditor
from auditor_app.ui.screens.findings.picker import EvidencePicker
from auditor_app.ui.screens.findings.plan_page import PlanPage
from auditor_app.ui.screens.findings.register_filter import today
from auditor_app.ui.screens.findings.side import FindingsSide
from auditor_app.ui.screens.findings.view_state import counted, linked_to, rows_of
from auditor_app.ui.screens.taking_in import TakesEvidence
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.workflows.visits import OpenVisit

PLAN = "improvement plan"
"""The item of the findings stage that is the improvement plan."""


class FindingsScreen(TakesEvidence):
    """Raises, words, grades and withdraws findings; notes what was not seen."""

    def __init__(self, desk: Desk) -> None:
        """Build list, editor and forms."""
        super().__init__(desk)
        self.item = ""
        self.side = FindingsSide(desk.theme)
        self._acts, self._picks = FindingActs(desk, self), "supports"
        self.editor = FindingEditor(desk, self._acts.revise)
        self.limit = LimitEditor(desk, self._acts.revise_limit)
        self.plan = PlanPage(desk)
        self.new_finding, self.new_limit = NewFinding(), NewLimit(desk.theme)
        self.picker = EvidencePicker(desk)
        self._front = QStackedWidget()
        self._places: dict[QWidget, QWidget] = {self.picker: self.picker}
        for page in (self.editor, self.new_finding, self.new_limit, self.limit, self.plan):
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
        in_front = self._front.currentWidget()
        writing = in_front in {self._places[page] for page in (self.new_finding, self.new_limit, self.picker)}
        made = changes.subjects & {Subject(FINDING, self.item), Subject(LIMIT, self.item)}
        self.plan.show_plan(opened)
        self._show(list_only=in_front is self._places[self.plan] or (writing and not made))

    def show_item(self, item: str) -> None:
        """Show a finding or a limit by its id, the plan (PLAN), or begin a finding on a criterion ("new:17") or a check ("check:17-d1")."""
        what, _colon, of = item.partition(":")
        if what in {"new", "check"}:
            self._begin_finding(**{"criterion" if what == "new" else "check": of})
            return
        if item == PLAN:
            self._begin_plan()
            return
        self._commit()
        self.item = item
        self._show()

    @property
    def shown_item(self) -> str:
        """Give the id of the finding or limit in front."""
        return self.item

    def show_first_page(self) -> None:
        """Go back from the improvement plan to the finding."""
        if self._front.currentWidget() is self._places[self.plan]:
            self._show()

    def leave(self) -> None:
        """Save every text that is not saved."""
        self._commit()

    def _commit(self) -> None:
        self.editor.commit()
        self.limit.commit()

    def _show(self, *, list_only: bool = False) -> None:
        if self.opened is None:
            return
        state = self.opened.state
        findings = {one.id: (number, one) for number, one in enumerate(state.findings, start=1)}
        limits = {one.id: one for one in state.limits}
        if self.item not in findings and self.item not in limits:
            self.item = next(iter([*findings, *limits]), "")
        self.side.offer(self.opened)
        self.side.list.show_rows(rows_of(self.opened, self.side.filter.wanted, today()), self.item)
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
            self.side.show()
            self._front.setCurrentWidget(self.empty)

    def _turn_to(self, page: QWidget) -> None:
        place = self._places[page]
        self.side.setVisible(page is not self.plan)
        if self._front.currentWidget() is not place and isinstance(place, QScrollArea):
            place.verticalScrollBar().setValue(0)
        self._front.setCurrentWidget(place)

    def _scroll_to(self, part: QWidget) -> None:
        place = self._places[self.editor]
        if isinstance(place, QScrollArea):
            QTimer.singleShot(0, part, lambda: place.ensureWidgetVisible(part))

    def scroll_to_end(self) -> None:
        """Show the end of the finding."""
        place = self._places[self.editor]
        if isinstance(place, QScrollArea):
            place.verticalScrollBar().setValue(place.verticalScrollBar().maximum())

    def _begin_finding(self, criterion: str = "", check: str = "") -> None:
        if self.opened is not None and not only_reads():
            self._commit()
            self._turn_to(self.new_finding)
            self.new_finding.begin(self.opened, criterion, check)

    def _begin_limit(self) -> None:
        if self.opened is not None:
            self._commit()
            self._turn_to(self.new_limit)
            self.new_limit.begin(self.opened)

    def _begin_plan(self) -> None:
        if self.opened is not None:
            self._commit()
            self.plan.show_plan(self.opened)
            self._turn_to(self.plan)
            self.plan.back.setFocus()

    def _raise(self, criterion: str, check: str, title: str, grade: str) -> None:
        self._acts.raise_finding(self._visit, (criterion, check), title, grade, self._made)

    def _note(self, what: str, why: str, criteria: tuple[str, ...]) -> None:
        self._acts.note_limit(self._visit, what, why, criteria, self._made)

    def _made(self, item: str) -> None:
        """Go on with what was made once the visit is loaded anew; a filter would hide it."""
        self.side.filter.clear()
        self.item = item

    def _set_state(self, finding: str, state: str) -> None:
        """Set the state of a line of the plan; a closure that nothing shows yet is asked for at the finding."""
        opened = self.opened
        if opened is None:
            return
        shown = linked_to(opened, finding, closing=True) or any(one.id == finding and one.closed_because for one in opened.state.findings)
        if state == CLOSED and not shown:
            self.show_item(finding)
            self.editor.follow_up.choose(CLOSED)
            self._scroll_to(self.editor.follow_up)
        else:
            self._acts.revise(opened.state.id, finding, {"state": state}, ignore, lambda _error: self._show())

    def _withdraw(self, kind: str, item: str, reason: str) -> None:
        self._commit()
        self._acts.withdraw(self._visit, Subject(kind, item), reason, self._bring_back)

    def _bring_back(self, item: str) -> None:
        self.item = item

    def evidence_goes_to(self) -> tuple[VisitId, tuple[Subject, ...]] | None:
        """Take evidence in for the finding that is shown."""
        if self.opened is None or self._front.currentWidget() is not self._places[self.editor]:
            return None
        return self.opened.state.id, (Subject(FINDING, self.editor.finding),)

    def pick(self, stance: str = "supports") -> None:
        """Let a person choose evidence of the visit for the finding shown, or what shows that it is closed."""
        if self.opened is not None:
            self._picks = stance
            linked = {link.evidence for link in self.opened.state.links_to(Subject(FINDING, self.editor.finding))}
            self._turn_to(self.picker)
            self.picker.begin(self.opened, linked)

    def _picked(self, digests: tuple[Digest, ...]) -> None:
        self._turn_to(self.editor)
        self._acts.link(self._visit, digests, Subject(FINDING, self.editor.finding), self._picks)

    def _add_closure(self) -> None:
        """Take files in that show that the finding is closed."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Add what shows that it is closed"))
        self.take_closure([Path(name) for name in names])

    def take_closure(self, files: list[Path]) -> None:
        """Take files in as what shows that the finding is closed."""
        if files:
            self.desk.intake.take_files(self._visit, files, (Subject(FINDING, self.editor.finding),), CLOSES)

    def _offer_tile(self, linked: Linked, tile: QWidget) -> None:
        def link(digest: Digest, target: Subject, stance: str) -> None:
            self._acts.link(self._visit, (digest,), target, stance)

        menu = tile_menu(self, linked, link, partial(self.desk.go_to, "evidence", linked.digest))
        if not only_reads():
            menu.actions()[-1].setText(_("Take it off this finding"))
        menu.popup(tile.mapToGlobal(QPoint(0, tile.height())))

    def _offer_closing_tile(self, linked: Linked, tile: QWidget) -> None:
        menu = QMenu(self)
        menu.addAction(_("Show in Evidence")).triggered.connect(lambda _checked=False: self.desk.go_to("evidence", linked.digest))
        if not only_reads():
            take_off = menu.addAction(_("It does not show that"))
            take_off.triggered.connect(lambda _checked=False: self._acts.link(self._visit, (linked.digest,), linked.targets[0], ""))
        menu.popup(tile.mapToGlobal(QPoint(0, tile.height())))

    def _connect(self) -> None:
        self.side.finding_wanted.connect(self._begin_finding)
        self.side.limit_wanted.connect(self._begin_limit)
        self.side.list.chosen.connect(self.show_item)
        self.side.list.clicked.connect(lambda index: self.show_item(self.side.list.key_at(index)))
        self.new_finding.raised.connect(self._raise)
        self.new_limit.noted.connect(self._note)
        for left in (self.new_finding.given_up, self.new_limit.given_up, self.picker.given_up, self.plan.left):
            left.connect(self._show)
        self.editor.withdrawn.connect(lambda reason: self._withdraw(FINDING, self.editor.finding, reason))
        self.limit.withdrawn.connect(lambda reason: self._withdraw(LIMIT, self.limit.limit, reason))
        for page in (self.editor, self.limit):
            page.criterion_wanted.connect(partial(self.desk.go_to, "criteria"))
        self.editor.evidence.add_wanted.connect(self.add_files)
        self.editor.evidence.link_wanted.connect(lambda _at: self.pick())
        self.editor.evidence.tile_chosen.connect(self._offer_tile)
        self.editor.follow_up.pick_wanted.connect(partial(self.pick, CLOSES))
        self.editor.follow_up.add_wanted.connect(self._add_closure)
        self.editor.follow_up.evidence.tile_chosen.connect(self._offer_closing_tile)
        self.side.plan_wanted.connect(self._begin_plan)
        self.side.filter.changed.connect(lambda: self._show(list_only=True))
        self.plan.finding_wanted.connect(self.show_item)
        self.plan.state_wanted.connect(self._set_state)
        self.picker.picked.connect(self._picked)
        self.desk.theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.side.setFixedWidth(min(self.desk.theme.look.px(300), self.width() * 36 // 100))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()


def _empty_state(begin: Callable[[], object]) -> EmptyState:
    text = _(
        "A finding says what is wrong, or notably good, with the evidence for it and the requirement that it is measured by."
        " It is shown at the closing meeting, gets the site's reply, and goes into the signed report. What could not be seen is"
        " noted here too."
    )
    return EmptyState(_("No findings yet"), text, for_writing(button(_("Raise the first finding"), begin, role="first")))
