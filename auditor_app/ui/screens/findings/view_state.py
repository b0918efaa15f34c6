"""What the findings screen shows, as pure functions of a visit: rows, marks, words. Free of Qt widgets."""

from auditor_app.domain.findings import AGREES, CLOSED, CLOSES, DISAGREES, IN_PROGRESS, REPLIED
from auditor_app.domain.findings import OPEN as OPEN_STATE
from auditor_app.domain.findings import PARTLY as PARTLY_AGREES
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, Finding, Limit
from auditor_app.form_engine.definition import Form
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, DIFFER, GOOD, OPEN, OUTSIDE, PARTLY, WAITING, Mark
from auditor_app.ui.moments import day_words
from auditor_app.ui.screens.criteria.view_state import Linked
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.closing_words import state_words
from auditor_app.workflows.finding_register import GAP, Numbered, Wanted, is_followed_up, register
from auditor_app.workflows.visits import OpenVisit

STATE_MARKS = {OPEN_STATE: OPEN, REPLIED: WAITING, IN_PROGRESS: PARTLY, CLOSED: GOOD}
POSITION_MARKS = {AGREES: GOOD, PARTLY_AGREES: PARTLY, DISAGREES: DIFFER, "": OPEN}


def grade_mark(form: Form, key: str) -> Mark:
    """Give the mark of a grade by what the form says of it: the first gap is the worst."""
    grade = form.grade(key)
    if grade is not None and grade.nature != GAP:
        return WAITING if grade.nature == "observation" else GOOD
    gaps = [one.key for one in form.finding_grades if one.nature == GAP]
    return BAD if gaps[:1] == [key] else PARTLY


def grade_label(form: Form, key: str) -> str:
    """Give the form's words for a grade."""
    return next((grade.label for grade in form.finding_grades if grade.key == key), key)


def rows_of(opened: OpenVisit, wanted: Wanted, today: str) -> tuple[Row, ...]:
    """Make the rows of the list: the findings that are wanted, then what was not seen unless only some findings are."""
    state = opened.state
    findings = [_finding_row(opened, one, today) for one in register(opened, wanted)]
    limits = [_limit_row(one) for one in state.limits] if wanted == Wanted() else []
    count = len(state.findings)
    shown = str(count or "") if wanted == Wanted() else _("{shown} of {count}").format(shown=len(findings), count=count)
    found = Row(key="findings", title=_("FINDINGS"), side=shown)
    not_seen = Row(key="limits", title=_("NOT SEEN"), side=str(len(limits) or ""))
    return (*((found, *findings) if findings or wanted != Wanted() else ()), *((not_seen, *limits) if limits else ()))


def standing_words(opened: OpenVisit, finding: Finding, today: str) -> str:
    """Say how a finding stands, where it is no longer just open: its state, or that its day has passed."""
    if not is_followed_up(opened, finding):
        return ""
    if finding.is_overdue(today):
        return _("overdue since {day}").format(day=day_words(finding.due))
    return state_words(finding.state) if finding.state != OPEN_STATE else ""


def due_words(finding: Finding, today: str) -> str:
    """Write the day of the improvement plan, and that it has passed."""
    if not finding.due:
        return _("no day")
    due = day_words(finding.due)
    return _("{day} overdue").format(day=due) if finding.is_overdue(today) else due


def missing_in(opened: OpenVisit, finding: Finding) -> tuple[str, ...]:
    """List what a reader of the report would miss."""
    wanted = [(_("statement"), finding.statement), (_("objective evidence"), finding.objective_evidence)]
    if is_followed_up(opened, finding):
        wanted.append((_("requirement"), finding.requirement))
    return tuple(name for name, text in wanted if not text.strip())


def linked_to(opened: OpenVisit, finding: str, *, closing: bool = False) -> tuple[Linked, ...]:
    """Gather the evidence of a finding, or what shows that it is closed, in the order in which it was taken in."""
    target = Subject(FINDING, finding)
    known = opened.state.evidence
    links = [link for link in opened.state.links_to(target) if link.evidence in known and (link.stance == CLOSES) == closing]
    links.sort(key=lambda link: (opened.state.evidence[link.evidence].taken_in_at, link.evidence))
    return tuple(
        Linked(
            digest=link.evidence,
            title=opened.state.evidence[link.evidence].title,
            media_type=opened.state.evidence[link.evidence].media_type,
            contradicts=link.stance == "contradicts",
            targets=(target,),
        )
        for link in links
    )


def counted(opened: OpenVisit) -> str:
    """Count findings by grade: "2 Major, 5 Minor"."""
    counts = [(grade.label, sum(one.grade == grade.key for one in opened.state.findings)) for grade in opened.form.finding_grades]
    return ", ".join(f"{count} {label}" for label, count in counts if count)


def _finding_row(opened: OpenVisit, listed: Numbered, today: str) -> Row:
    number, one = listed.number, listed.finding
    grade = grade_label(opened.form, one.grade)
    lacking = missing_in(opened, one)
    stands = standing_words(opened, one, today)
    place = _("criterion {number}").format(number=one.criterion) if one.criterion else ""
    lacks = _("{what} missing").format(what=", ".join(lacking)) if lacking else ""
    hint = " · ".join(part for part in (grade, stands, lacks or place) if part)
    return Row(
        key=one.id,
        title=one.title,
        mark=grade_mark(opened.form, one.grade),
        number=str(number),
        hint=hint,
        hint_colour="partially" if lacking or one.is_overdue(today) else "muted",
        spoken=_("Finding {number}: {title}, {hint}").format(number=number, title=one.title, hint=hint),
    )


def _limit_row(one: Limit) -> Row:
    count = len(one.criteria)
    touched = plural("touches {count} criterion", "touches {count} criteria", count) if count else _("no criterion named")
    return Row(key=one.id, title=one.what, mark=OUTSIDE, hint=touched, spoken=_("Not seen: {what}").format(what=one.what))
