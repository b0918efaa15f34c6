"""What the list of visits does with the workspace, on the lane. Letters and storage load slowly, so they load here when first wanted."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor_app.domain.changes import Changes
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.ui.screens.visits.assignment_words import Assigned, assigned_words
from auditor_app.workflows.custody import HandOverState, hand_over_state
from auditor_app.workflows.forms import find_form
from auditor_app.workflows.visits import VisitSummary, list_visits
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.workflows.office_mail import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A visit with the words of its form, and how far its hand-over is."""

    visit: VisitSummary
    handed: HandOverState
    standard: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the page shows: visits, the office's assignments that wait, and whether there is an office and a mailbox to ask."""

    visits: tuple[Listed, ...]
    assigned: tuple[Assigned, ...]
    has_office: bool
    has_mailbox: bool


def load(workspace: Workspace) -> Standing:
    """List the visits with the words of their forms, each of which is read once, how far they are, and what the office assigned."""
    visits = list_visits(workspace)
    forms = {name: find_form(name, workspace).form for name in {visit.form for visit in visits}}
    kinds = {name: {choice.key: choice.label for choice in form.visit_kinds} for name, form in forms.items()}
    listed = [
        Listed(
            visit=one,
            handed=hand_over_state(workspace, one.id),
            standard=forms[one.form].title,
            kind=kinds[one.form].get(one.kind, ""),
        )
        for one in visits
    ]
    has_office = workspace.fact("office_profile") is not None  # else nothing of letters and places need load
    return Standing(
        visits=tuple(listed),
        assigned=_assigned(workspace) if has_office else (),
        has_office=has_office,
        has_mailbox=has_office and _has_mailbox(workspace),
    )


def take_over(workspace: Workspace, assignment: str) -> tuple[VisitId, bool, Changes]:
    """Open an assignment, or bring in what the office changed; says too whether that stands against what an auditor said."""
    from auditor_app.workflows.assignments import open_assignment  # noqa: PLC0415

    visit, changes = open_assignment(workspace, assignment)
    return visit, any(clash.subject in changes.subjects for clash in workspace.visit(visit).clashes), changes


def look_for_letters(workspace: Workspace, progress: Progress) -> "Fetched":
    """Look in the office's mailbox."""
    from auditor_app.workflows import office_mail  # noqa: PLC0415

    return office_mail.fetch(workspace, progress)


def take_letters(workspace: Workspace, source: Path, progress: Progress) -> "Fetched":
    """Take the office's letters in from a stick: a folder of it."""
    from auditor_app.workflows import office_mail  # noqa: PLC0415

    return office_mail.take(workspace, source, progress)


def _has_mailbox(workspace: Workspace) -> bool:
    from auditor_app.workflows.mailboxes import mailbox  # noqa: PLC0415

    return mailbox(workspace) is not None


def _assigned(workspace: Workspace) -> tuple[Assigned, ...]:
    from auditor_app.workflows.assignments import OPENED, list_assignments, news_of  # noqa: PLC0415

    waiting = [one for one in list_assignments(workspace) if one.state != OPENED]
    return tuple(assigned_words(one, news_of(workspace, one.id)) for one in waiting)
