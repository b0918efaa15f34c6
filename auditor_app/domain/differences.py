"""What two states of one visit differ in: between two bundles that the office reads, or since the one that it read. Pure.

Everything that an assessment says is laid out as fields of subjects, and those are compared; who changed what, when and why is in the
entries written between the two.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from auditor_app.domain.closing import ATTENDEE, CLOSING
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.findings import CLOSES
from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.journal import DELETED, Entry, Subject
from auditor_app.domain.photos import OBJECTION
from auditor_app.domain.planning import AREA, DOCUMENT, QUOTA, WORKFORCE
from auditor_app.domain.provisional import CHANGED, RAISED, WITHDRAWN, Change, made_by, made_so
from auditor_app.domain.reviews import QUESTION, REPLY
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, FINDING, LIMIT, LINK, SAID_OF_EVIDENCE, STANCES, VISIT, VisitState

BESIDE = {VISIT: {"state", "assignment"}, CRITERION: {"assigned"}}
"""What is the auditors' own business and says nothing of the site."""

ORDER = (VISIT, CRITERION, CHECK, FINDING, LIMIT, QUESTION, EVIDENCE)
"""The kinds that come first, in this order; all others follow."""

SETTLED = "settled"
LINKED = (*STANCES, CLOSES, SETTLED)
"""The fields under which links of evidence stand at what they are to: the digests of the pieces, and how contradictions were settled."""

_LISTS = {
    "limits": (LIMIT, "what"),
    "areas": (AREA, "name"),
    "documents": (DOCUMENT, "title"),
    "quotas": (QUOTA, "group"),
    "workforce": (WORKFORCE, "group"),
    "interviews": (INTERVIEW, "group"),
    "quotes": (QUOTE, "original"),
    "objections": (OBJECTION, "why"),
    "closings": (CLOSING, "held_at"),
    "attendees": (ATTENDEE, "name"),
    "equivalences": (EQUIVALENCE, "system"),
}
"""The lists of a visit: the kind of their lines, and the field that a person knows a line by."""


@dataclass(slots=True)
class _Told:
    """What is told of one subject; `begins` says whether it is there by itself and not only by what is said of it."""

    begins: bool = False
    title: str = ""
    number: int = 0
    fields: dict[str, Any] = field(default_factory=dict)


def differences(before: VisitState, after: VisitState, since: Iterable[Entry] = ()) -> tuple[Change, ...]:
    """List what differs, by subject; `since` are the entries that only the later state knows, which tell who, when and why.

    With the two states in each other's place, raised and withdrawn, before and after are swapped.
    """
    old, new = _told(before), _told(after)
    made: dict[Subject, list[Entry]] = defaultdict(list)
    for entry in sorted(since, key=lambda one: one.id):
        made[_about(entry)].append(entry)
    subjects = sorted({*old, *new}, key=_place)
    return tuple(change for one in subjects for change in _of_subject(one, old.get(one, _Told()), new.get(one, _Told()), made[one]))


def only_in(later: Iterable[Entry], earlier: Iterable[Entry]) -> list[Entry]:
    """Give the entries that the later journal has and the earlier one has not."""
    known = {entry.id for entry in earlier}
    return [entry for entry in later if entry.id not in known]


def _of_subject(subject: Subject, old: _Told, new: _Told, made: list[Entry]) -> Iterator[Change]:
    number, title = old.number or new.number, new.title or old.title
    if old.begins != new.begins:
        kind = RAISED if new.begins else WITHDRAWN
        entries = made[:1] if new.begins else made_so(made, subject, DELETED)
        yield made_by(entries, Change(subject=subject, kind=kind, number=number, title=title))
        return
    for name in dict.fromkeys((*old.fields, *new.fields)):
        was, now = old.fields.get(name), new.fields.get(name)
        if (was or None) != (now or None):
            change = Change(subject=subject, kind=CHANGED, number=number, title=title, field=name, before=was, after=now)
            yield made_by(_entries_of(made, subject, name), change)


def _entries_of(made: list[Entry], subject: Subject, name: str) -> list[Entry]:
    """Find who made a field so; of links whoever linked last."""
    if name in LINKED and any(entry.subject_kind == LINK for entry in made):
        return [entry for entry in made if entry.subject_kind == LINK][-1:]
    return made_so(made, subject, name)


def _told(state: VisitState) -> dict[Subject, _Told]:
    told: dict[Subject, _Told] = defaultdict(_Told)
    told[Subject(VISIT, state.id)].fields = _without(state.facts, VISIT)
    for kind, said in ((CRITERION, state.criteria), (CHECK, state.checks)):
        for one_id, one in said.items():
            told[Subject(kind, one_id)].fields = _without(_plain(one), kind)
    for number, finding in enumerate(state.findings, start=1):
        told[Subject(FINDING, finding.id)] = _Told(begins=True, title=finding.title, number=number, fields=_plain(finding))
    for digest, piece in state.evidence.items():
        words = {name: getattr(piece, name) for name in SAID_OF_EVIDENCE}
        told[Subject(EVIDENCE, digest)] = _Told(begins=True, title=piece.title, fields=words)
    for name, (kind, known_by) in _LISTS.items():
        for line in getattr(state, name):
            told[Subject(kind, line.id)] = _Told(begins=True, title=str(getattr(line, known_by)), fields=_plain(line))
    for question in state.questions:  # that it was asked is the office's doing, and no difference of the assessment
        told[Subject(QUESTION, question.id)] = _Told(title=question.text, fields={REPLY: question.reply})
    _add_links(told, state)
    return told


def _add_links(told: dict[Subject, _Told], state: VisitState) -> None:
    for link in sorted(state.links, key=lambda one: one.evidence):
        said = told[link.target].fields
        said[link.stance] = (*said.get(link.stance, ()), link.evidence)
        if link.settled.strip():
            said[SETTLED] = (*said.get(SETTLED, ()), link.settled)


def _plain(one: Any) -> dict[str, Any]:
    return {each.name: getattr(one, each.name) for each in fields(one) if each.name != "id"}


def _without(said: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in BESIDE[kind]} if kind in BESIDE else dict(said)


def _about(entry: Entry) -> Subject:
    """Say where an entry tells: a link at what it is to."""
    if entry.subject_kind != LINK:
        return entry.where.subject
    _digest, _, target = entry.subject_id.partition("/")
    kind, _, name = target.partition("/")
    return Subject(kind, name)


def _place(subject: Subject) -> tuple[int, str, int, str]:
    """Order subjects: kinds first, numbers of criteria as numbers."""
    kind = ORDER.index(subject.kind) if subject.kind in ORDER else len(ORDER)
    return kind, subject.kind, int(subject.id) if subject.id.isdecimal() and len(subject.id) < 10 else 0, subject.id
