"""Verifying a bundle or a report, question by question. Nothing is written; everything read is treated as hostile."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from auditor_app.bundle import names
from auditor_app.bundle.checking import bag_faults, bundle_id
from auditor_app.bundle.reading import BundleFiles, open_bundle, read_small
from auditor_app.bundle.record import EvidenceLine, Record, ReportLine, read_record
from auditor_app.digests import sha256_of
from auditor_app.disk import disk_errors
from auditor_app.domain.office import OfficeProfile
from auditor_app.domain.visit import VisitState
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.progress import Progress, on_all_cores, silent
from auditor_app.signing.certificates import CertificateFacts as SignerFacts
from auditor_app.signing.cms import check_detached
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.trust import Trusted
from auditor_app.signing.verdicts import LaterSignature as AddedLater
from auditor_app.signing.verdicts import PdfAnswers as CheckedPdf
from auditor_app.signing.verdicts import Verdict as PartVerdict
from auditor_app.vault.keys import Secret, read_secret
from auditor_app.vault.sealing import digest_of_sealed, unseal
from auditor_app.workflows.answers import NO, YES, Answer, Answers
from auditor_app.workflows.letters import read_profile, trusted_by
from auditor_app.workflows.record_checks import check_carried_form, check_journal

__all__ = ["AddedLater", "CheckedPdf", "PartVerdict", "SignerFacts"]
MAX_RECORD = 1 << 30
SEALED_QUESTIONS = ("record_opens", "journal_unbroken", "evidence_complete", "evidence_right", "form_known", "form_right", "report_right")
REPORT_QUESTIONS = ("report_signature_valid", "report_signer_trusted", "report_whole_file_signed", "report_unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What verifying gave: the answers, and what was read on the way (None where it could not be)."""

    answers: tuple[Answer, ...]
    bundle: str = ""
    signer: SignerFacts | None = None
    record: Record | None = None
    visit: VisitState | None = None
    pdf: CheckedPdf | None = None
    """Of a report alone: everything that its signatures say, its level, and what was added later."""

    @property
    def all_yes(self) -> bool:
        """Say whether every question was answered yes."""
        return all(answer.answer == YES for answer in self.answers)

    @property
    def any_no(self) -> bool:
        """Say whether any question was answered no."""
        return any(answer.answer == NO for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """With what to verify: the office's profile and key (None leaves questions open), and the moment."""

    at: datetime
    profile: OfficeProfile | None = None
    secret: Secret | None = None

    @property
    def trusted(self) -> Trusted:
        """Say whom the office trusts; nobody where no profile is known."""
        return trusted_by(self.profile) if self.profile else Trusted()


def trust_from_files(at: datetime, profile: Path | None, identity: Path | None) -> Trust:
    """Read a profile and a key for verifying. A key that lies beside the profile, as in the office's own folder, is used too."""
    beside = profile.with_name("identity.txt") if profile else None
    key = identity or (beside if beside and beside.is_file() else None)
    found = read_profile(_read(profile), at, place=str(profile)) if profile else None
    return Trust(at=at, profile=found, secret=read_secret(_read(key).decode(errors="replace")) if key else None)


def verify(path: Path, trust: Trust, progress: Progress = silent, *, bundle: Path | None = None) -> Verification:
    """Verify a bundle (folder or zip) or a report (PDF), which may be held against the bundle that it was handed over in.

    Raises NotAllowed when there is nothing, Corrupted when it is neither.
    """
    if path.suffix.lower() == ".pdf" and path.is_file():
        return verify_report(_read(path), path.name, trust, bundle=bundle)
    return verify_bundle(path, trust, progress)


def verify_report(pdf: bytes, place: str, trust: Trust, *, bundle: Path | None = None) -> Verification:
    """Verify the signatures of one report, and whether a bundle names it: by what was signed, for a timestamp changes the file."""
    answers = Answers()
    found = _check_report(answers, pdf, place, trust)
    if bundle is not None:
        with open_bundle(bundle) as files:
            record = _open_record(Answers(), files, trust)
        _check_named(answers, found, record, place)
    return Verification(answers=answers.in_order(), signer=found.signer, pdf=found)


def _check_named(answers: Answers, found: CheckedPdf, record: Record | None, place: str) -> None:
    if record is None:
        answers.not_checked("record_closed", "report_in_bundle")
    elif found.signed_digest and found.signed_digest in {line.signed_digest for line in record.reports}:
        answers.yes("report_in_bundle")
    else:
        answers.no("report_in_bundle", "not_in_record", [place])


def verify_bundle(path: Path, trust: Trust, progress: Progress = silent, *, only_genuine: bool = False) -> Verification:
    """Verify a bundle; what cannot be known without the office's key or profile is answered "not checked".

    `only_genuine` opens nothing of a bundle that is not intact and signed by someone who is trusted.
    """
    answers = Answers()
    with open_bundle(path) as files:
        faults = bag_faults(files, progress)
        for fault in faults:
            answers.no("bag_intact", fault.code, [fault.place])
        answers.yes("bag_intact")
        signer = check_signature(answers, files, trust)
        if only_genuine and any(answer.answer != YES for answer in answers.in_order()):
            return Verification(answers=answers.in_order(), bundle=bundle_id(files), signer=signer)
        record = _open_record(answers, files, trust)
        visit = check_journal(answers, record) if record else None
        if record and trust.secret:
            check_carried_form(answers, record)
            _check_evidence(answers, files, record, visit, trust.secret, progress)
            _check_reports(answers, files, record, trust)
        return Verification(answers=answers.in_order(), bundle=bundle_id(files), signer=signer, record=record, visit=visit)


def check_signature(answers: Answers, files: BundleFiles, trust: Trust) -> SignerFacts | None:
    """Answer whether the signature over a bundle is valid and its signer trusted; gives the signer, whose name counts only with a yes."""
    manifest, signature = read_small(files, names.TAG_MANIFEST), read_small(files, names.SIGNATURE)
    if manifest is None or signature is None:
        answers.no("signature_valid", "missing", [names.SIGNATURE if manifest else names.TAG_MANIFEST])
        answers.not_checked("no_signature", "signer_trusted")
        return None
    found = check_detached(manifest, signature, trust.trusted, trust.at, purpose="auditor")
    answers.holds("signature_valid", found.valid.holds, found.valid.reason, [names.SIGNATURE])
    if not found.intact.holds:
        answers.no("signature_valid", found.intact.reason or "", [names.TAG_MANIFEST, names.SIGNATURE])
    answers.holds("signer_trusted", found.trusted.holds, found.trusted.reason, [_at(names.SIGNATURE, found.trusted)])
    return found.signer


def _open_record(answers: Answers, files: BundleFiles, trust: Trust) -> Record | None:
    if trust.secret is None:
        answers.not_checked("no_key", *SEALED_QUESTIONS, *REPORT_QUESTIONS)
        return None
    try:
        data = _unsealed(files, names.RECORD, trust.secret)
        record = read_record(data.splitlines())
    except Corrupted as error:
        answers.no("record_opens", error.code, [str(error.values.get("place", names.RECORD))])
        answers.not_checked("record_closed", *SEALED_QUESTIONS[1:], *REPORT_QUESTIONS)
        return None
    answers.yes("record_opens")
    return record


def _check_evidence(
    answers: Answers, files: BundleFiles, record: Record, visit: VisitState | None, secret: Secret, progress: Progress
) -> None:
    lines = {names.evidence_name(line.sealed): line for line in record.evidence}
    there = {name for name in files.sizes if name.startswith(names.EVIDENCE_FILES)}
    named = set(visit.evidence) if visit else {line.original for line in record.evidence}
    for missing in sorted(set(lines) - there):
        answers.no("evidence_complete", "missing", [missing])
    if extra := sorted(there - set(lines)):
        answers.no("evidence_complete", "not_in_record", extra)
    if unlisted := sorted(named ^ {line.original for line in record.evidence}):
        answers.no("evidence_complete", "index_differs", unlisted)
    if twice := _named_twice([line.sealed for line in record.evidence], [line.original for line in record.evidence]):
        answers.no("evidence_complete", "named_twice", twice)
    answers.yes("evidence_complete")
    opened = on_all_cores(lambda name: (name, _is_right(files, name, lines[name], secret)), sorted(set(lines) & there))
    for done, (name, right) in enumerate(opened):
        progress("opening", done, len(lines))
        if not right:
            answers.no("evidence_right", "digest_differs", [name])
    answers.yes("evidence_right")


def _named_twice(*columns: list[str]) -> list[str]:
    """Name what occurs twice: of two lines for one file only one would be looked at."""
    return sorted({value for column in columns for value, count in Counter(column).items() if count > 1})


def _is_right(files: BundleFiles, name: str, line: EvidenceLine, secret: Secret) -> bool:
    try:
        with files.open(name) as stream:
            return digest_of_sealed(stream, secret, name) == (line.original, line.size)
    except Corrupted:
        return False


def _check_reports(answers: Answers, files: BundleFiles, record: Record, trust: Trust) -> None:
    lines = {names.findings_name(line.sealed): line for line in record.reports}
    there = {name for name in files.sizes if name.startswith(names.REPORT_FILES)}
    for name in sorted(set(lines) ^ there):
        answers.no("report_right", "missing" if name in lines else "not_in_record", [name])
    if twice := _named_twice([line.sealed for line in record.reports], [line.id for line in record.reports]):
        answers.no("report_right", "named_twice", twice)
    if not lines:
        answers.not_checked("no_report", *REPORT_QUESTIONS)
    for name, pdf in _open_reports(answers, files, lines, sorted(set(lines) & there), trust):
        found = _check_report(answers, pdf, name, trust)
        if lines[name].signed_digest not in {"", found.signed_digest}:
            answers.no("report_right", "signed_digest_differs", [name])
    answers.yes("report_right")


def _open_reports(
    answers: Answers, files: BundleFiles, lines: dict[str, ReportLine], there: Iterable[str], trust: Trust
) -> Iterator[tuple[str, bytes]]:
    for name in there:
        try:
            pdf = _unsealed(files, name, trust.secret) if trust.secret else b""
        except Corrupted:
            pdf = b""
        if sha256_of(pdf) == lines[name].digest:
            yield name, pdf
        else:
            answers.no("report_right", "digest_differs", [name])
            answers.not_checked("report_closed", *REPORT_QUESTIONS)


def _check_report(answers: Answers, pdf: bytes, place: str, trust: Trust) -> CheckedPdf:
    found = check_pdf(pdf, trust.trusted, trust.at, purpose="auditor")
    for question, verdict in (
        ("report_signature_valid", found.intact),
        ("report_signature_valid", found.valid),
        ("report_signer_trusted", found.trusted),
        ("report_whole_file_signed", found.covers_whole_file),
        ("report_unchanged", found.unchanged_since),
    ):
        answers.holds(question, verdict.holds, verdict.reason, [_at(place, verdict)])
    return found


def _at(place: str, verdict: PartVerdict) -> str:
    return f"{place}: {verdict.detail}" if verdict.detail else place


def _unsealed(files: BundleFiles, name: str, secret: Secret) -> bytes:
    if files.sizes.get(name, MAX_RECORD) >= MAX_RECORD:
        raise Corrupted("file_missing_in_bundle", place=name)
    target = io.BytesIO()
    with files.open(name) as stream:
        unseal(stream, target, secret, name)
    return target.getvalue()


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotAllowed("file_not_there", path=str(path))
    with disk_errors(path):
        return path.read_bytes()
