"""Evidence: taken in sealed, described, linked, shown, exported. The original bytes are never altered."""

import io
import mimetypes
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auditor_app.clock import Clock, moment_text, offset_text
from auditor_app.disk import disk_errors, free_bytes, new_file
from auditor_app.domain.changes import Changes
from auditor_app.domain.fields import Captured, Intake, Original
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, FINDING, INTAKE, LINK, STANCES, Evidence, link_id
from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.ids import Digest, VisitId, new_id
from auditor_app.plain_text import one_line, paragraph
from auditor_app.progress import Progress, silent
from auditor_app.store.records import Sealed, add_sealed, add_thumbnail, all_sealed, sealed, thumbnail
from auditor_app.vault.camera import Seen, look_into, media_type_of
from auditor_app.vault.losses import losses
from auditor_app.vault.sealing import unseal
from auditor_app.vault.vault import SealedObject, Vault
from auditor_app.workflows.visits import open_visit
from auditor_app.workflows.wording import size_words
from auditor_app.workspace import Workspace

LOOK_INSIDE = 64 << 20
"""Bytes kept in memory for camera data and a thumbnail; a larger picture is kept as evidence without a small picture."""

ROOM = 64 << 20
"""Bytes that stay free on the disk beside what is taken in, for the database and the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePlan:
    """What sealing needs of a workspace, so that it can run beside it: no database, only the vault."""

    vault: Vault
    recipients: Sequence[str]
    known: frozenset[Digest]
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """One file sealed and looked into, not yet recorded in a visit."""

    name: str
    object: SealedObject
    media_type: str
    seen: Seen
    at: str
    offset: str
    recipients: Sequence[str]


def plan_intake(workspace: Workspace) -> IntakePlan:
    """Take a snapshot for sealing beside the workspace; what was released, or is lost from the vault, is sealed again when it comes."""
    known = frozenset(one.original for one in all_sealed(workspace.db) if _is_here(workspace, one))
    return IntakePlan(vault=workspace.vault, recipients=tuple(workspace.recipients()), known=known, clock=workspace.clock)


def seal_file(plan: IntakePlan, path: Path, *, name: str | None = None, progress: Progress = silent) -> SealedFile:
    """Seal one file in one pass, in flat memory. Raises NotAllowed (empty, a folder, a name with invisible characters) or Unavailable
    (unreadable, vanished or changed while read, disk full); then nothing is left behind."""
    clean = one_line(path.name if name is None else name, "file name")
    with disk_errors(path):
        _refuse_what_is_no_file(path)
        with path.open("rb") as source:
            before = os.fstat(source.fileno())
            _refuse_size(plan, path, before.st_size)
            found = seal_stream(plan, source, clean, size=before.st_size, progress=progress)
            after = os.fstat(source.fileno())
    if (found.object.size, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        _discard(plan, found)
        raise Unavailable("file_changed", path=str(path))
    return found


def seal_stream(plan: IntakePlan, source: BinaryIO, name: str, *, size: int, progress: Progress = silent) -> SealedFile:
    """Seal a stream, such as a pasted picture; `size` is for the progress only."""
    now = plan.clock.now()
    made = plan.vault.seal(
        source,
        plan.recipients,
        keep=LOOK_INSIDE,
        told=lambda done: progress("sealing", done, size),
        wanted=lambda original: original not in plan.known,
    )
    media_type = media_type_of(made.head) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    seen = look_into(made.head, media_type) if made.size == len(made.head) else Seen()
    return SealedFile(
        name=name,
        object=made,
        media_type=media_type,
        seen=seen,
        at=moment_text(now),
        offset=offset_text(now),
        recipients=plan.recipients,
    )


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
    check_targets(workspace, visit, targets := tuple(targets))
    with workspace.recording(visit) as recorder:
        for file in files:
            original = file.object.original
            _keep_sealed(workspace, file)
            item = Subject(EVIDENCE, original)
            recorder.set(item, "original", _original(file))
            lost = losses(file.name, file.media_type, file.seen)
            intake = Intake(evidence=original, name=file.name, at=file.at, offset=file.offset, lost=lost)
            recorder.set(Subject(INTAKE, new_id(workspace.clock)), "what", intake)
            if provided_by:
                recorder.set(item, "provided_by", one_line(provided_by, "provided by"))
            for target in targets:
                recorder.set(Subject(LINK, link_id(original, target)), "stance", stance)
    return recorder.changes


def take_in(
    workspace: Workspace,
    visit: VisitId,
    path: Path,
    *,
    name: str | None = None,
    targets: Iterable[Subject] = (),
    progress: Progress = silent,
) -> tuple[Digest, Changes]:
    """Seal one file and record it, in one go; gives the digest of its original bytes."""
    check_targets(workspace, visit, targets := tuple(targets))
    plan = plan_intake(workspace)
    file = seal_file(plan, path, name=name, progress=progress)
    try:
        return file.object.original, record_intake(workspace, visit, [file], targets=targets)
    except BaseException:
        _discard(plan, file)
        raise


def describe_evidence(
    workspace: Workspace, visit: VisitId, digest: Digest, *, caption: str | None = None, happened_at: str | None = None
) -> Changes:
    """Say what a piece of evidence shows and when that happened."""
    find_evidence(workspace, visit, digest)
    with workspace.recording(visit) as recorder:
        if caption is not None:
            recorder.set(Subject(EVIDENCE, digest), "caption", paragraph(caption, "caption"))
        if happened_at is not None:
            recorder.set(Subject(EVIDENCE, digest), "happened_at", one_line(happened_at, "happened at"))
    return recorder.changes


def link_evidence(
    workspace: Workspace, visit: VisitId, digest: Digest, target: Subject, stance: str, *, settled: str | None = None
) -> Changes:
    """Link evidence to a criterion, check or finding as supporting or contradicting; "" takes the link away.

    `settled` says how a contradiction was settled.
    """
    find_evidence(workspace, visit, digest)
    check_targets(workspace, visit, [target])
    if stance and stance not in STANCES:
        raise NotAllowed("choice_unknown", field="stance", value=stance, choices=", ".join(STANCES))
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(LINK, link_id(digest, target)), "stance", stance)
        if settled is not None:
            recorder.set(Subject(LINK, link_id(digest, target)), "settled", paragraph(settled, "settled"))
    return recorder.changes


def find_evidence(workspace: Workspace, visit: VisitId, digest: str) -> Evidence:
    """Find a piece of evidence by its digest or the beginning of it. Raises NotAllowed when none or several fit."""
    fits = [one for one in workspace.visit(visit).evidence.values() if digest and one.digest.startswith(digest)]
    if len(fits) != 1:
        raise NotAllowed("evidence_unknown" if not fits else "evidence_not_unique", evidence=digest)
    return fits[0]


def check_targets(workspace: Workspace, visit: VisitId, targets: Iterable[Subject]) -> None:
    """Demand that every target of a link is there: a criterion or check of the form, or a finding. Raises NotAllowed."""
    opened = open_visit(workspace, visit)
    known = {
        CRITERION: {str(criterion.number) for criterion in opened.form.criteria},
        CHECK: {check.id for criterion in opened.form.criteria for check in criterion.checks},
        FINDING: {finding.id for finding in opened.state.findings},
    }
    for target in targets:
        if target.id not in known.get(target.kind, set()):
            raise NotAllowed("target_unknown", target=f"{target.kind} {target.id}")


def small_picture(workspace: Workspace, digest: Digest) -> bytes | None:
    """Give the thumbnail of a piece of evidence as JPEG bytes, or None when it has none."""
    return thumbnail(workspace.db, digest)


def original_bytes(workspace: Workspace, digest: Digest, *, limit: int) -> bytes:
    """Open an original in memory for showing it. Raises NotAllowed("too_large_to_show") above `limit` bytes, Corrupted when damaged."""
    found = _found(workspace, digest)
    if found.size > limit:
        raise NotAllowed("too_large_to_show", size=found.size)
    target = io.BytesIO()
    _unsealed(workspace, found, target)
    return target.getvalue()


def export_original(workspace: Workspace, digest: Digest, target: Path) -> None:
    """Write an original, byte for byte and checked, to a new file. Raises NotAllowed("file_exists"); on damage no file is left."""
    if target.exists():
        raise NotAllowed("file_exists", path=str(target))
    with new_file(target) as stream:
        _unsealed(workspace, _found(workspace, digest), stream)


def _unsealed(workspace: Workspace, found: Sealed, target: BinaryIO | io.BytesIO) -> None:
    with workspace.vault.open(found.sealed) as stream:
        digest, size = unseal(stream, target, workspace.secret, f"{found.sealed}.age")
    if (digest, size) != (found.original, found.size):
        raise Corrupted("object_differs", place=f"{found.sealed}.age")


def _found(workspace: Workspace, digest: Digest) -> Sealed:
    found = sealed(workspace.db, digest)
    if found is None or found.released_at:
        raise Unavailable("original_not_here", evidence=digest)
    return found


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


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise NotAllowed("file_is_a_folder", path=str(path))
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        raise NotAllowed("file_not_plain", path=str(path))


def _refuse_size(plan: IntakePlan, path: Path, size: int) -> None:
    if size == 0:
        raise NotAllowed("file_empty", path=str(path))
    if free_bytes(plan.vault.folder.parent) < size + ROOM:
        raise Unavailable("disk_full_for_file", path=str(path), size=size_words(size))


def _original(file: SealedFile) -> Original:
    seen = file.seen
    captured = Captured(
        at=seen.at,
        offset=seen.offset,
        latitude=seen.latitude,
        longitude=seen.longitude,
        device=seen.device,
        width=seen.width,
        height=seen.height,
    )
    return Original(size=file.object.size, media_type=file.media_type, captured=captured)


def _discard(plan: IntakePlan, file: SealedFile) -> None:
    if file.object.original not in plan.known:
        plan.vault.path(file.object.sealed).unlink(missing_ok=True)
