"""Plays the sample's closing meeting: who was there, what the site said, what changed since, and the sheet that both sides signed."""

from pathlib import Path

from auditor_app.domain.closing import ATTENDEE
from auditor_app.domain.findings import REPLIED
from auditor_app.ids import VisitId
from auditor_app.install_paths import resources
from auditor_app.progress import Progress, silent
from auditor_app.sample.story import Story
from auditor_app.workflows.acknowledging import Representative
from auditor_app.workflows.closing import begin_closing, end_closing
from auditor_app.workflows.closing_sheet import acknowledge_sheet, make_sheet, read_drawing
from auditor_app.workflows.findings import revise_finding
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.reports import export_report
from auditor_app.workspace import Workspace


def hold_closing(workspace: Workspace, visit: VisitId, tale: Story, findings: dict[str, str]) -> None:
    """Hold the closing meeting of the story; `findings` gives the ids of the findings by their keys."""
    told = tale.closing_meeting
    for one in told.attendance:
        said = {"name": one.name, "role": one.role, "organisation": one.organisation, "side": one.side}
        add_line(workspace, visit, ATTENDEE, **said, opening=one.opening, closing=True)
    closing, _changes = begin_closing(workspace, visit, held_at=told.held, place=told.place, note=tale.visit.closing)
    for finding in tale.findings:
        revise_finding(workspace, visit, findings[finding.key], position=finding.position, site_reply=finding.site_reply, state=REPLIED)
    changed = told.changed
    revise_finding(workspace, visit, findings[changed.finding], due=changed.due.isoformat(), reason=changed.because)
    end_closing(workspace, visit, closing)


def sign_sheet(workspace: Workspace, visit: VisitId, tale: Story, target: Path, progress: Progress = silent) -> None:
    """Make and sign the preliminary sheet, let the plant manager acknowledge it by hand, and write it to a file."""
    name = tale.closing_meeting.acknowledged_by
    role = next(one.role for one in tale.closing_meeting.attendance if one.name == name)
    make_sheet(workspace, visit, progress=progress)
    strokes = read_drawing((resources() / "sample" / "signature.json").read_bytes())
    export_report(workspace, acknowledge_sheet(workspace, visit, Representative(name=name, role=role, strokes=strokes)), target)
