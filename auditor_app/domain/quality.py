"""What should be true before sign-off: the rules of quality in one table. A form says which hold and how severe each is. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from auditor_app.domain.coverage import Coverage
from auditor_app.domain.equivalence import CARES, EQUIVALENCE, cares
from auditor_app.domain.findings import CLOSED, CLOSES, FINDING, Finding
from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import DEMANDED, YES, loose_evidence, tally
from auditor_app.domain.photos import OBJECTION, REVIEW
from auditor_app.domain.planning import DOCUMENT, IN_PART
from auditor_app.domain.reviews import QUESTION
from auditor_app.domain.visit import CRITERION, EVIDENCE, VisitState
from auditor_app.ids import Digest
from auditor_app.translation import N_

OUTSIDE = "not_applicable"
TWO_VALUES = "two_values"
"""The rule about clashes, which are settled in the history and not at what they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One criterion as rules look at it: rating, what the answers suggest (None: nothing), and what its rating still needs."""

    number: str
    rating: str
    proposed: str | None
    departs: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What rules look at."""

    state: VisitState
    coverage: Coverage
    criteria: tuple[Judged, ...]
    natures: Mapping[str, str] = field(default_factory=dict)
    """What each grade of the form means: "gap", "observation" or "good_practice"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One place where a rule does not hold: the rule's key, its severity, the subject to jump to, and values for its sentence."""

    rule: str
    severity: str
    subject: Subject
    values: Mapping[str, Any] = field(default_factory=dict)


Found = Iterator[tuple[Subject, dict[str, Any]]]
Rule = Callable[[Looked, int], Found]


def _sources_per_conclusion(looked: Looked, at_least: int) -> Found:
    for one in _rated(looked):
        sources = looked.coverage.sources.get(one.number)
        if (count := sources.total if sources else 0) < at_least:
            yield Subject(CRITERION, one.number), {"count": count, "wanted": at_least}


def _single_kind_of_source(looked: Looked, _at_least: int) -> Found:
    for one in _rated(looked):
        sources = looked.coverage.sources.get(one.number)
        if sources and len(sources.kinds) == 1:
            yield Subject(CRITERION, one.number), {"kind": sources.kinds[0]}


def _unresolved_contradiction(looked: Looked, _at_least: int) -> Found:
    for link in looked.state.links:
        if link.stance == "contradicts" and not link.settled.strip() and link.evidence in looked.state.evidence:
            yield link.target, {"evidence": looked.state.evidence[link.evidence].title}
    spoken = {one.id: one.criteria for one in looked.state.interviews if one.consent != "refused"}
    for quote in looked.state.quotes:
        if quote.stance == "contradicts" and not quote.settled.strip() and quote.interview in spoken:
            for number in quote.criteria or spoken[quote.interview]:
                yield Subject(CRITERION, number), {"evidence": quote.interpreted or quote.original}


def _rating_incomplete(looked: Looked, _at_least: int) -> Found:
    for one in looked.criteria:
        if one.missing:
            yield Subject(CRITERION, one.number), {"missing": one.missing}


def _departs_without_reason(looked: Looked, _at_least: int) -> Found:
    for one in _rated(looked):
        if one.proposed not in {None, one.rating} and not one.departs.strip():
            yield Subject(CRITERION, one.number), {"proposed": one.proposed}


def _equivalence_doubtful(looked: Looked, _at_least: int) -> Found:
    """Judge what is credited as it stood on the last day on site."""
    facts = looked.state.facts
    try:
        day = date.fromisoformat(str(facts.get("ends_on") or facts.get("starts_on") or ""))
    except ValueError:
        day = date.min
    for one in looked.state.equivalences:
        if one.is_credited and (found := cares(one, day)):
            yield Subject(EQUIVALENCE, one.id), {"system": one.system, "cares": tuple(CARES[key] for key in found)}


def _people_not_heard(looked: Looked, _at_least: int) -> Found:
    for line in looked.coverage.quotas:
        if line.missing:
            yield Subject("quota", line.quota.id), {"group": line.quota.group, "missing": line.missing}


def _document_missing(looked: Looked, _at_least: int) -> Found:
    for request in looked.coverage.missing:
        if request.state != IN_PART:
            yield Subject(DOCUMENT, request.id), {"title": request.title}


def _document_in_part(looked: Looked, _at_least: int) -> Found:
    for request in looked.coverage.missing:
        if request.state == IN_PART:
            yield Subject(DOCUMENT, request.id), {"title": request.title}


def _two_values(looked: Looked, _at_least: int) -> Found:
    for subject in dict.fromkeys(clash.subject for clash in looked.state.clashes):
        yield subject, {}


def _area_not_walked(looked: Looked, _at_least: int) -> Found:
    for area in looked.coverage.not_walked:
        yield Subject("area", area.id), {"name": area.name}


def _evidence_not_linked(looked: Looked, _at_least: int) -> Found:
    for digest in loose_evidence(looked.state):
        yield Subject(EVIDENCE, digest), {"title": looked.state.evidence[digest].title}


def _consent_not_recorded(looked: Looked, _at_least: int) -> Found:
    for one in looked.state.interviews:
        if not one.consent:
            yield Subject("interview", one.id), {"group": one.group}


def _photos_not_shown(looked: Looked, _at_least: int) -> Found:
    if looked.state.facts.get(DEMANDED) == YES and (left := tally(looked.state).left):
        yield Subject(REVIEW, "left"), {"count": left}


def _objection_open(looked: Looked, _at_least: int) -> Found:
    for one in looked.state.objections:
        if one.lacks and (photo := looked.state.evidence.get(Digest(one.evidence))):
            yield Subject(OBJECTION, one.id), {"title": photo.title}


def _finding_incomplete(looked: Looked, _at_least: int) -> Found:
    for one in looked.state.findings:
        asked = [(N_("statement"), one.statement), (N_("objective evidence"), one.objective_evidence)]
        if looked.natures.get(one.grade) != "good_practice":
            asked.append((N_("requirement"), one.requirement))
        if lacking := tuple(name for name, text in asked if not text.strip()):
            yield Subject(FINDING, one.id), {"title": one.title, "missing": lacking}


def _improvement_incomplete(looked: Looked, _at_least: int) -> Found:
    for one in _gaps_found(looked):
        asked = ((N_("action"), one.action), (N_("owner"), one.owner), (N_("due date"), one.due))
        if lacking := tuple(name for name, text in asked if not text.strip()):
            yield Subject(FINDING, one.id), {"title": one.title, "missing": lacking}


def _closed_without_evidence(looked: Looked, _at_least: int) -> Found:
    shown = {link.target for link in looked.state.links if link.stance == CLOSES and link.evidence in looked.state.evidence}
    for one in looked.state.findings:
        if one.state == CLOSED and not one.closed_because.strip() and Subject(FINDING, one.id) not in shown:
            yield Subject(FINDING, one.id), {"title": one.title}


def _position_not_recorded(looked: Looked, _at_least: int) -> Found:
    if any(one.ended_at for one in looked.state.closings):
        for one in _gaps_found(looked):
            if not one.was_answered:
                yield Subject(FINDING, one.id), {"title": one.title}


def _question_not_answered(looked: Looked, _at_least: int) -> Found:
    for one in looked.state.questions:
        if not one.is_answered:
            yield Subject(QUESTION, one.id), {"text": one.text}


def _gaps_found(looked: Looked) -> Iterator[Finding]:
    return (one for one in looked.state.findings if looked.natures.get(one.grade) == "gap")


def _rated(looked: Looked) -> Iterator[Judged]:
    return (one for one in looked.criteria if one.rating and one.rating != OUTSIDE)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with its severity where a form says nothing, and its sentence."""

    find: Rule
    severity: str
    words: str
    at_least: int = 0


RULES: dict[str, RuleLine] = {
    TWO_VALUES: RuleLine(_two_values, "error", N_("Two different values were saved for one field: choose in the history which one holds")),
    "rating_incomplete": RuleLine(_rating_incomplete, "error", N_("Criterion {subject} still lacks: {missing}")),
    "unresolved_contradiction": RuleLine(
        _unresolved_contradiction, "error", N_("“{evidence}” contradicts {subject}; it is not said how that was settled")
    ),
    "closed_without_evidence": RuleLine(
        _closed_without_evidence, "error", N_("“{title}” is closed, but neither evidence nor a reason shows it")
    ),
    "question_not_answered": RuleLine(_question_not_answered, "warning", N_("The office asks: “{text}”; it is not answered yet")),
    "finding_incomplete": RuleLine(_finding_incomplete, "warning", N_("“{title}” still lacks: {missing}")),
    "improvement_incomplete": RuleLine(_improvement_incomplete, "warning", N_("What is to be done about “{title}” still lacks: {missing}")),
    "position_not_recorded": RuleLine(
        _position_not_recorded, "warning", N_("It is not recorded what the site says of “{title}” at the closing meeting")
    ),
    "sources_per_conclusion": RuleLine(
        _sources_per_conclusion, "warning", N_("Criterion {subject} rests on {count} sources; {wanted} are asked for"), at_least=3
    ),
    "single_kind_of_source": RuleLine(
        _single_kind_of_source, "warning", N_("Criterion {subject} rests on one kind of source only: {kind}")
    ),
    "departs_without_reason": RuleLine(
        _departs_without_reason, "warning", N_("Criterion {subject} is not rated as its answers suggest; it is not said why")
    ),
    "equivalence_doubtful": RuleLine(_equivalence_doubtful, "warning", N_("“{system}” is credited, but {cares}")),
    "people_not_heard": RuleLine(_people_not_heard, "warning", N_("{missing} people of “{group}” are still to be heard")),
    "document_missing": RuleLine(_document_missing, "warning", N_("“{title}” was asked for and has not come")),
    "document_in_part": RuleLine(_document_in_part, "warning", N_("“{title}” was asked for and has come only in part")),
    "area_not_walked": RuleLine(_area_not_walked, "warning", N_("“{name}” was not walked")),
    "consent_not_recorded": RuleLine(_consent_not_recorded, "warning", N_("It is not recorded whether “{group}” agreed to the interview")),
    "objection_open": RuleLine(_objection_open, "warning", N_("The site's objection to “{title}” is not settled yet")),
    "photos_not_shown": RuleLine(
        _photos_not_shown, "warning", N_("The site asks to see photos before release; not shown to it yet: {count}")
    ),
    "evidence_not_linked": RuleLine(_evidence_not_linked, "hint", N_("“{title}” is not linked to any criterion")),
}
"""All rules there are. To add one: a function above and a line here."""

SEVERITIES = ("error", "warning", "hint")


def quality_gaps(looked: Looked, chosen: Mapping[str, tuple[str, int | None]]) -> tuple[Gap, ...]:
    """Apply all rules, the form's severities and numbers first (`chosen`: rule key to both); worst gaps first."""
    found = [
        Gap(rule=key, severity=severity, subject=subject, values={"subject": subject.id, **values})
        for key, rule in RULES.items()
        for severity, at_least in [_strictness(rule, chosen.get(key))]
        for subject, values in rule.find(looked, at_least)
    ]
    return tuple(sorted(found, key=lambda gap: SEVERITIES.index(gap.severity)))


def _strictness(rule: RuleLine, chosen: tuple[str, int | None] | None) -> tuple[str, int]:
    severity, at_least = chosen or (rule.severity, None)
    return severity, rule.at_least if at_least is None else at_least
