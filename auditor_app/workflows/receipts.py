"""Receipts: checked against what was handed over, and what the office has signed for released from this laptop."""

import shutil
from dataclasses import replace

from auditor_app.clock import moment_text
from auditor_app.domain.office import Receipt
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.store.journal import visits
from auditor_app.store.records import Sealed, add_sealed, all_sealed, bundles, mark_received
from auditor_app.workflows.custody import signed_for
from auditor_app.workflows.evidence import small_picture
from auditor_app.workflows.hand_over import find_bundle
from auditor_app.workflows.identity import office_profile
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
    """Give the digests of sealed files of a visit that the office has signed for."""
    return set(signed_for(workspace, visit))


def release(workspace: Workspace, visit: VisitId) -> int:
    """Remove from this laptop the evidence of a visit that the office has signed for; gives how many files.

    Journal, digests and thumbnails stay. Raises NotAllowed("no_receipt") while there is no receipt for any of it.
    """
    held = releasable(workspace, visit)
    if not held:
        raise NotAllowed("no_receipt", visit=visit)
    needed = _needed_elsewhere(workspace, visit)
    going = [one for one in all_sealed(workspace.db) if one.sealed in held and one.original not in needed and not one.released_at]
    for one in going:
        small_picture(workspace, one.original)  # the last moment to draw it
        let_go(workspace, one)
    drop_outgoing(workspace, visit)
    return len(going)


def let_go(workspace: Workspace, one: Sealed) -> None:
    """Remove one sealed file that the office has signed for, noted first: what is noted and still there is swept away later."""
    with workspace.transaction() as db:
        add_sealed(db, replace(one, released_at=moment_text(workspace.clock.now())))
    workspace.vault.path(one.sealed).unlink(missing_ok=True)


def _needed_elsewhere(workspace: Workspace, visit: VisitId) -> set[Digest]:
    """Give the originals that other visits use too, without a receipt of their own for them."""
    sealed_as = {one.original: one.sealed for one in all_sealed(workspace.db)}
    needed: set[Digest] = set()
    for other in visits(workspace.db):
        if other != visit:
            held = releasable(workspace, other)
            needed |= {digest for digest in workspace.visit(other).evidence if sealed_as.get(digest) not in held}
    return needed


def drop_outgoing(workspace: Workspace, visit: VisitId) -> None:
    """Remove the outgoing copies of received bundles: they share their files with the vault, so these go only with both."""
    for record in bundles(workspace.db, visit):
        if record.received_at:
            shutil.rmtree(workspace.outgoing / record.id, ignore_errors=True)
