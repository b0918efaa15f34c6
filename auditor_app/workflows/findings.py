"""Findings and limits: what was found wrong or good, and what was not seen and why."""

from typing import Any

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, LIMIT
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId, new_id
from auditor_app.plain_text import one_line, paragraph, required
from auditor_app.workflows.criteria import find_criterion
from auditor_app.workflows.visits import OpenVisit, open_visit
from auditor_app.workspace import Workspace

LINES = ("title", "grade", "owner", "due")
PARAGRAPHS = ("statement", "objective_evidence", "requirement", "action", "site_reply")


def raise_finding(workspace: Workspace, visit: VisitId, criterion: str, title: str, **texts: Any) -> tuple[str, Changes]:
    """Raise a finding on a criterion; gives its id. Texts are the fields of `domain.visit.Finding`. Raises NotAllowed."""
    opened = open_visit(workspace, visit)
    find_criterion(opened.form, criterion)
    fields = _cleaned(opened, {"grade": opened.form.finding_grades[0].key, **texts, "title": title})
    finding = new_id(workspace.clock)
    with workspace.recording(visit) as recorder:
        for name, value in {"criterion": criterion, **fields}.items():
            recorder.set(Subject(FINDING, finding), name, value)
    return finding, recorder.changes


def revise_finding(workspace: Workspace, visit: VisitId, finding: str, **texts: Any) -> Changes:
    """Change fields of a finding."""
    opened = open_visit(workspace, visit)
    _known(opened, finding)
    fields = _cleaned(opened, texts)
    with workspace.recording(visit) as recorder:
        for name, value in fields.items():
            recorder.set(Subject(FINDING, finding), name, value)
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
        for name, value in {"what": required(what, "what"), "why": required(why, "why"), "criteria": list(criteria)}.items():
            recorder.set(Subject(LIMIT, limit), name, value)
    return limit, recorder.changes


def withdraw_limit(workspace: Workspace, visit: VisitId, limit: str, *, reason: str) -> Changes:
    """Take a limit back, saying why."""
    if all(limit != one.id for one in open_visit(workspace, visit).state.limits):
        raise NotAllowed("limit_unknown", limit=limit)
    with workspace.recording(visit) as recorder:
        recorder.remove(Subject(LIMIT, limit), reason=required(reason, "reason"))
    return recorder.changes


def find_finding(opened: OpenVisit, name: str) -> str:
    """Find a finding by its number in the report (1, 2, …) or the beginning of its id. Raises NotAllowed."""
    ids = [finding.id for finding in opened.state.findings]
    if name.isdecimal() and 1 <= int(name) <= len(ids):
        return ids[int(name) - 1]
    fits = [finding for finding in ids if name and finding.startswith(name)]
    if len(fits) != 1:
        raise NotAllowed("finding_unknown", finding=name)
    return fits[0]


def _known(opened: OpenVisit, finding: str) -> None:
    if all(finding != one.id for one in opened.state.findings):
        raise NotAllowed("finding_unknown", finding=finding)


def _cleaned(opened: OpenVisit, texts: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(texts) - {*LINES, *PARAGRAPHS, "systemic"}:
        raise NotAllowed("fact_unknown", facts=", ".join(sorted(unknown)))
    grades = [grade.key for grade in opened.form.finding_grades]
    if texts.get("grade", grades[0]) not in grades:
        raise NotAllowed("choice_unknown", field="grade", value=texts["grade"], choices=", ".join(grades))
    fields: dict[str, Any] = {name: one_line(texts[name], name) for name in LINES if name in texts}
    if "title" in fields:
        required(fields["title"], "title")
    fields |= {name: paragraph(texts[name], name) for name in PARAGRAPHS if name in texts}
    return fields | ({"systemic": bool(texts["systemic"])} if "systemic" in texts else {})
