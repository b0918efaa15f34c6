"""Workspaces: created, opened, checked, backed up, restored, rebuilt."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor_app.clock import Clock, SystemClock, moment_text
from auditor_app.digests import CHUNK
from auditor_app.disk import disk_errors, new_file, write_file
from auditor_app.domain.journal import chain_heads
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable
from auditor_app.ids import AuditorId, new_id
from auditor_app.plain_text import one_line, required
from auditor_app.progress import Progress, silent
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.database import copy_store, integrity_faults, open_store
from auditor_app.store.journal import altered_entries, entries_of_visit, folded_tables, rebuild, visits
from auditor_app.store.orphans import orphans
from auditor_app.store.records import Sealed, all_sealed
from auditor_app.vault.keys import PASSPHRASE_FILE, Secret, read_key_file, unwrap_with_passphrase, wrap_for_passphrase
from auditor_app.vault.sealing import digest_of_sealed
from auditor_app.vault.vault import Vault
from auditor_app.workspace import Me, Workspace, create_workspace, open_workspace
from auditor_app.workspace.layout import BACKUP, DATABASE, DESCRIPTION, KEYS, OF_THIS_COPY, VAULT, Description, read_description


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceFault:
    """One thing wrong with a workspace: a stable code, and the place."""

    code: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """Where and when the last backup was made and checked."""

    folder: str
    at: str


def create(folder: Path, passphrase: str, name: str, organisation: str = "", *, clock: Clock | None = None) -> Secret:
    """Create a workspace and note whose it is; takes some seconds. Raises NotAllowed; then nothing was made."""
    me = Me(id=AuditorId(new_id(clock or SystemClock())), name=required(name, "name"), organisation=one_line(organisation, "organisation"))
    return create_workspace(folder, passphrase, me=me)


def open_existing(folder: Path, passphrase: str) -> Workspace:
    """Open a workspace with its passphrase; takes a second or more."""
    return open_workspace(folder, passphrase)


def check(workspace: Workspace, *, deep: bool = False, progress: Progress = silent) -> list[WorkspaceFault]:
    """Look for everything wrong with a workspace: pages, journal, folded tables, evidence, rows that belong to nothing.

    `deep` opens every sealed file too.
    """
    with sqlite_errors(workspace.folder):
        faults = [WorkspaceFault(code="database_page", place=fault) for fault in integrity_faults(workspace.db)]
        faults += [WorkspaceFault(code=code, place=entry) for entry, code in altered_entries(workspace.db)]
        faults += _object_faults(workspace, deep=deep, progress=progress)
        if all(fault.code != "entry_unreadable" for fault in faults):  # else there is nothing to compare the rest with
            faults += [*_chain_faults(workspace), *_table_faults(workspace), *_evidence_faults(workspace)]
            faults += [WorkspaceFault(code=code, place=place) for code, place in orphans(workspace.db)]
    return faults


def rebuild_tables(workspace: Workspace) -> None:
    """Make the folded tables anew from the entries, in one transaction."""
    with workspace.transaction() as db:
        rebuild(db)


def back_up(workspace: Workspace, target: Path, progress: Progress = silent) -> int:
    """Back a workspace up into a folder: new, or an older backup of the same workspace, to which only what is new is added.

    The backup is opened and checked before this returns; gives the number of sealed files in it. Raises NotAllowed for a folder
    that holds anything else, Corrupted when the copy is not what it should be.
    """
    _refuse_something_else(target, read_description(workspace.folder))
    for name in (DESCRIPTION, *(f"{KEYS}/{path.name}" for path in sorted((workspace.folder / KEYS).iterdir()))):
        write_file(target / name, read_key_file(workspace.folder / name))  # first, so that an interrupted backup is gone on with
    objects = list(workspace.vault.objects())
    for done, sealed in enumerate(objects):
        progress("copying", done, len(objects))
        Vault(target / VAULT).adopt(workspace.vault.path(sealed), sealed)
    temporary = target / f"{DATABASE}.new"
    with disk_errors(temporary):
        temporary.unlink(missing_ok=True)
        copy_store(workspace.db, temporary, workspace.secret.database_key(), without=OF_THIS_COPY)
        temporary.replace(target / DATABASE)
    _check_copy(target, workspace.secret, target)
    workspace.set_fact(BACKUP, {"folder": str(target.absolute()), "at": moment_text(workspace.clock.now())})
    return len(objects)


def last_backup(workspace: Workspace) -> BackupNote | None:
    """Tell where and when the last backup was made and checked; None before the first."""
    noted = workspace.fact(BACKUP)
    return BackupNote(**noted) if noted else None


def back_up_again(workspace: Workspace, progress: Progress = silent) -> int:
    """Back up to where it was done last. Raises Unavailable when that folder is not there now, such as a stick that is not plugged in."""
    noted = last_backup(workspace)
    if noted is None or not Path(noted.folder).is_dir():
        raise Unavailable("file_missing", path=noted.folder if noted else "")
    return back_up(workspace, Path(noted.folder), progress)


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Put the workspace's key under another passphrase; takes some seconds, and may be done while the workspace is open.

    Raises NotAllowed for a wrong old or an empty new passphrase; then the old one stays.
    """
    set_passphrase(folder, unwrap_with_passphrase(read_key_file(folder / KEYS / PASSPHRASE_FILE), old), new)


def set_passphrase(folder: Path, secret: Secret, new: str) -> None:
    """Put a workspace's key, which is known, under a passphrase. Raises NotAllowed for an empty one; then the old one stays."""
    wrapped = wrap_for_passphrase(secret, new)
    if unwrap_with_passphrase(wrapped, new).recipient != secret.recipient:
        raise Corrupted("key_file_damaged", file=PASSPHRASE_FILE)
    write_file(folder / KEYS / PASSPHRASE_FILE, wrapped)


def restore(backup: Path, folder: Path, passphrase: str, progress: Progress = silent) -> None:
    """Restore a backup into a new folder; it goes on as a new device. Raises NotAllowed("folder_not_empty"), Corrupted."""
    read_description(backup)
    restore_with(backup, folder, unwrap_with_passphrase(read_key_file(backup / KEYS / PASSPHRASE_FILE), passphrase), progress)


def restore_with(backup: Path, folder: Path, secret: Secret, progress: Progress = silent) -> None:
    """Restore a backup whose secret is known. Raises like `restore`."""
    read_description(backup)
    with disk_errors(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotAllowed("folder_not_empty", path=str(folder))
    objects = list(Vault(backup / VAULT).objects())
    try:
        for done, sealed in enumerate(objects):
            progress("copying", done, len(objects))
            Vault(folder / VAULT).adopt(Vault(backup / VAULT).path(sealed), sealed)
        for name in (DATABASE, *(f"{KEYS}/{path.name}" for path in sorted((backup / KEYS).iterdir()))):
            _copy(backup / name, folder / name)
        _check_copy(folder, secret, backup)  # the copy, because the backup may be on a stick protected against writing
        _copy(backup / DESCRIPTION, folder / DESCRIPTION)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _refuse_something_else(target: Path, description: Description) -> None:
    """Demand that a backup's folder is new, empty, or an older or interrupted backup of the same workspace."""
    with disk_errors(target):
        if not target.exists() or (target.is_dir() and not any(target.iterdir())):
            return
    if not (target / DESCRIPTION).is_file() or read_description(target) != description:
        raise NotAllowed("folder_not_empty", path=str(target))


def _copy(source: Path, target: Path) -> None:
    """Copy a file that will be changed in place later, so it never shares its bytes."""
    with disk_errors(source), source.open("rb") as stream, new_file(target) as copy:
        shutil.copyfileobj(stream, copy, CHUNK)


def _check_copy(folder: Path, secret: Secret, backup: Path) -> None:
    """Open a copy by itself and check its pages, chains and sealed files. Raises Corrupted naming the backup."""
    db = open_store(folder / DATABASE, secret.database_key())
    try:
        with sqlite_errors(folder):
            faults = [*integrity_faults(db), *(entry for entry, _code in altered_entries(db))]
            for visit in visits(db):
                chain_heads(entries_of_visit(db, visit))
            vault = Vault(folder / VAULT)
            faults += [one.sealed for one in all_sealed(db) if not one.released_at and vault.digest_now(one.sealed) != one.sealed]
    finally:
        db.close()
    if faults:
        raise Corrupted("backup_damaged", path=str(backup), places=", ".join(faults[:5]))


def _chain_faults(workspace: Workspace) -> Iterator[WorkspaceFault]:
    for visit in visits(workspace.db):
        try:
            chain_heads(entries_of_visit(workspace.db, visit))
        except AuditorAppError as error:
            yield WorkspaceFault(code=error.code, place=f"{visit} {error.values}")


def _table_faults(workspace: Workspace) -> Iterator[WorkspaceFault]:
    """Rebuild the folded tables in a transaction that is taken back, and compare."""
    kept = folded_tables(workspace.db)
    workspace.db.execute("SAVEPOINT comparing")
    try:
        rebuild(workspace.db)
        anew = folded_tables(workspace.db)
    finally:
        workspace.db.execute("ROLLBACK TO comparing")
        workspace.db.execute("RELEASE comparing")
    yield from (WorkspaceFault(code="table_differs", place=name) for name in kept if kept[name] != anew[name])


def _object_faults(workspace: Workspace, *, deep: bool, progress: Progress) -> Iterator[WorkspaceFault]:
    known = all_sealed(workspace.db)
    for done, one in enumerate(known):
        progress("checking", done, len(known))
        if not one.released_at and (code := _object_fault(workspace, one, deep=deep)):
            yield WorkspaceFault(code=code, place=f"{one.sealed}.age")
    orphans = set(workspace.vault.objects()) - {one.sealed for one in known}
    yield from (WorkspaceFault(code="object_unknown", place=f"{orphan}.age") for orphan in sorted(orphans))


def _object_fault(workspace: Workspace, one: Sealed, *, deep: bool) -> str:
    """Say what is wrong with a sealed file; empty when nothing is."""
    now = workspace.vault.digest_now(one.sealed)
    if now != one.sealed:
        return "object_missing" if now is None else "object_differs"
    if not deep:
        return ""
    try:
        with workspace.vault.open(one.sealed) as stream:
            found = digest_of_sealed(stream, workspace.secret, one.sealed)
    except Corrupted:
        return "object_differs"
    return "" if found == (one.original, one.size) else "object_differs"


def _evidence_faults(workspace: Workspace) -> Iterator[WorkspaceFault]:
    originals = {one.original for one in all_sealed(workspace.db)}
    for visit in visits(workspace.db):
        missing = sorted(set(workspace.visit(visit).evidence) - originals)
        yield from (WorkspaceFault(code="evidence_not_here", place=digest) for digest in missing)
