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
    number = int(db.execute("INSERT INTO entries VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid or 0)
    for gone in entry.replaces:
        _replace(db, gone, entry.id)
    was_awaited = db.execute("DELETE FROM awaited WHERE replaced = ?", [entry.id]).rowcount
    if not was_awaited:
        db.execute("INSERT INTO heads VALUES (?, ?, ?, ?, ?)", [entry.visit, *entry.where.subject, entry.field, number])
        _index(db, number, entry)
    return Digest(row[4])


def add_entries(db: Database, entries: Iterable[Entry]) -> int:
    """Add entries that another journal holds and the caller has verified, and fold anew; tells how many are new here.

    What is here already stays. Raises Corrupted("entry_differs") when an entry of the same id is another one here.
    """
    known = {EntryId(entry): digest for entry, digest in db.execute("SELECT id, digest FROM entries")}
    rows = {entry.id: _row(entry) for entry in entries}
    if differing := next((one for one, row in rows.items() if known.get(one, row[4]) != row[4]), None):
        raise Corrupted("entry_differs", entry=differing)
    new = [row for one, row in sorted(rows.items()) if one not in known]
    db.conn.executemany("INSERT INTO entries VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", new)
    rebuild(db)
    return len(new)


def _replace(db: Database, gone: EntryId, by_entry: EntryId) -> None:
    """Take an entry out of the heads, or note that it will not be one when it comes."""
    found = db.execute("SELECT visit, subject_kind, subject_id, field, number FROM entries WHERE id = ?", [gone]).fetchone()
    if found is None:
        db.execute("INSERT OR IGNORE INTO awaited VALUES (?, ?)", [gone, by_entry])
        return
    db.execute("DELETE FROM heads WHERE visit = ? AND subject_kind = ? AND subject_id = ? AND field = ? AND entry = ?", found)
    db.execute("DELETE FROM search WHERE rowid = ?", found[-1:])


def _row(entry: Entry) -> tuple[Any, ...]:
    line = entry_line(entry)
    chain = (entry.id, entry.visit, entry.device, entry.sequence, sha256_of(line))
    return (*chain, entry.author, entry.recorded_at, *entry.where.subject, entry.field, line.decode())


def _index(db: Database, number: int, entry: Entry) -> None:
    """Make the words of a head findable."""
    if words := searchable(entry):
        db.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", [number, words])


def rebuild(db: Database) -> None:
    """Make the folded tables anew from the entries alone."""
    for table in ("heads", "awaited", "search"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names
    db.execute(f"INSERT OR IGNORE INTO awaited SELECT * FROM ({_REPLACED}) WHERE id NOT IN (SELECT id FROM entries)")  # noqa: S608 - fixed texts
    places = "SELECT visit, subject_kind, subject_id, field, number FROM entries"
    db.execute(f"INSERT INTO heads {places} WHERE id NOT IN (SELECT id FROM ({_REPLACED}))")  # noqa: S608 - as above
    for number, document in db.execute("SELECT entries.number, entries.document" + _HEADS).fetchall():
        _index(db, number, msgspec.json.decode(document, type=Entry))


def folded_tables(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Give the whole content of the folded tables in a fixed order, to compare kept with rebuilt."""
    return {
        "heads": db.execute("SELECT * FROM heads ORDER BY entry").fetchall(),
        "awaited": db.execute("SELECT * FROM awaited ORDER BY 1, 2").fetchall(),
        "search": db.execute("SELECT rowid, words FROM search ORDER BY 1").fetchall(),
    }


def heads_of_visit(db: Database, visit: VisitId) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of all fields of a visit."""
    return _heads(db, "heads.visit = ?", [visit])


def heads_of_subject(db: Database, visit: VisitId, subject: Subject) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of one subject's fields."""
    return _heads(db, "heads.visit = ? AND heads.subject_kind = ? AND heads.subject_id = ?", [visit, *subject])


def heads_of_field(db: Database, visit: VisitId, where: Field) -> tuple[Entry, ...]:
    """Load the heads of one field alone."""
    of_field = "heads.visit = ? AND heads.subject_kind = ? AND heads.subject_id = ? AND heads.field = ?"
    return _heads(db, of_field, [visit, *where.subject, where.name]).get(where, ())


def value_of(db: Database, visit: VisitId, subject: Subject, field: str) -> Any:
    """Give the value of one field alone, or None; in a clash that of the latest head."""
    heads = heads_of_field(db, visit, Field(subject, field))
    return heads[-1].value if heads else None


def heads_of_kind(db: Database, visit: VisitId, kind: str) -> dict[Field, tuple[Entry, ...]]:
    """Load the heads of all subjects of one kind."""
    return _heads(db, "heads.visit = ? AND heads.subject_kind = ?", [visit, kind])


def values_of_kind(db: Database, visit: VisitId, kind: str, field: str) -> dict[str, Any]:
    """Give the values of one field of all subjects of a kind, by their ids; in a clash that of the latest head."""
    heads = _heads(db, "heads.visit = ? AND heads.subject_kind = ? AND heads.field = ?", [visit, kind, field])
    return {where.subject.id: found[-1].value for where, found in heads.items()}


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


def last_entry(db: Database, device: DeviceId) -> Entry | None:
    """Give what a device wrote last, in any visit; None before its first entry."""
    row = db.execute("SELECT document FROM entries WHERE device = ? ORDER BY number DESC LIMIT 1", [device]).fetchone()
    return msgspec.json.decode(row[0], type=Entry) if row else None


def visits(db: Database) -> list[VisitId]:
    """List the ids of all visits, newest first."""
    return [VisitId(visit) for (visit,) in db.execute("SELECT DISTINCT visit FROM heads ORDER BY visit DESC")]


_REPLACED = "SELECT each.value AS id, entries.id AS by_entry FROM entries, json_each(document, '$.replaces') AS each"
_HEADS = " FROM heads JOIN entries ON entries.number = heads.entry"


def _heads(db: Database, condition: str, values: list[str]) -> dict[Field, tuple[Entry, ...]]:
    heads: dict[Field, tuple[Entry, ...]] = {}
    for (document,) in db.execute(f"SELECT entries.document{_HEADS} WHERE {condition} ORDER BY entries.id", values):
        entry = msgspec.json.decode(document, type=Entry)
        heads[entry.where] = (*heads.get(entry.where, ()), entry)
    return heads
