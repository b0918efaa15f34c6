"""What a findings report says: plain values, filled by a workflow, without a thought of pages.

All texts are ready for a person (dates and places formatted, labels taken from the form in the report's language); only sizes are
numbers and `made_at` is a moment. Numbers of criteria, findings and evidence are texts, because forms number as they like.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a list of facts, e.g. "Country" and "Chile"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLabel:
    """One step of the rating scale: its key in the form and its label; keys without a glyph of their own get a plain disc."""

    key: str
    label: str
    colour: str = ""
    """A colour as #RRGGBB, dark enough for text on white; empty takes the program's own for the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One criterion with its proposed rating (a key of `ReportContent.ratings`, None while not rated)."""

    number: str
    pillar: str
    name: str
    rating: str | None = None
    because: str = ""
    answered: int = 0
    checks: int = 0
    evidence_count: int = 0
    findings: tuple[str, ...] = ()
    """Numbers of findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRef:
    """Evidence named by a finding: its number, and whether it speaks against what the finding says."""

    number: str
    contradicts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingBlock:
    """One finding as raised; empty texts were not recorded."""

    number: str
    criterion_number: str
    criterion_name: str
    title: str = ""
    grade: str = ""
    systemic: bool | None = None
    """True: systemic, False: isolated, None: not said."""
    statement: str = ""
    objective_evidence: str = ""
    requirement: str = ""
    action: str = ""
    owner: str = ""
    due: str = ""
    site_reply: str = ""
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One piece of evidence; `size` in bytes, `digest` is the SHA-256 of its original bytes, `thumbnail` a JPEG."""

    number: str
    title: str
    kind: str
    digest: str
    size: int
    captured: str = ""
    place: str = ""
    criteria: tuple[str, ...] = ()
    thumbnail: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """What was not seen, why, and the numbers of the criteria it touches."""

    what: str
    why: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """The last entry of one device's chain when the report was made."""

    device: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """Everything a findings report says, in `language`."""

    title: str
    """The kind of document, e.g. "Findings report"."""
    site: str
    visit_kind: str
    standard_title: str
    standard_version: str
    lead_auditor: str
    report_id: str
    form_digest: str
    program_version: str
    made_at: datetime
    """Aware; printed in its own offset and kept in the file's properties, to the second."""
    team: tuple[str, ...] = ()
    office: str = ""
    site_facts: tuple[Fact, ...] = ()
    dates: tuple[Fact, ...] = ()
    scope: str = ""
    exclusions: str = ""
    method: tuple[str, ...] = ()
    """Paragraphs."""
    ratings: tuple[RatingLabel, ...] = ()
    """The scale, best first."""
    criteria: tuple[CriterionRow, ...] = ()
    """In reading order; pillars are grouped as they come."""
    findings: tuple[FindingBlock, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    journal_heads: tuple[JournalHead, ...] = ()
    statement: str = ""
    """What the ratings are worth; empty takes the program's words: proposed, not awarded, and drawn from a sample."""
    language: str = "en"
    """A code as catalogues name it, e.g. "es" or "pt_BR"."""

    @property
    def standard(self) -> str:
        """Name the standard with its version."""
        return f"{self.standard_title} {self.standard_version}".strip()


def texts_in(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Give every text with its place, e.g. ("findings 3, statement", "..."); items are named by number or by their order."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for order, item in enumerate(value, start=1):
            yield from texts_in(item, f"{place} {getattr(item, 'number', order)}")
    elif is_dataclass(value):
        for field in fields(value):
            name = field.name.replace("_", " ")
            yield from texts_in(getattr(value, field.name), f"{place}, {name}" if place else name)
