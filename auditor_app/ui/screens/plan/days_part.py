"""Team and days: who comes, from when to when, and what each day is for."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from auditor_app.domain.changes import Changes
from auditor_app.ids import VisitId
from auditor_app.translation import N_, _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import DATE
from auditor_app.ui.lines.line_list import LineList
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.plan.facts import WHOLE, Fact, FactsCard
from auditor_app.ui.screens.plan.lists import DAYS
from auditor_app.ui.screens.plan.part import PlanPart
from auditor_app.ui.screens.plan.view_state import days_between
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.lists import add_line
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.workflows.visits import OpenVisit

TEAM = (
    Fact(name="starts_on", title=N_("First day"), kind=DATE),
    Fact(name="ends_on", title=N_("Last day"), kind=DATE),
    Fact(name="team", title=N_("Team"), hint=N_("One a line: Rosa Vidal (lead)"), width=WHOLE),
)


class DaysPart(PlanPart):
    """A card of facts and the list of days."""

    def __init__(self, desk: Desk) -> None:
        """Make both."""
        super().__init__(desk, _("Who comes, from when to when, and what each day is for."))
        self.facts = FactsCard(desk, _("When and who"), TEAM)
        self.list = LineList(desk, DAYS)
        self._visit, self._days = VisitId(""), tuple[str, ...]()
        self.lay_out = for_writing(button("", self._lay_days_out))
        head = QHBoxLayout()
        head.addWidget(label(_("Days"), "section"))
        head.addStretch(1)
        head.addWidget(self.lay_out)
        self.content.addWidget(self.facts)
        self.content.addLayout(head)
        self.content.addWidget(self.list)
        self.content.addStretch(1)

    def show_visit(self, opened: "OpenVisit") -> None:
        """Show team and days of a visit."""
        state = opened.state
        self._visit = state.id
        first, last = str(state.facts.get("starts_on", "")), str(state.facts.get("ends_on", ""))
        self._days = days_between(first, last, (day.date for day in state.days))
        self.lay_out.setVisible(bool(self._days))
        self.lay_out.setText(plural("Add the {count} day that is missing", "Add the {count} days that are missing", len(self._days)))
        self.lay_out.setAccessibleName(self.lay_out.text())
        self.facts.show_facts(state.id, state.facts)
        self.list.show_lines(state.id, sorted(state.days, key=lambda day: (day.date, day.id)))

    def show_item(self, item: str) -> bool:
        """Go to a day by its id."""
        if item in self.list.rows:
            self.list.focus_line(item)
            return True
        return False

    def commit(self) -> None:
        """Save what is typed."""
        self.facts.commit()
        self.list.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return self.facts.unsaved or self.list.unsaved

    def _lay_days_out(self) -> None:
        """Add a line for every day of the visit that has none."""
        visit, days = self._visit, self._days
        self.desk.background.change(lambda workspace: with_days(workspace, visit, days), owner=self)


def with_days(workspace: Workspace, visit: VisitId, days: tuple[str, ...]) -> tuple[Changes, ...]:
    """Add a line for each day."""
    with workspace.transaction():
        return tuple(add_line(workspace, visit, DAYS.kind, date=day)[1] for day in days)
