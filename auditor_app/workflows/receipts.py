"""Receipts: checked against what was handed over, and what the office has signed for released from this laptop."""

import shutil

from auditor_app.domain.office import Receipt
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.store.records import Sealed, bundles, mark_received
from auditor_app.workflows.custody import awaited, signed_for, since_receipt
from auditor_app.workflows.evidence import small_picture
from auditor_app.workflows.hand_over import find_bundle
from auditor_app.workflows.identity import office_profile
from auditor_app.workflows.leaving import let_go, look
from auditor_app.workflows.letters import read_letter
from auditor_app.workflows.mail import News, Taking
from auditor_app.workspace import Workspace


def take_receipt(workspace: Workspace, taking: Taking) -> News:
    """Check a receipt against the bundle that was made here, and keep it. Raises Corrupted."""
    authority = office_profile(workspace).authority.encode()
    receipt, _answers = read_letter(taking.letter, Receipt, [authority], workspace.clock.now(), place=taking.name)
    record = find_bundle(workspace, receipt.bundle)
    held = {(file.name, file.digest, file.size) for file in receipt.files}
    missing = [one["name"] for one in record.listing if (one["name"], one["digest"], one["size"]) not in held]
    if missing:
        raise Corrupted("receipt_incomplete", place=taking.name, files=", ".join(missing[:5]))
    with workspace.transaction() as db:
        mark_received(db, record.id, receipt.received_at, taking.letter)
    return News(kind="receipt", about=record.id, detail=receipt.office)


def releasable(workspace: Workspace, visit: VisitId) -> set[Digest]:
    """Give the digests of sealed files of a visit that the office has signed for, and that no bundle has which it is still to take."""
    return set(signed_for(workspace, visit)) - awaited(workspace, visit)


def evidence_leaving(workspace: Workspace, visit: VisitId) -> list[Sealed]:
    """List the evidence of a visit that is here and may leave."""
    held = releasable(workspace, visit)
    return [one for one in look(workspace).leaving(visit) if one.sealed in held]


def release(workspace: Workspace, visit: VisitId) -> int:
    """Remove from this laptop the evidence of a visit that the office has signed for; gives how many files.

    Journal, digests and thumbnails stay. Raises NotAllowed("no_receipt") while there is no receipt for any of it, or none for the newest
    bundle.
    """
    if not releasable(workspace, visit):
        raise NotAllowed("no_receipt", visit=visit)
    going = evidence_leaving(workspace, visit)
    for one in going:
        small_picture(workspace, one.original)  # the last moment to draw it
        let_go(workspace, one)
    drop_outgoing(workspace, visit)
    return len(going)


def drop_outgoing(workspace: Workspace, visit: VisitId) -> None:
    """Remove the outgoing copies of bundles that are done with: they share their files with the vault, so these go only with both."""
    made = bundles(workspace.db, visit)
    needed = {one.id for one in since_receipt(made)}
    for record in made:
        if record.id not in needed:
            shutil.rmtree(workspace.outgoing / record.id, ignore_errors=True)
