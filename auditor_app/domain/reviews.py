"""The office's review of a bundle: the letter that goes back, the decision and the questions as the journal keeps them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec

from auditor_app.domain.journal import Field, Heads, Subject
from auditor_app.ids import Digest
from auditor_app.plain_text import LONGEST_LINE

REVIEW, QUESTION = "review", "question"
REPLY = "reply"
"""The one field of a question that the auditor sets; all others come with the letter."""

Outcome = Literal["accepted", "returned", "withdrawn"]
ACCEPTED: Outcome = "accepted"
RETURNED: Outcome = "returned"
WITHDRAWN: Outcome = "withdrawn"
OUTCOMES: tuple[Outcome, ...] = (ACCEPTED, RETURNED, WITHDRAWN)
"""Accepted as it is; returned with questions; withdrawn: the assessment is not gone on with, and nothing is decided about its content."""

About = Literal["criterion", "finding", "check", "report"]
REPORT: About = "report"
ABOUTS: tuple[About, ...] = ("criterion", "finding", "check", REPORT)
"""What a question may be about; REPORT (with no id) is the whole."""

MOST_QUESTIONS, LONGEST_QUESTION, MOST_ROUNDS, MOST_DEVICES = 500, 10_000, 1_000, 1_000

_Line = Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)]
_Text = Annotated[str, msgspec.Meta(max_length=LONGEST_QUESTION)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
_Sha256 = Annotated[Digest, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Moment = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question in a letter: what it is about (kind and id), and its words."""

    id: _Id
    about: About
    subject: _Line
    text: _Text


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="auditor-app-review-1", tag_field="format"):
    """The office's word on a bundle: what was decided, by whom, and what is asked. Rounds of a visit count from 1.

    `heads` gives the last entry of each device's chain in that bundle, by its digest: so every laptop can tell what changed since.
    """

    id: _Id
    bundle: _Sha256
    visit: _Line
    round: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROUNDS)]
    office: _Line
    by: _Line
    made_at: _Moment
    decision: Outcome
    heads: Annotated[dict[_Line, _Sha256], msgspec.Meta(max_length=MOST_DEVICES)]
    words: _Text = ""
    questions: Annotated[tuple[Asked, ...], msgspec.Meta(max_length=MOST_QUESTIONS)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the office decided of a version of a visit, by whom and when, as the journal keeps it."""

    id: str
    bundle: str = ""
    round: int = 0
    office: str = ""
    by: str = ""
    made_at: str = ""
    decision: str = ""
    words: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        """Say whether the visit is closed for good by it."""
        return self.decision in {ACCEPTED, WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the office with the auditor's reply; `replied_by` is an author's id, `replied_at` a canonical moment."""

    id: str
    review: str = ""
    round: int = 0
    about: str = ""
    subject: str = ""
    text: str = ""
    asked_by: str = ""
    asked_at: str = ""
    reply: str = ""
    replied_by: str = ""
    replied_at: str = ""

    @property
    def target(self) -> Subject:
        """Give what it is about."""
        return Subject(self.about, self.subject)

    @property
    def is_answered(self) -> bool:
        """Say whether anything was replied."""
        return bool(self.reply.strip())


def read_decisions(subjects: Mapping[str, Mapping[str, Any]]) -> tuple[Decision, ...]:
    """Read the office's decisions, in the order of the rounds."""
    found = (Decision(id=i, **_of(Decision, fields)) for i, fields in subjects.items())
    return tuple(sorted(found, key=lambda one: (one.round, one.made_at, one.id)))


def read_questions(subjects: Mapping[str, Mapping[str, Any]], heads: Heads) -> tuple[Question, ...]:
    """Read the office's questions with who replied and when, in the order of rounds and of asking (ids grow with time)."""
    found = (Question(id=i, **(_of(Question, fields) | _replied(heads, i, fields))) for i, fields in subjects.items())
    return tuple(sorted(found, key=lambda one: (one.round, one.id)))


def latest_decision(decisions: tuple[Decision, ...]) -> Decision | None:
    """Give the decision that stands, or None before the first."""
    return decisions[-1] if decisions else None


def _replied(heads: Heads, question: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """Say who wrote the reply that stands, and when; an emptied one was written by nobody."""
    entries = heads.get(Field(Subject(QUESTION, question), REPLY), ())
    if not entries or not str(fields.get(REPLY, "")).strip():
        return {}
    return {"replied_by": str(entries[-1].author), "replied_at": entries[-1].recorded_at}


def _of(kind: type[Decision] | type[Question], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Take the fields that a value knows; those of a newer version are left in the journal."""
    return {name: value for name, value in fields.items() if name in kind.__dataclass_fields__ and name not in {"replied_by", "replied_at"}}
