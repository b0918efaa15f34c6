"""Taking evidence in: a file is sealed while it is first read, looked into, and recorded in a visit."""

import io
import mimetypes
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from auditor_app.clock import Clock, moment_text, offset_text
from auditor_app.disk import disk_errors, free_bytes
from auditor_app.domain.changes import Changes
from auditor_app.domain.fields import Captured, Intake, Original
from auditor_app.domain.journal import Field, Subject
from auditor_app.domain.visit import EVIDENCE, INTAKE, LINK, link_id
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.ids import Digest, VisitId, new_id
from auditor_app.plain_text import one_line
from auditor_app.progress import Progress, silent
from auditor_app.store.journal import values_of_kind
from auditor_app.store.records import Sealed, add_sealed, add_thumbnail, all_sealed, sealed
from auditor_app.vault.camera import Seen, can_look_into, look_into, media_type_of
from auditor_app.vault.losses import losses
from auditor_app.vault.vault import SealedObject, Vault
from auditor_app.workflows.evidence import DRAWN, check_targets
from auditor_app.workflows.wording import size_words
from auditor_app.workspace import Workspace
from auditor_app.workspace.recording import Recorder

HEAD = 64
"""Bytes that tell what kind of file it is."""

ROOM = 64 << 20
"""Bytes that stay free on the disk beside what is taken in, for the database and the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePlan:
    """What sealing needs of a workspace, so that it can run beside it: no database, only the vault.

    `known` are the originals whose bytes are in the vault; `sizes` their sizes, by which a file that is surely new is told without
    reading it; `in_visit` those that are evidence of the visit already.
    """

    vault: Vault
    recipients: Sequence[str]
    known: frozenset[Digest]
    clock: Clock
    sizes: frozenset[int] = frozenset()
    in_visit: frozenset[Digest] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """One file sealed and looked into, not yet recorded in a visit; `lost` is what it lost before it came to us."""

    name: str
    object: SealedObject
    media_type: str
    seen: Seen
    at: str
    offset: str
    recipients: Sequence[str]
    lost: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What recording a file came to: new in the visit, there already but linked to something more, or nothing new at all."""

    TAKEN = "taken"
    LINKED = "linked"
    KNOWN = "known"


def plan_intake(workspace: Workspace, visit: VisitId | None = None) -> IntakePlan:
    """Take a snapshot for sealing beside the workspace; what was released, or is lost from the vault, is sealed again when it comes."""
    there = set(workspace.vault.objects())  # listed once: asking for thousands one by one would hold up whatever else is asked
    here = [one for one in all_sealed(workspace.db) if not one.released_at and one.sealed in there]
    evidence = values_of_kind(workspace.db, visit, EVIDENCE, "original") if visit else {}
    return IntakePlan(
        vault=workspace.vault,
        recipients=tuple(workspace.recipients()),
        known=frozenset(one.original for one in here),
        clock=workspace.clock,
        sizes=frozenset(one.size for one in here) | {int(original["size"]) for original in evidence.values()},
        in_visit=frozenset(Digest(digest) for digest in evidence),
    )


def seal_file(
    plan: IntakePlan, path: Path, *, name: str | None = None, progress: Progress = silent, drawn: bool = True, one_of_many: bool = False
) -> SealedFile:
    """Seal one file in one pass, in flat memory. Raises NotAllowed (empty, a folder, a name with invisible characters) or Unavailable
    (unreadable, vanished or changed while read, disk full); then nothing is left behind.

    `drawn` makes a small picture at once, else it is made when first looked at; `one_of_many` leaves it to the caller to make the
    objects last (`Vault.make_last`) before they are recorded."""
    clean = one_line(path.name if name is None else name, "file name")
    with disk_errors(path):
        refuse_what_is_no_file(path)
        with path.open("rb") as source:
            before = os.fstat(source.fileno())
            if path.resolve().is_relative_to(plan.vault.folder.parent.resolve()):
                raise NotAllowed("file_of_workspace", path=str(path))
            _refuse_size(plan, path, before.st_size)
            found = seal_stream(plan, source, clean, size=before.st_size, progress=progress, drawn=drawn, one_of_many=one_of_many)
            after = os.fstat(source.fileno())
    if (found.object.size, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        discard(plan, found)
        raise Unavailable("file_changed", path=str(path))
    return found


def seal_stream(
    plan: IntakePlan, source: BinaryIO, name: str, *, size: int, progress: Progress = silent, drawn: bool = True, one_of_many: bool = False
) -> SealedFile:
    """Seal a stream that can be rewound, such as a pasted picture, of `size` bytes."""
    now = plan.clock.now()
    made = plan.vault.seal(
        source,
        plan.recipients,
        keep=_kept_for_a_look(source, size),
        told=lambda done: progress("sealing", done, size),
        wanted=lambda original: original not in plan.known,
        one_of_many=one_of_many,
    )
    media_type = media_type_of(made.head) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    seen = look_into(made.head, media_type, drawn=drawn) if made.size == len(made.head) else Seen()
    return SealedFile(
        name=name,
        object=made.without_head(),
        media_type=media_type,
        seen=seen,
        at=moment_text(now),
        offset=offset_text(now),
        recipients=plan.recipients,
        lost=losses(name, media_type, seen),
    )


def seal_bytes(
    plan: IntakePlan, data: bytes, name: str, *, progress: Progress = silent, drawn: bool = True, one_of_many: bool = False
) -> SealedFile:
    """Seal bytes under a name. Raises NotAllowed for a name with invisible characters."""
    clean = one_line(name, "file name")
    return seal_stream(plan, io.BytesIO(data), clean, size=len(data), progress=progress, drawn=drawn, one_of_many=one_of_many)


def record_intake(
    workspace: Workspace,
    visit: VisitId,
    files: Iterable[SealedFile],
    *,
    targets: Iterable[Subject] = (),
    stance: str = "supports",
    provided_by: str = "",
) -> Changes:
    """Record sealed files as evidence of a visit, linked to targets: one transaction for all of them."""
    return record_many(workspace, visit, files, targets=targets, stance=stance, provided_by=provided_by)[0]


def record_many(
    workspace: Workspace,
    visit: VisitId,
    files: Iterable[SealedFile],
    *,
    targets: Iterable[Subject] = (),
    stance: str = "supports",
    provided_by: str = "",
) -> tuple[Changes, tuple[Outcome, ...]]:
    """Like `record_intake`, and tell what each file came to.

    What is evidence of the visit already is not taken in twice: it is linked to the targets that it is not linked to yet.
    """
    check_targets(workspace, visit, targets := tuple(targets))
    with workspace.recording(visit) as recorder:
        outcomes = []
        for file in files:
            _keep_sealed(workspace, file)
            outcomes.append(_record(recorder, file, targets, stance, new_id(workspace.clock)))
            if provided_by:
                recorder.set(Subject(EVIDENCE, file.object.original), "provided_by", one_line(provided_by, "provided by"))
    return recorder.changes, tuple(outcomes)


def take_in(
    workspace: Workspace,
    visit: VisitId,
    path: Path,
    *,
    name: str | None = None,
    targets: Iterable[Subject] = (),
    provided_by: str = "",
    progress: Progress = silent,
) -> tuple[Digest, Changes]:
    """Seal one file and record it, in one go; gives the digest of its original bytes."""
    check_targets(workspace, visit, targets := tuple(targets))
    plan = plan_intake(workspace)
    file = seal_file(plan, path, name=name, progress=progress)
    try:
        return file.object.original, record_intake(workspace, visit, [file], targets=targets, provided_by=provided_by)
    except BaseException:
        discard(plan, file)
        raise


def refuse_what_is_no_file(path: Path) -> None:
    """Raise NotAllowed for a folder, and for a pipe or device, which would be waited for without end."""
    if path.is_dir():
        raise NotAllowed("file_is_a_folder", path=str(path))
    if path.exists() and not path.is_file():
        raise NotAllowed("file_not_plain", path=str(path))


def discard(plan: IntakePlan, file: SealedFile) -> None:
    """Throw away what was sealed and will not be recorded."""
    if file.object.original not in plan.known:
        plan.vault.path(file.object.sealed).unlink(missing_ok=True)


def _record(recorder: Recorder, file: SealedFile, targets: tuple[Subject, ...], stance: str, intake: str) -> Outcome:
    item = Subject(EVIDENCE, file.object.original)
    links = [Subject(LINK, link_id(file.object.original, target)) for target in targets]
    missing = [link for link in links if not _is_set(recorder, link, "stance")]
    known = _is_set(recorder, item, "original")
    if not known:
        recorder.set(item, "original", original_of(file))
    elif not missing:
        return Outcome.KNOWN
    what = Intake(evidence=file.object.original, name=file.name, at=file.at, offset=file.offset, lost=file.lost)
    recorder.set(Subject(INTAKE, intake), "what", what)
    for link in missing:
        recorder.set(link, "stance", stance)
    return Outcome.LINKED if known else Outcome.TAKEN


def _is_set(recorder: Recorder, subject: Subject, field: str) -> bool:
    """Say whether a field has a value that is not empty; a link that was taken away has the stance ""."""
    return any(head.value for head in recorder.heads(subject).get(Field(subject, field), ()))


def _kept_for_a_look(source: BinaryIO, size: int) -> int:
    """Tell how many bytes of a source are worth keeping in memory: all of a picture, only the head of a film."""
    at = source.tell()
    looks = can_look_into(media_type_of(source.read(HEAD)))
    source.seek(at)
    return size + 1 if looks and size <= DRAWN else HEAD


def _keep_sealed(workspace: Workspace, file: SealedFile) -> None:
    """Note where the bytes are; a second sealing of bytes that came in meanwhile is thrown away."""
    made = file.object
    kept = sealed(workspace.db, made.original)
    if kept is None or (not _is_here(workspace, kept) and workspace.vault.path(made.sealed).exists()):
        add_sealed(
            workspace.db,
            Sealed(
                original=made.original,
                sealed=made.sealed,
                size=made.size,
                sealed_size=made.sealed_size,
                recipients=tuple(file.recipients),
            ),
        )
    elif kept.sealed != made.sealed:
        workspace.vault.path(made.sealed).unlink(missing_ok=True)
    if file.seen.thumbnail:
        add_thumbnail(workspace.db, made.original, file.seen.thumbnail)


def _is_here(workspace: Workspace, one: Sealed) -> bool:
    return not one.released_at and workspace.vault.path(one.sealed).exists()


def _refuse_size(plan: IntakePlan, path: Path, size: int) -> None:
    if size == 0:
        raise NotAllowed("file_empty", path=str(path))
    if free_bytes(plan.vault.folder.parent) < size + ROOM:
        raise Unavailable("disk_full_for_file", path=str(path), size=size_words(size))


def original_of(file: SealedFile) -> Original:
    """Tell of a file what its bytes alone tell."""
    seen = file.seen
    captured = Captured(
        at=seen.at,
        offset=seen.offset,
        latitude=seen.latitude,
        longitude=seen.longitude,
        device=seen.device,
        width=seen.width,
        height=seen.height,
        pages=seen.pages,
        scan=seen.scan,
    )
    return Original(size=file.object.size, media_type=file.media_type, captured=captured)
