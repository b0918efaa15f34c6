"""Pages of A4 with running heads and "page x of y", built again until the numbers are those of the pages themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Spacer

from auditor_app.progress import Progress
from auditor_app.reporting.blocks import Heading, Reserved
from auditor_app.reporting.closing_pages import checking_pages, limit_pages, reserve, signature_page
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.cover import Section, contents, cover
from auditor_app.reporting.criteria_pages import criteria_pages, reason_pages, scope_pages
from auditor_app.reporting.evidence_pages import evidence_pages
from auditor_app.reporting.finding_pages import finding_pages
from auditor_app.reporting.fonts import BOLD, REGULAR, register, width_of
from auditor_app.reporting.styles import (
    COPPER,
    FOOT,
    HAIRLINE,
    LINE,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    STEP,
    TEXT,
    TEXT_WIDTH,
    TOP,
)
from auditor_app.reporting.writing import draw_line, one_line, shortened
from auditor_app.translation import _

_RUNNING = 8
_ROUNDS = 3
"""How often the pages are built again at most; the second time is nearly always the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """PDF bytes, the number of pages, and where room for the signature is: page from 0, (left, bottom, right, top) in points."""

    pdf: bytes
    pages: int
    sections: tuple[Section, ...]
    signature_page: int
    signature_box: tuple[float, float, float, float]


class _Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Pages that note where each section begins and tell how far they are."""

    sections: list[Section]
    progress: Progress
    total: int

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Note the page of a section's heading; report progress, here because reportlab rewrites errors raised while it begins a page."""
        self.progress("laying_out_pages", min(self.page, self.total), self.total)
        if isinstance(flowable, Heading) and flowable.level == 0:
            self.sections.append(Section(title=flowable.title, key=flowable.key, page=self.page))


def lay_out(content: ReportContent, progress: Progress) -> LaidOut:
    """Build the whole document in the language of the context. The same content gives the same bytes."""
    register()
    laid_out = _build(content, (), 0, progress)
    for _again in range(_ROUNDS):
        before = laid_out
        laid_out = _build(content, before.sections, before.pages, progress)
        if (laid_out.sections, laid_out.pages) == (before.sections, before.pages):
            break
    return laid_out


def _build(content: ReportContent, sections: tuple[Section, ...], total: int, progress: Progress) -> LaidOut:
    output, reserved = BytesIO(), reserve()
    document = _document(content, total, output)
    document.sections, document.progress, document.total = [], progress, total
    document.build(_story(content, sections, reserved), canvasmaker=_canvas)
    return LaidOut(
        pdf=output.getvalue(),
        pages=document.page,
        sections=tuple(document.sections),
        signature_page=reserved.page,
        signature_box=reserved.box,
    )


def _document(content: ReportContent, total: int, output: BytesIO) -> _Document:
    document = _Document(
        output,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=one_line(f"{content.title}: {content.site}"),
        author=one_line(content.lead_auditor),
        subject=one_line(f"{content.visit_kind}, {content.standard}"),
        creator=one_line(content.program_version),
        lang=content.language.replace("_", "-"),
        invariant=1,
    )
    heads = partial(_running_heads, content, total)
    document.addPageTemplates([_template("cover", heads), _template("inside", heads)])
    return document


def _template(name: str, heads: Callable[[Canvas, BaseDocTemplate], None]) -> PageTemplate:
    top = SIDE if name == "cover" else TOP
    frame = Frame(SIDE, FOOT, TEXT_WIDTH, PAGE_HEIGHT - top - FOOT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    return PageTemplate(name, [frame], onPage=heads)


def _canvas(*arguments: object, **settings: object) -> Canvas:
    # reportlab would name Helvetica on every page, which an archival file must embed and we do not have.
    canvas = Canvas(*arguments, **{**settings, "initialFontName": REGULAR})
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    return canvas


def _story(content: ReportContent, sections: tuple[Section, ...], reserved: Reserved) -> list[Flowable]:
    gap = Spacer(0, 7 * STEP)
    return [
        NextPageTemplate("inside"),
        *cover(content),
        PageBreak(),
        *contents(sections),
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
        *limit_pages(content),
        gap,
        *checking_pages(content),
        PageBreak(),
        *signature_page(content, reserved),
    ]


def _running_heads(content: ReportContent, total: int, canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.saveState()
    if document.page > 1:
        _head(content, canvas)
    _foot(content, total, canvas, document.page)
    canvas.restoreState()


def _head(content: ReportContent, canvas: Canvas) -> None:
    y = PAGE_HEIGHT - 46
    standing = _("Proposed ratings, not an award")
    left = TEXT_WIDTH - width_of(standing, _RUNNING) - 16
    site = shortened(content.site, left * 0.6, size=_RUNNING, face=BOLD)
    canvas.setFillColor(TEXT)
    draw_line(canvas, SIDE, y, site, size=_RUNNING, face=BOLD)
    canvas.setFillColor(MUTED)
    after = SIDE + width_of(site, _RUNNING, BOLD) + 8
    draw_line(canvas, after, y, shortened(content.standard, SIDE + left - after, size=_RUNNING), size=_RUNNING)
    draw_line(canvas, SIDE + TEXT_WIDTH - width_of(standing, _RUNNING), y, standing, size=_RUNNING)
    _rule(canvas, y - 9)
    canvas.setFillColor(COPPER)
    canvas.rect(SIDE, y - 10, 28, 2, stroke=0, fill=1)


def _foot(content: ReportContent, total: int, canvas: Canvas, page: int) -> None:
    y = 34
    numbered = _("Page {page} of {total}").format(page=page, total=total)
    name = shortened(f"{content.title} · {content.report_id}", TEXT_WIDTH - width_of(numbered, _RUNNING) - 16, size=_RUNNING)
    _rule(canvas, y + 14)
    canvas.setFillColor(MUTED)
    draw_line(canvas, SIDE, y, name, size=_RUNNING)
    draw_line(canvas, SIDE + TEXT_WIDTH - width_of(numbered, _RUNNING), y, numbered, size=_RUNNING)


def _rule(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(SIDE, y, SIDE + TEXT_WIDTH, y)
