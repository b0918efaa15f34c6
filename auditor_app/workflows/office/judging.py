"""Judging a bundle that lies in quarantine: whether it is genuine, whose it is, and whether it goes on from what was received before."""

from dataclasses import dataclass
from pathlib import Path

from auditor_app.bundle.reading import BundleFiles
from auditor_app.bundle.record import Record
from auditor_app.domain.assignments import Assignment
from auditor_app.domain.journal import entry_digest
from auditor_app.domain.visit import VisitState
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable
from auditor_app.progress import Progress
from auditor_app.register.assignments import letters_of_visit
from auditor_app.register.register import last_chain, open_register
from auditor_app.register.reviews import versions_of
from auditor_app.signing.certificates import CertificateFacts
from auditor_app.workflows.answers import YES, Answer, Answers
from auditor_app.workflows.forms import forms_at_hand
from auditor_app.workflows.letters import read_kept
from auditor_app.workflows.office.enrolment import EnrolledAuditor, find_auditor
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.versions import read_version
from auditor_app.workflows.verifying import Trust, check_signature, verify_bundle

_OF_FORM = ("form_not_here", "no_form")
"""A form that is not shipped is judged by the office's profile; programs before this one left it out of the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed a bundle: `facts` are of a genuine signature alone, `enrolled` of an auditor whom the office knows."""

    answers: tuple[Answer, ...]
    facts: CertificateFacts | None = None
    enrolled: EnrolledAuditor | None = None

    @property
    def fingerprint(self) -> str:
        """Name the certificate of an auditor whom the office knows; "" for anybody else."""
        return self.facts.fingerprint if self.facts and self.enrolled else ""

    @property
    def wrong(self) -> tuple[Answer, ...]:
        """Give the answers about the signature that are no yes."""
        return _wrong(self.answers)

    def problem(self) -> AuditorAppError | None:
        """Say that a genuine signer is nobody whom the office knows, or None."""
        if self.facts and not self.enrolled and not self.wrong:
            return NotAllowed("auditor_not_enrolled", fingerprint=self.facts.fingerprint)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What judging found: what is wrong by the answers, or another problem; and what was read of a bundle that is right."""

    bundle: str
    signer: Signer
    answers: tuple[Answer, ...]
    problem: AuditorAppError | None = None
    record: Record | None = None
    visit: VisitState | None = None

    @property
    def wrong(self) -> tuple[Answer, ...]:
        """Give the answers that are no yes. A form that is not shipped is judged by the office's profile instead."""
        return _wrong(self.answers)


def signer_of(office: Office, files: BundleFiles) -> Signer:
    """Tell from its two small files whose a bundle is, before anything else of it is copied."""
    answers = Answers()
    facts = check_signature(answers, files, _trust(office))
    return _signer(office, answers.in_order(), facts)


def judge(office: Office, bundle: str, folder: Path, progress: Progress) -> Judgement:
    """Judge a bundle that is whole in a folder. Nothing is written."""
    found = verify_bundle(folder, _trust(office), progress, only_genuine=True)
    signer = _signer(office, found.answers, found.signer)
    judged = Judgement(bundle=found.bundle, signer=signer, answers=found.answers, record=found.record, visit=found.visit)
    problem = None if judged.wrong else _problem(office, bundle, judged)
    return Judgement(bundle=found.bundle, signer=signer, answers=found.answers, problem=problem, record=found.record, visit=found.visit)


def _trust(office: Office) -> Trust:
    return Trust(at=office.clock.now(), profile=office.profile, secret=office.secret)


def _wrong(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    return tuple(answer for answer in answers if answer.answer != YES and answer.reason not in _OF_FORM)


def _signer(office: Office, answers: tuple[Answer, ...], facts: CertificateFacts | None) -> Signer:
    valid = {answer.question for answer in answers if answer.answer == YES} >= {"signature_valid"}
    if facts is None or not valid:
        return Signer(answers=answers)
    try:
        return Signer(answers=answers, facts=facts, enrolled=find_auditor(office, facts.fingerprint))
    except NotAllowed:
        return Signer(answers=answers, facts=facts)


def _problem(office: Office, bundle: str, judged: Judgement) -> AuditorAppError | None:
    """Say what is wrong with a bundle that is right in itself, or None."""
    record, enrolled = judged.record, judged.signer.enrolled
    if judged.bundle != bundle:
        return Corrupted("bundle_id_differs", bundle=bundle)
    if record is None or enrolled is None:
        return judged.signer.problem() or Corrupted("bundle_not_verified", path=bundle, questions="record_opens")
    if record.head.reply_to != enrolled.recipient:
        return Corrupted("record_of_someone_else", name=enrolled.name)
    if not _knows_form(office, record.head.form_digest):
        return Corrupted("form_not_of_office", form=record.head.form, digest=record.head.form_digest)
    return _break(office, record) or _put_in_our_mouth(office, record)


def _knows_form(office: Office, digest: str) -> bool:
    return digest in {one.digest for one in forms_at_hand()} | {one.digest for one in office.profile.forms}


def _break(office: Office, record: Record) -> AuditorAppError | None:
    """Say where a visit does not go on from what was received before: an older or a rewritten journal, or the same with fewer reports."""
    with open_register(office.register) as db:
        before, versions = last_chain(db, record.head.visit), versions_of(db, record.head.visit)
    digests = _digests(record)
    broken = [(device, sequence) for device, (sequence, digest) in before.items() if digests.get((device, sequence)) != digest]
    if not broken and any(sequence > before.get(device, (0, ""))[0] for device, sequence in digests):
        return None
    newest = _record_of(office, versions[-1]["bundle"]) if versions else None
    if newest and digests.items() <= _digests(newest).items() and (broken or _reports(record) < _reports(newest)):
        return Corrupted("bundle_is_older", bundle=versions[-1]["bundle"])
    return Corrupted("journal_does_not_continue", device=broken[0][0], sequence=broken[0][1]) if broken else None


def _put_in_our_mouth(office: Office, record: Record) -> AuditorAppError | None:
    """Say which entry a visit carries under the office's name that the office did not write in its assignment, or None."""
    with open_register(office.register) as db:
        letters = letters_of_visit(db, record.head.visit)
    for made in (read_kept(letter, Assignment, place="assignment") for letter in letters):
        own = {entry.sequence: entry_digest(entry) for entry in made.entries}
        for entry in record.entries:
            if entry.device == made.device and own.get(entry.sequence) != entry_digest(entry):
                return Corrupted("assignment_altered", sequence=entry.sequence)
    return None


def _digests(record: Record) -> dict[tuple[str, int], str]:
    return {(str(entry.device), entry.sequence): entry_digest(entry) for entry in record.entries}


def _reports(record: Record) -> set[str]:
    return {one.id for one in record.reports}


def _record_of(office: Office, bundle: str) -> Record | None:
    """Read the record of a bundle that was received; None where it lies elsewhere by now."""
    try:
        return read_version(office, bundle).record
    except (Corrupted, Unavailable):
        return None
