"""`auditor area|document|quota|day|workforce|todo|interview|quote|photo-review|objection|attendee …`: the lists of a visit, alike."""

from typing import Any

import click

from auditor_app.cli.terminal import Session, json_option, session, show
from auditor_app.domain.closing import ATTENDEE
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.fields import FIELDS, Count, Names
from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.photos import OBJECTION, REVIEW
from auditor_app.domain.planning import AREA, DAY, DOCUMENT, QUOTA, TODO, WORKFORCE
from auditor_app.domain.visit import EVIDENCE
from auditor_app.ids import VisitId
from auditor_app.workflows import lists as workflow
from auditor_app.workflows.visits import find_visit
from auditor_app.workspace import Workspace

LISTS = {
    AREA: ("areas", "Places to walk, and when they were walked."),
    DOCUMENT: ("documents", "Documents asked for, received, missing."),
    QUOTA: ("quotas", "The interview sampling plan: how many people of which group to hear."),
    DAY: ("days", "The days on site and what is planned for them."),
    WORKFORCE: ("workforce", "How many people of which group work at the site."),
    TODO: ("todos", "Today's to-do list."),
    INTERVIEW: ("interviews", "Interviews, without names."),
    QUOTE: ("quotes", "What people said, in their own words and interpreted."),
    REVIEW: ("reviews", "Sessions in which the site looked at photos before release: when, who was there by role."),
    OBJECTION: ("objections", "Photos that the site objected to: who by role, why, what was decided, the copy instead."),
    EQUIVALENCE: ("equivalences", "Certificates offered in place of checks, how far they go, and what was credited. They never rate."),
    ATTENDEE: ("attendees", "Who was at the opening and the closing meeting, by name; never who was interviewed."),
}
"""Each kind with its attribute of a visit's state, and what the list is for."""


def list_command(kind: str) -> click.Group:
    """Make the command group of one list."""
    attribute, purpose = LISTS[kind]
    group = click.Group(kind.replace("_", "-"), help=purpose)

    @group.command("add", help="Add a line; prints its id.")
    @click.argument("visit")
    @session
    def add(session: Session, /, visit: str, **fields: Any) -> None:
        with session.workspace() as workspace:
            found = find_visit(workspace, visit)
            line, _changes = workflow.add_line(workspace, found, kind, **_given(workspace, found, kind, fields))
        click.echo(line)

    @group.command("revise", help="Change a line.")
    @click.argument("visit")
    @click.argument("line")
    @session
    def revise(session: Session, /, visit: str, line: str, **fields: Any) -> None:
        with session.workspace() as workspace:
            found = find_visit(workspace, visit)
            workflow.revise_line(workspace, found, kind, line, **_given(workspace, found, kind, fields))

    @group.command("remove", help="Take a line out; it stays in the history and can be undone.")
    @click.argument("visit")
    @click.argument("line")
    @click.option("--because", required=True, help="Why.")
    @session
    def remove(session: Session, visit: str, line: str, because: str) -> None:
        with session.workspace() as workspace:
            workflow.remove_line(workspace, find_visit(workspace, visit), kind, line, reason=because)

    @group.command("list", help="Show the list.")
    @click.argument("visit")
    @json_option
    @session
    def list_(session: Session, visit: str, as_json: bool) -> None:
        with session.workspace() as workspace:
            found = getattr(workspace.visit(find_visit(workspace, visit)), attribute)
        show(found, as_json=as_json, lines=[f"{one.id}  {getattr(one, workflow.REQUIRED[kind])}" for one in found])

    for command in (add, revise):
        command.params += [_option(name, wanted) for name, wanted in FIELDS[kind].items()]
    return group


def _option(name: str, wanted: Any) -> click.Option:
    flag = f"--{name.replace('_', '-')}"
    if wanted is bool:
        return click.Option([f"{flag}/--not-{name}", name], default=None)
    if wanted == Names:
        return click.Option([flag.removesuffix("a") + "on" if name == "criteria" else flag, name], multiple=True)
    choices = [choice for (_kind, field), choice in workflow.CHOICES.items() if field == name]
    return click.Option([flag, name], type=int if wanted == Count else str, help=f"One of: {', '.join(choices[0])}" if choices else None)


def _given(workspace: Workspace, visit: VisitId, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Keep what was said; a list that was not given is not an empty one, and evidence is named by the beginning of its digest."""
    from auditor_app.workflows.evidence import find_evidence

    given: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value for name, value in fields.items() if value not in (None, ())
    }
    pieces = {name for name, value in given.items() if value and workflow.REFERENCES.get((kind, name)) == EVIDENCE}
    return given | {name: find_evidence(workspace, visit, given[name]).digest for name in pieces}
