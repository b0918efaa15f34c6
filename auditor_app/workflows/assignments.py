"""Assignments from the office: taken in, listed, and opened as a ready visit. Opened again they bring what the office changed."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from auditor_app.clock import moment_text
from auditor_app.digests import sha256_of
from auditor_app.disk import write_file
from auditor_app.domain.assignments import Assignment, Attachment, Member, check_assignment, goes_on
from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Entry, Field, entry_digest, fold
from auditor_app.domain.visit import CHECK, CRITERION, INTAKE, OFFICE, VisitState, read_visit
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.form_engine.compiling import MAX_BYTES, CompiledForm, compile_form
from auditor_app.form_engine.definition import Form
from auditor_app.ids import VisitId
from auditor_app.store.assignments import KeptAssignment, digests_of_chain, keep_assignment, kept_assignments
from auditor_app.store.journal import add_entry, heads_of_field
from auditor_app.store.records import Sealed, add_sealed, form_bytes, sealed
from auditor_app.translation import N_
from auditor_app.vault.sealing import digest_of_sealed, unseal_bytes
from auditor_app.workflows.forms import keep_form, load_form
from auditor_app.workflows.identity import office_profile, signer
from auditor_app.workflows.letters import read_kept, read_letter
from auditor_app.workflows.mail import ATTACHMENT, News, Taking
from auditor_app.workflows.office_news import take_profile
from auditor_app.workflows.visits import check_facts
from auditor_app.workspace import Workspace

WAITS, CHANGED, OPENED = "waits", "changed", "opened"
STATES = {WAITS: N_("waits to be opened"), CHANGED: N_("changed by the office"), OPENED: N_("opened")}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedVisit:
    """An assignment as a list shows it: `state` is WAITS, CHANGED (the office changed it since it was opened) or OPENED."""

    id: str
    visit: VisitId
    version: int
    state: str
    office: str
    site: str
    company: str
    country: str
    form: str
    kind: str
    starts_on: str
    ends_on: str
    number: str
    due: str
    instructions: str
    team: tuple[Member, ...]
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One thing that the office says and that is not in the visit yet; `before` is None where nothing was said of it so far."""

    entry: Entry
    before: object


def take_assignment(workspace: Workspace, taking: Taking) -> News | None:
    """Take an assignment in with its form and its documents; the visit begins when it is opened. None for a version known already.

    Raises Corrupted for one that is not genuine, incomplete or says what no office may say; NotAllowed("assignment_for_others").
    """
    authority = office_profile(workspace).authority.encode()
    made, _answers = read_letter(taking.letter, Assignment, [authority], workspace.clock.now(), place=taking.name)
    who = signer(workspace)
    if who is None or who.fingerprint not in {one.auditor for one in made.team}:
        raise NotAllowed("assignment_for_others", place=taking.name)
    state = check_assignment(made)
    if (before := _kept(workspace, made.id)) and before.version >= made.version:
        return None
    if before and not goes_on(before, made):
        raise Corrupted("assignment_wrong", place="entries")
    if made.profile:
        take_profile(workspace, Taking(name=taking.name, letter=made.profile.encode()))
    form = _form(workspace, taking, made)
    _check_fits(form.form, state)
    new = [one for one in made.documents if not _is_here(workspace, one)]
    for one in new:
        write_file(workspace.vault.path(one.sealed), _fetched(workspace, taking, one))
    _keep(workspace, made, form, new, taking)
    return News(kind="assignment", about=made.visit, detail=str(state.facts.get("site", "")))


def list_assignments(workspace: Workspace) -> list[AssignedVisit]:
    """List the assignments, newest first."""
    return [_assigned(workspace, _read(kept)) for kept in kept_assignments(workspace.db)]


def find_assignment(workspace: Workspace, name: str) -> AssignedVisit:
    """Find an assignment by the beginning of its id, or "last". Raises NotAllowed("assignment_unknown")."""
    return _assigned(workspace, _found(workspace, name))


def begins_with(workspace: Workspace, name: str) -> VisitState:
    """Give the visit as the office assigned it."""
    made = _found(workspace, name)
    return read_visit(made.visit, fold(made.entries))


def news_of(workspace: Workspace, name: str) -> tuple[Word, ...]:
    """List what an assignment says that is not in its visit yet, in the order in which the office said it."""
    return tuple(_words(workspace, _found(workspace, name)))


def open_assignment(workspace: Workspace, name: str) -> tuple[VisitId, Changes]:
    """Begin the visit of an assignment, or bring what the office changed into it: one transaction. Again it changes nothing.

    What an auditor set meanwhile is not overwritten: where the office now says something else, both are kept as a clash.
    """
    made = _found(workspace, name)
    new = _not_here(workspace, made)
    with workspace.transaction() as db:
        for entry in new:
            add_entry(db, entry)
    subjects = frozenset(entry.where.subject for entry in new)
    return made.visit, Changes(visit=made.visit, subjects=subjects, saved_at=moment_text(workspace.clock.now()))


def _found(workspace: Workspace, name: str) -> Assignment:
    fits = kept_assignments(workspace.db, "" if name == "last" else name) if name else []
    if not fits or (len(fits) > 1 and name != "last"):
        raise NotAllowed("assignment_unknown", assignment=name)
    return _read(fits[0])


def _kept(workspace: Workspace, name: str) -> Assignment | None:
    return next((_read(one) for one in kept_assignments(workspace.db, name)), None)


def _read(kept: KeptAssignment) -> Assignment:
    return read_kept(kept.letter, Assignment, place=f"assignment {kept.id}")


def _form(workspace: Workspace, taking: Taking, made: Assignment) -> CompiledForm:
    """Give the form that the visit is to be made with: the one that is here, or the attached one. Raises Corrupted."""
    attached = made.form_file
    if form_bytes(workspace.db, made.form_digest) is not None:
        return load_form(workspace, made.form_digest)
    if attached.size > MAX_BYTES:
        raise Corrupted("assignment_wrong", place="form")
    name = f"{ATTACHMENT}{attached.sealed}.age"
    form = compile_form(unseal_bytes(_fetched(workspace, taking, attached), workspace.secret, name))
    if (form.digest, form.form.form) != (made.form_digest, made.form):
        raise Corrupted("form_differs", digest=made.form_digest)
    return form


def _check_fits(form: Form, state: VisitState) -> None:
    """Demand that what is said of the visit fits its form. Raises Corrupted."""
    try:
        check_facts(form, {"site": "", "site_type": "", "kind": "", **state.facts})
    except NotAllowed as error:
        raise Corrupted("assignment_wrong", place=str(error)) from error
    checks = {check.id for criterion in form.criteria for check in criterion.checks}
    lists = (state.earlier, state.equivalences, state.documents, state.areas)
    named = {number for lines in lists for line in lines for number in line.criteria}
    numbers = {*state.criteria, *(link.target.id for link in state.links), *named}
    if any(form.criterion(number) is None for number in numbers) or set(state.checks) - checks:
        raise Corrupted("assignment_wrong", place=f"{CRITERION}, {CHECK}")


def _is_here(workspace: Workspace, one: Attachment) -> bool:
    kept = sealed(workspace.db, one.original)
    return kept is not None and not kept.released_at and workspace.vault.path(kept.sealed).exists()


def _fetched(workspace: Workspace, taking: Taking, one: Attachment) -> bytes:
    """Read an attachment and demand that it is what the letter says, sealed and inside. Raises Corrupted, and what the place refuses."""
    name = f"{ATTACHMENT}{one.sealed}.age"
    if taking.mail is None:
        raise NotAllowed("attachments_missing", place=taking.name)
    data = taking.mail.read(name, one.sealed_size)
    if sha256_of(data) != one.sealed or digest_of_sealed(io.BytesIO(data), workspace.secret, name) != (one.original, one.size):
        raise Corrupted("object_differs", place=name)
    return data


def _keep(workspace: Workspace, made: Assignment, form: CompiledForm, new: list[Attachment], taking: Taking) -> None:
    """Keep the letter, its form and where its documents are, in one transaction."""
    at = moment_text(workspace.clock.now())
    kept = KeptAssignment(id=made.id, visit=made.visit, version=made.version, letter=taking.letter, taken_at=at)
    with workspace.transaction() as db:
        keep_form(workspace, form)
        for one in new:
            recipients = (workspace.secret.recipient, made.recipient)
            add_sealed(
                db,
                Sealed(original=one.original, sealed=one.sealed, size=one.size, sealed_size=one.sealed_size, recipients=recipients),
            )
        keep_assignment(db, kept, [one.original for one in made.documents])


def _assigned(workspace: Workspace, made: Assignment) -> AssignedVisit:
    state, form = read_visit(made.visit, fold(made.entries)), load_form(workspace, made.form_digest).form
    asked, kinds = state.facts.get("assignment", {}), {one.key: one.label for one in form.visit_kinds}
    missing = len(_not_here(workspace, made))
    return AssignedVisit(
        id=made.id,
        visit=made.visit,
        version=made.version,
        state=OPENED if not missing else WAITS if missing == len(made.entries) else CHANGED,
        office=made.office,
        form=form.title,
        kind=kinds.get(str(state.facts.get("kind", "")), ""),
        **{name: str(state.facts.get(name, "")) for name in ("site", "company", "country", "starts_on", "ends_on")},
        **{name: str(asked.get(name, "")) for name in ("number", "due", "instructions")},
        team=made.team,
        documents=len(made.documents),
    )


def _not_here(workspace: Workspace, made: Assignment) -> list[Entry]:
    """List the entries that the visit does not have yet. Raises Corrupted for one that is another one here."""
    there = digests_of_chain(workspace.db, made.visit, made.device)
    for entry in made.entries:
        if there.get(entry.id, digest := entry_digest(entry)) != digest:
            raise Corrupted("entry_differs", entry=entry.id)
    return [entry for entry in made.entries if entry.id not in there]


def _words(workspace: Workspace, made: Assignment) -> Iterator[Word]:
    for entry in _not_here(workspace, made):
        if entry.subject_kind in {OFFICE, INTAKE} or entry.field == "original":
            continue
        heads = heads_of_field(workspace.db, made.visit, Field(entry.where.subject, entry.field))
        yield Word(entry=entry, before=heads[-1].value if heads else None)
