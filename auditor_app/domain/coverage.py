"""How much of the plan is done: interviews by group, areas, documents, kinds of sources per criterion. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor_app.domain.interviews import Interview
from auditor_app.domain.journal import Subject
from auditor_app.domain.planning import TRAITS, Area, DocumentRequest, Quota
from auditor_app.domain.visit import CHECK, CRITERION, VisitState

KINDS = ("document", "interview", "observation")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaProgress:
    """One line of the interview plan with how many people were heard for it."""

    quota: Quota
    heard: int

    @property
    def missing(self) -> int:
        """Tell how many people are still to be heard."""
        return max(0, self.quota.planned - self.heard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What one criterion rests on: how many sources of each kind, and how many pieces support or contradict."""

    document: int = 0
    interview: int = 0
    observation: int = 0
    supports: int = 0
    contradicts: int = 0

    @property
    def total(self) -> int:
        """Count all sources."""
        return self.document + self.interview + self.observation

    @property
    def kinds(self) -> tuple[str, ...]:
        """List the kinds of which there is at least one."""
        return tuple(kind for kind in KINDS if getattr(self, kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The whole grid."""

    quotas: tuple[QuotaProgress, ...]
    unplanned: tuple[Interview, ...]
    walked: tuple[Area, ...]
    not_walked: tuple[Area, ...]
    received: tuple[DocumentRequest, ...]
    missing: tuple[DocumentRequest, ...]
    sources: Mapping[str, Sources]


def cover(state: VisitState, checks: Mapping[str, tuple[str, str]]) -> Coverage:
    """Measure a visit; `checks` gives for each check of the form its criterion's number and its kind.

    A check answered with anything but "not_seen" counts as one source of its kind, and so does each interview with a quote or a
    summary on the criterion. People who refused were not heard. Evidence counts by the stance of its links.
    """
    planned = {quota.id for quota in state.quotas}
    return Coverage(
        quotas=cover_quotas(state),
        unplanned=tuple(one for one in state.interviews if one.quota not in planned),
        walked=tuple(area for area in state.areas if area.walked_on),
        not_walked=tuple(area for area in state.areas if not area.walked_on),
        received=tuple(one for one in state.documents if not one.is_missing),
        missing=tuple(one for one in state.documents if one.is_missing),
        sources=_sources(state, checks),
    )


def cover_quotas(state: VisitState) -> tuple[QuotaProgress, ...]:
    """Count who was heard for each line of the interview plan, without looking at anything else; people who refused were not heard."""
    agreed = [one for one in state.interviews if one.consent != "refused"]
    return tuple(QuotaProgress(quota=quota, heard=sum(one.people for one in agreed if one.quota == quota.id)) for quota in state.quotas)


def heard_of(state: VisitState) -> tuple[int, int]:
    """Count the people heard and the people planned; without a plan everybody counts who was heard, else nobody beyond it."""
    lines = cover_quotas(state)
    planned = sum(one.quota.planned for one in lines)
    if not planned:
        return sum(one.people for one in state.interviews if one.consent != "refused"), 0
    return sum(min(one.heard, one.quota.planned) for one in lines), planned


def matching_quota(quotas: tuple[Quota, ...], interview: Interview) -> str:
    """Find the line of the plan that an interview fits best: same group, and no trait of the line contradicted; "" when none."""
    fits = [quota for quota in quotas if quota.group == interview.group and not _differs(quota, interview)]
    return max(fits, key=lambda quota: sum(bool(getattr(quota, trait)) for trait in TRAITS)).id if fits else ""


def _differs(quota: Quota, interview: Interview) -> bool:
    return any(getattr(quota, trait) and getattr(quota, trait) != getattr(interview, trait) for trait in TRAITS)


def _sources(state: VisitState, checks: Mapping[str, tuple[str, str]]) -> dict[str, Sources]:
    counts: dict[str, dict[str, int]] = {}

    def add(criterion: str, what: str) -> None:
        line = counts.setdefault(criterion, {})
        line[what] = line.get(what, 0) + 1

    for check, (criterion, kind) in checks.items():
        answer = state.checks[check].answer if check in state.checks else ""
        if answer and answer not in {"not_seen", "not_applicable"}:
            add(criterion, kind)
    for numbers in spoken_of(state).values():
        for criterion in numbers:
            add(criterion, "interview")
    for link in state.links:
        if criterion := _criterion_of(link.target, checks):
            add(criterion, link.stance)
    return {criterion: Sources(**line) for criterion, line in counts.items()}


def spoken_of(state: VisitState) -> dict[str, tuple[str, ...]]:
    """Tell for each interview the numbers of the criteria that it or its quotes speak of; people who refused said nothing."""
    quoted = [(quote.interview, quote.criteria) for quote in state.quotes]
    return {
        talk.id: tuple(dict.fromkeys((*talk.criteria, *(number for of, numbers in quoted if of == talk.id for number in numbers))))
        for talk in state.interviews
        if talk.consent != "refused"
    }


def _criterion_of(target: Subject, checks: Mapping[str, tuple[str, str]]) -> str:
    if target.kind == CRITERION:
        return target.id
    return checks[target.id][0] if target.kind == CHECK and target.id in checks else ""
