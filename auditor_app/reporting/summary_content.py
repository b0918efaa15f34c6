"""What the public summary says. None of its values can hold a person, a file, a quote, a reply, an objection or a note."""

from dataclasses import dataclass
from datetime import datetime

from auditor_app.reporting.values import Fact, RatingLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCriterion:
    """One criterion with its proposed rating."""

    number: str
    pillar: str
    name: str
    rating: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicItem:
    """One improvement item, good practice or observation: what, by when, how far. No owner: that may be a person."""

    number: str
    criterion_number: str
    title: str
    grade: str = ""
    reach: str = ""
    action: str = ""
    due: str = ""
    state: str = "open"
    state_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How much was looked at, in numbers alone."""

    people_heard: int = 0
    interviews: int = 0
    documents: int = 0
    areas: int = 0
    evidence: int = 0
    limits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryContent:
    """Everything that the public summary says, in `language`."""

    title: str
    site: str
    visit_kind: str
    standard_title: str
    standard_version: str
    publisher: str
    """Who stands for it: the office, or the auditors' organisation. Never a person."""
    report_id: str
    form_digest: str
    program_version: str
    made_at: datetime
    site_facts: tuple[Fact, ...] = ()
    dates: tuple[Fact, ...] = ()
    scope: str = ""
    exclusions: str = ""
    conclusion: tuple[str, ...] = ()
    amounts: Amounts = Amounts()
    ratings: tuple[RatingLabel, ...] = ()
    criteria: tuple[PublicCriterion, ...] = ()
    items: tuple[PublicItem, ...] = ()
    """What is to be improved."""
    equivalences: tuple[Fact, ...] = ()
    """What was credited in place of checks: the system, and for which criteria."""
    practices: tuple[PublicItem, ...] = ()
    """What was found good."""
    language: str = "en"

    @property
    def standard(self) -> str:
        """Name the standard with its version."""
        return f"{self.standard_title} {self.standard_version}".strip()
