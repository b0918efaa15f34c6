"""Each finding as one card: what was found, on what it rests, what is to be done, what the site says, and its evidence."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.blocks import Card, heading, section
from auditor_app.reporting.content import EvidenceRef, Fact, FindingBlock, ReportContent
from auditor_app.reporting.evidence_pages import evidence_picture, withheld_words
from auditor_app.reporting.keys import criterion_key, evidence_item, evidence_key, finding_key
from auditor_app.reporting.ratings import mark_width, rating_mark, rating_of
from auditor_app.reporting.styles import (
    BODY,
    BODY_BOLD,
    DIGEST,
    FINDING_TITLE,
    LABEL,
    NOTE,
    PADDING,
    SMALL,
    SMALL_BOLD,
    STEP,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import Cell, fact_grid, plain_table
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _

_ROOM = TEXT_WIDTH - 2 * PADDING
_TILES = 4
_TILE = (_ROOM - (_TILES - 1) * 2 * STEP) / _TILES
SHORT_DIGEST = 12
"""Hexadecimal digits shown beside a picture; the list of evidence has all 64."""


def finding_pages(content: ReportContent) -> list[Flowable]:
    """Lay out all findings, or say what their absence means."""
    pieces = section(_("Findings"), "findings")
    if not content.findings:
        return [*pieces, Card([paragraph(_("No findings were raised."), BODY_BOLD), Spacer(0, STEP), paragraph(_none_raised(), BODY)])]
    for finding in content.findings:
        pieces += [Card(_finding(content, finding), about=finding_key(content, finding.number)), Spacer(0, 4 * STEP)]
    return pieces


def _none_raised() -> str:
    return _(
        "A finding is raised where the auditors saw that something the standard asks for is not, or not fully, in place. "
        "They raised none on this visit. That says nothing about what they did not see."
    )


def _finding(content: ReportContent, finding: FindingBlock) -> list[Flowable]:
    return [
        *_head(content, finding),
        *_said(finding.statement, BODY_BOLD if not finding.title else BODY),
        *_labelled(_("What is required"), finding.requirement),
        *_labelled(_("Objective evidence"), finding.objective_evidence),
        *_labelled(_("Proposed action"), finding.action),
        *_owner(finding),
        *_labelled(_("Reply of the site"), finding.site_reply or _("No reply was recorded."), quiet=not finding.site_reply),
        *_evidence(content, finding),
    ]


def _head(content: ReportContent, finding: FindingBlock) -> list[Flowable]:
    name = _("Finding {number}").format(number=finding.number)
    title = f"{name} · {finding.title}" if finding.title else name
    spread = {True: _("Systemic"), False: _("Isolated"), None: ""}[finding.systemic]
    nature = " · ".join(word for word in (finding.grade, spread) if word)
    row = next((row for row in content.criteria if row.number == finding.criterion_number), None)
    criterion = f"{finding.criterion_number} {finding.criterion_name}"
    left: Cell = paragraph(criterion, SMALL, target=criterion_key(content, row.number) if row else "")
    right: Cell = [rating_mark(rating_of(content, row))] if row else []
    width = mark_width(rating_of(content, row)) + STEP if row else STEP
    return [
        heading(title, FINDING_TITLE, finding_key(content, finding.number), level=1),
        Spacer(0, STEP / 2),
        *([paragraph(nature, SMALL_BOLD)] if nature else []),
        Spacer(0, 2 * STEP),
        plain_table([[left, right]], (_ROOM - width, width)),
        Spacer(0, STEP),
    ]


def _said(text: str, style: ParagraphStyle) -> list[Flowable]:
    return [paragraph(text, style), Spacer(0, STEP)] if text.strip() else []


def _labelled(label: str, text: str, *, quiet: bool = False) -> list[Flowable]:
    if not text.strip():
        return []
    name = paragraph(label, LABEL, role="H4")
    name.keepWithNext = True
    return [Spacer(0, 2 * STEP), name, paragraph(text, NOTE if quiet else BODY)]


def _owner(finding: FindingBlock) -> list[Flowable]:
    facts = [Fact(label=label, value=value) for label, value in ((_("Owner"), finding.owner), (_("Due"), finding.due)) if value.strip()]
    return [Spacer(0, 2 * STEP), fact_grid(facts, width=_ROOM)] if facts else []


def _evidence(content: ReportContent, finding: FindingBlock) -> list[Flowable]:
    if not finding.evidence:
        return _labelled(_("Evidence"), _("No evidence is attached to this finding."), quiet=True)
    label = paragraph(_("Evidence"), LABEL, role="H4")
    label.keepWithNext = True
    tiles = [_tile(content, ref) for ref in finding.evidence]
    tiles += [[] for _empty in range(-len(tiles) % _TILES)]
    rows = [plain_table([tiles[start : start + _TILES]], _columns()) for start in range(0, len(tiles), _TILES)]
    return [Spacer(0, 2 * STEP), label, *(piece for row in rows for piece in (Spacer(0, STEP), row))]


def _columns() -> list[float]:
    # The gap between tiles is the columns' padding: none before the first, none after the last.
    return [_TILE + STEP, *[_TILE + 2 * STEP] * (_TILES - 2), _TILE + STEP]


def _tile(content: ReportContent, ref: EvidenceRef) -> Cell:
    item = evidence_item(content, ref.number)
    lines: list[Flowable] = [
        evidence_picture(item, width=_TILE, height=_TILE * 0.75),
        Spacer(0, STEP),
        paragraph(f"{item.number} · {item.title}", SMALL, target=evidence_key(content, item.number)),
    ]
    if item.withheld:
        lines.append(paragraph(withheld_words(item), NOTE))
    if ref.contradicts:
        lines.append(paragraph(_("≠ contradicts the finding"), NOTE))
        lines += [paragraph(ref.settled, NOTE)] if ref.settled.strip() else []
    return [*lines, paragraph(f"{item.digest[:SHORT_DIGEST]}…", DIGEST)]
