"""The office's assignments as they were taken in: the letters, the documents that came with them, and what of each is in the journal."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor_app.ids import Digest, VisitId
from auditor_app.sqlite_driver import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAssignment:
    """One letter: its id, the visit that it begins, its version, its bytes as they were signed, and when it came."""

    id: str
    visit: VisitId
    version: int
    letter: bytes
    taken_at: str


def keep_assignment(db: Database, kept: KeptAssignment, documents: Iterable[Digest]) -> None:
    """Keep a letter in place of its version before, and note which originals came with it."""
    row = [kept.id, kept.visit, kept.version, kept.letter, kept.taken_at]
    db.execute("INSERT OR REPLACE INTO assignments VALUES (?, ?, ?, ?, ?)", row)
    for original in documents:
        db.execute("INSERT OR IGNORE INTO assigned_documents VALUES (?, ?)", [original, kept.id])


def kept_assignments(db: Database, beginning: str = "") -> list[KeptAssignment]:
    """List the letters whose id begins so, newest first."""
    rows = db.query(
        "SELECT * FROM assignments WHERE substr(id, 1, :length) = :beginning ORDER BY id DESC",
        {"length": len(beginning), "beginning": beginning},
    )
    return [KeptAssignment(**{**row, "letter": bytes(row["letter"])}) for row in rows]


def digests_of_chain(db: Database, visit: VisitId, device: str) -> dict[str, str]:
    """Give the digests of a device's entries in a visit, by their ids."""
    return dict(db.execute("SELECT id, digest FROM entries WHERE visit = ? AND device = ?", [visit, device]).fetchall())
