"""Opens, checks and copies the workspace's database."""

from pathlib import Path

from auditor_app.disk import disk_errors
from auditor_app.errors import Corrupted
from auditor_app.sqlite_driver import Database, migrate, open_database, refuse_newer, sqlite_errors
from auditor_app.store.journal import rebuild
from auditor_app.store.migrations import NAMES, migrations

TRIGGERS = {"entries_never_change", "entries_never_go"}


def create_store(path: Path, key: bytes) -> Database:
    """Create the encrypted database with the present schema; `key` is 32 raw bytes."""
    db = open_database(path, key)
    with sqlite_errors(path):
        migrate(db, migrations, NAMES)
    return db


def open_store(path: Path, key: bytes) -> Database:
    """Open the database, refuse a newer one, copy it beside itself before any upgrade, and check its protection.

    Raises Corrupted or Unsupported; then the file is as it was.
    """
    with disk_errors(path):
        if not path.is_file() or path.stat().st_size == 0:  # SQLite would make a new one, and all work would seem gone
            raise Corrupted("database_missing", path=str(path))
    db = open_database(path, key)
    try:
        with sqlite_errors(path):
            _upgrade(db, path, key)
            _check_triggers(db)
    except BaseException:
        db.close()
        raise
    return db


def copy_store(db: Database, target: Path, key: bytes, *, without: tuple[str, ...] = ()) -> None:
    """Copy the open database, whole and consistent, into a new encrypted file by SQLite's own backup, without the named facts."""
    with sqlite_errors(target):
        copy = open_database(target, key)
        try:
            db.conn.backup(copy.conn)
            with copy.atomic():
                copy.conn.executemany("DELETE FROM facts WHERE name = ?", [[name] for name in without])
        finally:
            copy.close()


def integrity_faults(db: Database) -> list[str]:
    """Ask SQLite and SQLCipher whether every page is whole; empty when it is."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    faults = [str(row[0]) for row in db.execute("PRAGMA quick_check")] + [str(r[0]) for r in db.execute("PRAGMA cipher_integrity_check")]
    return [fault for fault in faults if fault != "ok"]


def _upgrade(db: Database, path: Path, key: bytes) -> None:
    refuse_newer(db, migrations, NAMES)
    if not migrations.pending(db):
        return
    copy_store(db, path.with_suffix(".before-upgrade.db"), key)
    with db.atomic():
        migrate(db, migrations, NAMES)
        rebuild(db)  # a new step may bring a new folded table


def _check_triggers(db: Database) -> None:
    missing = TRIGGERS - {trigger.name for trigger in db.triggers}
    if missing:
        raise Corrupted("journal_unprotected", triggers=", ".join(sorted(missing)))
