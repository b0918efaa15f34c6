"""What a report says was planned and achieved: days, people, areas, documents. Pure, in the language of the context."""

from collections.abc import Iterable

from babel import Locale

from auditor_app.domain.coverage import Coverage
from auditor_app.domain.interviews import Interview
from auditor_app.domain.planning import TRAITS, Area, DocumentRequest, Quota
from auditor_app.domain.visit import VisitState
from auditor_app.reporting.assessment import AreaRow, DocumentRow, InterviewRow, Sample, Sampling
from auditor_app.reporting.values import Fact
from auditor_app.translation import N_, _, current_language, plural
from auditor_app.workflows.visits import OpenVisit, rating_counts
from auditor_app.workflows.wording import date_words

DOCUMENT_STATES = {
    "asked": N_("Asked for, not here yet"),
    "received": N_("Received"),
    "partly_received": N_("Received in part"),
    "not_received": N_("Not received"),
    "does_not_exist": N_("Does not exist"),
}
CONSENTS = {"given": N_("Given"), "given_in_part": N_("Given in part"), "refused": N_("Refused")}


def sampling(opened: OpenVisit, covered: Coverage) -> Sampling:
    """Gather what was planned and achieved."""
    state = opened.state
    return Sampling(
        days=tuple(Fact(label=date_words(day.date), value=day.plan) for day in sorted(state.days, key=lambda day: day.date)),
        workforce=tuple(Sample(what=one.group, planned=one.people, achieved=0, note=one.note) for one in state.workforce),
        people=_people(covered),
        interviews=interview_rows(state),
        areas=tuple(_area(one) for one in state.areas),
        documents=tuple(_document(one) for one in state.documents),
        totals=_totals(opened, covered),
    )


def interview_rows(state: VisitState) -> tuple[InterviewRow, ...]:
    """List the interviews by code, in the order in which they were begun."""
    return tuple(_interview(code, one) for code, one in codes(state))


def codes(state: VisitState) -> list[tuple[str, Interview]]:
    """Give each interview its code."""
    return [(f"I-{number}", one) for number, one in enumerate(state.interviews, start=1)]


def heard(interviews: Iterable[Interview]) -> int:
    """Count the people who were heard; who refused was not."""
    return sum(one.people for one in interviews if one.consent != "refused")


def _people(covered: Coverage) -> tuple[Sample, ...]:
    rows = [Sample(what=_whom(one.quota), planned=one.quota.planned, achieved=one.heard, note=one.quota.note) for one in covered.quotas]
    if beside := heard(covered.unplanned):
        rows.append(Sample(what=_("Beside the plan"), planned=0, achieved=beside))
    return tuple(rows)


def _whom(quota: Quota) -> str:
    traits = (language_words(getattr(quota, trait)) if trait == "language" else getattr(quota, trait) for trait in TRAITS)
    return ", ".join(part for part in (quota.group, *traits) if part)


def language_words(text: str) -> str:
    """Name the language of a code (es) in the reader's language; anything else is given as it is."""
    known = Locale.parse(current_language().replace("-", "_")).languages
    return str(known.get(text, text)) if len(text) in {2, 3} else text


def _interview(code: str, one: Interview) -> InterviewRow:
    people = plural("{count} person", "{count} people", one.people)
    how = [people, language_words(one.language), _("interpreted") if one.interpreter else ""]
    return InterviewRow(
        code=code,
        group=one.group,
        how=", ".join(part for part in how if part),
        day=date_words(one.held_at[:10]),
        consent=_(CONSENTS[one.consent]) if one.consent in CONSENTS else _("Not recorded"),
        criteria=one.criteria,
    )


def _area(one: Area) -> AreaRow:
    return AreaRow(name=one.name, why=one.why, walked=date_words(one.walked_on), note=one.note, criteria=one.criteria)


def _document(one: DocumentRequest) -> DocumentRow:
    words = _(DOCUMENT_STATES.get(one.state, one.state))
    return DocumentRow(title=one.title, asked_of=one.asked_of, state=words, note=one.note, criteria=one.criteria)


def _totals(opened: OpenVisit, covered: Coverage) -> tuple[Sample, ...]:
    state, rated = opened.state, rating_counts(opened)
    criteria, unrated = sum(rated.values()), rated[""]
    people = Sample(what=_("People heard"), planned=sum(one.planned for one in state.quotas), achieved=heard(state.interviews))
    areas = Sample(what=_("Areas walked"), planned=len(state.areas), achieved=len(covered.walked))
    documents = Sample(what=_("Documents received"), planned=len(state.documents), achieved=len(covered.received))
    told = [one for one in (people, areas, documents) if one.planned or one.achieved]
    return (*told, Sample(what=_("Criteria rated"), planned=criteria, achieved=criteria - unrated))
