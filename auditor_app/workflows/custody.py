"""Where the bytes of evidence are: here, sealed to the office, received by it, released from this laptop."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor_app.bundle.names import EVIDENCE_FILES
from auditor_app.domain.reviews import QUESTION, REVIEW, latest_decision
from auditor_app.domain.visit import read_visit
from auditor_app.ids import Digest, VisitId
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.journal import heads_of_kind
from auditor_app.store.records import BundleRecord, all_sealed, bundle_stages, bundles
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


def since_receipt(made: Iterable[BundleRecord]) -> list[BundleRecord]:
    """Choose of bundles, newest first, those that the office is still to take: none of their visit that was made later was received."""
    received: set[VisitId] = set()
    found = []
    for record in made:
        if record.received_at:
            received.add(record.visit)
        elif record.visit not in received:
            found.append(record)
    return found


def awaited(workspace: Workspace, visit: VisitId) -> set[Digest]:
    """Give the digests of all files in bundles of a visit that the office is still to take, one that it refused included."""
    with sqlite_errors(workspace.folder):
        open_ones = since_receipt(bundles(workspace.db, visit))
    return {Digest(one["digest"]) for record in open_ones for one in record.listing}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverState:
    """How far a visit's hand-over is: bundles that wait for sending, those in the mailbox without a receipt, and those received.

    `refused` says that the office did not take the newest one. `decision` is what the office decided of what it holds, one of its
    OUTCOMES or "" before; `to_answer` counts the questions of a returned visit that have no reply.
    """

    waiting: int = 0
    unanswered: int = 0
    received: int = 0
    refused: bool = False
    decision: str = ""
    to_answer: int = 0


def hand_over_state(workspace: Workspace, visit: VisitId) -> HandOverState:
    """Tell how far the hand-over of a visit is; cheap enough to ask often.

    Bundles older than one that was received, or that the office decided of, count no more; nor does a visit's return once the office
    has received a later one.
    """
    with sqlite_errors(workspace.folder):
        stages = bundle_stages(workspace.db, visit)
        decisions = read_visit(visit, heads_of_kind(workspace.db, visit, REVIEW)).decisions
        asked = read_visit(visit, heads_of_kind(workspace.db, visit, QUESTION)).questions if decisions else ()
    refused, decided = workspace.fact(REFUSED) or {}, {one.bundle for one in decisions}
    newest_received = next((at for at, (one, _sent, received) in enumerate(stages) if received or one in decided), len(stages))
    later = [bool(sent) for bundle, sent, _received in stages[:newest_received] if bundle not in refused]
    latest = latest_decision(decisions)
    stands = latest and (latest.is_final or all(received <= latest.made_at for _bundle, _sent, received in stages))
    return HandOverState(
        waiting=later.count(False),
        unanswered=later.count(True),
        received=sum(bool(received) for _bundle, _sent, received in stages),
        refused=newest_received > 0 and stages[0][0] in refused,
        decision=latest.decision if latest and stands else "",
        to_answer=sum(not one.is_answered for one in asked),
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
