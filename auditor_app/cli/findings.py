"""`auditor finding …` and `auditor limit …`."""

import click

from auditor_app.cli.terminal import Session, json_option, session, show
from auditor_app.workflows import findings as workflow
from auditor_app.workflows.visits import find_visit, open_visit

TEXTS = ("statement", "objective_evidence", "requirement", "grade", "action", "owner", "due", "site_reply")


@click.group()
def finding() -> None:
    """Raise, list, revise and withdraw findings. A finding is named by its number in the report or the beginning of its id."""


def _texts(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command an option for every text of a finding."""
    for text in reversed(TEXTS):
        command = click.option(f"--{text.replace('_', '-')}", text, default=None)(command)
    return click.option("--systemic/--isolated", default=None)(command)


@finding.command()
@click.argument("visit")
@click.argument("criterion")
@click.argument("title")
@_texts
@session
def add(session: Session, /, visit: str, criterion: str, title: str, **texts: str | bool | None) -> None:
    """Raise a finding on a criterion; prints its id."""
    with session.workspace() as workspace:
        given = {name: text for name, text in texts.items() if text is not None}
        found, _changes = workflow.raise_finding(workspace, find_visit(workspace, visit), criterion, title, **given)
    click.echo(found)


@finding.command()
@click.argument("visit")
@click.argument("name", metavar="FINDING")
@click.option("--title", default=None)
@_texts
@session
def revise(session: Session, /, visit: str, name: str, **texts: str | bool | None) -> None:
    """Change a finding."""
    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        given = {key: text for key, text in texts.items() if text is not None}
        workflow.revise_finding(workspace, opened.state.id, workflow.find_finding(opened, name), **given)


@finding.command("list")
@click.argument("visit")
@json_option
@session
def list_(session: Session, visit: str, as_json: bool) -> None:
    """List the findings of a visit."""
    with session.workspace() as workspace:
        found = workspace.visit(find_visit(workspace, visit)).findings
    lines = [f"{number:3}  criterion {one.criterion:>2}  {one.grade:13}  {one.title}" for number, one in enumerate(found, start=1)]
    show(found, as_json=as_json, lines=lines)


@finding.command()
@click.argument("visit")
@click.argument("name", metavar="FINDING")
@click.option("--because", required=True, help="Why it is withdrawn.")
@session
def withdraw(session: Session, visit: str, name: str, because: str) -> None:
    """Withdraw a finding; it stays in the history and can be undone."""
    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        workflow.withdraw_finding(workspace, opened.state.id, workflow.find_finding(opened, name), reason=because)


@click.group()
def limit() -> None:
    """Note and list what could not be seen."""


@limit.command("add")
@click.argument("visit")
@click.argument("what")
@click.option("--because", required=True, help="Why it could not be seen.")
@click.option("--criterion", "criteria", multiple=True, help="A criterion that it touches; may be given more than once.")
@session
def add_limit(session: Session, visit: str, what: str, because: str, criteria: tuple[str, ...]) -> None:
    """Note what could not be seen, and why; prints its id."""
    with session.workspace() as workspace:
        found, _changes = workflow.note_limit(workspace, find_visit(workspace, visit), what, because, criteria)
    click.echo(found)


@limit.command("list")
@click.argument("visit")
@json_option
@session
def list_limits(session: Session, visit: str, as_json: bool) -> None:
    """List what could not be seen."""
    with session.workspace() as workspace:
        found = workspace.visit(find_visit(workspace, visit)).limits
    show(found, as_json=as_json, lines=[f"{one.what}: {one.why} ({', '.join(one.criteria)})" for one in found])
