"""Where the bytes of evidence are: here, sealed to the office, received by it, released from this laptop."""

from dataclasses import dataclass

from auditor_app.ids import Digest, VisitId
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.records import all_sealed, bundle_stages, bundles
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One piece of evidence: digest of its sealed file, when the office received it and when it was released; empty for not yet."""

    sealed: Digest
    received_at: str = ""
    released_at: str = ""


def signed_for(workspace: Workspace, visit: VisitId) -> dict[Digest, str]:
    """Give the digests of a visit's sealed evidence that the office has signed for, with the moment of the first receipt."""
    received: dict[Digest, str] = {}
    with sqlite_errors(workspace.folder):
        for record in bundles(workspace.db, visit):  # newest first, so that the first receipt stays
            if record.received_at:
                names = (Digest(one["digest"]) for one in record.listing if one["name"].startswith("data/evidence/"))
                received |= dict.fromkeys(names, record.received_at)
    return received


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverState:
    """How far a visit's hand-over is: bundles that wait for sending, those in the mailbox without a receipt, and those received."""

    waiting: int = 0
    unanswered: int = 0
    received: int = 0


def hand_over_state(workspace: Workspace, visit: VisitId) -> HandOverState:
    """Tell how far the hand-over of a visit is; cheap enough to ask often. Bundles older than one that was received count no more."""
    with sqlite_errors(workspace.folder):
        stages = bundle_stages(workspace.db, visit)
    newest_received = next((place for place, (_sent, received) in enumerate(stages) if received), len(stages))
    later = stages[:newest_received]
    return HandOverState(
        waiting=sum(not sent for sent, _received in later),
        unanswered=sum(sent for sent, _received in later),
        received=sum(received for _sent, received in stages),
    )


def custody(workspace: Workspace, visit: VisitId) -> dict[Digest, Custody]:
    """Tell for every original in the vault where it is; *received* counts the office's receipts for bundles of this visit."""
    received = signed_for(workspace, visit)
    with sqlite_errors(workspace.folder):
        known = all_sealed(workspace.db)
    return {
        one.original: Custody(sealed=one.sealed, received_at=received.get(one.sealed, ""), released_at=one.released_at) for one in known
    }
