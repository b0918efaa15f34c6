"""What each conclusion rests on: its documents, interviews and observations, what contradicts it, and what is missing before sign-off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor_app.domain.coverage import KINDS, Sources, spoken_of
from auditor_app.domain.interviews import INTERVIEW, QUOTE, Interview, Quote
from auditor_app.domain.journal import Subject
from auditor_app.domain.quality import Gap
from auditor_app.domain.visit import CHECK, CRITERION, LINK, Link, link_id
from auditor_app.workflows.coverage import standing
from auditor_app.workflows.criteria import CriterionPage, criterion_pages
from auditor_app.workflows.visits import OpenVisit

NOT_BEGUN, IN_WORK, COMPLETE, CLASH = "not_begun", "in_work", "complete", "clash"
NO_SOURCE = ("", "not_seen", "not_applicable")
"""Answers that nothing was looked at for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that a conclusion rests on: an answered check or an interview, with the evidence linked to it."""

    subject: Subject
    words: str
    answer: str = ""
    people: int = 0
    supports: int = 0
    contradicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote that speaks to a criterion, with the interview that it was said in."""

    quote: Quote
    interview: Interview


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Evidence (by its link) or a quote that contradicts a conclusion, and how that was settled. `subject` is the link's or quote's."""

    subject: Subject
    words: str
    target: Subject
    settled: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """One criterion with everything that its rating rests on; `items` has the sources by kind, `gaps` the worst first."""

    page: CriterionPage
    sources: Sources
    items: Mapping[str, tuple[Source, ...]]
    said: tuple[Said, ...]
    contradictions: tuple[Contradiction, ...]
    gaps: tuple[Gap, ...]

    @property
    def number(self) -> str:
        """Give the number of the criterion."""
        return str(self.page.criterion.number)

    @property
    def state(self) -> str:
        """Tell how far the work is: NOT_BEGUN, IN_WORK, COMPLETE (nothing is missing that stops sign-off) or CLASH."""
        if self.page.clash:
            return CLASH
        if self.page.state.rating and not any(gap.severity == "error" for gap in self.gaps):
            return COMPLETE
        own = self.page.state
        said = own.rating or own.because or self.page.links or self.page.findings
        return IN_WORK if said or any(line.state.answer or line.state.note for line in self.page.checks) else NOT_BEGUN

    @property
    def gap_count(self) -> int:
        """Count the gaps; what was not begun has none yet."""
        return 0 if self.state == NOT_BEGUN else len(self.gaps)


def conclusions(opened: OpenVisit) -> tuple[Conclusion, ...]:
    """Gather what every criterion rests on, in the order of the form; pure."""
    pages = criterion_pages(opened)
    now, spoken = standing(opened, pages), spoken_of(opened.state)
    gaps: dict[str, list[Gap]] = {}
    owners = {check.id: str(criterion.number) for criterion in opened.form.criteria for check in criterion.checks}
    for gap in now.gaps:
        gaps.setdefault(_owner(gap.subject, owners), []).append(gap)
    against = _contradicting_evidence(opened, owners)
    return tuple(
        Conclusion(
            page=page,
            sources=now.coverage.sources.get(number, Sources()),
            items=_items(opened, page, spoken),
            said=(said := _said(opened, number, spoken)),
            contradictions=(*against.get(number, ()), *_contradicting_words(said)),
            gaps=tuple(gaps.get(number, ())),
        )
        for page in pages
        for number in [str(page.criterion.number)]
    )


def next_open(known: Iterable[Conclusion], number: str, me: str = "") -> str:
    """Find the next criterion without a rating after one, going round; those that others work on come last. Empty when all are rated."""
    listed = list(known)
    at = next((at for at, one in enumerate(listed) if one.number == number), -1)
    after = [one for one in (*listed[at + 1 :], *listed[:at]) if not one.page.state.rating]
    own = [one for one in after if not one.page.state.assigned or works_on(one.page, me)]
    return next((one.number for one in (*own, *after)), "")


def works_on(page: CriterionPage, name: str) -> bool:
    """Say whether a person is among those named as working on a criterion."""
    return bool(name) and name.casefold() in {one.strip().casefold() for one in page.state.assigned.split(",")}


def _items(opened: OpenVisit, page: CriterionPage, spoken: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Source, ...]]:
    number = str(page.criterion.number)
    items: dict[str, list[Source]] = {kind: [] for kind in KINDS}
    for line in page.checks:
        if line.state.answer not in NO_SOURCE:
            against = sum(link.stance == "contradicts" for link in line.links)
            items[line.check.kind].append(
                Source(
                    subject=Subject(CHECK, line.check.id),
                    words=line.check.prompt,
                    answer=line.state.answer,
                    supports=len(line.links) - against,
                    contradicts=against,
                )
            )
    items["interview"] += [
        Source(subject=Subject(INTERVIEW, talk.id), words=talk.group, people=talk.people)
        for talk in opened.state.interviews
        if number in spoken.get(talk.id, ())
    ]
    return {kind: tuple(found) for kind, found in items.items()}


def _said(opened: OpenVisit, number: str, spoken: Mapping[str, tuple[str, ...]]) -> tuple[Said, ...]:
    talks = {talk.id: talk for talk in opened.state.interviews if talk.id in spoken}
    return tuple(
        Said(quote=quote, interview=talks[quote.interview])
        for quote in opened.state.quotes
        if quote.interview in talks and number in (quote.criteria or talks[quote.interview].criteria)
    )


def _contradicting_evidence(opened: OpenVisit, owners: Mapping[str, str]) -> dict[str, list[Contradiction]]:
    """List by criterion what contradicts it or any of its checks (`owners`), also one that is not shown any more."""
    found = defaultdict[str, list[Contradiction]](list)
    for link in opened.state.links:
        if link.stance == "contradicts" and link.evidence in opened.state.evidence:
            found[_owner(link.target, owners)].append(
                Contradiction(
                    subject=Subject(LINK, link_id(link.evidence, link.target)),
                    words=opened.state.evidence[link.evidence].title,
                    target=link.target,
                    settled=link.settled,
                    link=link,
                )
            )
    return found


def _owner(subject: Subject, owners: Mapping[str, str]) -> str:
    """Tell which criterion a subject belongs to: itself, or that of a check; empty for anything else."""
    return subject.id if subject.kind == CRITERION else owners.get(subject.id, "") if subject.kind == CHECK else ""


def _contradicting_words(said: tuple[Said, ...]) -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(
            subject=Subject(QUOTE, one.quote.id),
            words=one.quote.interpreted or one.quote.original,
            target=Subject(INTERVIEW, one.interview.id),
            settled=one.quote.settled,
        )
        for one in said
        if one.quote.stance == "contradicts"
    )
