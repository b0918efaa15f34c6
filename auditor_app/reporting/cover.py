"""The cover: what was visited, by whom and against what, what came out, and what that is worth."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from babel.dates import format_date, format_datetime
from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.blocks import Block, Card, PageNumber
from auditor_app.reporting.charts import Shares
from auditor_app.reporting.content import Fact, RatingLabel, ReportContent
from auditor_app.reporting.glyphs import draw_glyph
from auditor_app.reporting.ratings import Scale, colour_of, counts
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
    SECTION,
    STEP,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import CONTENTS, Cell, fact_grid, plain_table, ruled_table
from auditor_app.reporting.text import Text
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _, plural, reading_locale


class Printable(Protocol):
    """What every document's content tells of itself."""

    @property
    def language(self) -> str:
        """Give the code of the language it is written in."""
        ...

    @property
    def made_at(self) -> datetime:
        """Give the moment of making, aware."""
        ...


class Named(Scale, Printable, Protocol):
    """What a cover names."""

    @property
    def title(self) -> str:
        """Give the kind of document."""
        ...

    @property
    def site(self) -> str:
        """Name the site."""
        ...

    @property
    def visit_kind(self) -> str:
        """Name the kind of visit."""
        ...

    @property
    def standard(self) -> str:
        """Name the standard with its version."""
        ...


def cover(content: ReportContent) -> list[Flowable]:
    """Lay out the cover."""
    return [*_name(content), _standing(content), *_summary(content, _amounts(content)), *_facts(content)]


def contents(sections: Sequence[tuple[str, str]]) -> list[Flowable]:
    """List the sections, given as (title, the place that links name), with room for the pages on which they begin."""
    rows: list[list[Cell]] = [[paragraph(title, BODY, target=key), PageNumber(key, NOTE_RIGHT)] for title, key in sections]
    table = ruled_table(rows, (TEXT_WIDTH - 40, 40), header=False, roles=CONTENTS)
    return [paragraph(_("Contents"), SECTION), table, Spacer(0, 9 * STEP)]


def statement(content: ReportContent) -> str:
    """Say what the ratings are worth, in the office's words or our own."""
    return content.statement or _(
        "The ratings in this report are proposed by the auditors. They are not an award: the standard's office reviews them and "
        "decides. The visit was a sample of records, people and places; what it did not see may differ from what it saw."
    )


def _preliminary() -> str:
    return _(
        "This sheet was made for the closing meeting. It says what was found as it stood then, with what the site said of it; the final"
        " report may differ, and the office keeps a list of what was changed."
    )


def made_at(content: Printable) -> str:
    """Write the moment of making, in its own offset."""
    locale = reading_locale(content.language)
    return f"{format_date(content.made_at, 'long', locale=locale)}, {format_datetime(content.made_at, 'HH:mm xxx', locale=locale)}"


def plain_cover(content: ReportContent) -> list[Flowable]:
    """Lay out a cover without results."""
    return [*_name(content), *_facts(content)]


def _name(content: Named) -> list[Flowable]:
    return [
        paragraph(f"{content.title} · {content.visit_kind}" if content.visit_kind else content.title, COVER_KIND),
        Spacer(0, STEP),
        _Balanced(paragraph(content.site, COVER_TITLE)),
        Spacer(0, STEP),
        paragraph(content.standard, COVER_KIND),
        Spacer(0, 5 * STEP),
    ]


def public_cover(content: Named, standing: Sequence[str], facts: Sequence[Fact]) -> list[Flowable]:
    """Lay out the cover of a document that names nobody: what it is worth in paragraphs, the results, and facts."""
    words = [piece for text in standing for piece in (Spacer(0, STEP / 2), paragraph(text, BODY))]
    title = paragraph(_("Proposed, not awarded"), COPPER_HEADING)
    return [
        *_name(content),
        Card([title, *words], ground=COPPER_SOFT, line=None),
        *_summary(content, []),
        paragraph(_("Site and visit"), HEADING),
        fact_grid(facts),
    ]


def _standing(content: ReportContent) -> Card:
    title = _("Preliminary; proposed, not awarded") if content.preliminary else _("Proposed, not awarded")
    words = [paragraph(title, COPPER_HEADING), Spacer(0, STEP / 2), paragraph(statement(content), BODY)]
    if content.preliminary:
        words += [Spacer(0, STEP), paragraph(_preliminary(), BODY)]
    return Card(words, ground=COPPER_SOFT, line=None)


def _summary(content: Scale, amounts: Sequence[Flowable]) -> list[Flowable]:
    if not content.criteria:
        return [paragraph(_("Proposed ratings"), HEADING), paragraph(_("This visit has no criteria."), NOTE)]
    found = counts(content)
    room = TEXT_WIDTH - 2 * PADDING
    cells: list[Cell] = [[_Count(step, count), paragraph(step.label if step else _("Not rated"), NOTE)] for step, count in found]
    table = plain_table([cells], [room / len(cells)] * len(cells))
    bar = Shares([(colour_of(step) if step else LINE, count) for step, count in found], room)
    card = Card([table, Spacer(0, STEP), bar, *(piece for one in amounts for piece in (Spacer(0, 2 * STEP), one))])
    total = plural("{count} criterion", "{count} criteria", len(content.criteria))
    return [paragraph(f"{_('Proposed ratings')} · {total}", HEADING), card]


def _amounts(content: ReportContent) -> list[Flowable]:
    amounts = (
        plural("{count} finding", "{count} findings", len(content.findings)),
        plural("{count} piece of evidence", "{count} pieces of evidence", len(content.evidence)),
        plural("{count} limit", "{count} limits", len(content.limits)),
    )
    return [paragraph(" · ".join(amounts), NOTE)]


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


class _Balanced(Block):
    """A title whose lines are about equally long, so that no word stands alone in the last one."""

    def __init__(self, words: Text) -> None:
        super().__init__()
        self.words = words

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        # The words are set as narrow as the height allows that they need in the whole width.
        self.width, (_width, self.height) = width, self.words.wrapOn(self.canv, width, height)
        narrow, wide = width / 2, width
        while wide - narrow > STEP:
            middle = (narrow + wide) / 2
            fits = self.words.wrapOn(self.canv, middle, height)[1] <= self.height
            narrow, wide = (narrow, middle) if fits else (middle, wide)
        self.words.wrapOn(self.canv, wide, height)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        return list(self.words.splitOn(self.canv, width, height))

    def draw(self) -> None:
        self.words.drawOn(self.canv, 0, 0)


class _Count(Block):
    """A rating's glyph with the number of criteria beside it."""

    def __init__(self, rating: RatingLabel | None, count: int) -> None:
        super().__init__()
        self.rating, self.count = rating, paragraph(str(count), COUNT)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.count.wrapOn(self.canv, width - 24, height)
        return width, self.height

    def draw(self) -> None:
        with self.canv.decoration():
            draw_glyph(self.canv, self.rating.key if self.rating else None, 0, 4, 17, colour_of(self.rating))
        self.count.drawOn(self.canv, 24, 0)
