"""Visits: begun, described, listed, closed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor_app.domain.changes import Changes
from auditor_app.domain.fields import PROFILE
from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import DEMANDED, NO, YES
from auditor_app.domain.visit import VISIT, VisitState, read_visit
from auditor_app.errors import NotAllowed
from auditor_app.form_engine.compiling import CompiledForm
from auditor_app.form_engine.definition import Form
from auditor_app.ids import VisitId, new_id
from auditor_app.plain_text import one_line, paragraph, required
from auditor_app.store.journal import heads_of_kind, value_of, visits
from auditor_app.workflows.forms import find_form, keep_form, load_form
from auditor_app.workspace import Workspace

LINES = ("site", "company", "country", "location", "site_type", "kind", "starts_on", "ends_on", "office", DEMANDED)
PARAGRAPHS = ("metals", "scope", "exclusions", "team", "note", *PROFILE)
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSummary:
    """A visit as a list shows it."""

    id: VisitId
    site: str
    company: str
    kind: str
    form: str
    starts_on: str
    ends_on: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenVisit:
    """A visit with the form that it keeps."""

    state: VisitState
    compiled: CompiledForm

    @property
    def form(self) -> Form:
        """Give the form."""
        return self.compiled.form

    @property
    def site_type(self) -> str:
        """Give the type of the site, a key of the form."""
        return str(self.state.facts.get("site_type", ""))


def begin_visit(workspace: Workspace, form: str, facts: dict[str, Any]) -> tuple[VisitId, Changes]:
    """Begin a visit to a site under a form. Needs site and site_type; raises NotAllowed naming what is wrong with a fact."""
    compiled = find_form(form, workspace)
    cleaned = {"site": "", "site_type": "", "kind": compiled.form.visit_kinds[0].key, **_cleaned(facts)}
    check_facts(compiled.form, cleaned)
    visit = VisitId(new_id(workspace.clock))
    with workspace.recording(visit) as recorder:
        keep_form(workspace, compiled)
        for name, value in {"form": compiled.form.form, "form_digest": compiled.digest, "state": OPEN, **cleaned}.items():
            recorder.set(Subject(VISIT, visit), name, value)
    return visit, recorder.changes


def describe_visit(workspace: Workspace, visit: VisitId, facts: dict[str, Any]) -> Changes:
    """Change facts of a visit."""
    cleaned = _cleaned(facts)
    check_facts(open_visit(workspace, visit).form, cleaned)
    with workspace.recording(visit) as recorder:
        for name, value in cleaned.items():
            recorder.set(Subject(VISIT, visit), name, value)
    return recorder.changes


def open_visit(workspace: Workspace, visit: VisitId) -> OpenVisit:
    """Load a visit and its form."""
    state = workspace.visit(visit)
    return OpenVisit(state=state, compiled=load_form(workspace, state.facts.get("form_digest", "")))


def visit_form(workspace: Workspace, visit: VisitId) -> Form:
    """Load only the form of a visit: enough to judge one answer. Raises NotAllowed for a visit that is not here."""
    digest = value_of(workspace.db, visit, Subject(VISIT, visit), "form_digest")
    if digest is None:
        raise NotAllowed("visit_unknown", visit=visit)
    return load_form(workspace, digest).form


def list_visits(workspace: Workspace) -> list[VisitSummary]:
    """List all visits, newest first."""
    return [_summary(visit, read_visit(visit, heads_of_kind(workspace.db, visit, VISIT)).facts) for visit in visits(workspace.db)]


def find_visit(workspace: Workspace, name: str) -> VisitId:
    """Find a visit by its id, the beginning of it, or "last". Raises NotAllowed when none or several fit."""
    known = visits(workspace.db)
    fits = known[:1] if name == "last" else [visit for visit in known if visit.startswith(name)] if name else []
    if len(fits) != 1:
        raise NotAllowed("visit_unknown" if not fits else "visit_not_unique", visit=name)
    return fits[0]


def close_visit(workspace: Workspace, visit: VisitId) -> Changes:
    """Close a visit. Raises NotAllowed while a clash is open or a criterion lacks a rating or what its rating needs."""
    from auditor_app.workflows.criteria import gaps  # noqa: PLC0415 - criteria build on visits

    opened = open_visit(workspace, visit)
    if opened.state.clashes:
        raise NotAllowed("clashes_open", count=len(opened.state.clashes))
    if found := gaps(opened):
        raise NotAllowed("criteria_open", count=len(found), criteria=", ".join(found))
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(VISIT, visit), "state", CLOSED)
    return recorder.changes


def rating_counts(opened: OpenVisit) -> Counter[str]:
    """Count the proposed ratings by key; "" counts the criteria without one."""
    rated = {number: criterion.rating for number, criterion in opened.state.criteria.items()}
    return Counter(rated.get(str(criterion.number), "") for criterion in opened.form.criteria)


def _cleaned(facts: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(facts) - {*LINES, *PARAGRAPHS, "assignment"}:
        raise NotAllowed("fact_unknown", facts=", ".join(sorted(unknown)))
    lines = {name: one_line(str(facts[name]), name) for name in LINES if name in facts}
    paragraphs = {name: paragraph(str(facts[name]), name) for name in PARAGRAPHS if name in facts}
    return {**lines, **paragraphs, **({"assignment": facts["assignment"]} if "assignment" in facts else {})}


def check_facts(form: Form, facts: Mapping[str, Any]) -> None:
    """Demand that the site has a name, and type and kind are the form's, where they are among the facts. Raises NotAllowed."""
    if "site" in facts:
        required(facts["site"], "site")
    for name, choices in (("site_type", form.site_types), ("kind", form.visit_kinds)):
        keys = [choice.key for choice in choices]
        if name in facts and facts[name] not in keys:
            raise NotAllowed("choice_unknown", field=name, value=facts[name], choices=", ".join(keys))
    if facts.get(DEMANDED, "") not in {"", YES, NO}:
        raise NotAllowed("choice_unknown", field=DEMANDED, value=facts[DEMANDED], choices=f"{YES}, {NO}")


def _summary(visit: VisitId, facts: dict[str, Any]) -> VisitSummary:
    names = ("site", "company", "kind", "form", "starts_on", "ends_on", "state")
    return VisitSummary(id=visit, **{name: str(facts.get(name, "")) for name in names})
