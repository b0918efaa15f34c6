"""Evidence that is here: found, described, linked, shown, exported. The original bytes are never altered."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from auditor_app.disk import new_file
from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import DELETED, Field, Subject
from auditor_app.domain.planning import AREA
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, FINDING, LINK, Evidence, link_id, stances_of
from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.ids import Digest, VisitId
from auditor_app.plain_text import one_line, paragraph
from auditor_app.store.journal import heads_of_field, heads_of_subject, value_of
from auditor_app.store.records import Sealed, add_thumbnail, sealed, thumbnail
from auditor_app.vault.camera import look_into, media_type_of
from auditor_app.vault.keys import Secret
from auditor_app.vault.sealing import unseal
from auditor_app.vault.vault import Vault
from auditor_app.workflows.visits import visit_form
from auditor_app.workspace import Workspace

DRAWN = 64 << 20
"""Bytes of the largest picture that is kept in memory for camera data and a thumbnail; a larger one has no small picture."""


def describe_evidence(
    workspace: Workspace,
    visit: VisitId,
    *digests: Digest,
    caption: str | None = None,
    happened_at: str | None = None,
    provided_by: str | None = None,
    area: str | None = None,
) -> Changes:
    """Say the same of one or more pieces of evidence: what they show, when that happened, who provided them, in which area of the plan.

    One transaction. Raises NotAllowed for a piece or an area that is not there; "" takes a saying back.
    """
    said = {
        "caption": None if caption is None else paragraph(caption, "caption"),
        "happened_at": None if happened_at is None else one_line(happened_at, "happened at"),
        "provided_by": None if provided_by is None else one_line(provided_by, "provided by"),
        "area": area,
    }
    _demand_evidence(workspace, visit, digests)
    if area and not heads_of_field(workspace.db, visit, Field(Subject(AREA, area), "name")):
        raise NotAllowed("line_unknown", kind=AREA, line=area)
    with workspace.recording(visit) as recorder:
        for digest in digests:
            for name, value in said.items():
                if value is not None:
                    recorder.set(Subject(EVIDENCE, digest), name, value)
    return recorder.changes


def link_evidence(
    workspace: Workspace, visit: VisitId, digest: Digest, target: Subject, stance: str, *, settled: str | None = None
) -> Changes:
    """Link evidence to a criterion, check or finding as supporting or contradicting; "" takes the link away.

    `settled` says how a contradiction was settled.
    """
    _demand_evidence(workspace, visit, [digest])
    check_targets(workspace, visit, [target])
    _check_stance(stance, [target])
    with workspace.recording(visit) as recorder:
        recorder.set(Subject(LINK, link_id(digest, target)), "stance", stance)
        if settled is not None:
            recorder.set(Subject(LINK, link_id(digest, target)), "settled", paragraph(settled, "settled"))
    return recorder.changes


def link_many(workspace: Workspace, visit: VisitId, digests: Sequence[Digest], targets: Sequence[Subject], stance: str) -> Changes:
    """Link every piece to every target alike, in one transaction; "" takes these links away."""
    _demand_evidence(workspace, visit, digests)
    check_targets(workspace, visit, targets)
    _check_stance(stance, targets)
    with workspace.recording(visit) as recorder:
        for link in (Subject(LINK, link_id(digest, target)) for digest in digests for target in targets):
            if stance or recorder.heads(link):
                recorder.set(link, "stance", stance)
    return recorder.changes


def _check_stance(stance: str, targets: Iterable[Subject]) -> None:
    """Demand that evidence may stand like that to every target: only a finding can be closed by it."""
    for choices in (stances_of(target.kind) for target in targets):
        if stance and stance not in choices:
            raise NotAllowed("choice_unknown", field="stance", value=stance, choices=", ".join(choices))


def find_evidence(workspace: Workspace, visit: VisitId, digest: str) -> Evidence:
    """Find a piece of evidence by its digest or the beginning of it. Raises NotAllowed when none or several fit."""
    fits = [one for one in workspace.visit(visit).evidence.values() if digest and one.digest.startswith(digest)]
    if len(fits) != 1:
        raise NotAllowed("evidence_unknown" if not fits else "evidence_not_unique", evidence=digest)
    return fits[0]


def find_area(workspace: Workspace, visit: VisitId, name: str) -> str:
    """Find an area of the plan by its name, or its id. Raises NotAllowed when none or several fit."""
    fits = [one.id for one in workspace.visit(visit).areas if name.casefold() in {one.name.casefold(), one.id}]
    if len(fits) != 1:
        raise NotAllowed("line_unknown", kind=AREA, line=name)
    return fits[0]


def check_targets(workspace: Workspace, visit: VisitId, targets: Iterable[Subject]) -> None:
    """Demand that every target of a link is there: a criterion or check of the form, or a finding. Raises NotAllowed."""
    form = visit_form(workspace, visit)
    known = {
        CRITERION: {str(criterion.number) for criterion in form.criteria},
        CHECK: {check.id for criterion in form.criteria for check in criterion.checks},
    }
    for target in targets:
        there = _is_finding(workspace, visit, target) if target.kind == FINDING else target.id in known.get(target.kind, set())
        if not there:
            raise NotAllowed("target_unknown", target=f"{target.kind} {target.id}")


def small_picture(workspace: Workspace, digest: Digest) -> bytes | None:
    """Give the thumbnail of a piece of evidence as JPEG bytes, or None when it can have none.

    What came in with many others and was not drawn yet is drawn now.
    """
    kept, found = thumbnail(workspace.db, digest), sealed(workspace.db, digest)
    if kept is None and found is not None and not found.released_at and found.size <= DRAWN:
        try:
            kept = draw_small(workspace.vault, workspace.secret, found)
        except (Corrupted, Unavailable):
            return None  # checking the workspace tells of it
        with workspace.transaction(beside_visits=True) as db:
            add_thumbnail(db, digest, kept)
    return kept or None


def draw_small(vault: Vault, secret: Secret, found: Sealed, media_type: str = "") -> bytes:
    """Draw the thumbnail of an original that is here, beside the workspace; empty when it can have none.

    Raises Corrupted or Unavailable when the bytes are damaged or gone.
    """
    target = io.BytesIO()
    with vault.open(found.sealed) as stream:
        unseal(stream, target, secret, f"{found.sealed}.age")
    data = target.getvalue()
    return look_into(data, media_type or media_type_of(data)).thumbnail or b""


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


def _demand_evidence(workspace: Workspace, visit: VisitId, digests: Iterable[Digest]) -> None:
    """Demand that pieces are there, without loading the whole visit, which may hold thousands."""
    for digest in digests:
        if value_of(workspace.db, visit, Subject(EVIDENCE, digest), "original") is None:
            raise NotAllowed("evidence_unknown", evidence=digest)


def _is_finding(workspace: Workspace, visit: VisitId, target: Subject) -> bool:
    return any(where.name != DELETED for where in heads_of_subject(workspace.db, visit, target))


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
