"""What the office asks for, above the facts of the site: the assignment, and what the visit before left open."""

from auditor_app.domain.earlier import EarlierFinding
from auditor_app.translation import _
from auditor_app.ui.moments import day_words
from auditor_app.ui.widgets.card import Card, empty_layout
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.visits import OpenVisit


class AssignmentCard(Card):
    """Only words; it is not there where no office assigned the visit."""

    def __init__(self) -> None:
        """Begin without an assignment."""
        super().__init__("soft", margin=18, spacing=4)
        self._shown: tuple[object, ...] = ()
        self.hide()

    def show_assignment(self, opened: OpenVisit) -> None:
        """Show what the office handed over with a visit."""
        asked, left = opened.state.facts.get("assignment", {}), tuple(one for one in opened.state.earlier if one.is_open)
        self.setVisible(bool(asked or left))
        if self._shown == (asked, left):
            return
        self._shown = asked, left
        empty_layout(self.content)
        self.content.addWidget(label(_("From the office"), "copper"))
        if line := _line(asked):
            self.content.addWidget(label(line, "strong", wrap=True))
        if instructions := asked.get("instructions", ""):
            self.content.addWidget(label(instructions, wrap=True))
        for one in left:
            self.content.addWidget(label(_("Left open: {finding}").format(finding=_finding(one)), wrap=True))


def _line(asked: dict[str, str]) -> str:
    number = _("Assignment {number}").format(number=asked["number"]) if asked.get("number") else ""
    due = _("due {day}").format(day=day_words(asked["due"])) if asked.get("due") else ""
    return " · ".join(part for part in (number, due) if part)


def _finding(one: EarlierFinding) -> str:
    due = _("due {day}").format(day=day_words(one.due)) if one.due else ""
    where = _("criteria {numbers}").format(numbers=", ".join(one.criteria)) if one.criteria else one.was
    return " · ".join(part for part in (one.title, one.grade, due, where) if part)
