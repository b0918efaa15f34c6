"""Creates and opens workspaces: lock, key, database, device, sweep. Whatever fails, the folder is as it was."""

import contextlib
import secrets
import shutil
from collections.abc import Container, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from auditor_app.clock import Clock, SystemClock
from auditor_app.disk import TEMPORARY, disk_errors, write_file
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.ids import AuditorId, Digest
from auditor_app.install_paths import installation as this_installation
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.database import create_store, open_store
from auditor_app.store.records import all_sealed, set_fact
from auditor_app.vault.keys import PASSPHRASE_FILE, Secret, read_key_file, unwrap_with_passphrase, wrap_for_passphrase
from auditor_app.workspace.layout import DATABASE, DESCRIPTION, KEYS, LEFT_BEHIND, LOCK, read_description, write_description
from auditor_app.workspace.marks import marks_for
from auditor_app.workspace.workspace import Me, Workspace


def create_workspace(folder: Path, passphrase: str, *, secret: Secret | None = None, me: Me | None = None) -> Secret:
    """Create a workspace under a passphrase, noting whose it is, and give its secret; takes some seconds (scrypt).

    The folder must not exist or be empty; if anything fails, it is as it was. Raises NotAllowed("folder_not_empty").
    """
    _demand_empty(folder)
    secret = secret or Secret.new()
    make_workspace(folder, secret, {PASSPHRASE_FILE: wrap_for_passphrase(secret, passphrase)}, facts={"me": asdict(me)} if me else {})
    return secret


def make_workspace(folder: Path, secret: Secret, keys: Mapping[str, bytes], *, facts: Mapping[str, Any]) -> None:
    """Make a workspace under a secret that is wrapped already, with its first facts; if anything fails, the folder is as it was.

    `keys` are the wrapped secrets by the names of their files. Raises NotAllowed("folder_not_empty").
    """
    _demand_empty(folder)
    existed = folder.exists()
    try:
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, wrapped in keys.items():
            write_file(folder / KEYS / name, wrapped)
        _create_database(folder / DATABASE, secret, facts)
        write_description(folder, secrets.token_hex(16))
    except BaseException:
        _take_back(folder, existed=existed)
        raise


def open_workspace(
    folder: Path,
    passphrase: str = "",
    *,
    secret: Secret | None = None,
    clock: Clock | None = None,
    installation: Path | None = None,
) -> Workspace:
    """Open a workspace with its passphrase, or with a secret that is already unwrapped.

    Raises NotAllowed (no workspace, wrong passphrase), Unavailable (in use), Unsupported (newer), Corrupted (damaged).
    """
    description = read_description(folder)
    clock = clock or SystemClock()
    lock = _locked(folder)
    with contextlib.ExitStack() as undo:
        undo.callback(lock.release)
        secret = secret or unwrap_with_passphrase(read_key_file(folder / KEYS / PASSPHRASE_FILE), passphrase)
        db = open_store(folder / DATABASE, secret.database_key())
        undo.callback(db.close)
        with sqlite_errors(folder):
            marks = marks_for(db, description.workspace, folder, installation or this_installation(), clock)
            known = {one.sealed for one in all_sealed(db)}
        workspace = Workspace(folder, db, secret, lock, clock, marks)
        _sweep(workspace, marks.path, known)
        undo.pop_all()
    return workspace


def say_who_i_am(workspace: Workspace, auditor_id: str, name: str, organisation: str) -> None:
    """Note whose workspace this is."""
    workspace.set_fact("me", asdict(Me(id=AuditorId(auditor_id), name=name, organisation=organisation)))


def _sweep(workspace: Workspace, mark: Path, known: Container[Digest]) -> None:
    """Clear away what an interrupted program left half written, and count the files that it was taking in, for whoever is told."""
    half = workspace.vault.sweep() + workspace.vault.set_aside(known)
    for folder, name in ((workspace.folder, ""), (workspace.folder / KEYS, ""), (mark.parent, mark.name)):
        for left in folder.glob(f"{name}*{TEMPORARY}"):
            left.unlink(missing_ok=True)
    if half:
        workspace.set_fact(LEFT_BEHIND, half + int(workspace.fact(LEFT_BEHIND) or 0))


def _demand_empty(folder: Path) -> None:
    with disk_errors(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            code = "workspace_exists" if (folder / DESCRIPTION).exists() else "folder_not_empty"
            raise NotAllowed(code, path=str(folder))


def _create_database(path: Path, secret: Secret, facts: Mapping[str, Any]) -> None:
    db = create_store(path, secret.database_key())
    try:
        with sqlite_errors(path), db.atomic():
            for name, value in facts.items():
                set_fact(db, name, value)
    finally:
        db.close()


def _take_back(folder: Path, *, existed: bool) -> None:
    """Remove what a failed creation made; a folder that was there before stays, empty."""
    if not existed:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.iterdir():
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _locked(folder: Path) -> FileLock:
    lock = FileLock(folder / LOCK, mode=0o600)
    with disk_errors(folder):
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Unavailable("workspace_in_use", path=str(folder)) from error
    return lock
