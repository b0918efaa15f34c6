"""Opens SQLite files for `store` and `register`, the only packages that know SQL: pragmas, encryption, and errors in our families."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import sqlcipher3
import sqlcipher3.dbapi2

from auditor_app.errors import AuditorAppError, Corrupted, Unavailable, Unsupported

# sqlite_utils catches the errors of the SQLite module it finds at its first import; without these names it
# would take the standard library's and silently lose features over SQLCipher.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

from sqlite_utils import Database, Migrations  # noqa: E402 - must follow the names above

__all__ = ["Database", "Migrations", "migrate", "open_database", "refuse_newer", "sqlite_errors"]

PATIENCE = 5
"""Seconds that a connection waits for another one that writes."""


def open_database(path: Path, key: bytes | None = None) -> Database:
    """Open or create a database file; `key` is 32 raw bytes for SQLCipher, or None for a plain file.

    Raises Corrupted("database_unreadable") for a wrong key or a damaged file.
    """
    with sqlite_errors(path):
        connection = sqlcipher3.connect(str(path))
        try:
            if key is not None:
                connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            for pragma in (f"busy_timeout = {PATIENCE * 1000}", "synchronous = FULL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")
            _write_ahead(connection)
        except BaseException:
            connection.close()  # an open file could not be moved away on Windows
            raise
        return Database(connection, strict=True, execute_plugins=False)


def _write_ahead(connection: sqlcipher3.Connection) -> None:
    """Keep the journal in a file beside the database; SQLite does not wait for others by itself in this one change."""
    until = monotonic() + PATIENCE
    while not _is_write_ahead(connection, until):
        sleep(0.01)


def _is_write_ahead(connection: sqlcipher3.Connection, until: float) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlcipher3.dbapi2.OperationalError as error:
        if "locked" in str(error) and monotonic() < until:
            return False
        raise
    return True


def migrate(db: Database, migrations: Migrations, names: tuple[str, ...]) -> None:
    """Bring a database to this version, all steps or none; `names` are the steps that this version knows.

    Raises Unsupported for a file that a newer version wrote, before touching it.
    """
    refuse_newer(db, migrations, names)
    if db.conn.in_transaction:
        migrations.apply(db)
        return
    if not migrations.pending(db):
        return
    db.conn.execute("BEGIN IMMEDIATE")  # whoever opens a new file at the same moment waits, and then finds nothing left to do
    try:
        migrations.apply(db)
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def refuse_newer(db: Database, migrations: Migrations, names: tuple[str, ...]) -> None:
    """Raise Unsupported for a file that has steps which this version does not know."""
    if newer := {one.name for one in migrations.applied(db)} - set(names):
        raise Unsupported("made_by_newer_version", steps=", ".join(sorted(newer)))


@contextmanager
def sqlite_errors(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into our families; the open transaction is rolled back by its own context."""
    try:
        yield
    except sqlcipher3.dbapi2.Error as error:
        raise _translated(error, str(path)) from error


def _translated(error: Exception, path: str) -> AuditorAppError:
    text = str(error).lower()
    if "full" in text:
        return Unavailable("disk_full", path=path)
    if "locked" in text or "busy" in text:
        return Unavailable("database_busy", path=path)
    if "readonly" in text or "unable to open" in text or "disk i/o" in text:
        return Unavailable("database_unreachable", path=path, detail=text)
    return Corrupted("database_unreadable", path=path, detail=text)
