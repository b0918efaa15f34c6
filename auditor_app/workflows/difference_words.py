"""The differences of two versions of a visit, and the office's decision, in words that window and command line share. Pure."""

from collections.abc import Mapping

from auditor_app.domain.differences import LINKED, SETTLED
from auditor_app.domain.findings import CLOSES
from auditor_app.domain.journal import Subject
from auditor_app.domain.provisional import RAISED, WITHDRAWN, Change
from auditor_app.domain.reviews import ACCEPTED, QUESTION, REPLY, RETURNED
from auditor_app.domain.reviews import WITHDRAWN as NOT_GONE_ON
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, FINDING, LIMIT, VISIT, VisitState
from auditor_app.form_engine.definition import Form
from auditor_app.ids import Digest
from auditor_app.translation import N_, _
from auditor_app.workflows.closing_words import FIELDS as FINDING_FIELDS
from auditor_app.workflows.closing_words import ChangeLine, position_words, state_words
from auditor_app.workflows.history import REVIEWED, UNDID
from auditor_app.workflows.wording import date_words, moment_words

DECISIONS = {ACCEPTED: N_("Accepted"), RETURNED: N_("Returned"), NOT_GONE_ON: N_("Withdrawn by the office")}
KINDS = {
    "area": N_("Area"),
    "document": N_("Document request"),
    "quota": N_("Interviews planned"),
    "workforce": N_("Workforce"),
    "interview": N_("Interview"),
    "quote": N_("Said in an interview"),
    "objection": N_("Objection"),
    "closing_meeting": N_("Closing meeting"),
    "attendee": N_("Attendance"),
    "equivalence": N_("Equivalence"),
}
FIELDS = {
    **FINDING_FIELDS,
    "because": N_("Reason"),
    "departs": N_("Why not as the answers suggest"),
    "applies": N_("Applies"),
    "applies_because": N_("Why it applies or not"),
    "answer": N_("Answer"),
    "note": N_("Note"),
    "caption": N_("Caption"),
    "what": N_("What was not seen"),
    "why": N_("Why"),
    "criteria": N_("Criteria"),
    "position": N_("The site's position"),
    "site_reply": N_("The site's reply"),
    "scope": N_("Scope"),
    "exclusions": N_("Exclusions"),
    REPLY: N_("Reply"),
    "supports": N_("Evidence that supports it"),
    "contradicts": N_("Evidence that contradicts it"),
    CLOSES: N_("Evidence that closes it"),
    SETTLED: N_("How it was settled"),
}
"""The names of fields; one that is not here is told by its own name."""

_LONGEST_TITLE = 80


def difference_line(state: VisitState, form: Form | None, change: Change) -> ChangeLine:
    """Put one difference into words; `state` is the later version, `form` its form where that is at hand."""
    raised, withdrawn = (
        (_("Raised since"), _("Withdrawn since")) if change.subject.kind == FINDING else (_("Added since"), _("Removed since"))
    )
    what = {RAISED: raised, WITHDRAWN: withdrawn}.get(change.kind) or _field(change.field)
    return ChangeLine(
        change=change,
        about=about_words(state, form, change.subject, change),
        what=what,
        before=_value(state, form, change.field, change.before) if change.field else "",
        after=_value(state, form, change.field, change.after) if change.field else "",
        who=state.auditors.get(change.by, "") if change.by else "",
        when=moment_words(change.at, change.offset) if change.at else "",
        why=_why(change.reason),
    )


def about_words(state: VisitState, form: Form | None, subject: Subject, change: Change | None = None) -> str:
    """Name what a difference or a question is about; what is not there any more by what is still known of it."""
    if subject.kind == FINDING:
        return _finding(state, subject.id, change)
    if subject.kind == CRITERION:
        return _criterion(form, subject.id)
    if subject.kind == CHECK:
        return _check(form, subject.id)
    title = _short(change.title) if change else ""
    templates: Mapping[str, str] = {
        VISIT: _("Visit"),
        "report": _("The whole report"),
        EVIDENCE: _("Evidence “{title}”"),
        LIMIT: _("Not seen: {title}"),
        QUESTION: _("The office's question “{title}”"),
    }
    template = templates.get(subject.kind, _("{kind}: {title}"))
    return template.format(kind=_(KINDS.get(subject.kind, subject.kind)), title=title)


def decision_words(decision: str) -> str:
    """Name a decision of the office; "" for none."""
    return _(DECISIONS[decision]) if decision in DECISIONS else ""


def _finding(state: VisitState, finding: str, change: Change | None) -> str:
    known = {one.id: (number, one.title) for number, one in enumerate(state.findings, start=1)}
    number, title = known.get(finding, (change.number if change else 0, change.title if change else ""))
    return _("Finding {number}: {title}").format(number=number, title=title) if number else _("a withdrawn finding")


def _criterion(form: Form | None, number: str) -> str:
    criterion = form.criterion(number) if form else None
    return _("Criterion {number} {name}").format(number=number, name=criterion.name if criterion else "").strip()


def _check(form: Form | None, check: str) -> str:
    known = {one.id: (criterion.number, one.prompt) for criterion in (form.criteria if form else ()) for one in criterion.checks}
    return f"{known[check][0]} · {known[check][1]}" if check in known else check


def _field(name: str) -> str:
    return _(FIELDS[name]) if name in FIELDS else name.replace("_", " ")


def _why(reason: str) -> str:
    if reason.startswith(UNDID):
        return _("taken back")
    return "" if reason.startswith(REVIEWED) else reason


def _value(state: VisitState, form: Form | None, name: str, value: object) -> str:
    if isinstance(value, tuple):
        titles = {digest: one.title for digest, one in state.evidence.items()} if name in LINKED else {}
        return ", ".join(titles.get(Digest(str(one)), str(one)) for one in value)
    if name == "systemic":
        return _("Systemic") if value else _("Isolated")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _text(form, name, str(value)) if value else ""


def _text(form: Form | None, name: str, text: str) -> str:
    """Put a key of the form or the program into its words."""
    if name in {"due", "closed_on"}:
        return date_words(text)
    if name == "state":
        return state_words(text)
    if name == "position":
        return position_words(text) or text
    grade, level = (form.grade(text), form.level(text)) if form else (None, None)
    answers = {one.key: one.label for one in form.rating.check_answers} if form else {}
    known = {"grade": grade.label if grade else text, "rating": level.label if level else text, "answer": answers.get(text, text)}
    return known.get(name, text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"
