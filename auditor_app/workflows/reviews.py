"""The office's review on the auditor's side: taken in from its letter, its questions answered, and what was changed since it read."""

from dataclasses import dataclass
from typing import Any

from auditor_app.domain.changes import Changes
from auditor_app.domain.differences import differences, only_in
from auditor_app.domain.journal import Subject, fold
from auditor_app.domain.provisional import Change, entries_within
from auditor_app.domain.reviews import QUESTION, REPLY, RETURNED, REVIEW, Asked, Decision, Question, Review, latest_decision
from auditor_app.domain.visit import VISIT, VisitState, read_visit
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import VisitId
from auditor_app.plain_text import forbidden_characters, paragraph
from auditor_app.store.journal import entries_of_visit, heads_of_subject
from auditor_app.workflows.history import REVIEWED
from auditor_app.workflows.identity import office_profile
from auditor_app.workflows.letters import read_letter
from auditor_app.workflows.mail import News, Taking
from auditor_app.workflows.visits import CLOSED, OPEN
from auditor_app.workspace import Workspace
from auditor_app.workspace.recording import Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceRead:
    """What was changed since the version that the office read, in its latest round; `state` is the visit as it read it."""

    decision: Decision
    state: VisitState
    changes: tuple[Change, ...]


def take_review(workspace: Workspace, taking: Taking) -> News | None:
    """Put a review into the journal of its visit: the decision and the questions, with the values of the letter.

    Two laptops that take the same one say the same. A returned visit is open again, any other decision closes it. What came before,
    also by way of a colleague, is not written again: then it gives None. Raises Corrupted for a letter that is not genuine,
    NotAllowed("review_of_another").
    """
    authority = office_profile(workspace).authority.encode()
    review, _answers = read_letter(taking.letter, Review, [authority], workspace.clock.now(), place=taking.name)
    _check_texts(review, taking.name)
    visit = VisitId(review.visit)
    if not heads_of_subject(workspace.db, visit, Subject(VISIT, visit)):
        raise NotAllowed("review_of_another", place=taking.name)
    state = workspace.visit(visit)
    if review.id in {one.id for one in state.decisions}:
        return None
    if {one.id for one in review.questions} & {one.id for one in state.questions}:
        raise Corrupted("letter_unreadable", place=taking.name, detail="a question of another review")
    with workspace.recording(visit) as recorder:
        _record(recorder, review)
        latest = latest_decision(state.decisions)
        if latest is None or latest.round < review.round:  # one that comes late does not tell how the visit stands
            wanted = OPEN if review.decision == RETURNED else CLOSED
            recorder.set(Subject(VISIT, visit), "state", wanted, reason=REVIEWED + review.id)
    return News(kind="review", about=visit, detail=review.decision)


def reply(workspace: Workspace, visit: VisitId, question: str, text: str) -> Changes:
    """Reply to a question of the office; "" takes the reply back. Raises NotAllowed("question_unknown")."""
    if not heads_of_subject(workspace.db, visit, Subject(QUESTION, question)):
        raise NotAllowed("question_unknown", question=question)
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(QUESTION, question), REPLY, paragraph(text, "reply"))
    return recorder.changes


def find_question(state: VisitState, name: str) -> Question:
    """Find a question by its place in the list (1, 2, …) or the beginning of its id. Raises NotAllowed("question_unknown")."""
    numbered = state.questions[int(name) - 1 : int(name)] if name.isdecimal() and 0 < int(name) < 10_000 else ()
    fits = numbered or tuple(one for one in state.questions if name and one.id.startswith(name))
    if len(fits) != 1:
        raise NotAllowed("question_unknown", question=name)
    return fits[0]


def unanswered(state: VisitState) -> tuple[Question, ...]:
    """List the questions without a reply."""
    return tuple(one for one in state.questions if not one.is_answered)


def questions_about(state: VisitState, *subjects: Subject) -> tuple[Question, ...]:
    """List the questions about some subjects."""
    return tuple(one for one in state.questions if one.target in subjects)


def since_read(workspace: Workspace, visit: VisitId) -> SinceRead | None:
    """Tell what was changed since the version that the office decided of last, replies included; None before its first decision.

    Raises Corrupted("frozen_state_lost") where entries of that version have not come to this laptop yet.
    """
    entries = entries_of_visit(workspace.db, visit)
    now = read_visit(visit, fold(entries))
    decision = latest_decision(now.decisions)
    if decision is None:
        return None
    within = entries_within(entries, decision.heads)
    before = read_visit(visit, fold(within))
    return SinceRead(decision=decision, state=before, changes=differences(before, now, only_in(entries, within)))


def _record(recorder: Recorder, review: Review) -> None:
    said: dict[str, Any] = {
        name: getattr(review, name) for name in ("bundle", "round", "office", "by", "made_at", "decision", "words", "heads")
    }
    for name, value in said.items():
        recorder.set(Subject(REVIEW, review.id), name, value)
    for asked in review.questions:
        for name, value in _asked(review, asked).items():
            recorder.set(Subject(QUESTION, asked.id), name, value)


def _asked(review: Review, asked: Asked) -> dict[str, Any]:
    return {
        "review": review.id,
        "round": review.round,
        "about": asked.about,
        "subject": asked.subject,
        "text": asked.text,
        "asked_by": review.by,
        "asked_at": review.made_at,
    }


def _check_texts(review: Review, place: str) -> None:
    """Refuse texts that play tricks, and what is named twice."""
    lines = (review.office, review.by, *(one.subject for one in review.questions))
    found = [code for text in lines for code in forbidden_characters(text)]
    found += [
        code for text in (review.words, *(one.text for one in review.questions)) for code in forbidden_characters(text, allowed="\n\t")
    ]
    if found:
        raise Corrupted("letter_unreadable", place=place, detail=", ".join(dict.fromkeys(found)))
    if len({one.id for one in review.questions}) != len(review.questions):
        raise Corrupted("letter_unreadable", place=place, detail="a question twice")
