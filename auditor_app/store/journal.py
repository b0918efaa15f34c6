"""Entries and the tables folded from them. Callers hold the transaction; both change in it or neither."""

import json
from collections.abc import Iterable

import msgspec

from auditor_app.domain.journal import Entry, Field, Subject, entry_digest, entry_line, read_entry
from auditor_app.ids import DeviceId, Digest, EntryId, VisitId
from auditor_app.sqlite_driver import Database


def add_entry(db: Database, entry: Entry) -> None:
    """Add one entry and fold it into the heads, also when an entry that replaces it came before it."""
    chain = (entry.id, entry.visit, entry.device, entry.sequence, entry_digest(entry))
    what = (entry.author, entry.recorded_at, *entry.where.subject, entry.field, entry_line(entry).decode())
    db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*chain, *what])
    for gone in entry.replaces:
        db.execute("INSERT OR IGNORE INTO replacements VALUES (?, ?)", [gone, entry.id])
        db.execute("DELETE FROM heads WHERE entry = ?", [gone])
    db.execute(
        "INSERT INTO heads SELECT id, visit, subject_kind, subject_id, field FROM entries WHERE id = :id"
        " AND NOT EXISTS (SELECT 1 FROM replacements WHERE replaced = :id)",
        {"id": entry.id},
    )


def rebuild(db: Database) -> None:
    """Make the folded tables anew from the entries alone."""
    db.execute("DELETE FROM heads")
    db.execute("DELETE FROM replacements")
    db.execute("INSERT INTO replacements SELECT DISTINCT each.value, entries.id FROM entries, json_each(document, '$.replaces') AS each")
    db.execute(
        "INSERT INTO heads SELECT id, visit, subject_kind, subject_id, field FROM entries"
        " WHERE NOT EXISTS (SELECT 1 FROM replacements WHERE replaced = entries.id)"
    )


def folded_tables(db: Database) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Give the whole content of the folded tables in a fixed order, to compare kept with rebuilt."""
    heads = db.execute("SELECT entry, visit, subject_kind, subject_id, field FROM heads ORDER BY entry").fetchall()
    replacements = db.execute("SELECT replaced, by_entry FROM replacements ORDER BY 1, 2").fetchall()
    return heads, replacements


def heads_of_visit(db: Database, visit: VisitId) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of all fields of a visit."""
    return _heads(db.execute(_HEADS + " WHERE heads.visit = ? ORDER BY heads.entry", [visit]))


def heads_of_subject(db: Database, visit: VisitId, subject: Subject) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of one subject's fields."""
    where = " WHERE heads.visit = ? AND heads.subject_kind = ? AND heads.subject_id = ? ORDER BY heads.entry"
    return _heads(db.execute(_HEADS + where, [visit, subject.kind, subject.id]))


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


def stored_digests(db: Database) -> Iterable[tuple[EntryId, Digest, Entry]]:
    """Give each entry's id, kept digest and content, to check the one against the other."""
    for entry, digest, document in db.execute("SELECT id, digest, document FROM entries ORDER BY id"):
        yield EntryId(entry), Digest(digest), read_entry(document.encode(), f"journal, entry {entry}")


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


def json_text(value: object) -> str:
    """Write a value as JSON for a column."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
