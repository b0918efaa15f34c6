"""Pages of photos in their true proportions, two beside each other, each with number, caption, time, place and short digest."""

from reportlab.platypus import Flowable, PageBreak, Spacer

from auditor_app.reporting.blocks import section
from auditor_app.reporting.content import EvidenceItem, ReportContent
from auditor_app.reporting.evidence_pages import evidence_picture, withheld_words
from auditor_app.reporting.finding_pages import SHORT_DIGEST
from auditor_app.reporting.keys import evidence_key
from auditor_app.reporting.styles import DIGEST, NOTE, SMALL, STEP, TEXT_WIDTH
from auditor_app.reporting.tables import Cell, plain_table
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _

_ACROSS = 2
_WIDTH = (TEXT_WIDTH - 3 * STEP) / _ACROSS
_HEIGHT = _WIDTH * 0.7
_PICTURE = _HEIGHT * 4 / 3
"""As wide as the pictures of most cameras and phones are at this height."""


def photo_pages(content: ReportContent) -> list[Flowable]:
    """Lay out all photos that may be printed, in the order of the evidence; nothing where there is none."""
    shown = [item for item in content.evidence if item.thumbnail and not _is_elsewhere(content, item)]
    if not shown:
        return []
    cells: list[Cell] = [_photo(content, item) for item in shown]
    cells += [[] for _empty in range(-len(cells) % _ACROSS)]
    rows = [cells[start : start + _ACROSS] for start in range(0, len(cells), _ACROSS)]
    columns = [_WIDTH + 1.5 * STEP] * _ACROSS
    pieces: list[Flowable] = [PageBreak(), *section(_("Photographs"), "photographs")]
    for row in rows:
        pieces += [plain_table([row], columns), Spacer(0, 2 * STEP)]
    return pieces


def _is_elsewhere(content: ReportContent, item: EvidenceItem) -> bool:
    """Say whether a piece shows only the picture of a copy that stands among the photos itself."""
    return bool(item.withheld and item.instead and item.instead in content.places.evidence)


def _photo(content: ReportContent, item: EvidenceItem) -> Cell:
    where = " · ".join(part for part in (item.captured, item.place) if part.strip())
    return [
        evidence_picture(item, width=_PICTURE, height=_HEIGHT),
        Spacer(0, STEP),
        paragraph(f"{item.number} · {item.title}", SMALL, target=evidence_key(content, item.number)),
        *([paragraph(where, NOTE)] if where else []),
        *([paragraph(withheld_words(item), NOTE)] if item.withheld else []),
        paragraph(f"{item.digest[:SHORT_DIGEST]}…", DIGEST),
    ]
