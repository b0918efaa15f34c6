"""The one journal: entries, their fold into current values, their merge, and the hash chain that fixes them.

An entry says who set which field of which subject to what, when, replacing which entries, and why. Entries are never changed
or removed; state, history, undo, team merge and tamper evidence all follow from them. Everything here is pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.digests import sha256_of
from auditor_app.errors import Corrupted
from auditor_app.ids import AuditorId, DeviceId, Digest, EntryId, VisitId


class Subject(NamedTuple):
    """What an entry speaks of: a kind ("criterion", "evidence", …) and the id within it."""

    kind: str
    id: str


class Field(NamedTuple):
    """One field of one subject: the unit that is set, replaced and merged."""

    subject: Subject
    name: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One change, in exactly the form that is digested, stored and exchanged."""

    id: EntryId
    visit: VisitId
    device: DeviceId
    sequence: int
    previous: str
    """Digest of this device's entry before it in the same visit; empty for its first."""
    author: AuditorId
    recorded_at: str
    offset: str
    subject_kind: str
    subject_id: str
    field: str
    value: Any
    replaces: tuple[EntryId, ...] = ()
    reason: str = ""

    @property
    def where(self) -> Field:
        """Give the field that this entry sets."""
        return Field(Subject(self.subject_kind, self.subject_id), self.field)


DELETED = "deleted"
"""The field that a deletion sets; it replaces every head of its subject."""

Heads = Mapping[Field, tuple[Entry, ...]]


def entry_line(entry: Entry) -> bytes:
    """Give the canonical bytes of an entry: one JSON line without its end, the form that is digested."""
    return canonical_bytes(msgspec.to_builtins(entry))


def entry_digest(entry: Entry) -> Digest:
    """Digest an entry, as the next entry of the same chain names it."""
    return sha256_of(entry_line(entry))


def read_entry(line: bytes, place: str) -> Entry:
    """Read an entry from outside; a line in any other than the canonical form is none. Raises Corrupted naming the place."""
    try:
        entry = msgspec.json.decode(line, type=Entry)
        canonical = entry_line(entry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, TypeError) as error:  # TypeError: a float
        raise Corrupted("entry_unreadable", place=place, detail=str(error)) from error
    if canonical != line.removesuffix(b"\n"):
        raise Corrupted("entry_unreadable", place=place, detail="not in canonical form")
    return entry


def fold(entries: Iterable[Entry]) -> dict[Field, tuple[Entry, ...]]:
    """Find the heads of every field: the entries that no other entry replaces, in the order of their ids."""
    known = list(entries)
    replaced = {gone for entry in known for gone in entry.replaces}
    heads: dict[Field, list[Entry]] = defaultdict(list)
    for entry in sorted(known, key=lambda one: one.id):
        if entry.id not in replaced:
            heads[entry.where].append(entry)
    return {where: tuple(found) for where, found in heads.items()}


def is_clash(heads: tuple[Entry, ...]) -> bool:
    """Say whether the heads of one field differ in value, so that a person must choose."""
    return len(heads) > 1 and len({canonical_bytes(head.value) for head in heads}) > 1


def merge(*journals: Iterable[Entry]) -> dict[EntryId, Entry]:
    """Unite journals as sets, by entry id. Raises Corrupted when one id carries two contents."""
    united: dict[EntryId, Entry] = {}
    for entry in (entry for journal in journals for entry in journal):
        known = united.setdefault(entry.id, entry)
        if known is not entry and entry_line(known) != entry_line(entry):  # by bytes: to Python, 1 equals True
            raise Corrupted("entry_differs", entry=entry.id)
    return united


def chain_heads(entries: Iterable[Entry]) -> dict[DeviceId, tuple[int, Digest]]:
    """Check every device's hash chain in one visit's entries and give each chain's last sequence and digest.

    Raises Corrupted naming the device and the sequence at which the chain breaks.
    """
    chains: dict[DeviceId, list[Entry]] = defaultdict(list)
    for entry in entries:
        chains[entry.device].append(entry)
    return {device: _walk_chain(device, chain) for device, chain in sorted(chains.items())}


def _walk_chain(device: DeviceId, chain: list[Entry]) -> tuple[int, Digest]:
    last = ""
    for place, entry in enumerate(sorted(chain, key=lambda one: one.sequence), start=1):
        if entry.sequence != place or entry.previous != last:
            raise Corrupted("chain_broken", device=device, sequence=place)
        last = entry_digest(entry)
    return len(chain), Digest(last)


def check_replacements(entries: Iterable[Entry]) -> None:
    """Demand that entries only replace known entries of the same subject, and never each other in a circle.

    A circle would make values vanish without trace. Raises Corrupted naming an entry.
    """
    known = {entry.id: entry for entry in entries}
    for entry in known.values():
        for gone in entry.replaces:
            if gone not in known or known[gone].where.subject != entry.where.subject:
                raise Corrupted("entry_replaces_unknown", entry=entry.id, replaces=gone)
    try:
        TopologicalSorter({entry.id: entry.replaces for entry in known.values()}).prepare()
    except CycleError as error:
        raise Corrupted("entries_in_a_circle", entry=error.args[1][0]) from error
