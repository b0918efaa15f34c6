"""The table of sealed names. Nothing else reads it."""

from auditor_app.ids import VisitId
from auditor_app.sqlite_driver import Database


def add_name(db: Database, row: str, visit: VisitId, interview: str, sealed: bytes, at: str) -> None:
    """Keep one sealed name."""
    db.execute("INSERT INTO names VALUES (?, ?, ?, ?, ?)", [row, visit, interview, sealed, at])


def sealed_names(db: Database, visit: VisitId, interview: str) -> list[bytes]:
    """Give the sealed names kept for an interview, oldest first."""
    rows = db.execute("SELECT sealed FROM names WHERE visit = ? AND interview = ? ORDER BY id", [visit, interview])
    return [bytes(sealed) for (sealed,) in rows]
