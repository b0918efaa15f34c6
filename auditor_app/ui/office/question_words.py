"""Questions of the office in words and marks. Free of Qt widgets."""

from auditor_app.translation import N_, _
from auditor_app.ui.glyphs import GOOD, OPEN, OUTSIDE, WAITING, Mark
from auditor_app.ui.moments import local_words
from auditor_app.workflows.office.review_state import ANSWERED, DRAFT, SETTLED, QuestionLine
from auditor_app.workflows.office.review_state import OPEN as UNANSWERED

STATES = {
    DRAFT: (N_("not sent yet"), WAITING),
    UNANSWERED: (N_("no reply yet"), OPEN),
    ANSWERED: (N_("answered"), GOOD),
    SETTLED: (N_("needs no reply"), OUTSIDE),
}
"""By the state of a question its words and mark."""

PLACES = {"criterion": "criteria", "check": "criteria", "finding": "findings", "report": "report"}
"""By what a question is about the stage where that is read."""


def question_mark(one: QuestionLine) -> Mark:
    """Give the mark of a question's state."""
    return STATES[one.state][1]


def question_state(one: QuestionLine) -> str:
    """Say in which round a question is asked and how it stands."""
    return _("Round {number}").format(number=one.round) + " · " + _(STATES[one.state][0])


def standing(one: QuestionLine) -> tuple[object, ...]:
    """Give what a row of a question shows beside the words that are typed into it: it is made anew when any of that changes."""
    return (one.id, one.about, one.state, one.reply, one.settled, "" if one.state == DRAFT else one.text)


def reply_words(one: QuestionLine) -> str:
    """Say who replied, and when; empty before that."""
    if not one.reply:
        return ""
    when = local_words(one.replied_at) if one.replied_at else ""
    return " · ".join(part for part in (one.replied_by, when) if part)


def place_of(one: QuestionLine) -> tuple[str, str]:
    """Give the stage and the item where what is asked about is read."""
    about, item = one.about.kind, one.about.id
    return PLACES[about], item.partition("-")[0] if about == "check" else "" if about == "report" else item
