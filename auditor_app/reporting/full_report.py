"""The full assessor report: everything that the auditors looked at, how, and what they concluded, for the assurance office."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak

from auditor_app.progress import Progress, silent
from auditor_app.reporting.assessment import Assessment
from auditor_app.reporting.assessment_pages import (
    declaration_pages,
    disagreement_pages,
    equivalence_pages,
    meeting_pages,
    profile_pages,
    team_pages,
)
from auditor_app.reporting.blocks import Gap, Heading, heading
from auditor_app.reporting.closing_pages import checking_pages, limit_pages, reserve, signature_page
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.cover import contents, cover
from auditor_app.reporting.criteria_pages import criteria_pages, scope_pages
from auditor_app.reporting.detail_pages import detail_pages
from auditor_app.reporting.evidence_pages import evidence_pages
from auditor_app.reporting.finding_pages import finding_pages
from auditor_app.reporting.findings_report import masthead_of
from auditor_app.reporting.layout import Story
from auditor_app.reporting.making import MadeReport, make_pdf, sections_of
from auditor_app.reporting.photo_pages import photo_pages
from auditor_app.reporting.plan_pages import plan_pages
from auditor_app.reporting.review_pages import review_pages
from auditor_app.reporting.sampling_pages import coverage_pages, glance_pages, method_pages
from auditor_app.reporting.styles import SECTION


def make_full_report(content: ReportContent, progress: Progress = silent) -> MadeReport:
    """Make the full report of a content that has its `assessment`. Raises like `make_findings_report`."""
    return make_pdf(content, lambda: _story(content, content.assessment or Assessment()), progress)


def _story(content: ReportContent, told: Assessment) -> Story:
    lead, site = reserve(), reserve()
    inside = numbered(
        [
            *declaration_pages(told),
            *_after(scope_pages(content, method=False)),
            *_after(team_pages(content, told)),
            *_after(glance_pages(content)),
            PageBreak(),
            *criteria_pages(content),
            *_after(method_pages(content, told)),
            *_after(limit_pages(content)),
            *_after(coverage_pages(content, told)),
            *_after(profile_pages(told, content.site_facts)),
            *_after(equivalence_pages(told)),
            PageBreak(),
            *detail_pages(content, told),
            PageBreak(),
            *finding_pages(content),
            *_after(plan_pages(content, told.plan)),
            *_after(disagreement_pages(content, told)),
            *_after(meeting_pages(told)),
            *photo_pages(content),
            PageBreak(),
            *evidence_pages(content),
            *_after(review_pages(content)),
            *_after(checking_pages(content)),
            PageBreak(),
            *signature_page(content, lead, site),
        ]
    )
    expected = 14 + len(content.criteria) + len(content.findings) + len(content.evidence) // 4
    pieces = [NextPageTemplate("inside"), *cover(content), PageBreak(), *contents(sections_of(inside)), PageBreak(), *inside]
    return Story(masthead=masthead_of(content), pieces=pieces, expected=expected, lead=lead, site=site)


def _after(pieces: Sequence[Flowable]) -> list[Flowable]:
    """Set a section apart from the one before."""
    return [Gap(), *pieces] if pieces else []


def numbered(pieces: Sequence[Flowable]) -> list[Flowable]:
    """Number the sections as they come."""
    told: list[Flowable] = []
    number = 0
    for piece in pieces:
        if isinstance(piece, Heading) and piece.level == 0:
            number += 1
            piece = heading(f"{number}  {piece.title}", SECTION, piece.key)
        told.append(piece)
    return told
