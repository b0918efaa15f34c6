"""The encrypted database: its tables are always the fold of its entries, and it refuses whatever it must not touch."""

import random
from pathlib import Path

import msgspec
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.domain.journal import entry_digest, entry_line, fold
from auditor_app.errors import Corrupted, Unsupported
from auditor_app.sqlite_driver import open_database, sqlite_errors
from auditor_app.store import records
from auditor_app.store.database import copy_store, create_store, integrity_faults, open_store
from auditor_app.store.journal import (
    add_entry,
    altered_entries,
    entries_of_visit,
    entry_ids,
    folded_tables,
    heads_of_kind,
    heads_of_subject,
    heads_of_visit,
    last_of_chain,
    rebuild,
    visits,
)
from auditor_app.store.migrations import NAMES, migrations
from auditor_app.store.records import BundleRecord, ReportRecord, Sealed
from tests.domain.journals import FIELDS, LAPTOPS, SUBJECTS, VISIT, Laptop, whole_journals

KEY = bytes(range(32))
IN_MEMORY = Path(":memory:")
COLUMNS = "id, visit, device, sequence, digest, author, recorded_at, subject_kind, subject_id, field, document"


@pytest.fixture
def path(tmp_path):
    create_store(tmp_path / "journal.db", KEY).close()
    return tmp_path / "journal.db"


@pytest.fixture
def db(path):
    db = open_store(path, KEY)
    yield db
    db.close()


def written(entries):
    """A store in memory that took in entries in the given order."""
    db = create_store(IN_MEMORY, KEY)
    for entry in entries:
        add_entry(db, entry)
    return db


def an_entry(field="title", value="No guard rail"):
    return Laptop("ana").set(SUBJECTS[2], field, value)


# The tables are the fold of the entries


@settings(max_examples=60, deadline=None)
@given(whole_journals, st.randoms(use_true_random=False))
def test_the_tables_are_the_fold_of_the_entries_however_these_came_in(entries, chance):
    chance.shuffle(entries)
    db = create_store(IN_MEMORY, KEY)
    known = []
    for entry in entries:
        known.append(entry)
        with db.atomic():
            add_entry(db, entry)
        assert heads_of_visit(db, VISIT) == fold(known)
    kept = folded_tables(db)
    rebuild(db)
    assert folded_tables(db) == kept
    assert heads_of_visit(db, VISIT) == fold(entries)


@settings(max_examples=60, deadline=None)
@given(whole_journals)
def test_every_way_to_read_the_journal_tells_the_same(entries):
    db = written(entries)
    heads = fold(entries)
    assert entries_of_visit(db, VISIT) == sorted(entries, key=lambda entry: entry.id)
    assert entry_ids(db, VISIT) == {entry.id for entry in entries}
    assert list(altered_entries(db)) == []
    for subject in SUBJECTS:
        assert heads_of_subject(db, VISIT, subject) == {where: found for where, found in heads.items() if where.subject == subject}
        assert heads_of_kind(db, VISIT, subject.kind) == heads_of_subject(db, VISIT, subject)
        assert entries_of_visit(db, VISIT, subject) == [one for one in entries_of_visit(db, VISIT) if one.where.subject == subject]
    for device in LAPTOPS:
        own = [entry for entry in entries if entry.device == device]
        last = max(own, key=lambda entry: entry.sequence, default=None)
        assert last_of_chain(db, VISIT, device) == ((last.sequence, entry_digest(last)) if last else (0, ""))


@settings(max_examples=40, deadline=None)
@given(whole_journals, st.data())
def test_a_transaction_that_fails_leaves_entries_and_tables_as_they_were(entries, data):
    kept = data.draw(st.integers(0, len(entries) - 1))
    db = written(entries[:kept])
    before = folded_tables(db), entries_of_visit(db, VISIT)
    with pytest.raises(ZeroDivisionError), db.atomic():
        for entry in entries[kept:]:
            add_entry(db, entry)
        raise ZeroDivisionError
    assert (folded_tables(db), entries_of_visit(db, VISIT)) == before


def test_visits_do_not_see_each_other():
    one = an_entry()
    other = msgspec.structs.replace(one, id="e2", visit="visit-2")
    db = written([one, other])
    assert visits(db) == ["visit-2", VISIT]
    assert heads_of_visit(db, "visit-2") == fold([other])


@pytest.mark.parametrize("again", ["id", "sequence"])
def test_no_entry_and_no_sequence_number_comes_in_twice(again):
    one = an_entry()
    other = msgspec.structs.replace(one, value="x", **({"sequence": 2} if again == "id" else {"id": "another"}))
    db = written([one])
    with pytest.raises(sqlcipher.IntegrityError):
        add_entry(db, other)


# Entries never change and never go


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET author = 'someone else'",
        "DELETE FROM entries",
        f"INSERT OR REPLACE INTO entries ({COLUMNS}) SELECT {COLUMNS.replace('author', repr('x'))} FROM entries",  # noqa: S608 - fixed
        f"REPLACE INTO entries ({COLUMNS}) SELECT {COLUMNS.replace('id,', repr('x') + ',', 1)} FROM entries",  # noqa: S608 - fixed
    ],
    ids=["update", "delete", "replace by id", "replace by sequence"],
)
def test_an_entry_can_neither_be_changed_nor_removed(db, statement):
    with db.atomic():
        add_entry(db, an_entry())
    before = db.execute("SELECT * FROM entries").fetchall()
    with pytest.raises(sqlcipher.IntegrityError, match="entries are never"):
        db.execute(statement)
    assert db.execute("SELECT * FROM entries").fetchall() == before


@pytest.mark.parametrize("trigger", ["entries_never_change", "entries_never_go"])
def test_a_journal_that_lost_its_protection_is_refused(path, trigger):
    db = open_database(path, KEY)
    db.execute(f"DROP TRIGGER {trigger}")
    db.close()
    with pytest.raises(Corrupted) as caught:
        open_store(path, KEY)
    assert (caught.value.code, caught.value.values) == ("journal_unprotected", {"triggers": trigger})


# Opening


def test_a_new_database_has_every_step_of_the_schema_and_none_of_its_text_in_clear(path):
    db = open_store(path, KEY)
    assert tuple(step.name for step in migrations.applied(db)) == NAMES
    with db.atomic():
        add_entry(db, an_entry(value="Fundición Río Seco"))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    assert "Fundición".encode() not in path.read_bytes()
    assert b"SQLite" not in path.read_bytes()


def test_another_key_does_not_open_it_and_does_not_touch_it(path):
    before = path.read_bytes()
    with pytest.raises(Corrupted, match="database_unreadable"):
        open_store(path, bytes(32))
    assert path.read_bytes() == before


def test_what_a_newer_version_wrote_is_refused_before_it_is_touched(path):
    db = open_database(path, KEY)
    db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [NAMES[-1]])  # even when a step of ours is missing
    db.table("_sqlite_migrations").insert({"migration_set": "auditor_app", "name": "m0099_future", "applied_at": ""})
    db.close()
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(Unsupported) as caught:
        open_store(path, KEY)
    assert (caught.value.code, caught.value.values) == ("made_by_newer_version", {"steps": "m0099_future"})
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


@pytest.mark.parametrize("steps", range(1, len(NAMES)))
def test_a_database_of_an_older_version_is_copied_and_then_upgraded_with_its_data(tmp_path, steps):
    path = tmp_path / "journal.db"
    old = open_database(path, KEY)
    migrations.apply(old, stop_before=NAMES[steps])
    values = {**msgspec.structs.asdict(an_entry()), "digest": entry_digest(an_entry()), "document": entry_line(an_entry()).decode()}
    old.execute(
        f"INSERT INTO entries ({COLUMNS}) VALUES ({', '.join('?' for _ in COLUMNS.split(','))})",  # noqa: S608 - fixed
        [values[name] for name in COLUMNS.split(", ")],
    )
    lean = NAMES.index("m0006_lean_tables") < steps
    head = "visit, subject_kind, subject_id, field, number" if lean else "id, visit, subject_kind, subject_id, field"
    old.execute(f"INSERT INTO heads SELECT {head} FROM entries")  # noqa: S608 - fixed
    old.conn.commit()
    old.close()
    db = open_store(path, KEY)
    assert [(row["type"], row["name"], row["sql"]) for row in schema(db)] == [
        (row["type"], row["name"], row["sql"]) for row in schema(create_store(IN_MEMORY, KEY))
    ]
    assert entries_of_visit(db, VISIT) == [an_entry()]
    assert folded_tables(db) == folded_tables(written([an_entry()]))
    db.close()
    copy = open_database(tmp_path / "journal.before-upgrade.db", KEY)
    assert tuple(step.name for step in migrations.applied(copy)) == NAMES[:steps]
    assert entries_of_visit(copy, VISIT) == [an_entry()]
    copy.close()


def schema(db):
    return db.query("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")


@pytest.mark.parametrize("content", [None, b"", b"\0" * 4096, b"SQLite format 3\0" + b"\0" * 4080])
def test_a_database_that_is_gone_or_empty_is_never_taken_for_a_new_one(tmp_path, content):
    path = tmp_path / "journal.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Corrupted, match="database_"):
        open_store(path, KEY)
    assert (path.read_bytes() if path.exists() else None) == content


def test_damage_in_any_page_is_found(path):
    db = open_store(path, KEY)
    with db.atomic():
        for number in range(200):
            records.set_fact(db, f"fact {number}", "x" * 200)
    assert integrity_faults(db) == []
    db.close()
    whole = path.read_bytes()
    chance = random.Random(7)
    for page in range(len(whole) // 4096):
        damaged = bytearray(whole)
        damaged[page * 4096 + chance.randrange(4096)] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert _is_faulty(path), f"page {page}"


def _is_faulty(path):
    try:
        db = open_store(path, KEY)
    except Corrupted:
        return True
    try:
        with sqlite_errors(path):
            return bool(integrity_faults(db))
    except Corrupted:
        return True
    finally:
        db.close()


def test_a_copy_holds_everything_under_the_same_key_alone(db, tmp_path):
    with db.atomic():
        add_entry(db, an_entry())
        records.set_fact(db, "me", {"name": "Ana Núñez"})
    copy_store(db, tmp_path / "copy.db", KEY)
    copy = open_store(tmp_path / "copy.db", KEY)
    assert entries_of_visit(copy, VISIT) == [an_entry()]
    assert records.fact(copy, "me") == {"name": "Ana Núñez"}
    assert folded_tables(copy) == folded_tables(db)
    copy.close()
    with pytest.raises(Corrupted):
        open_store(tmp_path / "copy.db", bytes(32))


# What is kept beside the journal


def test_records_come_back_as_they_were_kept(db):
    sealed = Sealed(original="a" * 64, sealed="b" * 64, size=0, sealed_size=216, recipients=("age1x", "age1y"))
    report = ReportRecord(
        id="r1", visit=VISIT, kind="findings", language="es", made_at="2026", digest="c" * 64, signed=True, details={"pages": 7}
    )
    bundle = BundleRecord(id="b1", visit=VISIT, made_at="2026", listing=({"path": "data/record.age"},))
    with db.atomic():
        records.add_sealed(db, sealed), records.add_report(db, report), records.add_bundle(db, bundle)
        records.add_form(db, "d" * 64, "form-1", b'{"a":"\xc3\xb1"}'), records.add_thumbnail(db, "a" * 64, b"\xff\xd8")
    assert records.sealed(db, "a" * 64) == sealed and records.all_sealed(db) == [sealed] and records.sealed(db, "b" * 64) is None
    assert records.reports(db, VISIT) == [report] and records.reports(db, "other") == []
    assert records.bundles(db) == records.bundles(db, VISIT) == [bundle] and records.bundles(db, "other") == []
    assert records.form_bytes(db, "d" * 64) == b'{"a":"\xc3\xb1"}' and records.form_digests(db) == ["d" * 64]
    assert records.thumbnail(db, "a" * 64) == b"\xff\xd8" and records.thumbnail(db, "b" * 64) is None
    assert records.fact(db, "nothing") is None


def test_a_receipt_stays_when_the_same_bundle_is_noted_again(db):
    bundle = BundleRecord(id="b1", visit=VISIT, made_at="2026", listing=())
    records.add_bundle(db, bundle)
    records.mark_sent(db, "b1", "2027"), records.mark_received(db, "b1", "2028", b"letter")
    records.add_bundle(db, bundle)
    (kept,) = records.bundles(db)
    assert (kept.sent_at, kept.received_at, kept.receipt) == ("2027", "2028", b"letter")


def test_sealing_anew_takes_the_place_of_the_older_sealing(db):
    older = Sealed(original="a" * 64, sealed="b" * 64, size=7, sealed_size=216, recipients=("age1x",), released_at="2026")
    newer = Sealed(original="a" * 64, sealed="c" * 64, size=7, sealed_size=316, recipients=("age1x", "age1y"))
    records.add_sealed(db, older), records.add_sealed(db, newer)
    assert records.all_sealed(db) == [newer]


def test_all_fields_of_the_stories_are_told_apart():
    """Without more than one field per subject, the property of the fold would say less than it seems."""
    assert len(FIELDS) > 1 and len({subject.kind for subject in SUBJECTS}) == len(SUBJECTS)
