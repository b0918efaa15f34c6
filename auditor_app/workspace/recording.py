"""The one way to change a visit: set fields within a transaction; each becomes an entry of this device's chain."""

from datetime import datetime
from typing import Any

import msgspec

from auditor_app.clock import Clock, moment_text, offset_text
from auditor_app.domain.changes import Changes
from auditor_app.domain.fields import check_value
from auditor_app.domain.journal import DELETED, Entry, Field, Heads, Subject
from auditor_app.ids import AuditorId, DeviceId, EntryId, VisitId, new_id
from auditor_app.sqlite_driver import Database
from auditor_app.store.journal import add_entry, heads_of_field, heads_of_subject, last_of_chain


class Recorder:
    """Writes entries of one visit by one author; lives as long as one transaction.

    All its entries carry the moment of the transaction, by which they are known as one act.
    """

    def __init__(self, db: Database, clock: Clock, visit: VisitId, author: AuditorId, device: DeviceId, *, at: datetime) -> None:
        """Continue the device's chain in the visit."""
        self.visit = visit
        self._db, self._clock, self._author, self._device = db, clock, author, device
        self._at, self._offset = moment_text(at), offset_text(at)
        self._sequence, self._previous = last_of_chain(db, visit, device)
        self._touched: set[Subject] = set()

    def set(self, subject: Subject, field: str, value: Any, *, reason: str = "") -> None:
        """Set a field, replacing the entries that are current for it; the value that it already has changes nothing."""
        current = heads_of_field(self._db, self.visit, Field(subject, field))
        plain = msgspec.to_builtins(value)
        if current and {_compared(head.value) for head in current} == {_compared(plain)}:
            return
        self.add(subject, field, plain, replaces=tuple(head.id for head in current), reason=reason)

    def remove(self, subject: Subject, *, reason: str) -> None:
        """Delete a subject: replaces every head of it that is known here; an edit made meanwhile elsewhere survives as a clash."""
        heads = [head for found in self.heads(subject).values() for head in found]
        self.add(subject, DELETED, True, replaces=tuple(head.id for head in heads), reason=reason)

    def heads(self, subject: Subject) -> Heads:
        """Give the current heads of a subject, this transaction included."""
        return heads_of_subject(self._db, self.visit, subject)

    def add(self, subject: Subject, field: str, value: Any, *, replaces: tuple[EntryId, ...], reason: str) -> Entry:
        """Add one entry that replaces exactly the given ones. Raises Corrupted for a field or value that the domain does not know."""
        entry = Entry(
            id=EntryId(new_id(self._clock)),
            visit=self.visit,
            device=self._device,
            sequence=self._sequence + 1,
            previous=self._previous,
            author=self._author,
            recorded_at=self._at,
            offset=self._offset,
            subject_kind=subject.kind,
            subject_id=subject.id,
            field=field,
            value=value,
            replaces=replaces,
            reason=reason,
        )
        check_value(entry)
        self._sequence, self._previous = entry.sequence, add_entry(self._db, entry)
        self._touched.add(subject)
        return entry

    @property
    def changes(self) -> Changes:
        """Tell what was touched."""
        return Changes(visit=self.visit, subjects=frozenset(self._touched), saved_at=self._at)


def _compared(value: Any) -> bytes:
    """Give bytes that are equal for equal values alone: to Python, 1 equals True."""
    return msgspec.json.encode(value, order="sorted")
