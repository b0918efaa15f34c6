"""From a visit to what the full report adds to the findings. Pure, in the language of the context."""

import re
from collections.abc import Sequence
from datetime import date

from auditor_app.domain.closing import Attendee
from auditor_app.domain.findings import AGREES, CLOSED, CLOSES, Finding
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING
from auditor_app.ids import Digest
from auditor_app.reporting.assessment import Assessment, Disagreement, Meeting, Person, PlanItem
from auditor_app.reporting.values import Fact
from auditor_app.translation import N_, _, plural
from auditor_app.workflows.closing import Held
from auditor_app.workflows.closing_words import change_line, change_words, position_words, side_words, state_words
from auditor_app.workflows.coverage import standing
from auditor_app.workflows.equivalences import equivalence_row
from auditor_app.workflows.finding_register import Numbered, improvement_plan
from auditor_app.workflows.report_details import details, references
from auditor_app.workflows.report_photos import held_words
from auditor_app.workflows.report_sampling import language_words, sampling
from auditor_app.workflows.visits import OpenVisit, rating_counts
from auditor_app.workflows.wording import date_words, period_words

_CODES = re.compile(r"[a-z]{2,3}( *, *[a-z]{2,3})*")
PROFILE_WORDS = {
    "owner": N_("Owner"),
    "aliases": N_("Other names"),
    "address": N_("Address"),
    "public_ids": N_("Public identifiers"),
    "lifecycle": N_("Stage of life"),
    "products": N_("Products"),
    "inputs": N_("Inputs"),
    "processes_in": N_("Processes within the scope"),
    "processes_out": N_("Processes outside the scope"),
    "associated_facilities": N_("Associated facilities"),
    "tailings": N_("Tailings"),
    "languages": N_("Languages spoken"),
    "communities": N_("Communities"),
    "indigenous_peoples": N_("Indigenous peoples"),
    "protected_areas": N_("Protected areas"),
    "security": N_("Security"),
    "period": N_("Period assessed"),
    "previous_results": N_("Earlier results"),
}
"""The site profile as the report prints it; certificates stand among the equivalences."""


def assessment(opened: OpenVisit, numbers: dict[Digest, str], meetings: Sequence[Held], today: date) -> Assessment:
    """Gather it; `numbers` are those of the evidence, `meetings` the closing meetings with what was changed since."""
    facts = opened.state.facts
    return Assessment(
        declarations=_declarations(),
        conclusion=conclusion(opened),
        instructions=str(facts.get("assignment", {}).get("instructions", "")),
        note=str(facts.get("note", "")),
        team=team(str(facts.get("team", ""))),
        covers=_covers(opened),
        profile=tuple(
            Fact(label=_(words), value=_said(name, str(facts[name]))) for name, words in PROFILE_WORDS.items() if facts.get(name)
        ),
        sampling=sampling(opened, standing(opened).coverage),
        equivalences=tuple(equivalence_row(one, today) for one in opened.state.equivalences),
        certificates=str(facts.get("certificates", "")),
        details=details(opened, numbers),
        plan=plan_items(opened, numbers, today),
        disagreements=_disagreements(opened),
        meetings=tuple(_meeting(opened, one) for one in meetings),
        attendance=tuple(_attendee(one) for one in opened.state.attendees),
    )


def _said(name: str, text: str) -> str:
    """Write codes of languages and days as words; what a person wrote stays."""
    if name == "languages" and _CODES.fullmatch(text.strip()):
        return ", ".join(language_words(code.strip()) for code in text.split(","))
    return period_words(text) if name == "period" else text


def team(text: str) -> tuple[Person, ...]:
    """Read the team as it is written: one a line, the role in brackets at the end."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(_member(line) for line in lines if line)


def conclusion(opened: OpenVisit) -> tuple[str, ...]:
    """Say what the proposed ratings come to by the form's rule for the award, which the office alone decides."""
    form, counted = opened.form, rating_counts(opened)
    levels = [level for level in form.rating.scale if counted[level.key]]
    found = ", ".join(f"{level.label}: {counted[level.key]}" for level in levels) or _("none")
    lines = [_("Proposed ratings: {ratings}.").format(ratings=found)]
    if unrated := counted[""]:
        lines.append(plural("{count} criterion was not rated.", "{count} criteria were not rated.", unrated))
    below = [level.label for level in levels if level.key not in form.award.every_criterion]
    if below:
        lines.append(_("By the standard's rule no award can be given while a criterion is rated {rating}.").format(rating=", ".join(below)))
    elif not unrated:
        lines.append(_("By the standard's rule the proposed ratings do not stand against an award."))
    lines.append(_("The ratings are proposals. The assurance office reviews them and alone decides."))
    return tuple(lines)


def plan_items(opened: OpenVisit, numbers: dict[Digest, str], today: date) -> tuple[PlanItem, ...]:
    """List what is to follow from the findings, the earliest day first."""
    return tuple(_plan_item(opened, one, numbers, today) for one in improvement_plan(opened))


def _declarations() -> tuple[str, ...]:
    return (
        _("This report says what the auditors saw, read and were told during the visit, and what they concluded from it."),
        _(
            "The assessment was a sample of records, people, places and times. What was not sampled may differ from what was. Where the "
            "auditors know that something was not seen, it is listed among the limits."
        ),
        _(
            "Every piece of evidence that a conclusion rests on is listed with the digest of its original bytes, so that it cannot be "
            "exchanged."
        ),
        _(
            "The report is confidential: it is for the assurance office and the site. A summary for the public is made apart, without "
            "names and without evidence."
        ),
    )


def _member(line: str) -> Person:
    name, opening, role = line.rpartition("(")
    return Person(name=name.strip(), role=role[:-1].strip()) if opening and line.endswith(")") and name.strip() else Person(name=line)


def _covers(opened: OpenVisit) -> tuple[Fact, ...]:
    found: dict[str, list[str]] = {}
    for criterion in opened.form.criteria:
        number = str(criterion.number)
        assigned = opened.state.criteria[number].assigned if number in opened.state.criteria else ""
        for name in filter(None, (part.strip() for part in assigned.split(","))):
            found.setdefault(name, []).append(number)
    return tuple(Fact(label=name, value=", ".join(numbers)) for name, numbers in found.items())


def _plan_item(opened: OpenVisit, one: Numbered, numbers: dict[Digest, str], today: date) -> PlanItem:
    finding, grade = one.finding, opened.form.grade(one.finding.grade)
    closing = tuple(link for link in opened.state.links_to(Subject(FINDING, finding.id)) if link.stance == CLOSES)
    return PlanItem(
        number=str(one.number),
        criterion_number=finding.criterion,
        title=finding.title,
        grade=grade.label if grade else finding.grade,
        action=finding.action,
        owner=finding.owner,
        due=date_words(finding.due),
        state=finding.state,
        state_words=state_words(finding.state),
        overdue=finding.is_overdue(today.isoformat()),
        closure=_closure(finding),
        evidence=references(closing, numbers),
    )


def _closure(finding: Finding) -> str:
    return " · ".join(part for part in (date_words(finding.closed_on), finding.closed_because) if part) if finding.state == CLOSED else ""


def _disagreements(opened: OpenVisit) -> tuple[Disagreement, ...]:
    return tuple(
        Disagreement(number=str(number), title=one.title, position=position_words(one.position), words=one.site_reply)
        for number, one in enumerate(opened.state.findings, start=1)
        if one.position and one.position != AGREES
    )


def _meeting(opened: OpenVisit, one: Held) -> Meeting:
    changes = tuple(change_words(change_line(opened, change)) for change in one.changes)
    return Meeting(held=held_words(one.meeting.held_at), place=one.meeting.place, note=one.meeting.note, changes=changes)


def _attendee(one: Attendee) -> Person:
    at = [words for there, words in ((one.opening, _("Opening meeting")), (one.closing, _("Closing meeting"))) if there]
    return Person(name=one.name, role=one.role, organisation=one.organisation, side=side_words(one.side), present=", ".join(at))
