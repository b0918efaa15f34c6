"""Applicability: every criterion with what form and plan say of it, grouped as the form groups them."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.plan.part import PlanPart
from auditor_app.ui.screens.plan.scope_row import ScopeHead, ScopeRow
from auditor_app.ui.screens.plan.view_state import scoped, team_names
from auditor_app.ui.widgets.card import Card, empty_layout, section_title
from auditor_app.workflows.planning import assign, set_applicability

if TYPE_CHECKING:
    from auditor_app.workflows.visits import OpenVisit


class ApplicabilityPart(PlanPart):
    """Rows by the numbers of their criteria; they are made anew for another form only."""

    def __init__(self, desk: Desk) -> None:
        """Begin without a form."""
        words = _("The form says which criteria usually apply to this type of site; you have the last word, with a reason.")
        super().__init__(desk, words)
        self.rows: dict[str, ScopeRow] = {}
        self._counters: dict[str, QLabel] = {}
        self._digest, self._visit, self._names = "", VisitId(""), tuple[str, ...]()

    def show_visit(self, opened: "OpenVisit") -> None:
        """Show the criteria of a visit."""
        self._visit = opened.state.id
        if self._digest != opened.compiled.digest:
            self._make_rows(opened)
        if self._names != team_names(opened):
            self._names = team_names(opened)
            for row in self.rows.values():
                row.suggest(self._names)
        known = scoped(opened)
        for one in known:
            self.rows[one.number].show_scoped(opened.state.id, one)
        for pillar, counter in self._counters.items():
            of_pillar = [one.applies for one in known if one.criterion.pillar == pillar]
            counter.setText(_("{done} of {total} apply").format(done=sum(of_pillar), total=len(of_pillar)))

    def show_item(self, item: str) -> bool:
        """Go to a criterion by its number."""
        if item in self.rows:
            self.rows[item].focus_on()
            return True
        return False

    def commit(self) -> None:
        """Save what is typed."""
        for row in self.rows.values():
            row.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether a choice waits for its reason, or a name could not be saved."""
        return any(row.unsaved for row in self.rows.values())

    def _make_rows(self, opened: "OpenVisit") -> None:
        self._digest = opened.compiled.digest
        self.content.removeWidget(self.words)
        empty_layout(self.content)
        self.content.addWidget(self.words)
        self.content.addWidget(ScopeHead(self.desk))
        self.rows, self._counters, self._names = {}, {}, ()
        for pillar in opened.form.pillars:
            title, self._counters[pillar.key] = section_title(pillar.name)
            card = Card(margin=0, spacing=0)
            for criterion in opened.form.criteria:
                if criterion.pillar == pillar.key:
                    row = ScopeRow(self.desk, self._apply, self._assign)
                    row.stepped.connect(self._step)
                    row.setProperty("card", "row" if card.content.count() else "first_row")
                    self.rows[str(criterion.number)] = row
                    card.content.addWidget(row)
            self.content.addLayout(title)
            self.content.addWidget(card)
        self.content.addStretch(1)

    def _step(self, number: str, step: int) -> None:
        """Go to who works on the criterion above or below."""
        numbers = list(self.rows)
        at = numbers.index(number) + step
        if 0 <= at < len(numbers):
            self.rows[numbers[at]].focus_on()

    def _apply(self, number: str, word: str, because: str, done: Done, failed: Done) -> None:
        visit = self._visit
        self.desk.save(
            lambda workspace: set_applicability(workspace, visit, number, word, because),
            owner=self,
            done=done,
            failed=failed,
        )

    def _assign(self, number: str, who: str, done: Done, failed: Done) -> None:
        visit = self._visit
        self.desk.save(
            lambda workspace: assign(workspace, visit, number, who),
            owner=self,
            done=done,
            failed=failed,
        )
