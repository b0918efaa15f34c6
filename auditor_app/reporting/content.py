"""What the reports of one visit say, in one data set: plain values, filled by a workflow, without a thought of pages.

All texts are ready for a person (dates and places formatted, labels taken from the form in the report's language); only sizes are
numbers and `made_at` is a moment. Numbers of criteria, findings and evidence are texts, because forms number as they like.
"""

from dataclasses import dataclass, field
from datetime import datetime

from auditor_app.reporting.assessment import Assessment
from auditor_app.reporting.values import CriterionRow as CriterionRow
from auditor_app.reporting.values import EvidenceRef as EvidenceRef
from auditor_app.reporting.values import Fact as Fact
from auditor_app.reporting.values import RatingLabel as RatingLabel


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
    """One piece of evidence; `size` in bytes, `digest` is the SHA-256 of its original bytes, `thumbnail` a JPEG.

    Of a piece that is `withheld` on the site's objection no picture is printed, but that of the copy numbered `instead` if there is
    one: `thumbnail` is the copy's then. `copy_of` is the number of the piece that a copy was made from.
    """

    number: str
    title: str
    kind: str
    digest: str
    size: int
    captured: str = ""
    place: str = ""
    criteria: tuple[str, ...] = ()
    thumbnail: bytes | None = None
    withheld: bool = False
    instead: str = ""
    copy_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """What was not seen, why, and the numbers of the criteria it touches."""

    what: str
    why: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSession:
    """One session in which the site was shown photos: when, who was there by role, and counts of photos."""

    held: str
    present: str = ""
    note: str = ""
    shown: int = 0
    no_objection: int = 0
    objected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRow:
    """The site objected to a photo: its number among the evidence, who by role, why, and what became of it in words."""

    number: str
    by: str = ""
    why: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoReviewBlock:
    """What the site was shown before release: whether it asks for that, how many of how many photos, sessions, objections."""

    demanded: bool
    photos: int
    shown: int
    sessions: tuple[ReviewSession, ...] = ()
    objections: tuple[ObjectionRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """The last entry of one device's chain when the report was made."""

    device: str
    digest: str


@dataclass(frozen=True, slots=True)
class Places:
    """The order of each criterion, finding and piece of evidence, from 0, by its number."""

    criteria: dict[str, int]
    findings: dict[str, int]
    evidence: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """Everything that the findings sheet, the full report, the plan and the editable copy say, in `language`."""

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
    photo_review: PhotoReviewBlock | None = None
    """None where the site neither asked for a review nor was shown anything."""
    limits: tuple[LimitRow, ...] = ()
    journal_heads: tuple[JournalHead, ...] = ()
    statement: str = ""
    """What the ratings are worth; empty takes the program's words: proposed, not awarded, and drawn from a sample."""
    preliminary: bool = False
    """Whether it is the sheet of the closing meeting, which the office has not reviewed: every page says so."""
    assessment: Assessment | None = None
    """What only the full report, the plan and the editable copy say."""
    language: str = "en"
    """A code as catalogues name it, e.g. "es" or "pt_BR"."""
    places: Places = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note the order of what is numbered."""
        places = Places(
            {row.number: order for order, row in enumerate(self.criteria)},
            {finding.number: order for order, finding in enumerate(self.findings)},
            {item.number: order for order, item in enumerate(self.evidence)},
        )
        object.__setattr__(self, "places", places)

    @property
    def standard(self) -> str:
        """Name the standard with its version."""
        return f"{self.standard_title} {self.standard_version}".strip()
