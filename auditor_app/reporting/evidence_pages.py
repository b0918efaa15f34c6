"""The list of evidence with full digests, so that anyone can check a file against it."""

from babel.numbers import format_decimal
from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.blocks import Card, Picture, section
from auditor_app.reporting.content import EvidenceItem, ReportContent
from auditor_app.reporting.keys import evidence_key
from auditor_app.reporting.styles import BODY, BODY_BOLD, DIGEST, LABEL, NOTE, SMALL_BOLD, STEP, TEXT_WIDTH
from auditor_app.reporting.tables import Cell, ruled_table
from auditor_app.reporting.values import criteria_words
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _, plural

_WIDTHS = (34, 58, TEXT_WIDTH - 92)


def evidence_pages(content: ReportContent) -> list[Flowable]:
    """List all evidence in the order given."""
    heading = section(_("Evidence"), "evidence")
    if not content.evidence:
        return [*heading, Card([paragraph(_("No evidence was recorded."), BODY_BOLD), Spacer(0, STEP), paragraph(_none_recorded(), BODY)])]
    count = plural("{count} item", "{count} items", len(content.evidence))
    note = _("The long number under each item is the SHA-256 digest of the original file: the same file always has the same number.")
    header: list[Cell] = [paragraph(_("No."), LABEL), paragraph("", LABEL), paragraph(count, LABEL)]
    rows = [header, *(_item(content, item) for item in content.evidence)]
    table = ruled_table(rows, _WIDTHS)
    return [*heading, paragraph(note, NOTE), Spacer(0, 2 * STEP), table]


def size_text(size: int, language: str) -> str:
    """Write a size in bytes for a person, e.g. "2.4 MB"."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{format_decimal(size / factor, format='0.#', locale=language)} {unit}"
    return f"{size} B"


def evidence_picture(item: EvidenceItem, *, width: float, height: float) -> Picture:
    """Show the small picture of a piece, or what kind of thing it is."""
    instead = _("Withheld") if item.withheld else item.kind
    return Picture(item.thumbnail, instead, width=width, height=height, alternative=f"{item.kind}: {item.title}")


def withheld_words(item: EvidenceItem) -> str:
    """Say that a picture is withheld, and whether that of a copy stands in its place."""
    words = _("Withheld on the site's objection; sealed to the office.")
    return f"{words} {_('Shown here: copy no. {number}.').format(number=item.instead)}" if item.instead else words


def _none_recorded() -> str:
    return _(
        "No photograph, document or recording was taken in during this visit. The ratings rest on the auditors' answers and reasons alone."
    )


def _item(content: ReportContent, item: EvidenceItem) -> list[Cell]:
    kind = _("{kind}, copy of no. {number}").format(kind=item.kind, number=item.copy_of) if item.copy_of else item.kind
    facts = (kind, item.captured, item.place, size_text(item.size, content.language), criteria_words(item.criteria))
    return [
        paragraph(item.number, NOTE, anchor=evidence_key(content, item.number)),
        evidence_picture(item, width=50, height=38),
        [
            paragraph(item.title, SMALL_BOLD),
            paragraph(" · ".join(fact for fact in facts if fact.strip()), NOTE),
            *([paragraph(withheld_words(item), NOTE)] if item.withheld else []),
            paragraph(item.digest, DIGEST),
        ],
    ]
