"""The improvement plan as a document of its own: the table of what is to be done, by whom, by when, and how far it is."""

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from auditor_app.progress import Progress, silent
from auditor_app.reporting.assessment import Assessment
from auditor_app.reporting.closing_pages import reserve, signature_page
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.cover import plain_cover
from auditor_app.reporting.findings_report import masthead_of
from auditor_app.reporting.layout import Story
from auditor_app.reporting.making import MadeReport, make_pdf
from auditor_app.reporting.plan_pages import plan_pages
from auditor_app.reporting.styles import BODY, STEP
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _


def make_plan(content: ReportContent, progress: Progress = silent) -> MadeReport:
    """Make the plan of a content that has its `assessment`. Raises like `make_findings_report`."""
    return make_pdf(content, lambda: _story(content, content.assessment or Assessment()), progress)


def _story(content: ReportContent, told: Assessment) -> Story:
    lead, site = reserve(), reserve()
    words = _(
        "What the site does about each finding, by whom and by when. The days follow the form's deadlines where the site and the auditors "
        "agreed on no other. The office is told of every change."
    )
    pieces: list[Flowable] = [
        NextPageTemplate("inside"),
        *plain_cover(content),
        Spacer(0, 4 * STEP),
        paragraph(words, BODY),
        PageBreak(),
        *plan_pages(content, told.plan, linked=False),
        PageBreak(),
        *signature_page(content, lead, site),
    ]
    return Story(masthead=masthead_of(content), pieces=pieces, expected=3 + len(told.plan) // 5, lead=lead, site=site)
