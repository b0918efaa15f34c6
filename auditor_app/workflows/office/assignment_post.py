"""Putting an assignment where its team finds it: into the outbox of each, or into a folder of a stick."""

from dataclasses import dataclass
from pathlib import Path

from auditor_app.disk import disk_errors, write_file
from auditor_app.domain.assignments import Assignment
from auditor_app.errors import Unavailable
from auditor_app.progress import Progress
from auditor_app.sync import mailbox as post
from auditor_app.vault.sealing import seal_bytes
from auditor_app.vault.vault import Vault
from auditor_app.workflows.mail import ATTACHMENT
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.places import OpenPlaces, open_places


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to put it: a folder of a stick (`out`), a mailbox, or both; by default the mailbox of the office's profile."""

    out: Path | None = None
    url: str = ""
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """A target that is there."""

    folder: Path | None
    places: OpenPlaces | None


def open_target(office: Office, target: Target) -> OpenTarget:
    """Open what is asked for. Raises Unavailable("stick_missing"), or as `open_places`."""
    if target.out is not None and not target.out.is_dir():
        raise Unavailable("stick_missing", path=str(target.out))
    wanted = target.out is None or bool(target.url)
    places = open_places(office, url=target.url, user=target.user, password=target.password) if wanted else None
    return OpenTarget(target.out, places)


def put(target: OpenTarget, made: Assignment, letter: bytes, vault: Vault, progress: Progress) -> tuple[str, ...]:
    """Put the attachments, each once where it is not there yet, then the letter, sealed to the whole team; gives the names."""
    files = {f"{ATTACHMENT}{one.sealed}.age": vault.path(one.sealed) for one in made.attachments}
    name, sealed = f"assignment-{made.id}-{made.version}.age", seal_bytes(letter, [one.recipient for one in made.team])
    for done, (file, path) in enumerate(files.items()):
        progress("sending", done, len(files))
        with disk_errors(path):
            _put_file(target, made, file, path.read_bytes())
    if target.folder:
        write_file(target.folder / name, sealed)
    if target.places:
        for member in made.team:
            target.places.put_letter(member.auditor, name, sealed)
    return (*files, name)


def _put_file(target: OpenTarget, made: Assignment, name: str, data: bytes) -> None:
    """Put one attachment; its name says what is in it, so that one of the same name is not put again."""
    if target.folder and not _is_right(target.folder / name, len(data)):
        write_file(target.folder / name, data)
    for storage in target.places.storages if target.places else ():
        for member in made.team:
            if name not in post.list_outbox(storage, member.auditor):
                post.put_outbox(storage, member.auditor, name, data)


def _is_right(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
