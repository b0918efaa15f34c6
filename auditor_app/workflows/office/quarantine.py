"""Quarantine: what is being received and what was refused. Beside the files of a refused bundle lie the reasons, and the letter of them.

quarantine/<bundle>/…      its files, as far as they were copied
quarantine/<bundle>.json   when, whose, and what the checks said; "being received" before they did
quarantine/<bundle>.age    the letter to its auditor, sealed, where the auditor is known
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from auditor_app.digests import is_digest, sha256_of
from auditor_app.disk import disk_errors, write_file
from auditor_app.errors import AuditorAppError, NotAllowed, Unavailable
from auditor_app.workflows.answers import Answer
from auditor_app.workflows.office.folder import Office

BEING_RECEIVED, REFUSED, DAMAGED = "being_received", "refused", "damaged"
LOCK = "receiving.lock"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a bundle in quarantine; `seen` is the state in which it was judged, by the place of the mailbox where it lay."""

    bundle: str
    at: str
    outcome: str
    came_from: str
    auditor: str = ""
    auditor_name: str = ""
    seen: dict[str, str] = {}
    code: str = ""
    values: dict[str, str] = {}
    answers: tuple[Answer, ...] = ()
    told: tuple[str, ...] = ()
    """The places of the mailbox into which the letter was put."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One bundle in quarantine: what is known of it, how many bytes of it are there, and the letter to its auditor, if there is one."""

    note: Note
    size: int
    letter: Path | None


@contextmanager
def receiving(office: Office) -> Iterator[None]:
    """Be the only one who receives for an office. Raises Unavailable("office_receives_already")."""
    lock = FileLock(office.folder / LOCK, mode=0o600)
    with disk_errors(office.folder):
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Unavailable("office_receives_already", path=str(office.folder)) from error
    try:
        yield
    finally:
        lock.release()


def folder_of(office: Office, bundle: str) -> Path:
    """Give the folder of a bundle; an id from outside that is none gets a name of ours."""
    return office.quarantine / _key(bundle)


def letter_of(office: Office, bundle: str) -> Path:
    """Give the file of the letter to a refused bundle's auditor."""
    return office.quarantine / f"{_key(bundle)}.age"


def keep_note(office: Office, note: Note) -> None:
    """Keep what is known of a bundle beside its files."""
    write_file(_note_file(office, note.bundle), msgspec.json.format(msgspec.json.encode(note), indent=1) + b"\n")


def note_of(office: Office, bundle: str) -> Note | None:
    """Tell what is known of a bundle; None for nothing, or for a note that cannot be read."""
    path = _note_file(office, bundle)
    with disk_errors(path):
        return _read(path) if path.is_file() else None


def notes(office: Office) -> list[Note]:
    """List what is known of all bundles in quarantine, newest first."""
    with disk_errors(office.quarantine):
        found = [_read(path) for path in sorted(office.quarantine.glob("*.json"))]
    return sorted((note for note in found if note), key=lambda note: note.at, reverse=True)


def held(office: Office) -> list[Held]:
    """List the bundles in quarantine, newest first, with what lies there of each."""
    letters = {note.bundle: letter_of(office, note.bundle) for note in notes(office)}
    return [
        Held(note=note, size=size_of(office, note.bundle), letter=letters[note.bundle] if letters[note.bundle].is_file() else None)
        for note in notes(office)
    ]


def find_held(office: Office, name: str) -> Held:
    """Find a bundle in quarantine by the beginning of its id. Raises NotAllowed("not_in_quarantine")."""
    fits = [one for one in held(office) if name and one.note.bundle.startswith(name)]
    if len(fits) != 1:
        raise NotAllowed("not_in_quarantine", bundle=name)
    return fits[0]


def clear(office: Office, bundle: str, *, keep_files: bool = False) -> None:
    """Remove a bundle from quarantine: its files, note and letter; nothing where there is nothing."""
    with disk_errors(office.quarantine):
        if not keep_files:
            shutil.rmtree(folder_of(office, bundle), ignore_errors=True)
        for path in (_note_file(office, bundle), letter_of(office, bundle)):
            path.unlink(missing_ok=True)


def size_of(office: Office, bundle: str = "") -> int:
    """Tell how many bytes lie in quarantine, of one bundle or of all."""
    folder = folder_of(office, bundle) if bundle else office.quarantine
    with disk_errors(folder):
        return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def waiting_of(known: Iterable[Note], auditor: str) -> set[str]:
    """Name the bundles of one auditor that lie in quarantine."""
    return {note.bundle for note in known if auditor and note.auditor == auditor}


def problem_of(note: Note) -> AuditorAppError | None:
    """Give the problem of a bundle beside the answers, or None."""
    return AuditorAppError(note.code, **note.values) if note.code else None


def _note_file(office: Office, bundle: str) -> Path:
    return office.quarantine / f"{_key(bundle)}.json"


def _key(bundle: str) -> str:
    return bundle if is_digest(bundle) else f"other-{sha256_of(bundle.encode(errors='replace'))[:32]}"


def _read(path: Path) -> Note | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Note)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
