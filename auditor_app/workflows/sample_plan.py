"""The plan of the sample visit: the site's profile, who works on what, areas, days, documents, and the people to hear."""

from collections import Counter

from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.planning import AREA, DAY, DOCUMENT, QUOTA, WORKFORCE
from auditor_app.ids import VisitId
from auditor_app.sample.story import Story
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.planning import assign
from auditor_app.workspace import Workspace


def profile(tale: Story) -> dict[str, str]:
    """Give the facts of the site beside the few that every visit needs."""
    visit = tale.visit
    certificates = [f"{one.system}, {one.number}, {one.issuer}, {one.valid_to.isoformat()}" for one in tale.assignment.certificates]
    return {
        "owner": visit.owner,
        "products": "\n".join(visit.products),
        "inputs": "\n".join(visit.inputs),
        "languages": ", ".join(visit.languages),
        "period": f"{visit.period_from.isoformat()} – {visit.period_to.isoformat()}",
        "certificates": "\n".join(certificates),
    }


def plan_and_hear(workspace: Workspace, visit: VisitId, tale: Story) -> None:
    """Put the plan into the visit's lists, and the interviews that were held by it."""
    for member in tale.visit.team:
        for number in member.covers:
            assign(workspace, visit, str(number), member.name)
    _lists(workspace, visit, tale)
    _interviews(workspace, visit, tale)


def _lists(workspace: Workspace, visit: VisitId, tale: Story) -> None:
    for day in tale.days:
        add_line(workspace, visit, DAY, date=day.date.isoformat(), plan=day.plan)
    for area in tale.areas:
        walked = {"walked_on": area.walked.isoformat(), "walked_by": area.by}
        add_line(workspace, visit, AREA, name=area.name, why=area.why, criteria=list(area.criteria), **walked)
    for group, people in (("Employees", tale.visit.workers.employees), ("Contractors", tale.visit.workers.contractors)):
        add_line(workspace, visit, WORKFORCE, group=group, people=people)
    for asked in tale.documents:
        add_line(workspace, visit, DOCUMENT, title=asked.what, asked_of=asked.source, state=asked.state, criteria=list(asked.criteria))


def _interviews(workspace: Workspace, visit: VisitId, tale: Story) -> None:
    people = Counter[str]()
    for talk in tale.interviews:
        people[talk.group] += talk.people
    plan = {group: add_line(workspace, visit, QUOTA, group=_group(group), planned=count)[0] for group, count in people.items()}
    for talk in tale.interviews:
        line, _changes = add_line(
            workspace,
            visit,
            INTERVIEW,
            form="group" if talk.people > 1 else "individual",
            people=talk.people,
            group=_group(talk.group),
            quota=plan[talk.group],
            language=talk.language,
            consent="given",
            held_at=talk.held.isoformat(),
            minutes=talk.minutes,
            summary=talk.summary,
            criteria=list(talk.about),
        )
        for quote in talk.quotes:
            said = {"original": quote.original, "interpreted": quote.interpreted, "stance": "supports"}
            add_line(workspace, visit, QUOTE, interview=line, criteria=list(quote.about), **said)


def _group(key: str) -> str:
    """Write a group as people write it: night_shift is Night shift."""
    return key.replace("_", " ").capitalize()
