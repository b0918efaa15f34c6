"""The plan: its parts as tabs, each with how far it is."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from auditor_app.domain.changes import Changes
from auditor_app.translation import N_, _
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.plan.applicability_part import ApplicabilityPart
from auditor_app.ui.screens.plan.days_part import DaysPart
from auditor_app.ui.screens.plan.list_part import ListPart
from auditor_app.ui.screens.plan.lists import AREAS, DOCUMENTS, EQUIVALENCES, INTERVIEWS, PEOPLE
from auditor_app.ui.screens.plan.part import PlanPart
from auditor_app.ui.screens.plan.site_part import SitePart
from auditor_app.ui.screens.plan.view_state import WORKFORCE_GROUPS, counts, form_groups, not_planned
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.tabs import Tabs
from auditor_app.workflows.visits import OpenVisit

TITLES = {
    "site": N_("Site"),
    "days": N_("Team and days"),
    "areas": N_("Areas"),
    "documents": N_("Documents"),
    "interviews": N_("Interview plan"),
    "workforce": N_("Workforce"),
    "equivalences": N_("Equivalences"),
    "applicability": N_("Applicability"),
}


class PlanScreen(Screen):
    """Shows one part at a time; Ctrl+PgUp and Ctrl+PgDn turn to the next one. Every field saves by itself."""

    def __init__(self, desk: Desk) -> None:
        """Make tabs and parts."""
        super().__init__(desk)
        self.parts = _make_parts(desk)
        self._tabs, self._stack, head = Tabs(desk.theme, TITLES, self), QStackedWidget(), QVBoxLayout()
        self.tabs = self._tabs.buttons
        head.setContentsMargins(28, 10, 28, 0)
        head.addWidget(self._tabs)
        for part in self.parts.values():
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self._tabs.turned.connect(self.turn_to)
        self.turn_to("site")

    @property
    def part(self) -> PlanPart:
        """Give the part in front."""
        return self.parts[self.key]

    @property
    def key(self) -> str:
        """Tell which part is in front."""
        return next(key for key, part in self.parts.items() if part is self._stack.currentWidget())

    def turn_to(self, key: str) -> None:
        """Bring a part to the front."""
        self.part.commit()
        self._stack.setCurrentWidget(self.parts[key])
        self._tabs.show_key(key, counts(self.opened) if self.opened else {})
        if self.opened is not None:
            self.part.show_visit(self.opened)

    def show_visit(self, opened: OpenVisit) -> None:
        """Show the plan of a visit."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            QTimer.singleShot(0, self, self._begin)
        self.opened = opened
        self._tabs.show_key(self.key, counts(opened))
        self.part.show_visit(opened)

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show the plan as it is now; what is being typed stays."""
        self.show_visit(opened)

    def show_item(self, item: str) -> None:
        """Bring a part to the front by its key, or a line by its id."""
        if item in self.parts:
            self.turn_to(item)
            self.tabs[item].setFocus()
            return
        for key, part in self.parts.items():
            if self.opened is not None and key != "applicability":
                part.show_visit(self.opened)
                if part.show_item(item):
                    self.turn_to(key)
                    part.show_item(item)
                    return

    @property
    def shown_item(self) -> str:
        """Give the key of the part in front."""
        return self.key

    def leave(self) -> None:
        """Save what is typed."""
        self.part.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved, or is no line yet."""
        return any(part.unsaved for part in self.parts.values())

    def _begin(self) -> None:
        """Begin at the tab in front, unless a line was gone to."""
        if not self.part.isAncestorOf(self.focusWidget() or self):
            self.tabs[self.key].setFocus()


def _make_parts(desk: Desk) -> dict[str, PlanPart]:
    never_rates = _("Certificates offered in place of checks. They never give a rating.")
    by_form = _("Groups that the form wants heard at this type of site")
    return {
        "site": SitePart(desk),
        "days": DaysPart(desk),
        "areas": ListPart(desk, AREAS, _("The places to see with your own eyes."), lambda opened: opened.state.areas),
        "documents": ListPart(desk, DOCUMENTS, _("What the site is asked to show."), lambda opened: opened.state.documents),
        "interviews": ListPart(
            desk, INTERVIEWS, _("Whom to hear, and how many. Never names."), lambda opened: opened.state.quotas, _to_hear, offered=by_form
        ),
        "workforce": ListPart(desk, PEOPLE, _("Who works at the site."), lambda opened: opened.state.workforce, _at_work),
        "equivalences": ListPart(desk, EQUIVALENCES, never_rates, lambda opened: opened.state.equivalences),
        "applicability": ApplicabilityPart(desk),
    }


def _to_hear(opened: OpenVisit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    groups = form_groups(opened)
    return groups, not_planned(groups, opened)


def _at_work(opened: OpenVisit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = {group.group.casefold() for group in opened.state.workforce}
    words = tuple(_(one) for one in WORKFORCE_GROUPS)
    return words, tuple(one for one in words if one.casefold() not in known)
