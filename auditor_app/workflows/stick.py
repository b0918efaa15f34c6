"""Hand-over by stick: what is on it, whether a bundle fits, writing it, and reading it back from the stick before saying that it may go."""

from dataclasses import dataclass
from pathlib import Path

from auditor_app.disk import TEMPORARY, disk_errors, free_bytes
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.plain_text import visible
from auditor_app.progress import Progress, silent
from auditor_app.workflows.bundle_copies import bundle_at, copy_bundle, forget_cached
from auditor_app.workflows.hand_over import find_bundle, verify_written
from auditor_app.workflows.mail import ATTACHMENT
from auditor_app.workspace import Workspace

_LOOK_AT = 500
"""Entries of a stick that are opened, those with names of ours first; it may hold someone's whole photo collection."""
_LETTERS = ("assignment-", "profile", "receipt", "refusal-", "review-")
"""How the names of an office's letters begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StickBundle:
    """A bundle on a stick: its name there, its id, its size in bytes, and whether it is one of this workspace."""

    name: str
    id: str
    size: int
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StickContent:
    """What is on a stick: room in bytes, bundles, letters of an office by name, what a broken-off copy left, and how much else."""

    free: int
    bundles: tuple[StickBundle, ...]
    letters: tuple[str, ...]
    unfinished: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StickCopy:
    """A bundle that is on a stick, was read back from it and is right; `was_there` when nothing had to be written."""

    path: Path
    size: int
    was_there: bool


def look_at_stick(workspace: Workspace, folder: Path) -> StickContent:
    """Tell what is on a stick, from the names and manifests alone. Raises Unavailable("stick_missing")."""
    if not folder.is_dir():
        raise Unavailable("stick_missing", path=str(folder))
    with disk_errors(folder):
        entries = sorted(folder.iterdir(), key=lambda one: (not one.name.startswith((*_LETTERS, _name(""))), one.name))
    unfinished = [one for one in entries if one.name.startswith(_name("")) and one.name.endswith(TEMPORARY)]
    sealed = [one for one in entries if one.suffix in (".age", ".json") and one.name.startswith((*_LETTERS, ATTACHMENT))]
    known = {*unfinished, *sealed}
    rest = [one for one in entries if one not in known]
    found = [bundle for one in rest[:_LOOK_AT] if (bundle := _bundle(workspace, one))]
    return StickContent(
        free=free_bytes(folder),
        bundles=tuple(found),
        letters=tuple(visible(one.name) for one in sealed if not one.name.startswith(ATTACHMENT)),
        unfinished=tuple(visible(one.name) for one in unfinished),
        others=len(rest) - len(found),
    )


def copy_to_stick(workspace: Workspace, bundle: str, folder: Path, *, as_zip: bool = False, progress: Progress = silent) -> StickCopy:
    """Put a bundle that was made before on a stick, under a name of its own; one that is there already is only verified.

    Raises Unavailable("stick_missing"), NotAllowed("stick_too_small"), Corrupted("bundle_not_verified"), and what the disk refuses.
    """
    record = find_bundle(workspace, bundle)
    source = workspace.outgoing / record.id
    if not source.is_dir():
        raise NotAllowed("bundle_not_here", bundle=record.id)
    if not folder.is_dir():
        raise Unavailable("stick_missing", path=str(folder))
    size = sum(one["size"] for one in record.listing)
    target = folder / (_name(record.id) + (".zip" if as_zip else ""))
    if target.exists():
        forget_cached(target)
        verify_written(workspace, target, progress)
        return StickCopy(path=target, size=size, was_there=True)
    copy_bundle(source, target, lambda path: verify_written(workspace, path, progress), progress)
    return StickCopy(path=target, size=size, was_there=False)


def _name(bundle: str) -> str:
    return f"bundle-{bundle[:12]}"


def _bundle(workspace: Workspace, path: Path) -> StickBundle | None:
    if not (found := bundle_at(path)):
        return None
    return StickBundle(name=visible(path.name), id=found.id, size=found.size, ours=(workspace.outgoing / found.id).is_dir())
