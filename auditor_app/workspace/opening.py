"""Creates and opens workspaces: lock, key, database, device, sweep. Whatever fails, the folder is as it was."""

import contextlib
import secrets
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from auditor_app.clock import Clock, SystemClock
from auditor_app.disk import disk_errors, write_file
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.install_paths import installation as this_installation
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.database import create_store, open_store
from auditor_app.store.records import set_fact
from auditor_app.vault.keys import PASSPHRASE_FILE, Secret, read_key_file, unwrap_with_passphrase, wrap_for_passphrase
from auditor_app.workspace.layout import DATABASE, DESCRIPTION, KEYS, LOCK, read_description, write_description
from auditor_app.workspace.marks import device_for
from auditor_app.workspace.workspace import Workspace


def create_workspace(folder: Path, passphrase: str, *, secret: Secret | None = None) -> Secret:
    """Create an empty workspace under a passphrase and give its secret; takes some seconds (scrypt).

    The folder must not exist or be empty; if anything fails, nothing is left of it. Raises NotAllowed("folder_not_empty").
    """
    secret = secret or Secret.new()
    wrapped = wrap_for_passphrase(secret, passphrase)
    existed = folder.exists()
    with disk_errors(folder):
        if existed and (not folder.is_dir() or any(folder.iterdir())):
            code = "workspace_exists" if (folder / DESCRIPTION).exists() else "folder_not_empty"
            raise NotAllowed(code, path=str(folder))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        write_file(folder / KEYS / PASSPHRASE_FILE, wrapped)
        create_store(folder / DATABASE, secret.database_key()).close()
        write_description(folder, secrets.token_hex(16))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return secret


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
        workspace = Workspace(folder, db, secret, lock, clock)
        with sqlite_errors(folder):
            workspace.device = device_for(db, description.workspace, folder, installation or this_installation(), clock)
        workspace.vault.sweep()
        undo.pop_all()
    return workspace


def say_who_i_am(workspace: Workspace, auditor_id: str, name: str, organisation: str) -> None:
    """Note whose workspace this is."""
    with workspace.transaction() as db:
        set_fact(db, "me", {"id": auditor_id, "name": name, "organisation": organisation})


def _locked(folder: Path) -> FileLock:
    lock = FileLock(folder / LOCK, mode=0o600)
    with disk_errors(folder):
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Unavailable("workspace_in_use", path=str(folder)) from error
    return lock
