"""Rows of the register: one row set per visit, as its newest bundle tells it. Registering the same bundle again changes nothing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor_app.register.migrations import NAMES, migrations
from auditor_app.register.reviews import note_replies
from auditor_app.sqlite_driver import Database, migrate, open_database, sqlite_errors

Rows = Iterable[Mapping[str, Any]]

OF_VISIT = ("visit", "criterion", "finding", "improvement_item", "evidence")
"""The tables whose rows are replaced when a newer bundle of the visit comes."""

_SITE_AS_LEFT = """
    INSERT INTO site (company, site, country, visit, state, open_items, next_due)
    SELECT company, site, country, latest.visit,
        CASE WHEN count(finding) = 0 THEN 'nothing_to_improve' WHEN count(finding) = sum(item.state = 'closed') THEN 'improved'
            ELSE 'improving' END,
        ifnull(sum(item.state <> 'closed'), 0), min(due) FILTER (WHERE item.state <> 'closed')
    FROM (SELECT company, site, country, visit FROM visit WHERE company = :company AND site = :site AND country = :country
        ORDER BY ends_on DESC, visit DESC LIMIT 1) AS latest
    LEFT JOIN improvement_item AS item ON item.visit = latest.visit
    GROUP BY latest.visit"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """One received bundle as rows, by table; those of `OF_VISIT` replace what an earlier bundle of the visit told."""

    bundle: str
    visit: str
    rows: Mapping[str, Rows]
    replies: Rows = ()
    """What the auditor replied to the office's questions: question, reply, replied_by, replied_at."""


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
        sites = _sites_of(db, reception.visit)
        for table in OF_VISIT:
            db.execute(f"DELETE FROM {table} WHERE visit = ?", [reception.visit])  # noqa: S608 - our own words
        for table, rows in reception.rows.items():
            db.table(table).insert_all([dict(row) for row in rows])
        note_replies(db, reception.visit, reception.replies)
        for site in dict.fromkeys((*sites, *_sites_of(db, reception.visit))):
            _tell_site(db, site)


def is_entered(db: Database, bundle: str) -> bool:
    """Say whether a bundle was received before."""
    return db.execute("SELECT 1 FROM bundle WHERE bundle = ?", [bundle]).fetchone() is not None


def receipt_of(db: Database, bundle: str) -> bytes | None:
    """Give the signed receipt of a bundle, or None."""
    row = db.execute("SELECT letter FROM receipt WHERE bundle = ?", [bundle]).fetchone()
    return bytes(row[0]) if row else None


def auditor_of(db: Database, bundle: str) -> str:
    """Give the fingerprint of the certificate that signed a received bundle; "" for a bundle that is not here."""
    row = db.execute("SELECT auditor FROM bundle WHERE bundle = ?", [bundle]).fetchone()
    return str(row[0]) if row else ""


def files_of(db: Database, bundle: str) -> list[dict[str, Any]]:
    """List name, digest and size of every file of a received bundle, as its receipt does."""
    return list(db.query("SELECT name, digest, size FROM file WHERE bundle = ? ORDER BY name", [bundle]))


def last_chain(db: Database, visit: str) -> dict[str, tuple[int, str]]:
    """Give for each device of a visit the furthest sequence received and the digest there."""
    rows = db.execute("SELECT device, sequence, digest FROM chain WHERE visit = ? ORDER BY sequence", [visit])
    return {device: (sequence, digest) for device, sequence, digest in rows}


def received(db: Database) -> list[dict[str, Any]]:
    """List all received bundles with the site of their visit, newest first."""
    chosen = "bundle.*, site, company, country, kind, form, form_digest, starts_on, ends_on"
    return list(db.query(f"SELECT {chosen} FROM bundle JOIN visit USING (visit) ORDER BY bundle.received_at DESC"))  # noqa: S608 - our own words


def note_recovery(db: Database, row: Mapping[str, Any]) -> None:
    """Note that a workspace is being opened with the office's key."""
    with db.atomic():
        db.table("recovery").insert(dict(row))


def _sites_of(db: Database, visit: str) -> list[tuple[str, str, str]]:
    return list(db.execute("SELECT company, site, country FROM visit WHERE visit = ?", [visit]))


def _tell_site(db: Database, site: tuple[str, str, str]) -> None:
    named = dict(zip(("company", "site", "country"), site, strict=True))
    db.execute("DELETE FROM site WHERE company = :company AND site = :site AND country = :country", named)
    db.execute(_SITE_AS_LEFT, named)
