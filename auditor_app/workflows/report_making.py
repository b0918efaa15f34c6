"""The documents that are made of one visit, each by its kind, from one data set."""

from dataclasses import dataclass, replace
from datetime import datetime

from auditor_app.domain.journal import chain_heads
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.making import MadeReport
from auditor_app.store.journal import entries_of_visit, heads_of_visit
from auditor_app.translation import _
from auditor_app.translation import language as speaking
from auditor_app.workflows.closing import held
from auditor_app.workflows.identity import signer
from auditor_app.workflows.report_assessment import assessment
from auditor_app.workflows.report_content import evidence_numbers, findings_content
from auditor_app.workflows.report_kinds import EDITABLE, FINDINGS, FULL, PLAN, SUMMARY
from auditor_app.workflows.report_pictures import printed_pictures
from auditor_app.workflows.report_summary import summary_content
from auditor_app.workflows.visits import OpenVisit, open_visit
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be made."""

    id: str
    visit: VisitId
    kind: str
    language: str
    photos: str
    at: datetime
    preliminary: bool = False


def make(workspace: Workspace, asked: Asked, progress: Progress) -> MadeReport:
    """Make a document from the visit as it stands. Raises NotAllowed when it cannot be printed."""
    opened = open_visit(workspace, asked.visit)
    with speaking(asked.language):
        if asked.kind == SUMMARY:
            return _summary(workspace, opened, asked, progress)
        return _printed(asked.kind, _content(workspace, opened, asked), progress)


def _printed(kind: str, content: ReportContent, progress: Progress) -> MadeReport:
    """Lay out a content; each kind's pages load when they are first wanted."""
    if kind == FULL:
        from auditor_app.reporting.full_report import make_full_report  # noqa: PLC0415

        return make_full_report(content, progress)
    if kind == PLAN:
        from auditor_app.reporting.improvement_plan import make_plan  # noqa: PLC0415

        return make_plan(content, progress)
    if kind == EDITABLE:
        from auditor_app.reporting.editable import make_editable  # noqa: PLC0415

        return make_editable(content, progress)
    from auditor_app.reporting.findings_report import make_findings_report  # noqa: PLC0415

    return make_findings_report(content, progress)


def _summary(workspace: Workspace, opened: OpenVisit, asked: Asked, progress: Progress) -> MadeReport:
    from auditor_app.reporting.public_summary import make_summary  # noqa: PLC0415

    heads = heads_of_visit(workspace.db, asked.visit)
    content = summary_content(opened, heads, report_id=asked.id, made_at=asked.at, publisher=workspace.me.organisation)
    return make_summary(content, progress)


def _content(workspace: Workspace, opened: OpenVisit, asked: Asked) -> ReportContent:
    who, entries = signer(workspace), entries_of_visit(workspace.db, asked.visit)
    content = findings_content(
        opened,
        report_id=asked.id,
        made_at=asked.at,
        lead=who.name if who else workspace.me.name,
        heads={str(device): str(digest) for device, (_last, digest) in chain_heads(entries).items()},
        thumbnails=printed_pictures(workspace, asked.photos, large=asked.kind in {FULL, EDITABLE}),
        preliminary=asked.preliminary,
    )
    if asked.kind == FINDINGS:
        return content
    meetings = [held(workspace, asked.visit, one.id) for one in opened.state.closings]
    titles = {FULL: _("Assessor report"), PLAN: _("Improvement plan"), EDITABLE: _("Assessor report, editable copy")}
    told = assessment(opened, evidence_numbers(opened.state), meetings, asked.at.date())
    return replace(content, title=titles[asked.kind], assessment=told)
