"""A part of the plan that is one list, with suggestions for its next lines."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import ListPlan
from auditor_app.ui.lines.line_list import LineList
from auditor_app.ui.screens.plan.part import PlanPart
from auditor_app.ui.screens.plan.suggestions import Suggestions
from auditor_app.ui.widgets.focus import hand_focus_on

if TYPE_CHECKING:
    from auditor_app.workflows.visits import OpenVisit

Lines = Callable[["OpenVisit"], tuple[Any, ...]]
Offers = Callable[["OpenVisit"], tuple[tuple[str, ...], tuple[str, ...]]]
"""Words that the list completes, and those of them to offer for a click."""


class ListPart(PlanPart):
    """Shows one of the visit's lists."""

    def __init__(self, desk: Desk, plan: ListPlan, words: str, lines: Lines, offers: Offers | None = None, *, offered: str = "") -> None:
        """Edit the lines that `lines` takes from a visit; `offers` suggests what to add, under the words `offered`."""
        super().__init__(desk, words)
        self.list = LineList(desk, plan)
        self._lines, self._offers = lines, offers
        self.suggestions = Suggestions(offered or _("Suggestions"), self._take)
        self.content.addWidget(self.list)
        self.content.addWidget(self.suggestions)
        self.content.addStretch(1)
        hand_focus_on(self, self.list)

    def show_visit(self, opened: "OpenVisit") -> None:
        """Show the list of a visit."""
        if self._offers is not None:
            known, offered = self._offers(opened)
            self.list.suggest(known)
            self.suggestions.show_words(offered)
        self.list.show_lines(opened.state.id, self._lines(opened))

    def show_item(self, item: str) -> bool:
        """Go to a line by its id."""
        if item in self.list.rows:
            self.list.focus_line(item)
            self.area.ensureWidgetVisible(self.list.rows[item])
            return True
        return False

    def commit(self) -> None:
        """Save what is typed."""
        self.list.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return self.list.unsaved

    def _take(self, word: str) -> None:
        self.list.add(**{self.list.plan.first.field: word})
