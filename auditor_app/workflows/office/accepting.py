"""Accepting a bundle that was judged right: moved out of quarantine, entered in the register, receipted."""

import shutil
from pathlib import Path
from typing import Any

from auditor_app.clock import moment_text
from auditor_app.digests import sha256_of_file
from auditor_app.disk import disk_errors, sync_folder, write_file
from auditor_app.domain.office import Receipt, ReceivedFile
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import Digest
from auditor_app.register.register import auditor_of, enter, open_register, receipt_of, received
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.forms import form_of_record
from auditor_app.workflows.letters import sign_letter
from auditor_app.workflows.office.enrolment import find_auditor
from auditor_app.workflows.office.entering import Accepted, reception
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.judging import Judgement
from auditor_app.workflows.office.quarantine import folder_of


def accept(office: Office, judged: Judgement) -> str:
    """Take a bundle in: gives the name of its site. Killed at any point, the same call on the same bundle ends the same."""
    bundle, target = judged.bundle, office.received / judged.bundle
    record, visit, signer = judged.record, judged.visit, judged.signer.facts
    if record is None or signer is None or visit is None:
        raise Corrupted("bundle_not_verified", path=bundle, questions="record_opens")
    with disk_errors(office.received):
        office.received.mkdir(exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)  # moved before, but not entered: a crash between the two
        folder_of(office, bundle).replace(target)
        sync_folder(office.received)
    now = office.clock.now()
    receipt = Receipt(
        bundle=Digest(bundle),
        visit=record.head.visit,
        office=office.profile.office,
        auditor=signer.fingerprint,
        received_at=moment_text(now),
        files=tuple(_held(target)),
    )
    letter = sign_letter(receipt, office.identity, now)
    compiled = form_of_record(record)
    accepted = Accepted(
        receipt=receipt,
        letter=letter,
        record=record,
        visit=visit,
        auditor_name=signer.name,
        form=compiled.form if compiled else None,
    )
    with open_register(office.register) as db:
        enter(db, reception(accepted))
    write_file(office.folder / "receipts" / f"{bundle}.json", letter)
    return str(visit.facts.get("site", ""))


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


def _held(folder: Path) -> list[ReceivedFile]:
    """List what is in the received folder, each file digested anew: the receipt speaks of what the office's disk holds."""
    with disk_errors(folder):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return [
            ReceivedFile(name=path.relative_to(folder).as_posix(), digest=sha256_of_file(path), size=path.stat().st_size) for path in files
        ]
