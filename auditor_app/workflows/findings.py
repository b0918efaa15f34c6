"""Findings and limits: what was found wrong or good, and what was not seen and why."""

from datetime import date
from typing import Any

from auditor_app.domain.changes import Changes
from auditor_app.domain.findings import CLOSED, CLOSES, FINDING, FINDING_STATES, LIMIT, POSITIONS, Finding
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, LINK, CheckState, link_id
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId, new_id
from auditor_app.plain_text import one_line, paragraph, required
from auditor_app.workflows.criteria import find_criterion
from auditor_app.workflows.visits import OpenVisit, open_visit
from auditor_app.workspace import Workspace

LINES = ("title", "grade", "owner", "due", "position", "state", "closed_on")
PARAGRAPHS = ("statement", "objective_evidence", "requirement", "action", "site_reply", "closed_because")
DAYS = ("due", "closed_on")


def raise_finding(workspace: Workspace, visit: VisitId, criterion: str, title: str, **texts: Any) -> tuple[str, Changes]:
    """Raise a finding on a criterion; gives its id. Texts are the fields of `domain.findings.Finding`. Raises NotAllowed."""
    opened = open_visit(workspace, visit)
    find_criterion(opened.form, criterion)
    fields = _cleaned(opened, {"grade": opened.form.finding_grades[0].key, **texts, "title": title})
    finding = new_id(workspace.clock)
    fields |= _followed(workspace, opened, Finding(id=finding), fields)
    with workspace.recording(visit) as recorder:
        for name, value in {"criterion": criterion, **fields}.items():
            recorder.set(Subject(FINDING, finding), name, value)
    return finding, recorder.changes


def raise_from_check(workspace: Workspace, visit: VisitId, check: str, title: str, **texts: Any) -> tuple[str, Changes]:
    """Raise a finding on what a check showed: its note is where the objective evidence begins, and its evidence goes along.

    Raises NotAllowed like `raise_finding`, and `check_unknown`.
    """
    opened = open_visit(workspace, visit)
    criterion = _criterion_of(opened, check)
    note = opened.state.checks.get(check, CheckState()).note
    fields = _cleaned(opened, {"grade": opened.form.finding_grades[0].key, "objective_evidence": note, **texts, "title": title})
    finding = new_id(workspace.clock)
    with workspace.recording(visit) as recorder:
        for name, value in {"criterion": criterion, "check": check, **fields}.items():
            recorder.set(Subject(FINDING, finding), name, value)
        for link in opened.state.links_to(Subject(CHECK, check)):
            recorder.set(Subject(LINK, link_id(link.evidence, Subject(FINDING, finding))), "stance", link.stance)
    return finding, recorder.changes


def revise_finding(workspace: Workspace, visit: VisitId, finding: str, *, reason: str = "", **texts: Any) -> Changes:
    """Change fields of a finding, with the reason if it is said; `criterion` moves it to another criterion.

    The state "closed" needs evidence that closes it, or the reason in `closed_because`, here or given before: otherwise it raises
    NotAllowed("closure_not_shown"). A day that is not given is today; any other state takes day and reason away.
    """
    opened = open_visit(workspace, visit)
    before = _known(opened, finding)
    fields = _moved(opened, before, texts.pop("criterion")) if "criterion" in texts else {}
    fields |= _cleaned(opened, texts)
    fields |= _followed(workspace, opened, before, fields)
    with workspace.recording(visit) as recorder:
        for name, value in fields.items():
            recorder.set(Subject(FINDING, finding), name, value, reason=one_line(reason, "reason"))
    return recorder.changes


def withdraw_finding(workspace: Workspace, visit: VisitId, finding: str, *, reason: str) -> Changes:
    """Withdraw a finding, saying why; it stays in the history and can be undone."""
    _known(open_visit(workspace, visit), finding)
    with workspace.recording(visit) as recorder:
        recorder.remove(Subject(FINDING, finding), reason=required(reason, "reason"))
    return recorder.changes


def note_limit(workspace: Workspace, visit: VisitId, what: str, why: str, criteria: tuple[str, ...] = ()) -> tuple[str, Changes]:
    """Note what could not be seen, why, and which criteria that touches; gives its id."""
    opened = open_visit(workspace, visit)
    for number in criteria:
        find_criterion(opened.form, number)
    limit = new_id(workspace.clock)
    with workspace.recording(visit) as recorder:
        for name, value in {"what": required(what, "what"), "why": _reason(why), "criteria": list(criteria)}.items():
            recorder.set(Subject(LIMIT, limit), name, value)
    return limit, recorder.changes


def revise_limit(
    workspace: Workspace,
    visit: VisitId,
    limit: str,
    *,
    what: str | None = None,
    why: str | None = None,
    criteria: tuple[str, ...] | None = None,
) -> Changes:
    """Change what a limit says; what is None stays. What was not seen and why are never empty."""
    opened = open_visit(workspace, visit)
    find_limit(opened, limit)
    fields: dict[str, Any] = {} if what is None else {"what": required(what, "what")}
    if why is not None:
        fields["why"] = _reason(why)
    if criteria is not None:
        touched = {find_criterion(opened.form, number).number for number in criteria}
        fields["criteria"] = [str(one.number) for one in opened.form.criteria if one.number in touched]
    with workspace.recording(visit) as recorder:
        for name, value in fields.items():
            recorder.set(Subject(LIMIT, limit), name, value)
    return recorder.changes


def withdraw_limit(workspace: Workspace, visit: VisitId, limit: str, *, reason: str) -> Changes:
    """Take a limit back, saying why."""
    find_limit(open_visit(workspace, visit), limit)
    with workspace.recording(visit) as recorder:
        recorder.remove(Subject(LIMIT, limit), reason=required(reason, "reason"))
    return recorder.changes


def find_limit(opened: OpenVisit, name: str) -> str:
    """Find a limit by its number in the list (1, 2, …) or the beginning of its id. Raises NotAllowed."""
    if not (found := _named(name, [limit.id for limit in opened.state.limits])):
        raise NotAllowed("limit_unknown", limit=name)
    return found


def find_finding(opened: OpenVisit, name: str) -> str:
    """Find a finding by its number in the report (1, 2, …) or the beginning of its id. Raises NotAllowed."""
    if not (found := _named(name, [finding.id for finding in opened.state.findings])):
        raise NotAllowed("finding_unknown", finding=name)
    return found


def _reason(why: str) -> str:
    """Demand that it is said why something was not seen, in one line or several."""
    if not (text := paragraph(why, "why").strip()):
        raise NotAllowed("text_missing", place="why")
    return text


def _named(name: str, ids: list[str]) -> str:
    """Choose the one that is meant by its place from 1 or the beginning of its id; "" when none or several fit."""
    if name.isdecimal() and 1 <= int(name) <= len(ids):
        return ids[int(name) - 1]
    fits = [one for one in ids if name and one.startswith(name)]
    return fits[0] if len(fits) == 1 else ""


def _known(opened: OpenVisit, finding: str) -> Finding:
    found = next((one for one in opened.state.findings if one.id == finding), None)
    if found is None:
        raise NotAllowed("finding_unknown", finding=finding)
    return found


def _criterion_of(opened: OpenVisit, check: str) -> str:
    found = (str(one.number) for one in opened.form.criteria if any(check == its.id for its in one.checks))
    if not (number := next(found, "")):
        raise NotAllowed("check_unknown", check=check)
    return number


def _moved(opened: OpenVisit, before: Finding, criterion: object) -> dict[str, Any]:
    """Move a finding to another criterion; the check that it came from belongs to the one before."""
    number = str(find_criterion(opened.form, str(criterion)).number)
    return {"criterion": number} | ({"check": ""} if before.check and number != before.criterion else {})


def _followed(workspace: Workspace, opened: OpenVisit, before: Finding, fields: dict[str, Any]) -> dict[str, Any]:
    """Give what follows from another state: the day of closure, or that there is none any more."""
    state = fields.get("state", before.state)
    if state != CLOSED:
        return {name: "" for name in ("closed_on", "closed_because") if getattr(before, name) or fields.get(name)}
    reason = fields.get("closed_because", before.closed_because).strip()
    if not reason and not any(link.stance == CLOSES for link in opened.state.links_to(Subject(FINDING, before.id))):
        raise NotAllowed("closure_not_shown")
    day = fields.get("closed_on", before.closed_on) or workspace.clock.now().date().isoformat()
    return {"closed_on": day}


def _cleaned(opened: OpenVisit, texts: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(texts) - {*LINES, *PARAGRAPHS, "systemic"}:
        raise NotAllowed("fact_unknown", facts=", ".join(sorted(unknown)))
    grades = tuple(grade.key for grade in opened.form.finding_grades)
    for name, choices in (("grade", grades), ("position", ("", *POSITIONS)), ("state", FINDING_STATES)):
        if texts.get(name, choices[0]) not in choices:
            raise NotAllowed("choice_unknown", field=name, value=texts[name], choices=", ".join(choice for choice in choices if choice))
    fields: dict[str, Any] = {name: one_line(texts[name], name) for name in LINES if name in texts}
    if "title" in fields:
        required(fields["title"], "title")
    fields |= {name: _day(fields[name], name) for name in DAYS if fields.get(name)}
    fields |= {name: paragraph(texts[name], name) for name in PARAGRAPHS if name in texts}
    return fields | ({"systemic": bool(texts["systemic"])} if "systemic" in texts else {})


def _day(text: str, name: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise NotAllowed("day_unreadable", field=name, value=text) from error
