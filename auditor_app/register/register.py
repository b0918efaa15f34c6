"""Tables and rows of the register. One row set per bundle; registering the same bundle again changes nothing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor_app.sqlite_driver import Database, Migrations, migrate, open_database, sqlite_errors

migrations = Migrations("auditor_office")

NAMES = ("m0001_bundles",)

Rows = Iterable[Mapping[str, Any]]


@migrations()
def m0001_bundles(db: Database) -> None:
    """Bundles with their ratings, findings, evidence, files and receipts."""
    for statement in (
        """CREATE TABLE bundles (
            bundle TEXT PRIMARY KEY, visit TEXT NOT NULL, site TEXT NOT NULL, company TEXT NOT NULL, country TEXT NOT NULL,
            kind TEXT NOT NULL, form TEXT NOT NULL, form_digest TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
            auditor TEXT NOT NULL, auditor_name TEXT NOT NULL, received_at TEXT NOT NULL, entries INTEGER NOT NULL) STRICT""",
        """CREATE TABLE ratings (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), criterion TEXT NOT NULL, rating TEXT NOT NULL, because TEXT NOT NULL,
            PRIMARY KEY (bundle, criterion)) STRICT""",
        """CREATE TABLE findings (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), finding TEXT NOT NULL, criterion TEXT NOT NULL, title TEXT NOT NULL,
            grade TEXT NOT NULL, statement TEXT NOT NULL, action TEXT NOT NULL, owner TEXT NOT NULL, due TEXT NOT NULL,
            PRIMARY KEY (bundle, finding)) STRICT""",
        """CREATE TABLE evidence (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), original TEXT NOT NULL, sealed TEXT NOT NULL, size INTEGER NOT NULL,
            name TEXT NOT NULL, media_type TEXT NOT NULL, PRIMARY KEY (bundle, original)) STRICT""",
        """CREATE TABLE files (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), name TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
            PRIMARY KEY (bundle, name)) STRICT""",
        """CREATE TABLE chains (
            visit TEXT NOT NULL, device TEXT NOT NULL, sequence INTEGER NOT NULL, digest TEXT NOT NULL, bundle TEXT NOT NULL,
            PRIMARY KEY (visit, device, bundle)) STRICT""",
        "CREATE TABLE receipts (bundle TEXT PRIMARY KEY REFERENCES bundles (bundle), letter BLOB NOT NULL, made_at TEXT NOT NULL) STRICT",
    ):
        db.execute(statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """One received bundle as rows: table name to rows, the bundle's own row first."""

    bundle: str
    rows: Mapping[str, Rows]


@contextmanager
def open_register(path: Path) -> Iterator[Database]:
    """Open or create the register."""
    db = open_database(path)
    try:
        with sqlite_errors(path):
            migrate(db, migrations, NAMES)
            yield db
    finally:
        db.close()


def enter(db: Database, reception: Reception) -> None:
    """Enter a received bundle in one transaction; one that is there already stays as it is."""
    if is_entered(db, reception.bundle):
        return
    with db.atomic():
        for table, rows in reception.rows.items():
            db.table(table).insert_all([dict(row) for row in rows])


def is_entered(db: Database, bundle: str) -> bool:
    """Say whether a bundle was received before."""
    return db.execute("SELECT 1 FROM bundles WHERE bundle = ?", [bundle]).fetchone() is not None


def receipt_of(db: Database, bundle: str) -> bytes | None:
    """Give the signed receipt of a bundle, or None."""
    row = db.execute("SELECT letter FROM receipts WHERE bundle = ?", [bundle]).fetchone()
    return bytes(row[0]) if row else None


def last_chain(db: Database, visit: str) -> dict[str, tuple[int, str]]:
    """Give for each device of a visit the furthest sequence received and the digest there."""
    rows = db.execute("SELECT device, sequence, digest FROM chains WHERE visit = ? ORDER BY sequence", [visit])
    return {device: (sequence, digest) for device, sequence, digest in rows}


def received(db: Database) -> list[dict[str, Any]]:
    """List all received bundles, newest first."""
    return list(db.query("SELECT * FROM bundles ORDER BY received_at DESC"))
