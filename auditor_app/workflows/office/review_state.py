"""Where the review of a visit stands: its versions, its rounds, its questions with their replies. Read from the register."""

from dataclasses import dataclass
from typing import Any

from auditor_app.domain.journal import Subject
from auditor_app.domain.reviews import ACCEPTED, RETURNED
from auditor_app.errors import NotAllowed
from auditor_app.register import reviews as rows
from auditor_app.register.register import open_register
from auditor_app.sqlite_driver import Database
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.versions import Version, versions_in

WHOLE = Subject("report", "")
"""What a question is about that is about the whole."""

OPEN, ANSWERED, SETTLED, DRAFT = "open", "answered", "settled", "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question of the office with the auditor's reply as the newest bundle tells it.

    `state` is "draft" (not returned yet), "open", "answered", or "settled" (the office needs no reply any more; `settled` says why).
    """

    id: str
    round: int
    about: Subject
    text: str
    asked_at: str
    reply: str
    replied_by: str
    replied_at: str
    settled: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One round: a review that was returned, or the one in the making (`returned_at` empty)."""

    id: str
    bundle: str
    round: int
    by: str
    begun_at: str
    decision: str
    words: str
    returned_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Everything about the review of a visit: its versions oldest first, its rounds, and all questions in the order of asking."""

    visit: str
    bundle: str
    versions: tuple[Version, ...]
    rounds: tuple[ReviewLine, ...]
    questions: tuple[QuestionLine, ...]

    @property
    def version(self) -> Version:
        """Give the version that is looked at."""
        return next(one for one in self.versions if one.bundle == self.bundle)

    @property
    def before(self) -> Version | None:
        """Give the version before that one, or None."""
        return self.versions[self.version.number - 2] if self.version.number > 1 else None

    @property
    def is_newest(self) -> bool:
        """Say whether no later version was received; only the newest is decided of."""
        return self.versions[-1].bundle == self.bundle

    @property
    def draft(self) -> ReviewLine | None:
        """Give the review in the making, or None."""
        return next((one for one in self.rounds if not one.returned_at), None)

    @property
    def decided(self) -> ReviewLine | None:
        """Give the latest review of this version that was returned, or None."""
        return next((one for one in reversed(self.rounds) if one.returned_at and one.bundle == self.bundle), None)

    def asked_of(self, about: Subject) -> tuple[QuestionLine, ...]:
        """List the questions about one criterion, check or finding."""
        return tuple(one for one in self.questions if one.about == about)

    def in_state(self, *states: str) -> tuple[QuestionLine, ...]:
        """List the questions in one of some states."""
        return tuple(one for one in self.questions if one.state in states)


def reviewing(office: Office, bundle: str) -> Reviewing:
    """Look at the review of a received bundle. Raises NotAllowed("bundle_not_received")."""
    with open_register(office.register) as db:
        return reviewing_in(db, bundle)


def reviewing_in(db: Database, bundle: str) -> Reviewing:
    """Look at it in an open register."""
    found = versions_in(db, bundle)
    visit = rows.visit_of(db, bundle)
    return Reviewing(
        visit=visit,
        bundle=bundle,
        versions=found,
        rounds=tuple(_round(row) for row in rows.reviews_of(db, visit)),
        questions=tuple(_line(row) for row in rows.questions_of(db, visit)),
    )


def check_may(found: Reviewing, decision: str, words: str) -> None:
    """Demand that a decision goes with what was asked. Raises NotAllowed("review_questions_open", "review_says_nothing")."""
    waiting, drafts = len(found.in_state(OPEN)), len(found.in_state(DRAFT))
    if decision == ACCEPTED and (waiting or drafts):
        raise NotAllowed("review_questions_open", waiting=waiting, drafts=drafts)
    if decision == RETURNED and not words and not drafts:
        raise NotAllowed("review_says_nothing")


def _round(row: dict[str, Any]) -> ReviewLine:
    same = {name: row[name] for name in ("bundle", "round", "begun_at", "decision", "words")}
    return ReviewLine(id=row["review"], by=row["by_whom"], returned_at=row["returned_at"] or "", **same)


def _line(row: dict[str, Any]) -> QuestionLine:
    if not row["returned_at"]:
        state = DRAFT
    elif row["reply"]:
        state = ANSWERED
    else:
        state = SETTLED if row["settled"] else OPEN
    same = {name: row[name] for name in ("round", "text", "asked_at", "reply", "replied_by", "settled")}
    about, asked = Subject(row["about"], row["subject"]), row["question"]
    return QuestionLine(id=asked, about=about, replied_at=row["replied_at"] or "", state=state, **same)
