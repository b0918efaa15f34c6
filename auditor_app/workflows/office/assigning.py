"""Assigning a visit: checked as a whole, signed, sealed to the team, and put where each of them finds it, the letter last."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from auditor_app.clock import moment_text
from auditor_app.digests import sha256_of_file
from auditor_app.disk import disk_errors
from auditor_app.domain.assignments import FORM, PIECE, Assignment, Attachment, Member, check_assignment
from auditor_app.domain.fields import Intake
from auditor_app.errors import NotAllowed
from auditor_app.form_engine.compiling import CompiledForm
from auditor_app.ids import AuditorId, DeviceId, Digest, VisitId, new_id
from auditor_app.progress import Progress, silent
from auditor_app.register.assignments import assignments, assignments_named, keep_assignment, mark_assignment_sent
from auditor_app.register.register import open_register
from auditor_app.vault.vault import Vault
from auditor_app.workflows.intake import IntakePlan, original_of, seal_file
from auditor_app.workflows.letters import read_kept, sign_letter
from auditor_app.workflows.office.assignment_checks import check_file
from auditor_app.workflows.office.assignment_contents import Contents, Piece, said
from auditor_app.workflows.office.assignment_file import Read, find_the_form, read_assignment_file
from auditor_app.workflows.office.assignment_journal import Chain
from auditor_app.workflows.office.assignment_post import Target, open_target, put
from auditor_app.workflows.office.assignment_team import find_team
from auditor_app.workflows.office.folder import PROFILE, Office
from auditor_app.workflows.office.previous import Previous, from_file, from_register

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked: the file, further auditors, the visit before, the assignment that this one changes, and where to put it."""

    path: Path
    to: Sequence[str] = ()
    previous: str = ""
    changes: str = ""
    target: Target = field(default_factory=Target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What was made: the assignment, whether it says anything new, and the names of its files where they were put."""

    assignment: Assignment
    is_new: bool
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """A wish with nothing wrong about it, and the version before, if it changes one."""

    read: Read
    form: CompiledForm
    team: tuple[Member, ...]
    previous: Previous | None
    before: Assignment | None


def assign(office: Office, wish: Wish, progress: Progress = silent) -> Assigned:
    """Assign a visit, or change an assignment: everything is checked before anything is written.

    One that says nothing new is put again as it is. Raises NotAllowed("assignment_file_wrong") with every problem and its place,
    "register_visit_unknown", "assignment_unknown", and what the place or the disk refuses.
    """
    checked = _checked(office, wish)
    target = open_target(office, wish.target)
    made, is_new = _made(office, checked, progress)
    letter = sign_letter(made, office.identity, office.clock.now()) if is_new else _letter(office, made.id)
    if is_new:
        with open_register(office.register) as db:
            keep_assignment(db, _row(made, letter))
    files = put(target, made, letter, _vault(office), progress)
    with open_register(office.register) as db:
        mark_assignment_sent(db, made.id, moment_text(office.clock.now()))
    return Assigned(assignment=made, is_new=is_new, files=files)


def assigned(office: Office) -> list[Row]:
    """List all assignments with their state: not_sent, assigned, handed_over or accepted; newest first."""
    with open_register(office.register) as db:
        return assignments(db)


def _checked(office: Office, wish: Wish) -> _Checked:
    read = read_assignment_file(wish.path)
    before = find_assignment(office, wish.changes) if wish.changes else None
    previous = from_register(office, wish.previous) if wish.previous else from_file(read.file.previous) if read.file.previous else None
    if previous:
        read.file = msgspec.structs.replace(read.file, visit={**previous.site, **read.file.visit})
    form = find_the_form(read)
    team = find_team(office, read, wish.to)
    if form:
        check_file(read, form.form)
        if before and before.form_digest != form.digest:
            read.problem(("form",), "form_fixed")
    read.stop_at_problems()
    assert form is not None  # noqa: S101 - a missing one is among the problems
    return _Checked(read=read, form=form, team=team, previous=previous, before=before)


def find_assignment(office: Office, name: str) -> Assignment:
    """Find an assignment by the beginning of its id. Raises NotAllowed("assignment_unknown")."""
    with open_register(office.register) as db:
        found = assignments_named(db, name)
    if len(found) != 1:
        raise NotAllowed("assignment_unknown", assignment=name)
    return read_kept(found[0][1], Assignment, place=name)


def _letter(office: Office, name: str) -> bytes:
    with open_register(office.register) as db:
        return assignments_named(db, name)[0][1]


def _made(office: Office, checked: _Checked, progress: Progress) -> tuple[Assignment, bool]:
    """Make the assignment with its sealed files; the version before, where it says the same."""
    before, now = checked.before, office.clock.now()
    attachments, pieces = _attachments(office, checked, progress)
    chain = Chain(
        visit=before.visit if before else VisitId(new_id(office.clock)),
        device=before.device if before else DeviceId(new_id(office.clock)),
        author=before.author if before else AuditorId(new_id(office.clock)),
        clock=office.clock,
        entries=list(before.entries) if before else [],
    )
    chain.say(said(_contents(office, checked, chain, pieces, now.date().isoformat())))
    with disk_errors(office.folder):
        profile = (office.folder / PROFILE).read_text("utf-8")
    made = Assignment(
        id=before.id if before else new_id(office.clock),
        version=before.version + 1 if before else 1,
        visit=chain.visit,
        device=chain.device,
        author=chain.author,
        office=office.profile.office,
        made_at=moment_text(now),
        form=checked.form.form.form,
        form_digest=checked.form.digest,
        recipient=office.profile.recipient,
        team=checked.team,
        entries=tuple(chain.entries),
        attachments=attachments,
        profile=profile,
    )
    check_assignment(made)
    if before and msgspec.structs.replace(made, version=before.version, made_at=before.made_at) == before:
        return before, False
    return made, True


def _contents(office: Office, checked: _Checked, chain: Chain, pieces: Sequence[Piece], today: str) -> Contents:
    before = chain.state if chain.entries else None
    issued = before.facts.get("assignment", {}).get("issued", today) if before else today
    return Contents(
        visit=chain.visit,
        author=chain.author,
        office=office.profile.office,
        issued=issued,
        file=checked.read.file,
        form=checked.form,
        team=checked.team,
        previous=checked.previous,
        pieces=pieces,
    )


def _attachments(office: Office, checked: _Checked, progress: Progress) -> tuple[tuple[Attachment, ...], list[Piece]]:
    """Seal the form and the documents, once for the whole team and the office; what was sealed so before is used again."""
    recipients = [*(one.recipient for one in checked.team), office.profile.recipient]
    plan = IntakePlan(vault=_vault(office), recipients=recipients, known=frozenset(), clock=office.clock)
    known = _sealed_alike(plan, checked.before)
    plan = replace(plan, known=frozenset(known))
    form = known.get(checked.form.digest) or _sealed_form(plan, checked.form)
    attachments, pieces = {form.original: form}, []
    there = check_assignment(checked.before).evidence if checked.before else {}
    for done, line in enumerate(checked.read.file.documents):
        progress("sealing", done, len(checked.read.file.documents))
        path = checked.read.path.parent / line.file
        digest = sha256_of_file(path)
        if digest in attachments:
            checked.read.problem(("documents", done, "file"), "twice", value=line.file)
            checked.read.stop_at_problems()
        attachments[digest], piece = _sealed(plan, path, known.get(digest))
        pieces.append(Piece(line=line, digest=digest, taken=None if digest in there else piece))
    return tuple(attachments.values()), pieces


def _sealed_alike(plan: IntakePlan, before: Assignment | None) -> dict[Digest, Attachment]:
    """Give the attachments of the version before by their originals, where they are sealed to the same people."""
    if before is None or set(plan.recipients) != {*(one.recipient for one in before.team), before.recipient}:
        return {}
    return {one.original: one for one in before.attachments if plan.vault.path(one.sealed).exists()}


def _sealed_form(plan: IntakePlan, form: CompiledForm) -> Attachment:
    made = plan.vault.seal(io.BytesIO(form.canonical), plan.recipients)
    return Attachment(what=FORM, sealed=made.sealed, sealed_size=made.sealed_size, original=made.original, size=made.size)


def _sealed(plan: IntakePlan, path: Path, known: Attachment | None) -> tuple[Attachment, tuple[Any, Intake]]:
    file = seal_file(plan, path)
    made, intake = file.object, Intake(evidence=file.object.original, name=file.name, at=file.at, offset=file.offset, lost=file.lost)
    if known:
        return known, (original_of(file), intake)
    found = Attachment(what=PIECE, sealed=made.sealed, sealed_size=made.sealed_size, original=made.original, size=made.size)
    return found, (original_of(file), intake)


def _vault(office: Office) -> Vault:
    """Give the folder of sealed files that belong to assignments."""
    return Vault(office.folder / "assignments")


def _row(made: Assignment, letter: bytes) -> Row:
    facts = check_assignment(made).facts
    days = {name: facts.get(name) or None for name in ("starts_on", "ends_on")}
    return {
        "assignment": made.id,
        "version": made.version,
        "visit": made.visit,
        **{name: str(facts.get(name, "")) for name in ("site", "company", "country", "kind")},
        "form": made.form,
        "form_digest": made.form_digest,
        **days,
        "due": facts["assignment"].get("due") or None,
        "team": "\n".join(f"{one.name} {one.auditor}" for one in made.team),
        "made_at": made.made_at,
        "sent_at": None,
        "letter": letter,
    }
