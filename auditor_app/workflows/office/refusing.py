"""Refusing a bundle: it stays in quarantine with its reasons, the register has a note, and the auditor who signed it is told."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from auditor_app import __version__
from auditor_app.clock import moment_text
from auditor_app.digests import is_digest, sha256_of
from auditor_app.disk import disk_errors, write_file
from auditor_app.domain.refusals import MOST_PLACES, Reason, Refusal
from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError, NotAllowed
from auditor_app.ids import Digest
from auditor_app.plain_text import LONGEST_LINE, visible
from auditor_app.register.refusals import note_refusal
from auditor_app.register.register import is_entered, open_register
from auditor_app.sync import mailbox as post
from auditor_app.sync.storage import Storage
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.answers import Answer
from auditor_app.workflows.letters import sign_letter
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.judging import Signer
from auditor_app.workflows.office.limits import office_limits
from auditor_app.workflows.office.quarantine import (
    DAMAGED,
    REFUSED,
    Note,
    clear,
    find_held,
    keep_note,
    letter_of,
    note_of,
    notes,
    problem_of,
)

MAILBOX, STICK = "mailbox", "stick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of one bundle, or of a place of the mailbox ("unreachable", without a bundle).

    "received"; "known" (it was received before); "refused" with the answers that were not yes, or another reason; "damaged": what is
    damaged in the mailbox is no fault of the bundle, it waits there until its auditor's next sending has put it right; "waits": there is
    no room for it now. `again` says that nothing has changed since it was refused.
    """

    bundle: str
    outcome: str
    site: str = ""
    answers: tuple[Answer, ...] = ()
    reason: str = ""
    """Code and values of what is wrong beside the answers."""
    words: str = ""
    """The same as a sentence."""
    again: bool = False
    told: bool = False
    """Whether there is a letter to the auditor."""
    taken_out: bool = False
    """Whether it was taken out of the mailbox, because its visit is done with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A bundle that is refused: how it came, where it lay in which state, who signed it (as far as known), and what is wrong."""

    bundle: str
    came_from: str
    seen: tuple[str, str] | None = None
    signer: Signer | None = None
    answers: tuple[Answer, ...] = ()
    problem: AuditorAppError | None = None
    outcome: str = REFUSED


def refuse(office: Office, case: Case) -> Received:
    """Keep why a bundle is refused, in quarantine and in the register, and write the letter to its auditor where that is one of ours."""
    answers = tuple(_cut(answer) for answer in case.answers)
    facts, before = case.signer.facts if case.signer else None, note_of(office, case.bundle)
    note = Note(
        bundle=case.bundle,
        at=moment_text(office.clock.now()),
        outcome=case.outcome,
        came_from=case.came_from,
        auditor=case.signer.fingerprint if case.signer else "",
        auditor_name=_line(facts.name) if facts else "",
        seen={**(before.seen if before else {}), **dict([case.seen] if case.seen else [])},
        code=case.problem.code if case.problem else "",
        values={name: _line(str(value)) for name, value in case.problem.values.items()} if case.problem else {},
        answers=answers,
    )
    has_letter = _write_letter(office, note, case)
    keep_note(office, note)
    if not (before and before.outcome == DAMAGED and _said(before) == _said(note)):  # that is looked at anew each time
        with open_register(office.register) as db:
            note_refusal(db, {**_said(note), "at": note.at, "has_letter": int(has_letter)})
    return from_note(note, has_letter=has_letter)


def from_note(note: Note, *, has_letter: bool, again: bool = False) -> Received:
    """Tell what became of a bundle that was refused, as its note has it."""
    problem = problem_of(note)
    return Received(
        bundle=note.bundle,
        outcome=note.outcome,
        answers=note.answers,
        reason=str(problem) if problem else "",
        words=words(problem) if problem else "",
        again=again,
        told=has_letter,
    )


def state_now(office: Office, seen: str) -> str:
    """Digest on what a judgement rests: the bundle's state in the mailbox, whom and what the office knows, and this program's version."""
    with disk_errors(office.folder):
        known = sorted(path.name for path in (office.folder / "auditors").glob("*.json"))
    return sha256_of(msgspec.json.encode([seen, __version__, office.profile, office_limits(office), known]))


def post_letters(office: Office, storage: Storage) -> None:
    """Put the letters about refused bundles into the mailbox that are not there yet. Raises what the place refuses."""
    for note in notes(office):
        letter = letter_of(office, note.bundle)
        if storage.place not in note.told and note.auditor and letter.is_file():
            with disk_errors(letter):
                post.put_outbox(storage, note.auditor, letter_name(note.bundle), letter.read_bytes())
            keep_note(office, msgspec.structs.replace(note, told=(*note.told, storage.place)))


def copy_letter(office: Office, bundle: str, out: Path) -> Path:
    """Copy the letter about a refused bundle into a folder. Raises NotAllowed("not_in_quarantine", "no_refusal_letter")."""
    found = find_held(office, bundle)
    if found.letter is None:
        raise NotAllowed("no_refusal_letter", bundle=found.note.bundle)
    with disk_errors(found.letter):
        data = found.letter.read_bytes()
    target = out / letter_name(found.note.bundle)
    write_file(target, data)
    return target


def letter_name(bundle: str) -> str:
    """Name the letter about a refused bundle, in the mailbox and on a stick."""
    return f"refusal-{bundle}.age"


def forget(office: Office, bundle: str) -> None:
    """Drop what was noted of a bundle that was received after all."""
    clear(office, bundle, keep_files=True)


def _write_letter(office: Office, note: Note, case: Case) -> bool:
    """Write the letter beside the bundle; a former one goes. Nobody is told of a bundle that was received, or that will mend itself."""
    path, enrolled = letter_of(office, note.bundle), case.signer.enrolled if case.signer else None
    with disk_errors(path):
        path.unlink(missing_ok=True)
    with open_register(office.register) as db:
        is_held = is_entered(db, note.bundle)
    if enrolled is None or note.outcome == DAMAGED or not is_digest(note.bundle) or is_held:
        return False
    refusal = Refusal(
        bundle=Digest(note.bundle),
        office=office.profile.office,
        auditor=Digest(note.auditor),
        refused_at=note.at,
        reasons=_reasons(note),
    )
    write_file(path, seal_bytes(sign_letter(refusal, office.identity, office.clock.now()), [enrolled.recipient]))
    return True


def _reasons(note: Note) -> tuple[Reason, ...]:
    found = [Reason(code=answer.question, detail=_line(answer.reason), places=answer.places) for answer in note.answers]
    return (*found, *([Reason(code=note.code)] if note.code else ()))


def _cut(answer: Answer) -> Answer:
    """Name some of the places only: a hostile bundle can have any number, of any length."""
    return Answer(
        question=answer.question,
        answer=answer.answer,
        reason=answer.reason,
        places=tuple(_line(one) for one in answer.places[:MOST_PLACES]),
    )


def _line(text: str) -> str:
    return visible(text)[:LONGEST_LINE]


def _said(note: Note) -> dict[str, str]:
    """Give what the register says of a refusal: no places, which may be names that someone made up."""
    reasons = [f"{answer.question}: {answer.reason}" for answer in note.answers] + ([note.code] if note.code else [])
    named = {name: getattr(note, name) for name in ("bundle", "outcome", "came_from", "auditor", "auditor_name")}
    return {**named, "reasons": ", ".join(reasons)}
