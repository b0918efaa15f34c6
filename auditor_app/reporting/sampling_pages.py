"""Pages of the full report about the work: what was planned and achieved, results at a glance, and what each conclusion rests on."""

from itertools import groupby

from reportlab.lib.colors import Color
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from auditor_app.reporting.assessment import Assessment, Detail, Sampling
from auditor_app.reporting.blocks import section
from auditor_app.reporting.charts import Tile, bars, tiles, tiles_height
from auditor_app.reporting.content import CriterionRow, ReportContent
from auditor_app.reporting.keys import criterion_key, interview_key
from auditor_app.reporting.ratings import rating_of, tint
from auditor_app.reporting.styles import (
    BODY,
    COPPER,
    HEADING,
    LABEL,
    LABEL_RIGHT,
    NOTE,
    NOTE_CENTRED,
    SMALL,
    SMALL_CENTRED,
    SMALL_RIGHT,
    STEP,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import Cell, fact_grid, ruled_table
from auditor_app.reporting.values import criteria_words
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _

_AREAS = (130, 160, 83, 110)
_DOCUMENTS = (193, 100, 80, 110)
_INTERVIEWS = (34, 112, 104, 100, 66, 67)
_PEOPLE = (200, 60, TEXT_WIDTH - 260)
_COVERAGE = (30, 168, 61, 58, 52, 57, 57)
_GLANCE_HEAD = 60
_PILLAR_NAME = 36
"""The room that headings of the map of ratings take."""
_DEEP = 6
"""From this many on a cell is as dark as it gets."""


def glance_pages(content: ReportContent) -> list[Flowable]:
    """Map all ratings by pillar, each with number, glyph and word; on one page unless none could hold it."""
    pillars = [(pillar, [_tile(content, row) for row in found]) for pillar, found in groupby(content.criteria, key=lambda row: row.pillar)]
    whole = _GLANCE_HEAD + sum(_PILLAR_NAME + tiles_height(group) for _pillar, group in pillars)
    pieces = [CondPageBreak(whole), *section(_("Results at a glance"), "glance")]
    pieces.append(paragraph(_("Each criterion with its proposed rating; the number leads to its section."), NOTE))
    for pillar, group in pillars:
        pieces += [paragraph(pillar, HEADING), tiles(group)]
    return pieces


def _tile(content: ReportContent, row: CriterionRow) -> Tile:
    return Tile(row.number, row.name, rating_of(content, row), target=criterion_key(content, row.number))


def method_pages(content: ReportContent, assessment: Assessment) -> list[Flowable]:
    """Say how the work was done, and set what was achieved beside what was planned."""
    told = assessment.sampling
    pieces = section(_("Method and sampling"), "method")
    for text in content.method:
        pieces += [paragraph(text, BODY), Spacer(0, STEP)]
    pieces += [paragraph(_("Planned and achieved"), HEADING), bars(told.totals, heading=_("What"))]
    if told.days:
        pieces += [paragraph(_("Days on site"), HEADING), fact_grid(told.days, columns=1)]
    return [*pieces, *_workforce(told), *_people(told), *_areas(told), *_documents(told)]


def _workforce(told: Sampling) -> list[Flowable]:
    if not told.workforce:
        return []
    rows: list[list[Cell]] = [[paragraph(_("Group"), LABEL), paragraph(_("People"), LABEL_RIGHT), paragraph("", LABEL)]]
    rows += [[paragraph(one.what, SMALL), paragraph(str(one.planned), SMALL_RIGHT), paragraph(one.note, NOTE)] for one in told.workforce]
    return [paragraph(_("People who work at the site"), HEADING), ruled_table(rows, _PEOPLE)]


def _people(told: Sampling) -> list[Flowable]:
    pieces: list[Flowable] = [paragraph(_("People heard, by group"), HEADING)]
    pieces.append(bars(told.people, heading=_("Group")) if told.people else paragraph(_("No interviews were planned or held."), BODY))
    if not told.interviews:
        return pieces
    rows: list[list[Cell]] = [_labels(_("Code"), _("Group"), _("How"), _("Day"), _("Consent"), _("Criteria"))]
    for one in told.interviews:
        how = ", ".join(part for part in (one.how, one.language) if part)
        texts = (one.group, how, one.day, one.consent, ", ".join(one.criteria))
        rows.append([paragraph(one.code, SMALL, anchor=interview_key(one.code)), *(paragraph(text or "–", SMALL) for text in texts)])
    secrecy = _("People are known here by code and group. Neither names nor what they said is in this report.")
    return [
        *pieces,
        paragraph(_("Interviews"), HEADING),
        ruled_table(rows, _INTERVIEWS, whole={3}),
        Spacer(0, STEP),
        paragraph(secrecy, NOTE),
    ]


def _areas(told: Sampling) -> list[Flowable]:
    if not told.areas:
        return []
    rows: list[list[Cell]] = [_labels(_("Area"), _("Why"), _("Walked"), _("Note"))]
    for one in told.areas:
        why = " · ".join(part for part in (one.why, criteria_words(one.criteria)) if part)
        rows.append([paragraph(text or "–", SMALL) for text in (one.name, why, one.walked or _("Not walked"), one.note)])
    return [paragraph(_("Areas"), HEADING), ruled_table(rows, _AREAS, whole={2})]


def _documents(told: Sampling) -> list[Flowable]:
    if not told.documents:
        return []
    rows: list[list[Cell]] = [_labels(_("Document"), _("Asked of"), _("What came"), _("Note"))]
    for one in told.documents:
        title: Cell = [paragraph(one.title, SMALL), *([paragraph(criteria_words(one.criteria), NOTE)] if one.criteria else [])]
        rows.append([title, *(paragraph(text or "–", SMALL) for text in (one.asked_of, one.state, one.note))])
    return [paragraph(_("Documents asked for"), HEADING), ruled_table(rows, _DOCUMENTS)]


def coverage_pages(content: ReportContent, assessment: Assessment) -> list[Flowable]:
    """Set every criterion beside the kinds of sources that its conclusion rests on."""
    pieces = section(_("Coverage"), "coverage")
    words = _(
        "How many sources each conclusion rests on: documents checked, people or groups heard, things seen on site, and pieces of "
        "evidence for and against. A dash means that there is none of that kind."
    )
    pieces += [paragraph(words, BODY), Spacer(0, 2 * STEP)]
    heads = (_("Documents"), _("Interviews"), _("On site"), _("For"), _("Against"))
    rows: list[list[Cell]] = [[paragraph("", LABEL), paragraph(_("Criterion"), LABEL), *(paragraph(head, NOTE_CENTRED) for head in heads)]]
    grounds: list[tuple[object, ...]] = []
    names = {row.number: row for row in content.criteria}
    for place, detail in enumerate(assessment.details, start=1):
        row = names[detail.number]
        number = paragraph(row.number, NOTE, target=criterion_key(content, row.number))
        counts = (*detail.sources, *detail.stances)
        rows.append([number, paragraph(row.name, SMALL), *map(_count, counts)])
        grounds += [("BACKGROUND", (2 + at, place), (2 + at, place), _ground(count)) for at, count in enumerate(counts) if count]
    return [*pieces, ruled_table(rows, _COVERAGE, more=[*grounds, ("VALIGN", (2, 1), (-1, -1), "MIDDLE")])]


def _count(count: int) -> Cell:
    return paragraph(str(count) if count else "–", SMALL_CENTRED)


def _ground(count: int) -> Color:
    return tint(COPPER, 0.05 + 0.06 * min(count, _DEEP))


def detail_of(assessment: Assessment, number: str) -> Detail:
    """Find what the section of a criterion says beside its row."""
    return next((one for one in assessment.details if one.number == number), Detail(number=number))


def _labels(*words: str) -> list[Cell]:
    return [paragraph(word, LABEL) for word in words]
