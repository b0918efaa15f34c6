"""Planning the work on the criteria: which apply to this site, and who works on which."""

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId
from auditor_app.plain_text import one_line, paragraph
from auditor_app.workflows.criteria import find_criterion
from auditor_app.workflows.visits import visit_form
from auditor_app.workspace import Workspace

APPLIES, DOES_NOT_APPLY, AS_THE_FORM_SAYS = "yes", "no", ""
CHOICES = (APPLIES, DOES_NOT_APPLY, AS_THE_FORM_SAYS)


def set_applicability(workspace: Workspace, visit: VisitId, number: str, applies: str, because: str) -> Changes:
    """Say whether a criterion applies here, against or beside what the form says ("" goes back to the form and drops the reason).

    Raises NotAllowed("reason_missing") for a word of the auditor's own without a reason.
    """
    find_criterion(visit_form(workspace, visit), number)
    if applies not in CHOICES:
        raise NotAllowed("choice_unknown", field="applies", value=applies, choices=", ".join(CHOICES))
    text = paragraph(because, "because") if applies else ""
    if applies and not text.strip():
        raise NotAllowed("reason_missing", criterion=number)
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(CRITERION, number), "applies", applies)
        recorder.set(Subject(CRITERION, number), "applies_because", text)
    return recorder.changes


def assign(workspace: Workspace, visit: VisitId, number: str, who: str) -> Changes:
    """Say who works on a criterion; "" is nobody yet."""
    find_criterion(visit_form(workspace, visit), number)
    name = one_line(who, "assigned")
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(CRITERION, number), "assigned", name)
    return recorder.changes
