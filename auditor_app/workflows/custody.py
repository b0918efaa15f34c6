"""Where the bytes of evidence are: here, sealed to the office, received by it, released from this laptop."""

from dataclasses import dataclass

from auditor_app.bundle.names import EVIDENCE_FILES
from auditor_app.ids import Digest, VisitId
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.records import all_sealed, bundle_stages, bundles
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One original: its sealed digest, its size, and when it came into a bundle, the mailbox, to the office and off this laptop.

    Moments are empty for not yet; of several bundles the first counts that came as far.
    """

    sealed: Digest
    size: int
    bundled_at: str = ""
    sent_at: str = ""
    received_at: str = ""
    released_at: str = ""


REFUSED = "refused bundles"
"""The fact that holds the office's letters about bundles that it did not take, by their ids."""


def signed_for(workspace: Workspace, visit: VisitId, within: str = EVIDENCE_FILES) -> dict[Digest, str]:
    """Give the digests of a visit's sealed evidence, or of its reports, that the office has signed for, with the first receipt's moment."""
    received: dict[Digest, str] = {}
    with sqlite_errors(workspace.folder):
        for record in bundles(workspace.db, visit):  # newest first, so that the first receipt stays
            if record.received_at:
                names = (Digest(one["digest"]) for one in record.listing if one["name"].startswith(within))
                received |= dict.fromkeys(names, record.received_at)
    return received


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverState:
    """How far a visit's hand-over is: bundles that wait for sending, those in the mailbox without a receipt, and those received.

    `refused` says that the office did not take the newest one.
    """

    waiting: int = 0
    unanswered: int = 0
    received: int = 0
    refused: bool = False


def hand_over_state(workspace: Workspace, visit: VisitId) -> HandOverState:
    """Tell how far the hand-over of a visit is; cheap enough to ask often. Bundles older than one that was received count no more."""
    with sqlite_errors(workspace.folder):
        stages = bundle_stages(workspace.db, visit)
    refused = workspace.fact(REFUSED) or {}
    newest_received = next((place for place, (_bundle, _sent, received) in enumerate(stages) if received), len(stages))
    later = [sent for bundle, sent, _received in stages[:newest_received] if bundle not in refused]
    return HandOverState(
        waiting=later.count(False),
        unanswered=later.count(True),
        received=sum(received for _bundle, _sent, received in stages),
        refused=newest_received > 0 and stages[0][0] in refused,
    )


def custody(workspace: Workspace, visit: VisitId) -> dict[Digest, Custody]:
    """Tell for every original in the vault where it is; only bundles of this visit count, and the office's receipts for them."""
    with sqlite_errors(workspace.folder):
        known, made = all_sealed(workspace.db), bundles(workspace.db, visit)
    ways: dict[str, dict[str, str]] = {}
    for record in made:  # newest first, so that the first one stays
        came = {"bundled_at": record.made_at, "sent_at": record.sent_at, "received_at": record.received_at}
        for one in record.listing:
            ways.setdefault(one["digest"], {}).update({name: at for name, at in came.items() if at})
    return {
        one.original: Custody(sealed=one.sealed, size=one.size, released_at=one.released_at, **ways.get(one.sealed, {})) for one in known
    }
