"""Opening a workspace whose passphrase is lost, with the office's key: under a new passphrase, and never without a note of it."""

from dataclasses import dataclass
from pathlib import Path

from auditor_app.clock import moment_text
from auditor_app.disk import disk_errors
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.plain_text import required
from auditor_app.progress import Progress, silent
from auditor_app.register.register import note_recovery, open_register
from auditor_app.store.database import open_store
from auditor_app.vault.keys import OFFICE_FILE, Secret, read_key_file, unwrap_with_secret
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.workspaces import restore_with, set_passphrase
from auditor_app.workspace.layout import DATABASE, KEYS, Description, read_description


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to recover: a workspace or a backup of one, by whom, and the new folder that it is restored to (None: where it is)."""

    source: Path
    by_whom: str
    out: Path | None = None


def recover(office: Office, wanted: Wanted, passphrase: str, progress: Progress = silent) -> Path:
    """Put a workspace under a new passphrase with the office's key, and give its folder; takes some seconds.

    It is noted in the register before anything changes. Raises NotAllowed("workspace_missing"), "workspace_not_recoverable" for one
    that was never enrolled with an office, "workspace_of_other_office", "passphrase_empty", and whatever restoring a backup raises.
    """
    description = read_description(wanted.source)
    by_whom = required(wanted.by_whom, "by")
    secret = _secret_of(wanted.source, office)
    if not passphrase.strip():
        raise NotAllowed("passphrase_empty")
    _settle(wanted.source, secret, is_copied=wanted.out is not None)
    target = wanted.out or wanted.source
    _note(office, wanted.source, target, by_whom, description)
    if wanted.out is not None:
        restore_with(wanted.source, wanted.out, secret, progress)
    set_passphrase(target, secret, passphrase)
    return target


def _secret_of(source: Path, office: Office) -> Secret:
    wrapped = source / KEYS / OFFICE_FILE
    if not wrapped.is_file():
        raise NotAllowed("workspace_not_recoverable", path=str(source))
    return unwrap_with_secret(read_key_file(wrapped), office.secret)


def _settle(source: Path, secret: Secret, *, is_copied: bool) -> None:
    """See that the key opens the database, and that all of it is in its file before that is copied.

    A backup has no log beside its database and may be on a stick protected against writing: it is judged by its copy.
    """
    log = source / f"{DATABASE}-wal"
    with disk_errors(log):
        is_whole = not log.exists() or log.stat().st_size == 0
    if is_copied and is_whole:
        return
    open_store(source / DATABASE, secret.database_key()).close()
    with disk_errors(log):
        if is_copied and log.exists():
            raise Unavailable("workspace_in_use", path=str(source))


def _note(office: Office, source: Path, target: Path, by_whom: str, description: Description) -> None:
    row = {
        "at": moment_text(office.clock.now()),
        "by_whom": by_whom,
        "workspace": description.workspace,
        "source": str(source.absolute()),
        "target": str(target.absolute()),
    }
    with open_register(office.register) as db:
        note_recovery(db, row)
