"""Receiving bundles: fetched into quarantine, verified with the office's key, entered in the register, receipted."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor_app.bundle.checking import bag_faults, bundle_id
from auditor_app.bundle.reading import BundleFiles, open_bundle
from auditor_app.clock import moment_text
from auditor_app.digests import CHUNK, sha256_of_file
from auditor_app.disk import TEMPORARY, disk_errors, new_file, sync_folder, write_file
from auditor_app.domain.journal import Entry, entry_digest
from auditor_app.domain.office import Receipt, ReceivedFile
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed
from auditor_app.ids import Digest
from auditor_app.progress import Progress, silent
from auditor_app.register.register import auditor_of, enter, is_entered, last_chain, open_register, receipt_of, received
from auditor_app.sync import mailbox as post
from auditor_app.sync.listing import LIMITS
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.receiving import receive as fetch
from auditor_app.sync.storage import Storage
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.answers import NO, YES, Answer
from auditor_app.workflows.forms import form_at_hand
from auditor_app.workflows.letters import sign_letter
from auditor_app.workflows.office.enrolment import find_auditor
from auditor_app.workflows.office.entering import Accepted, reception
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.verifying import Trust, Verification, verify_bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of one bundle: "received", "known" (it was received before) or "refused" with the answers that were not yes."""

    bundle: str
    outcome: str
    site: str = ""
    answers: tuple[Answer, ...] = ()
    reason: str = ""


def receive_mailbox(office: Office, progress: Progress = silent, *, url: str = "", user: str = "", password: str = "") -> list[Received]:
    """Receive every complete bundle that waits in a mailbox, by default the profile's; a refused one does not stop the rest.

    Receipts go to the outbox, sealed to the auditor. A bundle that is known is fetched no more, but its receipt is put again.
    Raises NotAllowed("mailbox_unknown"), or what the place refuses.
    """
    if not (address := url or office.profile.mailbox):
        raise NotAllowed("mailbox_unknown")
    storage = open_place(Place(url=address, user=user, password=password))
    waiting = post.waiting(storage)
    results = [Received(bundle=bundle, outcome="refused", reason=error.code) for bundle, error in waiting.refused]
    for bundle in waiting.ready:
        result = _receive_one(office, storage, bundle, progress)
        results.append(result)
        if result.outcome != "refused":
            fingerprint, letter = sealed_receipt(office, bundle)
            post.put_outbox(storage, fingerprint, f"receipt-{bundle}.age", letter)
    return results


def receive_path(office: Office, path: Path, progress: Progress = silent) -> Received:
    """Receive a bundle from a stick: a folder or a zip. The bag is judged where it is, copied into quarantine, and verified there."""
    with open_bundle(path) as files:
        bundle, faults = bundle_id(files), bag_faults(files, progress)
        if faults:
            wrong = Answer(question="bag_intact", answer=NO, reason=faults[0].code, places=tuple(fault.place for fault in faults))
            return Received(bundle=bundle, outcome="refused", answers=(wrong,))
        with open_register(office.register) as db:
            if is_entered(db, bundle):
                return Received(bundle=bundle, outcome="known")
        _copy_in(office, files, bundle)
    return _judge(office, bundle, progress)


def sealed_receipt(office: Office, bundle: str) -> tuple[str, bytes]:
    """Give the auditor's fingerprint and the receipt of a bundle, sealed to that auditor. Raises NotAllowed when there is none."""
    letter = receipt_letter(office, bundle)
    with open_register(office.register) as db:
        auditor = auditor_of(db, bundle)
    return auditor, seal_bytes(letter, [find_auditor(office, auditor).recipient])


def receipt_letter(office: Office, bundle: str) -> bytes:
    """Give the signed receipt of a bundle. Raises NotAllowed("receipt_missing")."""
    with open_register(office.register) as db:
        letter = receipt_of(db, bundle)
    if letter is None:
        raise NotAllowed("receipt_missing", bundle=bundle)
    return letter


def registered(office: Office) -> list[dict[str, Any]]:
    """List what was received, newest first."""
    with open_register(office.register) as db:
        return received(db)


def _receive_one(office: Office, storage: Storage, bundle: str, progress: Progress) -> Received:
    with open_register(office.register) as db:
        if is_entered(db, bundle):
            return Received(bundle=bundle, outcome="known")
    _sweep(office.quarantine / bundle)
    try:
        fetch(storage, bundle, office.quarantine / bundle, LIMITS, progress)
    except Corrupted as error:
        return Received(bundle=bundle, outcome="refused", reason=str(error))
    return _judge(office, bundle, progress)


def _sweep(folder: Path) -> None:
    """Remove half files that a kill left; they would count as added."""
    with disk_errors(folder):
        for half in folder.rglob(f"*{TEMPORARY}"):
            half.unlink()


def _judge(office: Office, bundle: str, progress: Progress) -> Received:
    """Verify a bundle that is whole in quarantine; accept it, or leave it there."""
    folder = office.quarantine / bundle
    found = verify_bundle(folder, Trust(at=office.clock.now(), profile=office.profile, secret=office.secret), progress)
    if found.bundle != bundle:
        return Received(bundle=bundle, outcome="refused", reason="bundle_id_differs", answers=found.answers)
    if refused := _refusal(office, found):
        return refused
    with disk_errors(office.received):
        office.received.mkdir(exist_ok=True)
        shutil.rmtree(office.received / bundle, ignore_errors=True)  # moved before, but not entered: a crash between the two
        folder.replace(office.received / bundle)
        sync_folder(office.received)
    return _accept(office, found)


def _refusal(office: Office, found: Verification) -> Received | None:
    """Give the refusal of a bundle, or None when everything about it is right and its signer is enrolled here."""
    wrong = tuple(answer for answer in found.answers if answer.answer != YES and answer.reason != "form_not_here")
    reason = ""
    if not wrong and found.signer and found.record:
        try:
            find_auditor(office, found.signer.fingerprint)
            _check_continues(office, found.record.head.visit, found.record.entries)
        except AuditorAppError as error:
            reason = str(error)
    if not wrong and not reason:
        return None
    return Received(bundle=found.bundle, outcome="refused", answers=wrong, reason=reason)


def _check_continues(office: Office, visit: str, entries: tuple[Entry, ...]) -> None:
    """Demand that a visit's chains go on from what was received before: an older or a rewritten journal is refused."""
    with open_register(office.register) as db:
        before = last_chain(db, visit)
    digests = {(str(entry.device), entry.sequence): entry_digest(entry) for entry in entries}
    for device, (sequence, digest) in before.items():
        if digests.get((device, sequence)) != digest:
            raise Corrupted("journal_does_not_continue", device=device, sequence=sequence)


def _accept(office: Office, found: Verification) -> Received:
    """Enter a verified bundle and sign its receipt, in one transaction of the register."""
    now = office.clock.now()
    files = tuple(_held(office.received / found.bundle))
    if found.record is None or found.signer is None or found.visit is None:
        raise Corrupted("bundle_not_verified", path=found.bundle, questions="record_opens")
    receipt = Receipt(
        bundle=Digest(found.bundle),
        visit=found.record.head.visit,
        office=office.profile.office,
        auditor=found.signer.fingerprint,
        received_at=moment_text(now),
        files=files,
    )
    letter = sign_letter(receipt, office.identity, now)
    accepted = Accepted(
        receipt=receipt,
        letter=letter,
        record=found.record,
        visit=found.visit,
        auditor_name=found.signer.name,
        form=form_at_hand(found.record.head.form_digest),
    )
    with open_register(office.register) as db:
        enter(db, reception(accepted))
    write_file(office.folder / "receipts" / f"{found.bundle}.json", letter)
    return Received(bundle=found.bundle, outcome="received", site=str(found.visit.facts.get("site", "")), answers=found.answers)


def _held(folder: Path) -> list[ReceivedFile]:
    """List what is in the received folder, each file digested anew: the receipt speaks of what the office's disk holds."""
    with disk_errors(folder):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return [
            ReceivedFile(name=path.relative_to(folder).as_posix(), digest=sha256_of_file(path), size=path.stat().st_size) for path in files
        ]


def _copy_in(office: Office, files: BundleFiles, bundle: str) -> None:
    """Copy a bundle's files into quarantine; their names were judged when the bundle was opened."""
    folder = office.quarantine / bundle
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for name in files.sizes:
            with files.open(name) as source, new_file(folder / name) as target:
                shutil.copyfileobj(source, target, CHUNK)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
