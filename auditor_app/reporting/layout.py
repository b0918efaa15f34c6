"""Pages of A4 with running heads, a list of contents, and "page x of y"; what is known only at the end is written at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from auditor_app.progress import Progress
from auditor_app.reporting.blocks import Heading, Reserved
from auditor_app.reporting.fonts import BOLD
from auditor_app.reporting.paper import Late, Paper, Used, late_line
from auditor_app.reporting.spots import Spot
from auditor_app.reporting.structure import Structure
from auditor_app.reporting.styles import (
    COPPER,
    FOOT,
    HAIRLINE,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RUNNING,
    RUNNING_BOLD,
    SIDE,
    TEXT_WIDTH,
    TOP,
)
from auditor_app.reporting.typesetting import set_line
from auditor_app.reporting.writing import one_line, shortened, width_of
from auditor_app.translation import _

_FOOT_LINE = 34.0
_PAGES_OF = 84.0
"""Room for "Page x of y" at the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What stands on every page and in the file's properties; `standing` says at the head what the document is worth."""

    title: str
    site: str
    standard: str
    standing: str
    report_id: str
    author: str
    subject: str
    program_version: str
    language: str
    mark: str = ""
    """Stands before the title at the foot, e.g. "Preliminary"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All flowables in order, the frames for signatures among them (None where nobody signs), and a guess at the number of pages."""

    masthead: Masthead
    pieces: Sequence[Flowable]
    expected: int
    lead: Reserved | None = None
    site: Reserved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """PDF bytes with what `archival` must add, the number of pages, and what each part of a page is about."""

    pdf: bytes
    used: Used
    structure: Structure
    pages: int
    spots: tuple[Spot, ...]


class _Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Pages that note where each section begins and tell how far they are."""

    canv: Paper
    begins: dict[str, int]
    progress: Progress
    expected: int

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Note the page of a section's heading; report progress, here because reportlab rewrites errors raised while it begins a page."""
        self.progress("laying_out_pages", self.page, max(self.expected, self.page))
        if isinstance(flowable, Heading) and flowable.level == 0:
            self.begins[flowable.key] = self.page

    def afterPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the canvas, which reportlab forgets when all pages are done."""
        self.paper = self.canv


def lay_out(story: Story, progress: Progress) -> LaidOut:
    """Build the whole document in the language of the context. The same content gives the same bytes."""
    output = BytesIO()
    document = _document(story.masthead, output)
    document.begins, document.progress, document.expected = {}, progress, story.expected
    document.build(list(story.pieces), canvasmaker=_paper)
    progress("laying_out_pages", document.page, document.page)
    paper, pages = document.paper, document.page
    _finish(paper, document.begins, pages)
    # The canvas holds the document. Without the way back all is freed as soon as it is done with.
    document.__dict__.clear()
    return LaidOut(pdf=output.getvalue(), used=paper.used, structure=paper.structure, pages=pages, spots=tuple(paper.spots))


def _finish(paper: Paper, begins: dict[str, int], pages: int) -> None:
    """Write what is known only now: the pages on which sections begin, and how many pages there are."""
    for place, late in paper.late.items():
        page = begins.get(late.about)
        text = str(page) if page else _("Page {page} of {total}").format(page=late.about, total=pages)
        paper.used.late[place] = late_line(paper.used, text, late)


def _document(masthead: Masthead, output: BytesIO) -> _Document:
    document = _Document(
        output,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=one_line(f"{masthead.title}: {masthead.site}"),
        author=one_line(masthead.author),
        subject=one_line(masthead.subject),
        creator=one_line(masthead.program_version),
        lang=masthead.language.replace("_", "-"),
        invariant=1,
        pageCompression=0,
    )
    heads = partial(_running_heads, masthead)
    document.addPageTemplates([_template("cover", heads), _template("inside", heads)])
    return document


def _template(name: str, heads: Callable[[Paper, BaseDocTemplate], None]) -> PageTemplate:
    top = SIDE if name == "cover" else TOP
    frame = Frame(SIDE, FOOT, TEXT_WIDTH, PAGE_HEIGHT - top - FOOT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    return PageTemplate(name, [frame], onPage=heads)


def _paper(*arguments: object, **settings: object) -> Paper:
    paper = Paper(*arguments, **settings)
    paper.setViewerPreference("DisplayDocTitle", "true")
    paper.showOutline()
    return paper


def _running_heads(masthead: Masthead, paper: Paper, document: BaseDocTemplate) -> None:
    paper.saveState()
    with paper.decoration("Pagination"):
        if document.page > 1:
            paper.stamp("head", partial(_head, masthead))
        paper.stamp("foot", partial(_foot, masthead))
        paper.later(Late(about=str(paper.page + 1), right=SIDE + TEXT_WIDTH, base=_FOOT_LINE, style=RUNNING))
    paper.restoreState()


def _head(masthead: Masthead, paper: Paper) -> None:
    y, size = PAGE_HEIGHT - 46, RUNNING.fontSize
    left = TEXT_WIDTH - width_of(masthead.standing, size) - 16
    site = shortened(masthead.site, left * 0.6, size=size, face=BOLD)
    paper.line_of_text(set_line(site, BOLD), SIDE, y, RUNNING_BOLD)
    after = SIDE + width_of(site, size, BOLD) + 8
    standard = shortened(masthead.standard, SIDE + left - after, size=size)
    paper.line_of_text(set_line(standard), after, y, RUNNING)
    paper.line_of_text(set_line(masthead.standing), SIDE + TEXT_WIDTH - width_of(masthead.standing, size), y, RUNNING)
    _rule(paper, y - 9)
    paper.setFillColor(COPPER)
    paper.rect(SIDE, y - 10, 28, 2, stroke=0, fill=1)


def _foot(masthead: Masthead, paper: Paper) -> None:
    size = RUNNING.fontSize
    mark = f"{masthead.mark} · " if masthead.mark else ""
    name = shortened(f"{mark}{masthead.title} · {masthead.report_id}", TEXT_WIDTH - _PAGES_OF, size=size)
    _rule(paper, _FOOT_LINE + 14)
    paper.line_of_text(set_line(name), SIDE, _FOOT_LINE, RUNNING)


def _rule(paper: Paper, y: float) -> None:
    paper.setStrokeColor(LINE)
    paper.setLineWidth(HAIRLINE)
    paper.line(SIDE, y, SIDE + TEXT_WIDTH, y)
