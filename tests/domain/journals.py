"""Journals as they come to be: laptops that set, delete and merge in any order, with ids that follow no clock."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from auditor_app.domain.journal import DELETED, Entry, Subject, entry_digest, fold, merge

VISIT = "visit-1"
LAPTOPS = ("ana", "bo", "chi")
SUBJECTS = (Subject("criterion", "17"), Subject("check", "17-d1"), Subject("finding", "f1"))
FIELDS = ("because", "note")

texts = st.text(st.characters(codec="utf-8"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)
"""Everything that has one canonical form."""

laptops, subjects = st.sampled_from(LAPTOPS), st.sampled_from(SUBJECTS)
steps = st.one_of(
    st.tuples(st.just("set"), laptops, subjects, st.sampled_from(FIELDS), values | st.sampled_from([0, 1, False, True])),
    st.tuples(st.just("delete"), laptops, subjects),
    st.tuples(st.just("merge"), laptops, laptops),
)
stories = st.lists(steps, min_size=1, max_size=25)


@dataclass
class Laptop:
    """What one person knows, and writes."""

    name: str
    known: dict[str, Entry] = field(default_factory=dict)

    def write(self, subject: Subject, name: str, value: Any, replaces: tuple[str, ...]) -> Entry:
        own = sorted((one for one in self.known.values() if one.device == self.name), key=lambda one: one.sequence)
        entry = Entry(
            id=hashlib.sha256(f"{self.name} {len(own)}".encode()).hexdigest()[:12],
            visit=VISIT,
            device=self.name,
            sequence=len(own) + 1,
            previous=entry_digest(own[-1]) if own else "",
            author=f"author-{self.name}",
            recorded_at="2026-05-04T09:08:07.000000Z",
            offset="+00:00",
            subject_kind=subject.kind,
            subject_id=subject.id,
            field=name,
            value=value,
            replaces=replaces,
            reason="",
        )
        self.known[entry.id] = entry
        return entry

    def heads(self, subject: Subject) -> dict[str, tuple[Entry, ...]]:
        return {where.name: found for where, found in fold(self.known.values()).items() if where.subject == subject}

    def set(self, subject: Subject, name: str, value: Any) -> Entry:
        return self.write(subject, name, value, tuple(head.id for head in self.heads(subject).get(name, ())))

    def delete(self, subject: Subject) -> Entry:
        return self.write(subject, DELETED, True, tuple(head.id for found in self.heads(subject).values() for head in found))

    def take_over(self, other: "Laptop") -> None:
        self.known = merge(self.known.values(), other.known.values())


def play(story: list[tuple[Any, ...]]) -> list[Laptop]:
    """Play a story and give the laptops as they are at its end, not yet merged."""
    team = {name: Laptop(name) for name in LAPTOPS}
    for step, who, *rest in story:
        if step == "set":
            team[who].set(*rest)
        elif step == "delete":
            team[who].delete(*rest)
        else:
            team[who].take_over(team[rest[0]])
    return list(team.values())


def played_entries(story: list[tuple[Any, ...]]) -> list[Entry]:
    """Play a story and merge everything."""
    return list(merge(*(laptop.known.values() for laptop in play(story))).values())


whole_journals = stories.map(played_entries).filter(bool)
