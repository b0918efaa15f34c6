"""The lists of a visit: areas, documents, interview plan, days, workforce, to-dos, interviews, quotes, photo reviews, attendance.

All are added, revised and removed the same way; what each may hold is in `domain.fields`, what each must hold is in the tables here.
"""

from dataclasses import replace
from typing import Any

import msgspec

from auditor_app.domain.changes import Changes
from auditor_app.domain.closing import ATTENDEE, SIDES
from auditor_app.domain.equivalence import DECISIONS as EQUIVALENCE_DECISIONS
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.fields import FIELDS, Line, Text
from auditor_app.domain.interviews import CONSENTS, FORMS, INTERVIEW, QUOTE
from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import is_copy_of
from auditor_app.domain.photos import DECISIONS, OBJECTION, REVIEW, Objection
from auditor_app.domain.planning import AREA, DAY, DOCUMENT, DOCUMENT_STATES, QUOTA, TODO, WORKFORCE
from auditor_app.domain.visit import EVIDENCE, STANCES
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId, new_id
from auditor_app.plain_text import one_line, paragraph, required
from auditor_app.store.journal import heads_of_subject
from auditor_app.workflows.criteria import find_criterion
from auditor_app.workflows.visits import visit_form
from auditor_app.workspace import Workspace

REQUIRED = {
    AREA: "name",
    DOCUMENT: "title",
    QUOTA: "group",
    DAY: "date",
    WORKFORCE: "group",
    TODO: "text",
    INTERVIEW: "group",
    QUOTE: "original",
    REVIEW: "held_at",
    OBJECTION: "why",
    ATTENDEE: "name",
    EQUIVALENCE: "system",
}
"""The field without which a line says nothing."""

CHOICES = {
    (DOCUMENT, "state"): DOCUMENT_STATES,
    (INTERVIEW, "form"): FORMS,
    (INTERVIEW, "consent"): CONSENTS,
    (QUOTE, "stance"): STANCES,
    (OBJECTION, "decision"): DECISIONS,
    (ATTENDEE, "side"): SIDES,
    (EQUIVALENCE, "decision"): EQUIVALENCE_DECISIONS,
}

REFERENCES = {
    (INTERVIEW, "quota"): QUOTA,
    (QUOTE, "interview"): INTERVIEW,
    (OBJECTION, "review"): REVIEW,
    (OBJECTION, "evidence"): EVIDENCE,
    (OBJECTION, "instead"): EVIDENCE,
}
"""Fields that name another subject of the visit."""


def add_line(workspace: Workspace, visit: VisitId, kind: str, **fields: Any) -> tuple[str, Changes]:
    """Add a line to one of the visit's lists; gives its id. Raises NotAllowed naming what is wrong with a field."""
    cleaned = _cleaned(workspace, visit, kind, fields)
    required(str(cleaned.get(REQUIRED[kind], "")), REQUIRED[kind])
    line = new_id(workspace.clock)
    _check_objection(workspace, visit, Subject(kind, line), cleaned)
    with workspace.recording(visit) as recorder:
        for name, value in cleaned.items():
            recorder.set(Subject(kind, line), name, value)
    return line, recorder.changes


def revise_line(workspace: Workspace, visit: VisitId, kind: str, line: str, **fields: Any) -> Changes:
    """Change fields of a line."""
    _there(workspace, visit, Subject(kind, line))
    cleaned = _cleaned(workspace, visit, kind, fields)
    if REQUIRED[kind] in cleaned:
        required(str(cleaned[REQUIRED[kind]]), REQUIRED[kind])
    _check_objection(workspace, visit, Subject(kind, line), cleaned)
    with workspace.recording(visit) as recorder:
        for name, value in cleaned.items():
            recorder.set(Subject(kind, line), name, value)
    return recorder.changes


def remove_line(workspace: Workspace, visit: VisitId, kind: str, line: str, *, reason: str) -> Changes:
    """Take a line out of its list, saying why; it stays in the history and can be undone."""
    _there(workspace, visit, Subject(kind, line))
    with workspace.recording(visit) as recorder:
        recorder.remove(Subject(kind, line), reason=required(reason, "reason"))
    return recorder.changes


def _there(workspace: Workspace, visit: VisitId, subject: Subject) -> None:
    if not heads_of_subject(workspace.db, visit, subject):
        raise NotAllowed("line_unknown", kind=subject.kind, line=subject.id)


def _check_objection(workspace: Workspace, visit: VisitId, subject: Subject, fields: dict[str, Any]) -> None:
    """Demand that an objection names its photo, and that what is printed instead was made from it."""
    if subject.kind != OBJECTION:
        return
    state = workspace.visit(visit)
    before = next((one for one in state.objections if one.id == subject.id), Objection(id=subject.id))
    now = replace(before, **fields)
    required(now.evidence, "evidence")
    if now.instead and not is_copy_of(state, now.instead, now.evidence):
        raise NotAllowed("copy_of_another", copy=now.instead[:12])


def _cleaned(workspace: Workspace, visit: VisitId, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    if kind not in REQUIRED:
        raise NotAllowed("fact_unknown", facts=kind)
    if unknown := set(fields) - set(FIELDS[kind]):
        raise NotAllowed("fact_unknown", facts=", ".join(sorted(unknown)))
    return {name: _one(workspace, visit, kind, name, value) for name, value in fields.items()}


def _one(workspace: Workspace, visit: VisitId, kind: str, name: str, value: Any) -> Any:
    """Clean and check one value by the form that its field has."""
    wanted = FIELDS[kind][name]
    if name == "criteria":
        form = visit_form(workspace, visit)
        return [str(find_criterion(form, str(number)).number) for number in value]
    if wanted in {Line, Text} and isinstance(value, str):
        value = one_line(value, name) if wanted == Line else paragraph(value, name)
    if value and (kind, name) in CHOICES and value not in CHOICES[kind, name]:
        raise NotAllowed("choice_unknown", field=name, value=value, choices=", ".join(CHOICES[kind, name]))
    if value and (kind, name) in REFERENCES:
        _there(workspace, visit, Subject(REFERENCES[kind, name], value))
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        raise NotAllowed("value_wrong", field=name, detail=str(error)) from error
    return value
