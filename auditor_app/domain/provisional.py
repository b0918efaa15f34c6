"""The provisional state of a visit, as a closing meeting froze it, and what was changed since. Pure.

Nothing is copied when a meeting freezes the findings: the journal up to the frozen heads is the provisional state.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from auditor_app.domain.findings import REPLIED, Finding
from auditor_app.domain.journal import DELETED, Entry, Subject, entry_digest
from auditor_app.domain.visit import CRITERION, FINDING, LINK, CriterionState, VisitState
from auditor_app.errors import Corrupted
from auditor_app.ids import Digest

RAISED, WITHDRAWN, CHANGED = "raised", "withdrawn", "changed"

SAID_BY_SITE = ("position", "site_reply")
"""What the meeting is held for: that it is said is no change of a finding."""

EVIDENCE = "evidence"
"""Names the change of what is linked to a finding, whose values are the pieces' digests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not as it was shown: a finding raised, withdrawn or changed, or the rating of a criterion.

    `number` is the one under which the finding was shown, 0 for one raised since. `before` and `after` are the field's values; who
    (id of the author), when and why are those of the entry that made it so.
    """

    subject: Subject
    kind: str
    number: int = 0
    title: str = ""
    field: str = ""
    before: object = ""
    after: object = ""
    by: str = ""
    at: str = ""
    offset: str = ""
    reason: str = ""


def entries_within(entries: Iterable[Entry], heads: Mapping[str, str]) -> list[Entry]:
    """Give the entries of a visit that were there when each device's chain ended at its given head (its digest).

    Raises Corrupted("frozen_state_lost") when a head is not in its chain.
    """
    chains: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        chains[entry.device].append(entry)
    return [entry for device, head in heads.items() for entry in _until(sorted(chains[device], key=lambda one: one.sequence), device, head)]


def _until(chain: Sequence[Entry], device: str, head: str) -> Sequence[Entry]:
    """Cut a chain after its head: the entry that the next one names as the one before it, or the last."""
    for place, following in enumerate(chain[1:], start=1):
        if following.previous == head:
            return chain[:place]
    if not chain or entry_digest(chain[-1]) != head:
        raise Corrupted("frozen_state_lost", device=device)
    return chain


def changes_between(before: VisitState, now: VisitState, since: Iterable[Entry]) -> tuple[Change, ...]:
    """List what is not as it was, in the order of the findings, then of the criteria; `since` are the entries written meanwhile."""
    made = sorted(since, key=lambda entry: entry.id)
    return (*_of_findings(before, now, made), *_of_ratings(before, now, made))


def _of_findings(before: VisitState, now: VisitState, made: list[Entry]) -> Iterator[Change]:
    known = {one.id: one for one in now.findings}
    for number, one in enumerate(before.findings, start=1):
        subject = Subject(FINDING, one.id)
        if one.id in known:
            changes = (*_of_finding(one, known[one.id], made), *_of_links(before, now, known[one.id], made))
            yield from (replace(change, number=number) for change in changes)
        else:
            yield made_by(made_so(made, subject, DELETED), Change(subject=subject, kind=WITHDRAWN, number=number, title=one.title))
    shown = {one.id for one in before.findings}
    for one in (one for one in now.findings if one.id not in shown):
        subject = Subject(FINDING, one.id)
        yield made_by(made_so(made, subject, "criterion"), Change(subject=subject, kind=RAISED, title=one.title))


def _of_finding(was: Finding, now: Finding, made: list[Entry]) -> Iterator[Change]:
    subject = Subject(FINDING, now.id)
    for name in (field.name for field in fields(now) if field.name not in SAID_BY_SITE):
        old, new = getattr(was, name), getattr(now, name)
        if old != new and (name, new) != ("state", REPLIED):
            change = Change(subject=subject, kind=CHANGED, title=now.title, field=name, before=old, after=new)
            yield made_by(made_so(made, subject, name), change)


def _of_links(before: VisitState, now: VisitState, finding: Finding, made: list[Entry]) -> Iterator[Change]:
    subject = Subject(FINDING, finding.id)
    old, new = _linked(before, subject), _linked(now, subject)
    if old != new:
        ends = "/" + "/".join(subject)
        change = Change(subject=subject, kind=CHANGED, title=finding.title, field=EVIDENCE, before=old, after=new)
        yield made_by([entry for entry in made if entry.subject_kind == LINK and entry.subject_id.endswith(ends)][-1:], change)


def _linked(state: VisitState, subject: Subject) -> tuple[Digest, ...]:
    return tuple(sorted(link.evidence for link in state.links_to(subject)))


def _of_ratings(before: VisitState, now: VisitState, made: list[Entry]) -> Iterator[Change]:
    for number in sorted({*before.criteria, *now.criteria}, key=lambda one: (len(one), one)):
        old, new = (state.criteria.get(number, CriterionState()).rating for state in (before, now))
        if old != new:
            subject = Subject(CRITERION, number)
            yield made_by(made_so(made, subject, "rating"), Change(subject=subject, kind=CHANGED, field="rating", before=old, after=new))


def made_so(made: list[Entry], subject: Subject, field: str) -> list[Entry]:
    """Find the entry that made it so, and those after it that only said why; a deletion takes and gives back every field."""
    run = [one for one in made if one.where.subject == subject and one.field in {field, DELETED}]
    last = [(one.field, one.value) == (run[-1].field, run[-1].value) for one in run]
    return run[len(last) - last[::-1].index(False) :] if False in last else run


def made_by(made: list[Entry], change: Change) -> Change:
    """Say who made a change, when and why; the reason may have been given later."""
    if not made:
        return change
    reason = next((one.reason for one in made if one.reason), "")
    return replace(change, by=str(made[0].author), at=made[0].recorded_at, offset=made[0].offset, reason=reason)
