"""The story of the sample visit: assignment, ratings, findings and limits, read from `resources/sample/story.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from auditor_app.errors import Corrupted
from auditor_app.sample.catalogue import catalogue, converted, read_shipped
from auditor_app.sample.story_plan import StoryArea, StoryDay, StoryDocument, StoryInterview

Rating = Literal["fully", "partially", "does_not", "not_applicable"]
CheckAnswer = Literal["met", "partly", "not_met", "not_seen", "not_applicable"]
Stance = Literal["supports", "contradicts"]
Grade = Literal["major", "minor", "observation", "good_practice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the team and the criteria this person covers."""

    name: str
    role: Literal["lead", "assessor"]
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Head counts of the site."""

    employees: int
    women: int
    contractors: int
    shifts: int
    unions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """Who, where, when and how far; latitude and longitude are decimal texts in open desert."""

    site: str
    company: str
    owner: str
    country: str
    region: str
    latitude: str
    longitude: str
    place_note: str
    site_types: tuple[str, ...]
    kind: str
    form: str
    first_day: date
    last_day: date
    period_from: date
    period_to: date
    languages: tuple[str, ...]
    metals: tuple[str, ...]
    products: tuple[str, ...]
    inputs: tuple[str, ...]
    workers: Workers
    scope: str
    exclusions: tuple[str, ...]
    team: tuple[Member, ...]
    opening: str
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousVisit:
    """The visit before this one."""

    kind: str
    date: date
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An improvement item of the previous visit; `criterion` is a number of the previous visit's form."""

    criterion: int
    title: str
    due: date
    state: Literal["open", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate offered for equivalence, with its evidence key."""

    system: str
    number: str
    issuer: str
    valid_to: date
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFacts:
    """What the office hands to the auditor."""

    office: str
    number: str
    issued: date
    due: date
    instructions: str
    previous_visit: PreviousVisit
    previous_open_items: tuple[OpenItem, ...]
    self_assessment: Mapping[int, Rating]
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one check."""

    check: str
    answer: CheckAnswer
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Evidence tied to a criterion; a contradicting piece has a note on how it was settled."""

    key: str
    stance: Stance
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedCriterion:
    """One criterion as the team leaves it."""

    number: int
    rating: Rating
    because: str
    answers: tuple[Answer, ...]
    evidence: tuple[Link, ...]
    departs: str = ""
    """Why the rating is not what the answers suggest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFinding:
    """One finding with the site's reply; `due_months` counts from the closing meeting."""

    key: str
    criterion: int
    grade: Grade
    reach: Literal["isolated", "systemic"]
    title: str
    statement: str
    objective_evidence: str
    requirement: str
    proposed_action: str
    owner_role: str
    due_months: int
    position: Literal["agrees", "partly", "disagrees"]
    site_reply: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLimit:
    """What was not seen and why."""

    what: str
    why: str
    criteria: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryAttendee:
    """Somebody at the closing meeting, and whether they were at the opening meeting too."""

    name: str
    role: str
    organisation: str
    side: Literal["site", "worker_representative", "team", "observer"]
    opening: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """What was changed after the findings were shown: another day for a finding, and why."""

    finding: str
    due: date
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryClosing:
    """The closing meeting: who was there, what was changed since, and who of the site acknowledged the sheet."""

    held: str
    place: str
    attendance: tuple[StoryAttendee, ...]
    changed: StoryChange
    acknowledged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryObjection:
    """The site objects to a photo; `blur` is the part that is blurred in the copy: left, top, right, bottom in percent."""

    evidence: str
    by: str
    why: str
    decision: Literal["kept", "blurred", "withdrawn"]
    because: str = ""
    blur: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReview:
    """The session in which the site was shown all photos before release."""

    held: str
    present: str
    note: str
    objections: tuple[StoryObjection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole sample visit."""

    visit: VisitFacts
    assignment: AssignmentFacts
    criteria: tuple[RatedCriterion, ...]
    findings: tuple[StoryFinding, ...]
    limits: tuple[StoryLimit, ...]
    closing_meeting: StoryClosing
    photo_review: StoryReview
    interviews: tuple[StoryInterview, ...]
    documents: tuple[StoryDocument, ...]
    areas: tuple[StoryArea, ...]
    days: tuple[StoryDay, ...]


@cache
def story() -> Story:
    """Load the sample visit. Raises Corrupted when the shipped file is damaged or names evidence that does not exist."""
    raw = read_shipped("story.yaml")
    for criterion in raw["criteria"]:
        criterion["answers"] = _spelled_out(criterion["answers"], "check", "answer")
        criterion["evidence"] = _spelled_out(criterion["evidence"], "key", "stance")
    told = converted(raw, Story, "story.yaml")
    known = {item.key for item in catalogue().pieces}
    if missing := sorted(set(_evidence_named(told)) - known):
        raise Corrupted("sample_broken", file="story.yaml", problem=f"unknown evidence: {', '.join(missing)}")
    return told


def _spelled_out(short: Mapping[str, Any], key: str, value: str) -> list[dict[str, Any]]:
    """Turn the authors' short form `id: met` or `id: {answer: met, note: ...}` into full entries."""
    return [{key: name, **(said if isinstance(said, dict) else {value: said})} for name, said in short.items()]


def _evidence_named(told: Story) -> Iterator[str]:
    for criterion in told.criteria:
        yield from (link.key for link in criterion.evidence)
    parts: tuple[StoryFinding | StoryInterview | StoryDocument, ...] = (*told.findings, *told.interviews, *told.documents)
    for part in parts:
        yield from part.evidence
    yield from (objection.evidence for objection in told.photo_review.objections)
    yield from (certificate.evidence for certificate in told.assignment.certificates)
