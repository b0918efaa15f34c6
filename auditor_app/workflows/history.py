"""History, undo and clashes: every value ever entered, who, when, why; and choosing where two people differ."""

import msgspec

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import DELETED, Entry, Field, Subject
from auditor_app.domain.visit import AUDITOR, INTAKE, Clash
from auditor_app.errors import NotAllowed
from auditor_app.ids import EntryId, VisitId
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.journal import entries_of_visit
from auditor_app.workspace import Workspace
from auditor_app.workspace.recording import Recorder

UNDID = "undo "
"""How the reason of an entry begins that takes another back; the other's id follows."""

FIXED = (INTAKE, AUDITOR)
"""Kinds of subjects that are not undone: an intake happened, and an author's name belongs to the entries."""


def history(workspace: Workspace, visit: VisitId, subject: Subject | None = None) -> list[Entry]:
    """List the entries of a visit or of one subject in the order in which they were written."""
    workspace.visit(visit)
    with sqlite_errors(workspace.folder):
        entries = entries_of_visit(workspace.db, visit, subject)
    return sorted(entries, key=lambda entry: (entry.recorded_at, entry.device, entry.sequence))


def undo(workspace: Workspace, visit: VisitId, entry: EntryId | None = None) -> Changes:
    """Take back an entry of this visit, by default the last change made on this device that was not taken back yet.

    Each field gets the value before, by one more entry. Raises NotAllowed when the field was set anew since, or nothing is left.
    """
    entries = {one.id: one for one in entries_of_visit(workspace.db, visit)}
    found = entries.get(entry) if entry else _last_own(workspace, entries)
    if found is None:
        raise NotAllowed("nothing_to_undo")
    with workspace.recording(visit) as recorder:
        heads = recorder.heads(found.where.subject).get(found.where, ())
        if any(head.id != found.id and not head.reason.startswith(UNDID) for head in heads):
            raise NotAllowed("entry_not_current", entry=found.id)
        _set_before(recorder, found, [entries[gone] for gone in found.replaces if gone in entries], heads)
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


def _last_own(workspace: Workspace, entries: dict[EntryId, Entry]) -> Entry | None:
    """Find the last change of this device that was not taken back and was not itself a taking back."""
    undone = {one.reason.removeprefix(UNDID) for one in entries.values() if one.reason.startswith(UNDID)}
    own = [one for one in entries.values() if one.device == workspace.device and one.subject_kind not in FIXED]
    open_ones = [one for one in own if one.id not in undone and not one.reason.startswith(UNDID) and one.field != "original"]
    return max(open_ones, key=lambda one: one.sequence, default=None)


def _set_before(recorder: Recorder, found: Entry, before: list[Entry], heads: tuple[Entry, ...]) -> None:
    """Write the values that an entry replaced, in place of what stands now; a field that had none is emptied."""
    reason, current = UNDID + found.id, tuple(head.id for head in heads)
    if found.field != DELETED:
        before = before[-1:] or [msgspec.structs.replace(found, value=type(found.value)())]
    for position, old in enumerate(before):
        recorder.add(old.where.subject, old.field, old.value, replaces=current if position == 0 else (), reason=reason)
