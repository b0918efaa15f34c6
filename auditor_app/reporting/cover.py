"""The cover: what was visited, by whom and against what, what came out, and what that is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_datetime
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.blocks import Block, Card
from auditor_app.reporting.content import Fact, RatingLabel, ReportContent
from auditor_app.reporting.glyphs import draw_glyph
from auditor_app.reporting.ratings import colour_of, counts
from auditor_app.reporting.styles import (
    BODY,
    COPPER_HEADING,
    COPPER_SOFT,
    COUNT,
    COVER_KIND,
    COVER_TITLE,
    HEADING,
    LINE,
    NOTE,
    NOTE_RIGHT,
    PADDING,
    PAPER,
    SECTION,
    STEP,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import Cell, fact_grid, plain_table, ruled_table
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the document: its title, the place that links name, and its page from 1."""

    title: str
    key: str
    page: int


def cover(content: ReportContent) -> list[Flowable]:
    """Lay out the cover."""
    return [
        paragraph(f"{content.title} · {content.visit_kind}" if content.visit_kind else content.title, COVER_KIND),
        Spacer(0, STEP),
        paragraph(content.site, COVER_TITLE),
        Spacer(0, STEP),
        paragraph(content.standard, COVER_KIND),
        Spacer(0, 5 * STEP),
        _standing(content),
        *_summary(content),
        *_facts(content),
    ]


def contents(sections: Sequence[Section]) -> list[Flowable]:
    """List the sections with their pages; nothing while they are not known."""
    if not sections:
        return []
    rows: list[list[Cell]] = [[paragraph(s.title, BODY, target=s.key), paragraph(str(s.page), NOTE_RIGHT)] for s in sections]
    table = ruled_table(rows, (TEXT_WIDTH - 40, 40), header=False)
    return [paragraph(_("Contents"), SECTION), table, Spacer(0, 9 * STEP)]


def statement(content: ReportContent) -> str:
    """Say what the ratings are worth, in the office's words or our own."""
    return content.statement or _(
        "The ratings in this report are proposed by the auditors. They are not an award: the standard's office reviews them and "
        "decides. The visit was a sample of records, people and places; what it did not see may differ from what it saw."
    )


def made_at(content: ReportContent) -> str:
    """Write the moment of making, in its own offset."""
    return str(format_datetime(content.made_at, "d MMMM y, HH:mm ZZZZZ", locale=content.language))


def _standing(content: ReportContent) -> Card:
    words = [paragraph(_("Proposed, not awarded"), COPPER_HEADING), Spacer(0, STEP / 2), paragraph(statement(content), BODY)]
    return Card(words, ground=COPPER_SOFT, line=None)


def _summary(content: ReportContent) -> list[Flowable]:
    if not content.criteria:
        return [paragraph(_("Proposed ratings"), HEADING), paragraph(_("This visit has no criteria."), NOTE)]
    found = counts(content)
    room = TEXT_WIDTH - 2 * PADDING
    cells: list[Cell] = [[_Count(step, count), paragraph(step.label if step else _("Not rated"), NOTE)] for step, count in found]
    table = plain_table([cells], [room / len(cells)] * len(cells))
    card = Card([table, Spacer(0, STEP), _Shares(found, room), Spacer(0, 2 * STEP), _amounts(content)])
    total = plural("{count} criterion", "{count} criteria", len(content.criteria))
    return [paragraph(f"{_('Proposed ratings')} · {total}", HEADING), card]


def _amounts(content: ReportContent) -> Flowable:
    amounts = (
        plural("{count} finding", "{count} findings", len(content.findings)),
        plural("{count} piece of evidence", "{count} pieces of evidence", len(content.evidence)),
        plural("{count} limit", "{count} limits", len(content.limits)),
    )
    return paragraph(" · ".join(amounts), NOTE)


def _facts(content: ReportContent) -> list[Flowable]:
    people = [
        Fact(label=_("Lead auditor"), value=content.lead_auditor),
        Fact(label=_("Team"), value=", ".join(content.team) or _("Lead auditor alone")),
        *([Fact(label=_("Assurance office"), value=content.office)] if content.office else []),
        Fact(label=_("Report made"), value=made_at(content)),
    ]
    pieces: list[Flowable] = []
    for heading, facts in ((_("Site"), content.site_facts), (_("Visit"), (*content.dates, *people))):
        if facts:
            pieces += [paragraph(heading, HEADING), fact_grid(facts)]
    return pieces


class _Count(Block):
    """A rating's glyph with the number of criteria beside it."""

    def __init__(self, rating: RatingLabel | None, count: int) -> None:
        super().__init__()
        self.rating, self.count = rating, paragraph(str(count), COUNT)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.count.wrapOn(self.canv, width - 24, height)
        return width, self.height

    def draw(self) -> None:
        draw_glyph(self.canv, self.rating.key if self.rating else None, 0, 4, 17, colour_of(self.rating))
        self.count.drawOn(self.canv, 24, 0)


class _Shares(Block):
    """A bar whose parts are as long as the counts; the counts stand above it."""

    def __init__(self, found: list[tuple[RatingLabel | None, int]], width: float) -> None:
        super().__init__()
        self.shares = [(colour_of(step) if step else LINE, count) for step, count in found if count]
        self.width, self.height = width, 6.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        clip = canvas.beginPath()
        clip.roundRect(0, 0, self.width, self.height, self.height / 2)
        canvas.clipPath(clip, stroke=0, fill=0)
        x, unit = 0.0, self.width / sum(count for _colour, count in self.shares)
        canvas.setStrokeColor(PAPER)
        canvas.setLineWidth(1.5)
        for colour, count in self.shares:
            canvas.setFillColor(colour)
            canvas.rect(x, 0, count * unit, self.height, stroke=0, fill=1)
            if x:
                canvas.line(x, 0, x, self.height)
            x += count * unit
