"""Criterion by criterion: rating and reason, each check with its answer and note, what it rests on, what speaks against it."""

from itertools import groupby

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from auditor_app.reporting.assessment import Assessment, CheckRow, Contradiction, Detail
from auditor_app.reporting.blocks import heading, section
from auditor_app.reporting.content import CriterionRow, ReportContent
from auditor_app.reporting.keys import criterion_key, evidence_key, finding_key, interview_key
from auditor_app.reporting.ratings import rating_mark, rating_of
from auditor_app.reporting.sampling_pages import detail_of
from auditor_app.reporting.styles import BODY, COPPER_HEADING, FINDING_TITLE, LABEL, NOTE, SMALL, STEP, TEXT_WIDTH
from auditor_app.reporting.tables import Cell, Followed, ruled_table
from auditor_app.reporting.values import EvidenceRef
from auditor_app.reporting.writing import linked_words, paragraph
from auditor_app.translation import _

_CHECKS = (62, 190, 56, TEXT_WIDTH - 308)
_ROOM = 150
"""A criterion begins where this much of it fits."""


def detail_pages(content: ReportContent, assessment: Assessment) -> list[Flowable]:
    """Lay out all criteria, grouped by pillar."""
    pieces = section(_("Criterion by criterion"), "details")
    for pillar, found in groupby(content.criteria, key=lambda row: row.pillar):
        pieces += [CondPageBreak(_ROOM + COPPER_HEADING.leading), paragraph(pillar, COPPER_HEADING)]
        for row in found:
            pieces += _criterion(content, row, detail_of(assessment, row.number))
    return pieces


def _criterion(content: ReportContent, row: CriterionRow, detail: Detail) -> list[Flowable]:
    return [
        CondPageBreak(_ROOM),
        Spacer(0, 2 * STEP),
        heading(f"{row.number} {row.name}", FINDING_TITLE, criterion_key(content, row.number), level=1),
        *([paragraph(detail.asks, NOTE), Spacer(0, STEP)] if detail.asks.strip() else []),
        rating_mark(rating_of(content, row), style=BODY),
        *_labelled(_("Because"), row.because or _("No reason was recorded."), quiet=not row.because.strip()),
        *_labelled(_("Why it is not what the answers suggest"), detail.departs),
        *_labelled(_("Whether it applies"), detail.applies),
        *_checks(content, detail.checks, [*_contradictions(detail.contradictions), *_links(content, row, detail)]),
        Spacer(0, 4 * STEP),
    ]


def _labelled(label: str, text: str, *, quiet: bool = False) -> list[Flowable]:
    if not text.strip():
        return []
    name = paragraph(label, LABEL, role="H4")
    name.keepWithNext = True
    return [Spacer(0, 1.5 * STEP), name, paragraph(text, NOTE if quiet else BODY)]


def _checks(content: ReportContent, checks: tuple[CheckRow, ...], after: list[Flowable]) -> list[Flowable]:
    """List the checks, and keep with the last of them what comes after."""
    told = [one for one in checks if one.answer or one.note.strip() or one.evidence]
    left = len(checks) - len(told)
    if left:
        words = _("Checks that were not answered: {count}.").format(count=left)
        after = [Spacer(0, STEP), paragraph(words, NOTE), *after]
    if told:
        rows: list[list[Cell]] = [[paragraph(word, LABEL) for word in (_("Kind"), _("Check"), _("Answer"), _("Note and evidence"))]]
        rows += [_check(content, one) for one in told]
        return [Spacer(0, 2 * STEP), Followed(ruled_table(rows, _CHECKS), after)]
    return after


def _check(content: ReportContent, one: CheckRow) -> list[Cell]:
    said: list[Flowable] = [paragraph(one.note, SMALL)] if one.note.strip() else []
    said += [_evidence(content, one.evidence)] if one.evidence else []
    return [paragraph(one.kind, NOTE), paragraph(one.prompt, SMALL), paragraph(one.answer or "–", SMALL), said or paragraph("–", NOTE)]


def _evidence(content: ReportContent, refs: tuple[EvidenceRef, ...]) -> Flowable:
    words = [(f"≠ {ref.number}" if ref.contradicts else ref.number, evidence_key(content, ref.number)) for ref in refs]
    return linked_words(words, NOTE, label=_("Evidence"))


def _contradictions(found: tuple[Contradiction, ...]) -> list[Flowable]:
    if not found:
        return []
    settled = [one.settled or _("Not settled.") for one in found]
    lines = [f"≠ {one.what}\n{words}" for one, words in zip(found, settled, strict=True)]
    return _labelled(_("What speaks against it, and how that was settled"), "\n".join(lines))


def _links(content: ReportContent, row: CriterionRow, detail: Detail) -> list[Flowable]:
    """Lead from the criterion to its findings, its evidence and its interviews."""
    lines = (
        (_("Findings"), [(number, finding_key(content, number)) for number in row.findings]),
        (
            _("Evidence"),
            [(f"≠ {ref.number}" if ref.contradicts else ref.number, evidence_key(content, ref.number)) for ref in detail.evidence],
        ),
        (_("Interviews"), [(code, interview_key(code)) for code in detail.interviews]),
    )
    pieces: list[Flowable] = []
    for label, words in lines:
        if words:
            pieces += [Spacer(0, STEP), linked_words(words, SMALL, label=label)]
    return pieces
