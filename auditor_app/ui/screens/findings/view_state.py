"""What the findings screen shows, as pure functions of a visit: rows, marks, words. Free of Qt widgets."""

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, Finding, Limit
from auditor_app.form_engine.definition import Form
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OUTSIDE, PARTLY, WAITING, Mark
from auditor_app.ui.screens.criteria.view_state import Linked
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.visits import OpenVisit

_MARKS = {"major": BAD, "minor": PARTLY, "observation": WAITING, "good_practice": GOOD}


def grade_mark(form: Form, key: str) -> Mark:
    """Give the mark of a grade: by its usual key, otherwise by its place among the form's grades."""
    keys = [grade.key for grade in form.finding_grades]
    return _MARKS.get(key) or (BAD if keys and key == keys[0] else PARTLY)


def grade_label(form: Form, key: str) -> str:
    """Give the form's words for a grade."""
    return next((grade.label for grade in form.finding_grades if grade.key == key), key)


def rows_of(opened: OpenVisit) -> tuple[Row, ...]:
    """Make the rows of the list: findings, then what was not seen."""
    state = opened.state
    findings = [_finding_row(opened, number, one) for number, one in enumerate(state.findings, start=1)]
    limits = [_limit_row(one) for one in state.limits]
    found = Row(key="findings", title=_("FINDINGS"), side=str(len(findings) or ""))
    not_seen = Row(key="limits", title=_("NOT SEEN"), side=str(len(limits) or ""))
    return (*((found, *findings) if findings else ()), *((not_seen, *limits) if limits else ()))


def missing_in(finding: Finding) -> tuple[str, ...]:
    """List what a reader of the report would miss."""
    wanted = (
        (_("statement"), finding.statement),
        (_("objective evidence"), finding.objective_evidence),
        (_("requirement"), finding.requirement),
    )
    return tuple(name for name, text in wanted if not text.strip())


def linked_to(opened: OpenVisit, finding: str) -> tuple[Linked, ...]:
    """Gather the evidence of a finding with its stance, in the order in which it was taken in."""
    target = Subject(FINDING, finding)
    links = [link for link in opened.state.links_to(target) if link.evidence in opened.state.evidence]
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


def _finding_row(opened: OpenVisit, number: int, one: Finding) -> Row:
    criterion = opened.form.criterion(one.criterion)
    grade = grade_label(opened.form, one.grade)
    lacking = missing_in(one)
    hint = f"{grade} · {one.criterion} {criterion.name if criterion else ''}".strip()
    return Row(
        key=one.id,
        title=one.title,
        mark=grade_mark(opened.form, one.grade),
        number=str(number),
        hint=hint if not lacking else _("{grade} · {what} missing").format(grade=grade, what=", ".join(lacking)),
        hint_colour="partially" if lacking else "muted",
        spoken=_("Finding {number}: {title}, {hint}").format(number=number, title=one.title, hint=hint),
    )


def _limit_row(one: Limit) -> Row:
    count = len(one.criteria)
    touched = plural("touches {count} criterion", "touches {count} criteria", count) if count else _("no criterion named")
    return Row(key=one.id, title=one.what, mark=OUTSIDE, hint=touched, spoken=_("Not seen: {what}").format(what=one.what))
