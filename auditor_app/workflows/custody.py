"""Where the bytes of evidence are: here, sealed to the office, received by it, released from this laptop."""

from dataclasses import dataclass

from auditor_app.ids import Digest, VisitId
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.records import all_sealed, bundles
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


def custody(workspace: Workspace, visit: VisitId) -> dict[Digest, Custody]:
    """Tell for every original in the vault where it is; *received* counts the office's receipts for bundles of this visit."""
    received = signed_for(workspace, visit)
    with sqlite_errors(workspace.folder):
        known = all_sealed(workspace.db)
    return {
        one.original: Custody(sealed=one.sealed, received_at=received.get(one.sealed, ""), released_at=one.released_at) for one in known
    }
