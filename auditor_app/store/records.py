"""What the workspace keeps beside the journal: named facts, forms, sealed evidence, thumbnails, reports, bundles."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from auditor_app.ids import Digest, VisitId
from auditor_app.sqlite_driver import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One original in the vault: digest and size of its bytes, of the sealed file, and to whom it is sealed (age recipients).

    `released_at` says when the sealed file was removed from this laptop on the office's receipt; empty while it is here.
    """

    original: Digest
    sealed: Digest
    size: int
    sealed_size: int
    recipients: tuple[str, ...]
    released_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """One report as made: the digest by which the vault's index knows it, and whether it is signed."""

    id: str
    visit: VisitId
    kind: str
    language: str
    made_at: str
    digest: Digest
    signed: bool
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRecord:
    """One bundle made for the office: what is in it, when it went, and the office's receipt (signed bytes) once it is back."""

    id: str
    visit: VisitId
    made_at: str
    listing: tuple[dict[str, Any], ...]
    sent_at: str = ""
    received_at: str = ""
    receipt: bytes | None = None


def fact(db: Database, name: str) -> Any:
    """Read a named fact of the workspace, or None."""
    row = db.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
    return json.loads(row[0]) if row else None


def set_fact(db: Database, name: str, value: Any) -> None:
    """Set a named fact of the workspace."""
    db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, json.dumps(value)])


def add_form(db: Database, digest: Digest, form: str, canonical: bytes) -> None:
    """Keep a form for good; the same form again changes nothing."""
    db.execute("INSERT OR IGNORE INTO forms VALUES (?, ?, ?)", [digest, form, canonical.decode()])


def form_bytes(db: Database, digest: Digest) -> bytes | None:
    """Give a kept form's canonical bytes, or None."""
    row = db.execute("SELECT canonical FROM forms WHERE digest = ?", [digest]).fetchone()
    return row[0].encode() if row else None


def form_digests(db: Database) -> list[Digest]:
    """List the digests of all kept forms."""
    return [Digest(digest) for (digest,) in db.execute("SELECT digest FROM forms ORDER BY form, digest")]


def add_sealed(db: Database, sealed: Sealed) -> None:
    """Keep where the sealed bytes of an original are, in place of an older sealing."""
    db.execute(
        "INSERT INTO sealed VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (original) DO UPDATE SET"
        " sealed = excluded.sealed, sealed_size = excluded.sealed_size,"
        " recipients = excluded.recipients, released_at = excluded.released_at",
        [sealed.original, sealed.sealed, sealed.size, sealed.sealed_size, json.dumps(sealed.recipients), sealed.released_at],
    )


def sealed(db: Database, original: Digest) -> Sealed | None:
    """Find the sealed bytes of an original, or None."""
    return next(iter(_sealed(db, "WHERE original = ?", [original])), None)


def all_sealed(db: Database) -> list[Sealed]:
    """List everything in the vault that the database knows."""
    return _sealed(db, "ORDER BY original", [])


def _sealed(db: Database, rest: str, values: list[str]) -> list[Sealed]:
    rows = db.execute(f"SELECT original, sealed, size, sealed_size, recipients, released_at FROM sealed {rest}", values)  # noqa: S608 - fixed texts
    return [
        Sealed(original=Digest(a), sealed=Digest(b), size=c, sealed_size=d, recipients=tuple(json.loads(e)), released_at=f)
        for a, b, c, d, e, f in rows
    ]


def add_thumbnail(db: Database, original: Digest, jpeg: bytes) -> None:
    """Keep the small picture of an original; empty bytes say that it can have none."""
    db.execute("INSERT OR IGNORE INTO thumbnails VALUES (?, ?)", [original, jpeg])


def drop_thumbnail(db: Database, original: Digest) -> None:
    """Forget the small picture of an original."""
    db.execute("DELETE FROM thumbnails WHERE original = ?", [original])


def thumbnail(db: Database, original: Digest) -> bytes | None:
    """Give the small picture of an original as JPEG bytes, or None."""
    row = db.execute("SELECT jpeg FROM thumbnails WHERE original = ?", [original]).fetchone()
    return bytes(row[0]) if row else None


def digests_with_thumbnail(db: Database) -> set[Digest]:
    """List the originals that have a small picture, or are known to have none (empty bytes)."""
    return {Digest(original) for (original,) in db.execute("SELECT original FROM thumbnails")}


def add_report(db: Database, report: ReportRecord) -> None:
    """Keep the record of a report."""
    values = {**asdict(report), "signed": int(report.signed), "details": json.dumps(report.details)}
    db.execute("INSERT INTO reports VALUES (:id, :visit, :kind, :language, :made_at, :digest, :signed, :details)", values)


def reports(db: Database, visit: VisitId) -> list[ReportRecord]:
    """List the reports of a visit, newest first."""
    rows = db.query("SELECT * FROM reports WHERE visit = ? ORDER BY made_at DESC, id DESC", [visit])
    return [ReportRecord(**{**row, "signed": bool(row["signed"]), "details": json.loads(row["details"])}) for row in rows]


def add_places(db: Database, report: str, places: list[list[Any]]) -> None:
    """Keep what each part of a report's pages is about."""
    db.execute("INSERT INTO report_places VALUES (?, ?)", [report, json.dumps(places, separators=(",", ":"))])


def places_of(db: Database, report: str) -> list[list[Any]]:
    """Give what each part of a report's pages is about; nothing for a report that an earlier version made."""
    row = db.execute("SELECT places FROM report_places WHERE report = ?", [report]).fetchone()
    return json.loads(row[0]) if row else []


def add_bundle(db: Database, bundle: BundleRecord) -> None:
    """Keep the record of a bundle; made again with the same content it stays as it was."""
    values = {**asdict(bundle), "listing": json.dumps(bundle.listing)}
    db.execute("INSERT OR IGNORE INTO bundles VALUES (:id, :visit, :made_at, :listing, :sent_at, :received_at, :receipt)", values)


def mark_sent(db: Database, bundle: str, at: str) -> None:
    """Note that all objects of a bundle are in the mailbox; this is not yet a receipt."""
    db.execute("UPDATE bundles SET sent_at = ? WHERE id = ?", [at, bundle])


def mark_received(db: Database, bundle: str, at: str, receipt: bytes) -> None:
    """Keep the office's receipt for a bundle."""
    db.execute("UPDATE bundles SET received_at = ?, receipt = ? WHERE id = ?", [at, receipt, bundle])


def bundle_stages(db: Database, visit: VisitId) -> list[tuple[str, str, str]]:
    """Tell of each bundle of a visit its id, and when it came into the mailbox and was received, newest first, without listings."""
    return list(db.execute("SELECT id, sent_at, received_at FROM bundles WHERE visit = ? ORDER BY rowid DESC", [visit]))


def bundles(db: Database, visit: VisitId | None = None) -> list[BundleRecord]:
    """List the bundles of a visit, or of all visits, newest first: in the order of making, for the clock may have been set back."""
    rows = db.query("SELECT * FROM bundles WHERE :visit = '' OR visit = :visit ORDER BY rowid DESC", {"visit": visit or ""})
    return [BundleRecord(**{**row, "listing": tuple(json.loads(row["listing"]))}) for row in rows]
