"""What the hand-over screen shows of the office's review, as pure functions. Free of Qt widgets."""

from auditor_app.domain.journal import Subject
from auditor_app.domain.provisional import Change
from auditor_app.domain.reviews import ACCEPTED, QUESTION, RETURNED, Decision, Question
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, FINDING, LIMIT
from auditor_app.translation import _
from auditor_app.ui.glyphs import GOOD, OPEN, OUTSIDE, WAITING, Mark
from auditor_app.ui.moments import full_words
from auditor_app.workflows.visits import OpenVisit

_STAGES = {CRITERION: "criteria", FINDING: "findings", LIMIT: "findings", EVIDENCE: "evidence", "interview": "interviews"}
_PLANNED = ("area", "document", "quota", "workforce", "equivalence", "visit")


def decided_words(decision: Decision | None) -> str:
    """Say what the office decided, when and by whom."""
    if decision is None:
        return _("The office has not decided yet")
    templates: dict[str, str] = {
        ACCEPTED: _("Accepted by the office, {when} · {name}, round {round}"),
        RETURNED: _("Returned by the office, {when} · {name}, round {round}"),
    }
    template = templates.get(decision.decision, _("Withdrawn by the office, {when} · {name}, round {round}"))
    return template.format(when=full_words(decision.made_at), name=decision.by, round=decision.round)


def meaning_words(decision: Decision | None) -> str:
    """Say what a decision means for the work."""
    if decision is None:
        return _("What it asks comes into the mailbox or on a stick, and is listed here and shown at its place.")
    if decision.decision == RETURNED:
        return _("The visit is open again. Answer the questions, change what is to be changed, then make another bundle.")
    if decision.decision == ACCEPTED:
        return _("The visit is closed for good. What you change now is not part of what was accepted.")
    return _("The office goes no further with this visit. What you change now is not looked at.")


def decided_mark(decision: Decision | None) -> Mark:
    """Give the mark of a decision."""
    marks: dict[str, Mark] = {ACCEPTED: GOOD, RETURNED: WAITING}
    return OPEN if decision is None else marks.get(decision.decision, OUTSIDE)


def place_of(opened: OpenVisit, subject: Subject) -> tuple[str, str]:
    """Give the stage and the item where a subject is worked on; an empty stage for what is nowhere, such as a withdrawn finding."""
    if subject.kind == CHECK:
        number = next((str(one.number) for one in opened.form.criteria for check in one.checks if check.id == subject.id), "")
        return ("criteria", number) if number else ("", "")
    if subject.kind == CRITERION:
        return ("criteria", subject.id) if opened.form.criterion(subject.id) else ("", "")
    if subject.kind == FINDING:
        return ("findings", subject.id) if any(one.id == subject.id for one in opened.state.findings) else ("", "")
    return ("plan", "") if subject.kind in _PLANNED else (_STAGES.get(subject.kind, ""), subject.id)


def answered_here(opened: OpenVisit) -> tuple[Question, ...]:
    """List the questions that have no place of their own: about the whole, or about what is not there any more."""
    return tuple(one for one in opened.state.questions if not place_of(opened, one.target)[0])


def answered_there(opened: OpenVisit) -> tuple[Question, ...]:
    """List the questions that are answered at their place, those without a reply first."""
    placed = [one for one in opened.state.questions if place_of(opened, one.target)[0]]
    return tuple(sorted(placed, key=lambda one: one.is_answered))


def change_place(opened: OpenVisit, change: Change) -> tuple[str, str]:
    """Give the place of what was changed; a reply is at what its question is about."""
    if change.subject.kind == QUESTION:
        asked = next((one for one in opened.state.questions if one.id == change.subject.id), None)
        return place_of(opened, asked.target) if asked else ("", "")
    return place_of(opened, change.subject)
