"""Assignments: `auditor-office assign` and `assignments`, and on the other side `auditor assignment …`."""

from pathlib import Path
from typing import Any

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, read_words, say, session, show
from auditor_app.clock import SystemClock
from auditor_app.translation import _


@click.command()
@click.argument("file", type=path_argument, required=False)
@click.option("--template", is_flag=True, help="Print an example of FILE with comments, and do nothing else.")
@click.option("--to", "further", multiple=True, metavar="AUDITOR", help="One more of the team, by name or fingerprint.")
@click.option("--previous", default="", metavar="VISIT", help="The visit before, from the register.")
@click.option("--changes", default="", metavar="ASSIGNMENT", help="Change this assignment, or put it again if FILE says nothing new.")
@click.option("--out", type=path_argument, help="A folder of a stick, instead of the mailbox.")
@click.option("--mailbox", default="", help="Another mailbox than the profile's; beside --out, both.")
@click.option("--user", default="")
@click.option("--password-file", type=path_argument)
@json_option
@click.pass_obj
def assign(folder: Path, /, file: Path | None, template: bool, as_json: bool, **asked: Any) -> None:
    """Assign a visit to a team, from FILE (YAML or JSON): signed, sealed, and put into the mailbox or onto a stick."""
    from auditor_app.workflows.office import assigning
    from auditor_app.workflows.office.assignment_post import Target
    from auditor_app.workflows.office.assignment_template import TEMPLATE
    from auditor_app.workflows.office.folder import open_office

    if template:
        click.echo(TEMPLATE, nl=False)
        return
    if file is None:
        raise click.UsageError("Name a FILE, or --template.")
    password = read_words(asked["password_file"]) if asked["password_file"] else ""
    target = Target(out=asked["out"], url=asked["mailbox"], user=asked["user"], password=password)
    wish = assigning.Wish(path=file, to=asked["further"], previous=asked["previous"], changes=asked["changes"], target=target)
    with progress_bar() as progress:
        done = assigning.assign(open_office(folder, SystemClock()), wish, progress)
    made = done.assignment
    told = {
        "assignment": made.id,
        "version": made.version,
        "visit": made.visit,
        "is_new": done.is_new,
        "files": done.files,
        "team": made.team,
    }
    said = f"Version {made.version} of it was put for" if done.is_new else f"It says nothing new; version {made.version} was put again for"
    show(told, as_json=as_json, lines=[made.id])
    say(f"Assignment of visit {made.visit}. {said} {', '.join(one.name for one in made.team)}.")


@click.command()
@json_option
@click.pass_obj
def assignments(folder: Path, as_json: bool) -> None:
    """List what was assigned and how far it is: not_sent, assigned, handed_over or accepted; newest first."""
    from auditor_app.workflows.office.assigning import assigned
    from auditor_app.workflows.office.folder import open_office

    found = assigned(open_office(folder, SystemClock()))
    names = [", ".join(line.rpartition(" ")[0] for line in one["team"].splitlines()) for one in found]
    lines = [
        f"{one['assignment']}  {one['state']:11}  {one['due'] or '':10}  {one['site']}  ({who})"
        for one, who in zip(found, names, strict=True)
    ]
    show(found, as_json=as_json, lines=lines or ["Nothing was assigned yet."])


@click.group()
def assignment() -> None:
    """List, show and open what the office assigned. An assignment is named by the beginning of its id, or "last"."""


@assignment.command("list")
@json_option
@session
def list_(session: Session, as_json: bool) -> None:
    """List the assignments, newest first."""
    from auditor_app.workflows.assignments import STATES, list_assignments

    with session.workspace() as workspace:
        found = list_assignments(workspace)
    lines = [f"{one.id}  {_(STATES[one.state]):22}  {one.starts_on:10}  {one.site}" for one in found]
    show(found, as_json=as_json, lines=lines or [_("The office assigned nothing yet.")])


@assignment.command("show")
@click.argument("name", metavar="ASSIGNMENT")
@json_option
@session
def show_(session: Session, name: str, as_json: bool) -> None:
    """Show what an assignment says, and what of it is not in its visit yet."""
    from auditor_app.workflows.assignments import OPENED, begins_with, find_assignment, news_of

    with session.workspace() as workspace:
        found = find_assignment(workspace, name)
        visit, news = begins_with(workspace, found.id), news_of(workspace, found.id)
    lines = [f"{fact}: {value}" for fact, value in visit.facts.items() if not isinstance(value, dict)]
    lines += [f"{fact}: {value}" for fact, value in visit.facts.get("assignment", {}).items()]
    lines += [f"team: {one.name} {one.role}".rstrip() for one in found.team]
    lines += [f"document: {one.title}" for one in visit.evidence.values()]
    if found.state == OPENED:
        lines.append(_("Everything of it is in its visit."))
    else:
        lines += [f"{one.entry.subject_kind} {one.entry.field}: {one.before} → {one.entry.value}" for one in news if one.before is not None]
    show({"assignment": found, "visit": visit, "news": news}, as_json=as_json, lines=lines)


@assignment.command("open")
@click.argument("name", metavar="ASSIGNMENT")
@session
def open_(session: Session, name: str) -> None:
    """Begin the visit of an assignment, or bring what the office changed into it; prints the visit's id."""
    from auditor_app.workflows.assignments import find_assignment, open_assignment

    with session.workspace() as workspace:
        visit, changes = open_assignment(workspace, find_assignment(workspace, name).id)
        clashes = len(workspace.visit(visit).clashes)
    click.echo(visit)
    say(_("The visit is ready.") if changes.subjects else _("There was nothing new to bring in."))
    if clashes:
        say(_("Where you and the office say different things, both are kept: choose with “auditor clashes”."))
