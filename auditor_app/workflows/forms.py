"""Forms at hand: shipped with the program or imported by an office; a visit keeps the one it began with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from auditor_app.bundle.record import Record, form_of
from auditor_app.disk import disk_errors
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.form_engine.compiling import MAX_BYTES, CompiledForm, check_form, compile_form, read_canonical_form
from auditor_app.form_engine.problems import Problem
from auditor_app.ids import Digest
from auditor_app.install_paths import shipped_forms
from auditor_app.store.records import add_form, form_bytes, form_digests
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSummary:
    """One form at hand, and where it comes from ("shipped" or "imported")."""

    form: str
    title: str
    version: str
    criteria: int
    checks: int
    digest: Digest
    origin: str


def forms_at_hand(workspace: Workspace | None = None) -> list[FormSummary]:
    """List shipped forms, and those that were imported into a workspace."""
    found = [_summary(compiled, "shipped") for compiled in _shipped()]
    known = {form.digest for form in found}
    if workspace is not None:
        imported = [load_form(workspace, digest) for digest in form_digests(workspace.db) if digest not in known]
        found += [_summary(compiled, "imported") for compiled in imported]
    return found


def find_form(name: str, workspace: Workspace | None = None) -> CompiledForm:
    """Find a form by its id or its digest; the shipped one first. Raises NotAllowed("form_unknown")."""
    imported = [load_form(workspace, digest) for digest in form_digests(workspace.db)] if workspace else []
    for compiled in (*_shipped(), *imported):
        if name in {compiled.form.form, compiled.digest}:
            return compiled
    raise NotAllowed("form_unknown", form=name)


def form_of_record(record: Record) -> CompiledForm | None:
    """Give the form of a visit that was handed over: the one in its record, else the same one of the program, else None.

    Raises Corrupted.
    """
    return form_of(record) or next((compiled for compiled in _shipped() if compiled.digest == record.head.form_digest), None)


def load_form(workspace: Workspace, digest: str) -> CompiledForm:
    """Load a form that the workspace keeps. Raises Corrupted when it is missing or not what its digest says."""
    if digest not in workspace.forms:
        canonical = form_bytes(workspace.db, Digest(digest))
        if canonical is None:
            raise Corrupted("form_missing", digest=digest)
        compiled = read_canonical_form(canonical)
        if compiled.digest != digest:
            raise Corrupted("form_differs", digest=digest)
        workspace.forms[digest] = compiled
    return workspace.forms[digest]


def keep_form(workspace: Workspace, compiled: CompiledForm) -> None:
    """Keep a form in the workspace for good."""
    with workspace.transaction() as db:
        add_form(db, compiled.digest, compiled.form.form, compiled.canonical)


def import_form(workspace: Workspace, path: Path) -> FormSummary:
    """Check a form file from outside and keep it. Raises Corrupted when it has problems; then nothing is kept."""
    compiled = compile_form(_read(path))
    keep_form(workspace, compiled)
    return _summary(compiled, "imported")


def form_problems(path: Path) -> tuple[Problem, ...]:
    """List all problems of a form file, each with code and place."""
    return check_form(_read(path))


def _read(path: Path) -> bytes:
    file = path / "form.yaml" if path.is_dir() else path
    with disk_errors(file), file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


@lru_cache(maxsize=1)
def _shipped() -> tuple[CompiledForm, ...]:
    return tuple(_compiled_files())


def _compiled_files() -> Iterator[CompiledForm]:
    for path in sorted(shipped_forms().glob("*/form.yaml"), reverse=True):
        yield compile_form(path.read_bytes())


def _summary(compiled: CompiledForm, origin: str) -> FormSummary:
    form = compiled.form
    return FormSummary(
        form=form.form,
        title=form.title,
        version=form.version,
        criteria=len(form.criteria),
        checks=sum(len(criterion.checks) for criterion in form.criteria),
        digest=compiled.digest,
        origin=origin,
    )
