"""What the full assessor report says beside the findings report: plain values, without a thought of pages.

People who were interviewed are here as codes and groups; no value can hold what one of them is called or said.
"""

from dataclasses import dataclass

from auditor_app.reporting.values import EvidenceRef, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the team, or somebody at a meeting; `present` says at which meetings in words."""

    name: str
    role: str = ""
    organisation: str = ""
    side: str = ""
    present: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One line of what was planned and achieved, e.g. people of a group to hear."""

    what: str
    planned: int
    achieved: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """A place to walk: why, and when it was walked ("" for not)."""

    name: str
    why: str = ""
    walked: str = ""
    note: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document asked for and what became of it in words."""

    title: str
    asked_of: str = ""
    state: str = ""
    note: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewRow:
    """One talk by its code: with which group, how many people, how; never who, and never what was said."""

    code: str
    group: str
    how: str = ""
    day: str = ""
    language: str = ""
    consent: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """What was planned and what was achieved."""

    days: tuple[Fact, ...] = ()
    workforce: tuple[Sample, ...] = ()
    """Groups with their people as `planned`; nothing is achieved there."""
    people: tuple[Sample, ...] = ()
    interviews: tuple[InterviewRow, ...] = ()
    areas: tuple[AreaRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    totals: tuple[Sample, ...] = ()
    """People heard, areas walked, documents received, criteria rated: the chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalenceRow:
    """A certificate or other standard that was offered in place of checks, and what the assessor decided; warnings in words."""

    system: str
    facts: tuple[Fact, ...] = ()
    credited: str = ""
    decision: str = ""
    because: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check with its answer in words ("" for none) and the auditor's note; `prompt` is what was to be checked, in one sentence."""

    prompt: str
    kind: str
    answer: str = ""
    note: str = ""
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Something that speaks against a conclusion, and how that was settled."""

    what: str
    settled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What stands in the section of one criterion beside its row in the table; its number is the row's."""

    number: str
    asks: str = ""
    applies: str = ""
    """What was decided on whether it applies, in words with the reason; "" where the form decides and nobody differed."""
    departs: str = ""
    checks: tuple[CheckRow, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()
    interviews: tuple[str, ...] = ()
    """Codes."""
    contradictions: tuple[Contradiction, ...] = ()
    sources: tuple[int, int, int] = (0, 0, 0)
    """How many documents, interviews and observations it rests on."""
    stances: tuple[int, int] = (0, 0)
    """How many pieces of evidence support and contradict it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One improvement item: a finding that something is to follow from. `state` is one of "open", "replied", "in_progress", "closed"."""

    number: str
    criterion_number: str
    title: str
    grade: str = ""
    action: str = ""
    owner: str = ""
    due: str = ""
    state: str = "open"
    state_words: str = ""
    overdue: bool = False
    closure: str = ""
    """When and why it is closed, in words."""
    evidence: tuple[EvidenceRef, ...] = ()
    """What shows that it is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A finding that the site does not share, or shares in part: its number, position in words, and the site's own words."""

    number: str
    title: str
    position: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A closing meeting: when, where, a note, and what was changed since in words."""

    held: str
    place: str = ""
    note: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything that the full report adds."""

    declarations: tuple[str, ...] = ()
    conclusion: tuple[str, ...] = ()
    """Paragraphs on the outcome: proposed, never awarded."""
    instructions: str = ""
    note: str = ""
    team: tuple[Person, ...] = ()
    covers: tuple[Fact, ...] = ()
    """Who works on which criteria."""
    profile: tuple[Fact, ...] = ()
    sampling: Sampling = Sampling()
    equivalences: tuple[EquivalenceRow, ...] = ()
    certificates: str = ""
    details: tuple[Detail, ...] = ()
    plan: tuple[PlanItem, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    attendance: tuple[Person, ...] = ()
