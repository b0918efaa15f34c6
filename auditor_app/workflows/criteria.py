"""Working through the criteria: answers, ratings with their reasons, what the answers suggest, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, CheckState, CriterionState, Evidence, Finding, Link, read_visit
from auditor_app.errors import NotAllowed
from auditor_app.form_engine.definition import Check, Criterion, Form
from auditor_app.form_engine.evaluation import Proposal, applies, missing_for, propose, shown_checks
from auditor_app.ids import VisitId
from auditor_app.plain_text import paragraph
from auditor_app.store.journal import heads_of_subject
from auditor_app.workflows.visits import OpenVisit, visit_form
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check as a page shows it: the question, what was answered, and its evidence."""

    check: Check
    state: CheckState
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPage:
    """One criterion with everything said of it; `missing` lists what its rating still needs ("rating", "reason", "finding")."""

    criterion: Criterion
    applies: bool
    state: CriterionState
    checks: tuple[CheckLine, ...]
    proposal: Proposal
    links: tuple[Link, ...]
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    clash: bool


def criterion_page(opened: OpenVisit, criterion: Criterion, linked: Mapping[Subject, list[Link]] | None = None) -> CriterionPage:
    """Gather one criterion's page from a loaded visit, with the links by what they are to, where they are gathered already; pure."""
    state, linked = opened.state, _links_by_target(opened) if linked is None else linked
    number = str(criterion.number)
    own = state.criteria.get(number, CriterionState())
    answers = {check.id: state.checks.get(check.id, CheckState()).answer for check in criterion.checks}
    checks = tuple(
        CheckLine(check=check, state=state.checks.get(check.id, CheckState()), links=tuple(linked.get(Subject(CHECK, check.id), ())))
        for check in shown_checks(criterion, opened.site_type, answers)
    )
    links = (*linked.get(Subject(CRITERION, number), ()), *(link for line in checks for link in line.links))
    findings = tuple(finding for finding in state.findings if finding.criterion == number)
    subjects = {Subject(CRITERION, number), *(Subject(CHECK, line.check.id) for line in checks)}
    return CriterionPage(
        criterion=criterion,
        applies=own.applies != "no" and (own.applies == "yes" or applies(criterion, opened.site_type)),
        state=own,
        checks=checks,
        proposal=propose(opened.form, criterion, opened.site_type, answers),
        links=links,
        evidence=tuple(state.evidence[d] for d in dict.fromkeys(link.evidence for link in links) if d in state.evidence),
        findings=findings,
        missing=_missing(opened, own, len(findings)),
        clash=any(clash.subject in subjects for clash in state.clashes),
    )


def criterion_pages(opened: OpenVisit) -> tuple[CriterionPage, ...]:
    """Gather the pages of all criteria in the order of the form."""
    linked = _links_by_target(opened)
    return tuple(criterion_page(opened, criterion, linked) for criterion in opened.form.criteria)


def _links_by_target(opened: OpenVisit) -> dict[Subject, list[Link]]:
    """Sort the links once, so that a large visit is gathered fast."""
    linked: dict[Subject, list[Link]] = {}
    for link in opened.state.links:
        linked.setdefault(link.target, []).append(link)
    return linked


def gaps(opened: OpenVisit) -> dict[str, tuple[str, ...]]:
    """List the criteria that lack something, by number, with what they lack."""
    return {str(page.criterion.number): page.missing for page in criterion_pages(opened) if page.missing}


def answer(workspace: Workspace, visit: VisitId, check: str, value: str, *, note: str | None = None) -> Changes:
    """Answer a check with one of the form's answers ("" takes the answer back). Raises NotAllowed for an unknown check or answer."""
    form = visit_form(workspace, visit)
    _check_known(form, check)
    keys = [choice.key for choice in form.rating.check_answers]
    if value and value not in keys:
        raise NotAllowed("choice_unknown", field="answer", value=value, choices=", ".join(keys))
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(CHECK, check), "answer", value)
        if note is not None:
            recorder.set(Subject(CHECK, check), "note", paragraph(note, "note"))
    return recorder.changes


def note_check(workspace: Workspace, visit: VisitId, check: str, note: str) -> Changes:
    """Write a note to a check, answered or not."""
    _check_known(visit_form(workspace, visit), check)
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(CHECK, check), "note", paragraph(note, "note"))
    return recorder.changes


def rate(
    workspace: Workspace, visit: VisitId, number: str, rating: str, *, because: str | None = None, departs: str | None = None
) -> Changes:
    """Propose a rating for a criterion ("" takes it back).

    A rating whose form asks for a reason needs `because`, here or given before. Raises NotAllowed("reason_missing").
    `departs` says why the rating is not what the answers suggest.
    """
    form, state = visit_form(workspace, visit), _stated(workspace, visit, number)
    find_criterion(form, number)
    keys = [level.key for level in form.rating.scale]
    if rating and rating not in keys:
        raise NotAllowed("choice_unknown", field="rating", value=rating, choices=", ".join(keys))
    text = state.because if because is None else paragraph(because, "because")
    if "reason" in missing_for(form, rating, because=text, findings=0):
        raise NotAllowed("reason_missing", criterion=number)
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(CRITERION, number), "rating", rating)
        if because is not None:
            recorder.set(Subject(CRITERION, number), "because", text)
        if departs is not None:
            recorder.set(Subject(CRITERION, number), "departs", paragraph(departs, "departs"))
    return recorder.changes


def explain(workspace: Workspace, visit: VisitId, number: str, because: str) -> Changes:
    """Write the reason of a criterion's rating; it may come before the rating, and may not go while the rating needs it."""
    form, state = visit_form(workspace, visit), _stated(workspace, visit, number)
    find_criterion(form, number)
    if "reason" in missing_for(form, state.rating, because=because, findings=0):
        raise NotAllowed("reason_missing", criterion=number)
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(CRITERION, number), "because", paragraph(because, "because"))
    return recorder.changes


def explain_departure(workspace: Workspace, visit: VisitId, number: str, departs: str) -> Changes:
    """Write why a criterion's rating is not what the answers suggest."""
    find_criterion(visit_form(workspace, visit), number)
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(CRITERION, number), "departs", paragraph(departs, "departs"))
    return recorder.changes


def find_criterion(form: Form, number: str) -> Criterion:
    """Find a criterion by number. Raises NotAllowed("criterion_unknown")."""
    criterion = form.criterion(number)
    if criterion is None:
        raise NotAllowed("criterion_unknown", criterion=number, last=len(form.criteria))
    return criterion


def _check_known(form: Form, check: str) -> None:
    if all(check != one.id for criterion in form.criteria for one in criterion.checks):
        raise NotAllowed("check_unknown", check=check)


def _stated(workspace: Workspace, visit: VisitId, number: str) -> CriterionState:
    """Read one criterion alone, so that rating stays fast in a large visit."""
    heads = heads_of_subject(workspace.db, visit, Subject(CRITERION, number))
    return read_visit(visit, heads).criteria.get(number, CriterionState())


def _missing(opened: OpenVisit, state: CriterionState, findings: int) -> tuple[str, ...]:
    if not state.rating:
        return ("rating",)
    return missing_for(opened.form, state.rating, because=state.because, findings=findings)
