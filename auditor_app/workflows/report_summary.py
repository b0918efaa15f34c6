"""From a visit to its public summary: read from public fields alone, and refused where it would print somebody's name."""

import re
from collections.abc import Iterable
from datetime import datetime

from auditor_app import __version__
from auditor_app.domain.confidentiality import public_view
from auditor_app.domain.equivalence import Equivalence
from auditor_app.domain.findings import CLOSED, Finding
from auditor_app.domain.journal import Heads
from auditor_app.domain.visit import VisitState
from auditor_app.errors import NotAllowed
from auditor_app.reporting.summary_content import Amounts, PublicCriterion, PublicItem, SummaryContent
from auditor_app.reporting.values import Fact, RatingLabel, criteria_words, texts_in
from auditor_app.translation import _, current_language
from auditor_app.workflows.closing_words import state_words
from auditor_app.workflows.equivalences import DECISIONS
from auditor_app.workflows.finding_register import GOOD_PRACTICE, improvement_plan, nature_of, numbered
from auditor_app.workflows.report_assessment import conclusion, team
from auditor_app.workflows.report_sampling import heard
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import country_words, date_words, period_words

_SHORTEST_NAME = 4
"""A name of fewer letters would be found in ordinary words."""


def summary_content(opened: OpenVisit, heads: Heads, *, report_id: str, made_at: datetime, publisher: str) -> SummaryContent:
    """Gather the public summary; `heads` are the visit's, `publisher` stands for it where the visit names no office.

    Raises NotAllowed("summary_names_person") when a text that would be printed names one of the team, the auditors or the attendance.
    """
    public = OpenVisit(state=public_view(heads, opened.state), compiled=opened.compiled)
    form, facts = public.form, public.state.facts
    kinds, pillars = {kind.key: kind.label for kind in form.visit_kinds}, {pillar.key: pillar.name for pillar in form.pillars}
    ratings = {number: one.rating for number, one in public.state.criteria.items()}
    content = SummaryContent(
        title=_("Public summary"),
        site=facts["site"],
        visit_kind=kinds.get(facts.get("kind", ""), ""),
        standard_title=form.title,
        standard_version="" if form.version in form.title else form.version,
        publisher=facts.get("office", "") or publisher,
        report_id=report_id,
        form_digest=opened.compiled.digest,
        program_version=f"Auditor App {__version__}",
        made_at=made_at,
        site_facts=_site(public),
        dates=_dates(public),
        scope=facts.get("scope", ""),
        exclusions=facts.get("exclusions", ""),
        conclusion=conclusion(public),
        amounts=_amounts(opened.state),
        ratings=tuple(RatingLabel(key=level.key, label=level.label) for level in form.rating.scale),
        criteria=tuple(
            PublicCriterion(number=str(one.number), pillar=pillars[one.pillar], name=one.name, rating=ratings.get(str(one.number)) or None)
            for one in form.criteria
        ),
        items=tuple(_item(public, one.finding, one.number) for one in improvement_plan(public)),
        equivalences=tuple(_credited(one) for one in public.state.equivalences if one.is_credited),
        practices=tuple(
            _item(public, one.finding, one.number) for one in numbered(public) if nature_of(public, one.finding.grade) == GOOD_PRACTICE
        ),
        language=current_language(),
    )
    _refuse_names(content, opened.state)
    return content


def _site(public: OpenVisit) -> tuple[Fact, ...]:
    facts, types = public.state.facts, {one.key: one.label for one in public.form.site_types}
    lines = (
        (_("Company"), facts.get("company", "")),
        (_("Country"), country_words(facts.get("country", ""))),
        (_("Place"), facts.get("location", "")),
        (_("Type of site"), types.get(public.site_type, "")),
        (_("Metals"), facts.get("metals", "")),
        (_("Products"), facts.get("products", "")),
    )
    return tuple(Fact(label=label, value=value) for label, value in lines if value)


def _dates(public: OpenVisit) -> tuple[Fact, ...]:
    facts = public.state.facts
    lines = (
        (_("First day on site"), date_words(facts.get("starts_on", ""))),
        (_("Last day on site"), date_words(facts.get("ends_on", ""))),
        (_("Period assessed"), period_words(facts.get("period", ""))),
        (_("Assurance office"), facts.get("office", "")),
    )
    return tuple(Fact(label=label, value=value) for label, value in lines if value)


def _amounts(state: VisitState) -> Amounts:
    """Count; of the whole visit nothing but these numbers passes."""
    return Amounts(
        people_heard=heard(state.interviews),
        interviews=sum(one.consent != "refused" for one in state.interviews),
        documents=sum(not one.is_missing for one in state.documents),
        areas=sum(bool(one.walked_on) for one in state.areas),
        evidence=len(state.evidence),
        limits=len(state.limits),
    )


def _item(public: OpenVisit, finding: Finding, number: int) -> PublicItem:
    grade = public.form.grade(finding.grade)
    closed = date_words(finding.closed_on) if finding.state == CLOSED else ""
    return PublicItem(
        number=str(number),
        criterion_number=finding.criterion,
        title=finding.title,
        grade=grade.label if grade else finding.grade,
        reach=_("Systemic") if finding.systemic else _("Isolated"),
        action=finding.action,
        due=date_words(finding.due),
        state=finding.state,
        state_words=" · ".join(part for part in (state_words(finding.state), closed) if part),
    )


def _credited(one: Equivalence) -> Fact:
    until = _("valid until {day}").format(day=date_words(one.expires)) if one.expires else ""
    return Fact(
        label=" ".join(part for part in (one.system, one.version) if part),
        value=" · ".join(part for part in (_(DECISIONS[one.decision]), criteria_words(one.criteria), until) if part),
    )


def _refuse_names(content: SummaryContent, state: VisitState) -> None:
    people = [
        *state.auditors.values(),
        *(one.name for one in team(str(state.facts.get("team", "")))),
        *(one.name for one in state.attendees),
    ]
    known = {" ".join(name.split()) for name in people if len(name.strip()) >= _SHORTEST_NAME}
    for place, text in texts_in(content):
        if name := _named(text, known):
            raise NotAllowed("summary_names_person", name=name, place=place)


def _named(text: str, names: Iterable[str]) -> str:
    """Find a whole name in a text, in capitals or not."""
    said = " ".join(text.split())
    return next((name for name in sorted(names) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said, re.IGNORECASE)), "")
