"""From a part of a report to its place in the visit: the stage and item, and what it is called. Free of Qt widgets."""

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION, EVIDENCE, FINDING
from auditor_app.translation import _
from auditor_app.ui.names import names_of
from auditor_app.ui.screens.stages import STAGES
from auditor_app.workflows.visits import OpenVisit

_STAGES = {CRITERION: "criteria", FINDING: "findings", "limit": "findings", EVIDENCE: "evidence", "interview": "interviews"}


def place_of(subject: Subject) -> tuple[str, str]:
    """Give the stage and the item; a whole section leads to a stage."""
    return _STAGES.get(subject.kind, subject.kind), subject.id


def words_of(opened: OpenVisit, subject: Subject) -> str:
    """Name what a part of a report is about, as its own screen does."""
    state = opened.state
    if subject.kind in {CRITERION, FINDING} and subject.id:
        return names_of(opened).long(subject)
    if subject.kind == EVIDENCE and subject.id:
        return next((one.title for one in state.evidence.values() if one.digest == subject.id), _("Evidence"))
    if subject.kind == "limit":
        return next((one.what for one in state.limits if one.id == subject.id), _("Limit"))
    if subject.kind == "interview":
        return next((one.group for one in state.interviews if one.id == subject.id), _("Interview"))
    stage = place_of(subject)[0]
    return next((_(one.title) for one in STAGES if one.key == stage), "")
