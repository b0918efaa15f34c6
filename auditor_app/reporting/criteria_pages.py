"""Scope and method, the table of all criteria, and the reason for each proposed rating."""

from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.blocks import section
from auditor_app.reporting.content import CriterionRow, ReportContent
from auditor_app.reporting.keys import criterion_key, finding_key
from auditor_app.reporting.ratings import rating_mark, rating_of
from auditor_app.reporting.styles import (
    BODY,
    BODY_BOLD,
    HEADING,
    LABEL,
    LABEL_RIGHT,
    NOTE,
    NOTE_RIGHT,
    SMALL,
    SMALL_RIGHT,
    STEP,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import Cell, ruled_table
from auditor_app.reporting.writing import linked_words, paragraph, width_of
from auditor_app.translation import _, plural

_WIDTHS = (30, 112, 52, 52, 46)
"""The narrowest columns beside that of the names, which takes what is left; a heading that is longer in its language makes room."""
_REASON_WIDTHS = (183, 300)


def scope_pages(content: ReportContent, *, method: bool = True) -> list[Flowable]:
    """Say what was looked at, what was left out, and how, unless another section says how."""
    pieces: list[Flowable] = section(_("Scope and method") if method else _("Scope"), "scope")
    none = _("Not recorded.")
    parts = [(_("What was looked at"), (content.scope,)), (_("Left out"), (content.exclusions,))]
    for heading, texts in [*parts, *([(_("Method"), content.method)] if method else [])]:
        pieces.append(paragraph(heading, HEADING))
        kept = [text for text in texts if text.strip()] or [none]
        for text in kept:
            pieces += [paragraph(text, NOTE if text is none else BODY), Spacer(0, STEP)]
    return pieces


def criteria_pages(content: ReportContent) -> list[Flowable]:
    """List all criteria with their proposed ratings, grouped by pillar."""
    heading = section(_("Criteria and proposed ratings"), "criteria")
    if not content.criteria:
        return [*heading, paragraph(_("This visit has no criteria, so no rating is proposed."), BODY)]
    rows: list[list[Cell]] = [_header()]
    style: list[tuple[object, ...]] = []
    for pillar, found in groupby(content.criteria, key=lambda row: row.pillar):
        group = list(found)
        # A pillar's name stays with its first two criteria.
        start = len(rows)
        style += [("SPAN", (0, start), (1, start)), ("SPAN", (2, start), (-1, start)), ("TOPPADDING", (0, start), (-1, start), 3 * STEP)]
        style += [("RIGHTPADDING", (2, start), (2, start), 0)]
        style += [("NOSPLIT", (0, start), (-1, start + min(2, len(group))))]
        rows.append(_pillar(pillar, group))
        rows += [_criterion(content, row) for row in group]
    return [*heading, ruled_table(rows, _widths(), more=style)]


def reason_pages(content: ReportContent) -> list[Flowable]:
    """Give the auditor's reason for each rating that has one."""
    explained = [row for row in content.criteria if row.because.strip()]
    if not explained:
        return []
    header: list[Cell] = [paragraph(_("Criterion"), LABEL), paragraph(_("Because"), LABEL)]
    rows = [header, *([_rated(content, row), paragraph(row.because, BODY)] for row in explained)]
    return [*section(_("Reasons for the ratings"), "reasons"), ruled_table(rows, _REASON_WIDTHS)]


def _words() -> tuple[str, ...]:
    return (_("No."), _("Criterion"), _("Proposed rating"), _("Checks"), _("Evidence"), _("Findings"))


def _header() -> list[Cell]:
    return [paragraph(word, LABEL if column < 3 else LABEL_RIGHT) for column, word in enumerate(_words())]


def _widths() -> list[float]:
    number, _name, *others = _words()
    longest = [max(width_of(part, LABEL.fontSize, LABEL.fontName) for part in word.split()) for word in (number, *others)]
    first, *rest = (max(least, wide + 2 * STEP) for least, wide in zip(_WIDTHS, longest, strict=True))
    return [first, TEXT_WIDTH - first - sum(rest), *rest]


def _pillar(name: str, group: list[CriterionRow]) -> list[Cell]:
    rated = sum(row.rating is not None for row in group)
    note = _("{rated} of {all} rated").format(rated=rated, all=len(group))
    return [paragraph(name, BODY_BOLD), [], paragraph(note, NOTE_RIGHT), [], [], []]


def _criterion(content: ReportContent, row: CriterionRow) -> list[Cell]:
    findings = [(number, finding_key(content, number)) for number in row.findings]
    place = criterion_key(content, row.number)
    # In the full report the place of a criterion is its own section, and its row leads there.
    known = {"target" if content.assessment else "anchor": place}
    return [
        paragraph(row.number, NOTE, **known),
        paragraph(row.name, SMALL),
        rating_mark(rating_of(content, row)),
        paragraph(_("{answered} of {all}").format(answered=row.answered, all=row.checks) if row.checks else "–", SMALL_RIGHT),
        paragraph(str(row.evidence_count), SMALL_RIGHT),
        linked_words(findings, SMALL_RIGHT) if findings else paragraph("–", NOTE_RIGHT),
    ]


def _rated(content: ReportContent, row: CriterionRow) -> list[Flowable]:
    checks = _("{answered} of {all} checks").format(answered=row.answered, all=row.checks) if row.checks else _("no checks")
    evidence = plural("{count} piece of evidence", "{count} pieces of evidence", row.evidence_count)
    return [
        paragraph(f"{row.number} {row.name}", BODY_BOLD),
        Spacer(0, 1),
        rating_mark(rating_of(content, row)),
        Spacer(0, 1),
        paragraph(f"{checks} · {evidence}", NOTE),
    ]
