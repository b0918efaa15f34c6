"""The office's own chain in the journal of a visit: what it says now, as entries that go on from what it said before."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.clock import Clock, moment_text, offset_text
from auditor_app.domain.earlier import EARLIER
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.fields import check_value
from auditor_app.domain.journal import DELETED, Entry, Field, Subject, entry_digest, fold
from auditor_app.domain.planning import DOCUMENT
from auditor_app.domain.visit import EVIDENCE, INTAKE, VisitState, read_visit
from auditor_app.ids import AuditorId, DeviceId, EntryId, VisitId, new_id

_LISTS = {EARLIER, EQUIVALENCE, DOCUMENT, EVIDENCE}
"""Kinds whose subjects are removed when they are said no more; of others the fields are emptied, and an intake stays as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of one subject: field by field. Without an id it is the one whose `key` fields have these values, or a new one."""

    kind: str
    id: str = ""
    fields: Mapping[str, Any]
    key: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Chain:
    """The entries so far; new ones are added at its end."""

    visit: VisitId
    device: DeviceId
    author: AuditorId
    clock: Clock
    entries: list[Entry]
    _heads: dict[Field, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def state(self) -> VisitState:
        """Give the visit as it is said so far."""
        return read_visit(self.visit, fold(self.entries))

    def say(self, wanted: Sequence[Said]) -> None:
        """Say all this and nothing else: what was said before and is not among it is emptied, and its lists' lines are removed."""
        self._heads = fold(self.entries)
        told: dict[Subject, set[str]] = {}
        for one in wanted:
            subject = Subject(one.kind, one.id or self._known_as(one, told) or new_id(self.clock))
            told.setdefault(subject, set()).update(one.fields)
            for name, value in one.fields.items():
                self._set(subject, name, value)
        self._forget(told)

    def _known_as(self, one: Said, taken: Container[Subject]) -> str:
        """Find the subject that has the same key, and is not another line of the same list already."""
        fits = (where.subject for where in self._heads if where.subject.kind == one.kind and where.name == one.key[0])
        for subject in fits:
            values = {name: self._value(subject, name) for name in one.key}
            if subject not in taken and values == {name: one.fields[name] for name in one.key}:
                return subject.id
        return ""

    def _value(self, subject: Subject, name: str) -> Any:
        heads = self._heads.get(Field(subject, name))
        return heads[-1].value if heads else ""

    def _forget(self, told: Mapping[Subject, set[str]]) -> None:
        for where, heads in list(self._heads.items()):
            subject = where.subject
            if where.name in {DELETED, "original"} or subject.kind == INTAKE or where not in self._heads:
                continue
            if subject.kind in _LISTS and subject not in told:
                self._remove(subject)
            elif where.name not in told.get(subject, ()):
                self._set(subject, where.name, type(heads[-1].value)())

    def _remove(self, subject: Subject) -> None:
        gone = [where for where in self._heads if where.subject == subject]
        replaced = tuple(head.id for where in gone for head in self._heads[where])
        for where in gone:
            del self._heads[where]
        self._add(subject, DELETED, True, replaced)

    def _set(self, subject: Subject, name: str, value: Any) -> None:
        written, current = canonical_bytes(msgspec.to_builtins(value)), self._heads.get(Field(subject, name), ())
        if current and {canonical_bytes(head.value) for head in current} == {written}:
            return
        plain = msgspec.json.decode(written)  # as it will be read: a list, where there was a tuple
        if not current and plain in ("", [], {}):
            return
        removed = self._heads.pop(Field(subject, DELETED), ())
        self._add(subject, name, plain, tuple(head.id for head in (*current, *removed)))

    def _add(self, subject: Subject, name: str, value: Any, replaces: tuple[EntryId, ...]) -> None:
        now = self.clock.now()
        entry = Entry(
            id=EntryId(new_id(self.clock)),
            visit=self.visit,
            device=self.device,
            sequence=len(self.entries) + 1,
            previous=entry_digest(self.entries[-1]) if self.entries else "",
            author=self.author,
            recorded_at=moment_text(now),
            offset=offset_text(now),
            subject_kind=subject.kind,
            subject_id=subject.id,
            field=name,
            value=value,
            replaces=replaces,
        )
        check_value(entry)
        self.entries.append(entry)
        self._heads[entry.where] = (entry,)
