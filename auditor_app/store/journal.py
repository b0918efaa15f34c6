"""Entries and the tables folded from them. Callers hold the transaction; both change in it or neither."""

from collections.abc import Iterable
from typing import Any

import msgspec

from auditor_app.digests import sha256_of
from auditor_app.domain.journal import Entry, Field, Subject, entry_line, read_entry
from auditor_app.errors import Corrupted
from auditor_app.ids import DeviceId, Digest, EntryId, VisitId
from auditor_app.sqlite_driver import Database
from auditor_app.store.search import searchable


def add_entry(db: Database, entry: Entry) -> Digest:
    """Add one entry and fold it into the heads, also when an entry that replaces it came before it; gives its digest."""
    row = _row(entry)
    db.execute("INSERT INTO entries VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    for gone in entry.replaces:
        db.execute("INSERT OR IGNORE INTO replacements VALUES (?, ?)", [gone, entry.id])
        db.execute("DELETE FROM heads WHERE entry = ?", [gone])
        db.execute("DELETE FROM search WHERE rowid = (SELECT number FROM entries WHERE id = ?)", [gone])
    db.execute(
        "INSERT INTO heads SELECT id, visit, subject_kind, subject_id, field FROM entries WHERE id = :id"
        " AND NOT EXISTS (SELECT 1 FROM replacements WHERE replaced = :id)",
        {"id": entry.id},
    )
    _index(db, entry)
    return Digest(row[4])


def _row(entry: Entry) -> tuple[Any, ...]:
    line = entry_line(entry)
    chain = (entry.id, entry.visit, entry.device, entry.sequence, sha256_of(line))
    return (*chain, entry.author, entry.recorded_at, *entry.where.subject, entry.field, line.decode())


def _index(db: Database, entry: Entry) -> None:
    """Make the words of an entry findable while it is a head."""
    if words := searchable(entry):
        db.execute(
            "INSERT INTO search (rowid, words) SELECT number, :words FROM entries JOIN heads ON heads.entry = entries.id WHERE id = :id",
            {"id": entry.id, "words": words},
        )


def rebuild(db: Database) -> None:
    """Make the folded tables anew from the entries alone."""
    for table in ("heads", "replacements", "search"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names
    db.execute("INSERT INTO replacements SELECT DISTINCT each.value, entries.id FROM entries, json_each(document, '$.replaces') AS each")
    db.execute(
        "INSERT INTO heads SELECT id, visit, subject_kind, subject_id, field FROM entries"
        " WHERE NOT EXISTS (SELECT 1 FROM replacements WHERE replaced = entries.id)"
    )
    for (document,) in db.execute(_HEADS).fetchall():
        _index(db, msgspec.json.decode(document, type=Entry))


def folded_tables(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Give the whole content of the folded tables in a fixed order, to compare kept with rebuilt."""
    return {
        "heads": db.execute("SELECT entry, visit, subject_kind, subject_id, field FROM heads ORDER BY entry").fetchall(),
        "replacements": db.execute("SELECT replaced, by_entry FROM replacements ORDER BY 1, 2").fetchall(),
        "search": db.execute("SELECT rowid, words FROM search ORDER BY 1").fetchall(),
    }


def heads_of_visit(db: Database, visit: VisitId) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of all fields of a visit."""
    return _heads(db.execute(_HEADS + " WHERE heads.visit = ? ORDER BY heads.entry", [visit]))


def heads_of_subject(db: Database, visit: VisitId, subject: Subject) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of one subject's fields."""
    where = " WHERE heads.visit = ? AND heads.subject_kind = ? AND heads.subject_id = ? ORDER BY heads.entry"
    return _heads(db.execute(_HEADS + where, [visit, subject.kind, subject.id]))


def value_of(db: Database, visit: VisitId, subject: Subject, field: str) -> Any:
    """Give the value of one field alone, or None; in a clash that of the latest head."""
    where = " WHERE heads.visit = ? AND heads.subject_kind = ? AND heads.subject_id = ? AND heads.field = ?"
    row = db.execute(_HEADS + where + " ORDER BY heads.entry DESC LIMIT 1", [visit, *subject, field]).fetchone()
    return msgspec.json.decode(row[0], type=Entry).value if row else None


def heads_of_kind(db: Database, visit: VisitId, kind: str) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of all subjects of one kind."""
    return _heads(db.execute(_HEADS + " WHERE heads.visit = ? AND heads.subject_kind = ? ORDER BY heads.entry", [visit, kind]))


def entries_of_visit(db: Database, visit: VisitId, subject: Subject | None = None) -> list[Entry]:
    """Load all entries of a visit, or of one subject in it, in the order of their ids (the order of writing on each device)."""
    if subject is None:
        rows = db.execute("SELECT document FROM entries WHERE visit = ? ORDER BY id", [visit])
    else:
        where = "visit = ? AND subject_kind = ? AND subject_id = ?"
        rows = db.execute(f"SELECT document FROM entries WHERE {where} ORDER BY id", [visit, *subject])  # noqa: S608 - fixed text
    return [read_entry(document.encode(), "journal") for (document,) in rows]


def entry_ids(db: Database, visit: VisitId) -> set[EntryId]:
    """Give the ids of all entries of a visit."""
    return {EntryId(entry) for (entry,) in db.execute("SELECT id FROM entries WHERE visit = ?", [visit])}


def altered_entries(db: Database) -> Iterable[tuple[str, str]]:
    """Name the entries whose rows are not what adding them wrote: id and code ("entry_unreadable", "entry_differs")."""
    names = "id, visit, device, sequence, digest, author, recorded_at, subject_kind, subject_id, field, document"
    for row in db.execute(f"SELECT {names} FROM entries ORDER BY id"):  # noqa: S608 - fixed text
        try:
            entry = read_entry(row[-1].encode(), f"journal, entry {row[0]}")
        except Corrupted as error:
            yield row[0], error.code
        else:
            if tuple(row) != _row(entry):
                yield row[0], "entry_differs"


def last_of_chain(db: Database, visit: VisitId, device: DeviceId) -> tuple[int, str]:
    """Give the last sequence and digest of a device's chain in a visit; (0, "") before its first entry."""
    row = db.execute(
        "SELECT sequence, digest FROM entries WHERE visit = ? AND device = ? ORDER BY sequence DESC LIMIT 1", [visit, device]
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def visits(db: Database) -> list[VisitId]:
    """List the ids of all visits, newest first."""
    return [VisitId(visit) for (visit,) in db.execute("SELECT DISTINCT visit FROM heads ORDER BY visit DESC")]


_HEADS = "SELECT entries.document FROM heads JOIN entries ON entries.id = heads.entry"


def _heads(rows: Iterable[tuple[str]]) -> dict[Field, tuple[Entry, ...]]:
    heads: dict[Field, tuple[Entry, ...]] = {}
    for (document,) in rows:
        entry = msgspec.json.decode(document, type=Entry)
        heads[entry.where] = (*heads.get(entry.where, ()), entry)
    return heads
