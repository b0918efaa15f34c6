"""The findings sheet: what was rated and found, made for the closing meeting and for the record."""

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak

from auditor_app.progress import Progress, silent
from auditor_app.reporting.blocks import Gap
from auditor_app.reporting.closing_pages import checking_pages, limit_pages, reserve, signature_page
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.cover import contents, cover
from auditor_app.reporting.criteria_pages import criteria_pages, reason_pages, scope_pages
from auditor_app.reporting.evidence_pages import evidence_pages
from auditor_app.reporting.finding_pages import finding_pages
from auditor_app.reporting.layout import Masthead, Story
from auditor_app.reporting.making import MadeReport as MadeReport
from auditor_app.reporting.making import make_pdf, sections_of
from auditor_app.reporting.review_pages import review_pages
from auditor_app.translation import _


def make_findings_report(content: ReportContent, progress: Progress = silent) -> MadeReport:
    """Make the findings sheet in the content's language. Raises like `make_pdf`.

    Raises KeyError when the content names a finding, an item of evidence or a rating that it does not hold.
    """
    return make_pdf(content, lambda: _story(content), progress)


def masthead_of(content: ReportContent) -> Masthead:
    """Give what stands on every page."""
    return Masthead(
        title=content.title,
        site=content.site,
        standard=content.standard,
        standing=_("Preliminary: not reviewed by the office") if content.preliminary else _("Proposed ratings, not an award"),
        mark=_("Preliminary") if content.preliminary else "",
        report_id=content.report_id,
        author=content.lead_auditor,
        subject=f"{content.visit_kind}, {content.standard}",
        program_version=content.program_version,
        language=content.language,
    )


def _story(content: ReportContent) -> Story:
    gap, lead, site = Gap(), reserve(), reserve()
    inside: list[Flowable] = [
        *scope_pages(content),
        PageBreak(),
        *criteria_pages(content),
        gap,
        *reason_pages(content),
        PageBreak() if content.findings else gap,
        *finding_pages(content),
        PageBreak() if content.evidence else gap,
        *evidence_pages(content),
        gap,
        *review_pages(content),
        *limit_pages(content),
        gap,
        *checking_pages(content),
        PageBreak(),
        *signature_page(content, lead, site),
    ]
    expected = 6 + len(content.criteria) // 8 + len(content.findings) + len(content.evidence) // 11
    pieces = [NextPageTemplate("inside"), *cover(content), PageBreak(), *contents(sections_of(inside)), *inside]
    return Story(masthead=masthead_of(content), pieces=pieces, expected=expected, lead=lead, site=site)
