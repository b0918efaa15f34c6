"""The public summary: what was rated, and what is to be improved, without names and without evidence. Nobody signs it."""

from itertools import groupby

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from auditor_app.progress import Progress, silent
from auditor_app.reporting.blocks import Gap, section
from auditor_app.reporting.charts import Tile, tiles
from auditor_app.reporting.cover import made_at, public_cover
from auditor_app.reporting.full_report import numbered
from auditor_app.reporting.layout import Masthead, Story
from auditor_app.reporting.making import MadeReport, make_pdf
from auditor_app.reporting.plan_pages import progress_chart
from auditor_app.reporting.ratings import rating_of
from auditor_app.reporting.styles import (
    BODY,
    DIGEST,
    HEADING,
    LABEL,
    NOTE,
    SMALL,
    SMALL_BOLD,
    STEP,
)
from auditor_app.reporting.summary_content import Amounts, PublicCriterion, PublicItem, SummaryContent
from auditor_app.reporting.tables import Cell, fact_grid, ruled_table
from auditor_app.reporting.values import Fact
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _, plural

_ITEMS = (34, 279, 86, 84)


def make_summary(content: SummaryContent, progress: Progress = silent) -> MadeReport:
    """Make the public summary in the content's language. Raises like `make_pdf`."""
    return make_pdf(content, lambda: _story(content), progress)


def _story(content: SummaryContent) -> Story:
    gap = Gap()
    inside = [
        *_scope(content),
        gap,
        *_criteria(content),
        gap,
        *_items(content),
        *_practices(content),
        gap,
        *_method(content),
        gap,
        *_identity(content),
    ]
    return Story(
        masthead=_masthead(content), pieces=[NextPageTemplate("inside"), *_cover(content), PageBreak(), *numbered(inside)], expected=4
    )


def _masthead(content: SummaryContent) -> Masthead:
    return Masthead(
        title=content.title,
        site=content.site,
        standard=content.standard,
        standing=_("Proposed ratings, not an award"),
        report_id=content.report_id,
        author=content.publisher,
        subject=f"{content.visit_kind}, {content.standard}",
        program_version=content.program_version,
        language=content.language,
    )


def _cover(content: SummaryContent) -> list[Flowable]:
    made = Fact(label=_("Summary made"), value=made_at(content))
    return public_cover(content, content.conclusion, (*content.site_facts, *content.dates, made))


def _scope(content: SummaryContent) -> list[Flowable]:
    pieces = section(_("Scope"), "scope")
    for heading, text in ((_("What was looked at"), content.scope), (_("Left out"), content.exclusions)):
        pieces += [paragraph(heading, HEADING), paragraph(text or _("Not recorded."), BODY if text else NOTE)]
    return pieces


def _criteria(content: SummaryContent) -> list[Flowable]:
    pieces = section(_("Criteria and proposed ratings"), "criteria")
    for pillar, found in groupby(content.criteria, key=lambda row: row.pillar):
        pieces += [paragraph(pillar, HEADING), tiles([_tile(content, row) for row in found])]
    return pieces


def _tile(content: SummaryContent, row: PublicCriterion) -> Tile:
    return Tile(row.number, row.name, rating_of(content, row))


def _items(content: SummaryContent) -> list[Flowable]:
    pieces = section(_("What is to be improved"), "plan")
    if not content.items:
        return [*pieces, paragraph(_("Nothing is to be improved after this visit."), BODY)]
    rows: list[list[Cell]] = [[paragraph(head, LABEL) for head in (_("No."), _("What is to be done"), _("Due"), _("State"))]]
    rows += [_item(one) for one in content.items]
    return [*pieces, *progress_chart([one.state for one in content.items]), Spacer(0, 3 * STEP), ruled_table(rows, _ITEMS, whole={2})]


def _item(one: PublicItem) -> list[Cell]:
    about = " · ".join(part for part in (_("Criterion {number}").format(number=one.criterion_number), one.grade, one.reach) if part)
    told: list[Flowable] = [paragraph(one.title, SMALL_BOLD), paragraph(about, NOTE)]
    told += [paragraph(one.action, SMALL)] if one.action.strip() else []
    return [paragraph(one.number, NOTE), told, paragraph(one.due or "–", SMALL), paragraph(one.state_words, SMALL)]


def _practices(content: SummaryContent) -> list[Flowable]:
    if not content.practices:
        return []
    pieces = [Gap(), *section(_("Good practices"), "practices")]
    rows: list[list[Cell]] = [[paragraph(_("Criterion"), LABEL), paragraph(_("What was found good"), LABEL)]]
    rows += [[paragraph(one.criterion_number, NOTE), paragraph(one.title, SMALL)] for one in content.practices]
    return [*pieces, ruled_table(rows, (60, sum(_ITEMS) - 60))]


def _method(content: SummaryContent) -> list[Flowable]:
    pieces = section(_("How it was assessed"), "method")
    sample = _(
        "The auditors checked documents, spoke with people and looked at the site. The visit was a sample: what was not seen may differ "
        "from what was. People who were heard are not named in any report."
    )
    pieces += [paragraph(sample, BODY), Spacer(0, STEP), paragraph(" · ".join(_amounts(content.amounts)), BODY)]
    if content.equivalences:
        pieces += [paragraph(_("Certificates credited in place of checks"), HEADING), fact_grid(content.equivalences, columns=1)]
    return pieces


def _amounts(found: Amounts) -> list[str]:
    told = (
        plural("{count} person heard", "{count} people heard", found.people_heard),
        plural("{count} interview", "{count} interviews", found.interviews),
        plural("{count} document received", "{count} documents received", found.documents),
        plural("{count} area walked", "{count} areas walked", found.areas),
        plural("{count} piece of evidence", "{count} pieces of evidence", found.evidence),
        plural("{count} limit recorded", "{count} limits recorded", found.limits),
    )
    counts = (found.people_heard, found.interviews, found.documents, found.areas, found.evidence, found.limits)
    return [words for words, count in zip(told, counts, strict=True) if count]


def _identity(content: SummaryContent) -> list[Flowable]:
    words = _("Made from the same record as the full report, by {publisher}.").format(publisher=content.publisher)
    return [
        *section(_("About this summary"), "about"),
        paragraph(words if content.publisher else _("Made from the same record as the full report."), BODY),
        Spacer(0, STEP),
        paragraph(_("Version of the criteria, by its digest"), LABEL),
        paragraph(content.form_digest, DIGEST),
        paragraph(content.program_version, NOTE),
    ]
