"""History, undo and clashes: every value ever entered, who, when, why; and choosing where two people differ."""

import msgspec

from auditor_app.domain.changes import Changes
from auditor_app.domain.closing import CLOSING
from auditor_app.domain.journal import DELETED, Entry, Field, Subject
from auditor_app.domain.photos import CAMERA
from auditor_app.domain.reviews import QUESTION, REPLY, REVIEW
from auditor_app.domain.visit import AUDITOR, FINDING, INTAKE, LIMIT, VISIT, Clash
from auditor_app.errors import NotAllowed
from auditor_app.ids import EntryId, VisitId
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.journal import entries_of_visit
from auditor_app.workflows.lists import REQUIRED
from auditor_app.workspace import Workspace
from auditor_app.workspace.recording import Recorder

UNDID = "undo "
"""How the reason of an entry begins that takes another back; the other's id follows."""

REVIEWED = "review "
"""How the reason of an entry begins that follows from the office's decision; the review's id follows."""

BEGINNING = ("form", "form_digest", "state", "kind", "site", "site_type")
"""The facts that every visit begins with."""

BEGINS_SUBJECT = {(FINDING, "criterion"), (LIMIT, "what"), (CLOSING, "frozen"), (CAMERA, "offset_seconds"), *REQUIRED.items()}
"""The fields with which a finding, a limit, a closing meeting, a camera's clock or a line of a list begins; an entry that revises one
is undone like any other."""

MADE = {"original", "derived_from", "derived_by"}
"""What is told of evidence by how it came to be."""


def history(workspace: Workspace, visit: VisitId, subject: Subject | None = None) -> list[Entry]:
    """List the entries of a visit or of one subject in the order in which they were written."""
    workspace.visit(visit)
    with sqlite_errors(workspace.folder):
        entries = entries_of_visit(workspace.db, visit, subject)
    return sorted(entries, key=lambda entry: (entry.recorded_at, entry.device, entry.sequence))


def undo(workspace: Workspace, visit: VisitId, entry: EntryId | None = None) -> Changes:
    """Take back an entry of this visit, by default all that was last changed together on this device and not taken back yet.

    Each field gets the value before, by one more entry; a finding, a limit or a line goes with the entry that began it. Raises
    NotAllowed when a field was set anew since, for what is never undone, or when nothing is left; then nothing is taken back.
    """
    entries = {one.id: one for one in entries_of_visit(workspace.db, visit)}
    act = [entries[entry]] if entry in entries else [] if entry else _last_act(workspace, entries)
    if not act:
        raise NotAllowed("nothing_to_undo")
    gone = set[Subject]()
    with workspace.recording(visit) as recorder:
        for found in sorted(act, key=lambda one: (not _begins(one), -one.sequence)):
            if found.where.subject not in gone:
                _take_back(recorder, found, entries)
            if _begins(found):
                gone.add(found.where.subject)
    return recorder.changes


def clashes(workspace: Workspace, visit: VisitId) -> tuple[Clash, ...]:
    """List the fields that two people set differently."""
    return workspace.visit(visit).clashes


def choose(workspace: Workspace, visit: VisitId, entry: EntryId, *, reason: str = "") -> Changes:
    """Settle a clash by choosing one of its entries: its value is set anew, replacing all of them.

    Where one deleted what another went on with, choosing the deletion takes all of the subject away, and choosing the other
    brings back what the deletion took.
    """
    found = next((head for clash in clashes(workspace, visit) for head in clash.heads if head.id == entry), None)
    if found is None:
        raise NotAllowed("entry_not_in_clash", entry=entry)
    subject = found.where.subject
    with workspace.recording(visit) as recorder:
        if found.field == DELETED:
            recorder.remove(subject, reason=reason)
            return recorder.changes
        heads = recorder.heads(subject)
        deletions = heads.get(Field(subject, DELETED), ())
        rivals = (*heads.get(found.where, ()), *deletions)
        recorder.add(subject, found.field, found.value, replaces=tuple(head.id for head in rivals), reason=reason)
        _bring_back(workspace, recorder, deletions, reason)
    return recorder.changes


def _bring_back(workspace: Workspace, recorder: Recorder, deletions: tuple[Entry, ...], reason: str) -> None:
    """Set the fields that deletions took anew, except those that have a value again."""
    gone = {old for deletion in deletions for old in deletion.replaces}
    for old in entries_of_visit(workspace.db, recorder.visit):
        if old.id in gone and old.where not in recorder.heads(old.where.subject):
            recorder.add(old.where.subject, old.field, old.value, replaces=(), reason=reason)


def _take_back(recorder: Recorder, found: Entry, entries: dict[EntryId, Entry]) -> None:
    """Take one entry back, or all of the subject that it began."""
    if _is_fixed(found):
        raise NotAllowed("entry_not_undone", entry=found.id)
    heads = recorder.heads(found.where.subject).get(found.where, ())
    if any(head.id != found.id and not _takes_back(head, entries) for head in heads):
        raise NotAllowed("entry_not_current", entry=found.id)
    if _begins(found):
        _remove(recorder, found)
    else:
        _set_before(recorder, found, [entries[gone] for gone in found.replaces if gone in entries], heads)


def _last_act(workspace: Workspace, entries: dict[EntryId, Entry]) -> list[Entry]:
    """Find what was last changed on this device in one moment, was not taken back, and was not itself a taking back."""
    own = sorted((one for one in entries.values() if one.device == workspace.device), key=lambda one: one.sequence)
    backs = [one for one in own if _takes_back(one, entries)]
    undone = {one.reason.removeprefix(UNDID) for one in backs}
    taken = {one.where.subject: one.sequence for one in backs if one.field == DELETED}  # all that was said of it went with it
    said = [one for one in own if not _is_fixed(one) and one.sequence > taken.get(one.where.subject, 0)]
    open_ones = [one for one in said if one.id not in undone and not _takes_back(one, entries)]
    last = max(open_ones, key=lambda one: one.sequence, default=None)
    return [one for one in open_ones if last is not None and one.recorded_at == last.recorded_at]


def _begins(entry: Entry) -> bool:
    """Say whether a subject begins with an entry."""
    return (entry.subject_kind, entry.field) in BEGINS_SUBJECT and not entry.replaces


def _is_fixed(entry: Entry) -> bool:
    """Say whether an entry is never undone: an intake happened, a name belongs to the entries, a visit keeps what it began with."""
    begins = entry.subject_kind == VISIT and entry.field in BEGINNING and not entry.replaces
    followed = (entry.subject_kind, entry.field) == (VISIT, "state") and entry.reason.startswith(REVIEWED)
    asked = entry.subject_kind == REVIEW or (entry.subject_kind == QUESTION and entry.field != REPLY)
    return begins or followed or asked or entry.subject_kind in {INTAKE, AUDITOR} or entry.field in MADE


def _takes_back(entry: Entry, entries: dict[EntryId, Entry]) -> bool:
    """Say whether an entry takes another one back; a person's reason may begin with the same word."""
    return entry.reason.startswith(UNDID) and entry.reason.removeprefix(UNDID) in entries


def _remove(recorder: Recorder, found: Entry) -> None:
    """Take a subject away that this device began. Raises NotAllowed when a colleague went on with it."""
    if any(head.device != found.device for heads in recorder.heads(found.where.subject).values() for head in heads):
        raise NotAllowed("entry_not_current", entry=found.id)
    recorder.remove(found.where.subject, reason=UNDID + found.id)


def _set_before(recorder: Recorder, found: Entry, before: list[Entry], heads: tuple[Entry, ...]) -> None:
    """Write the values that an entry replaced, in place of what stands now; a field that had none is emptied."""
    reason, current = UNDID + found.id, tuple(head.id for head in heads)
    if found.field != DELETED:
        before = before[-1:] or [msgspec.structs.replace(found, value=type(found.value)())]
    for position, old in enumerate(before):
        recorder.add(old.where.subject, old.field, old.value, replaces=current if position == 0 else (), reason=reason)
