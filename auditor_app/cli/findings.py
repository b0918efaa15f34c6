"""`auditor finding …` and `auditor limit …`."""

from typing import Any

import click

from auditor_app.cli.terminal import Session, json_option, session, show
from auditor_app.domain.findings import CLOSED, FINDING_STATES, POSITIONS
from auditor_app.workflows import findings as workflow
from auditor_app.workflows.visits import find_visit, open_visit

TEXTS = ("statement", "objective_evidence", "requirement", "grade", "action", "owner", "site_reply")
DAYS = {"due": "The day by which it is to be closed, such as 2027-11-19."}
CHOICES = {"position": POSITIONS, "state": FINDING_STATES}


@click.group()
def finding() -> None:
    """Raise, list, revise, close and withdraw findings. One is named by its number in the report or the beginning of its id."""


def _texts(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command an option for every text of a finding."""
    for name, choices in reversed(CHOICES.items()):
        command = click.option(f"--{name}", default=None, help=f"One of: {', '.join(choices)}")(command)
    for name, words in DAYS.items():
        command = click.option(f"--{name}", default=None, help=words)(command)
    for text in reversed(TEXTS):
        command = click.option(f"--{text.replace('_', '-')}", text, default=None)(command)
    return click.option("--systemic/--isolated", default=None)(command)


def _given(texts: dict[str, Any]) -> dict[str, Any]:
    return {name: text for name, text in texts.items() if text is not None}


@finding.command()
@click.argument("visit")
@click.argument("criterion")
@click.argument("title")
@click.option("--check", default="", help="The check that showed it: its note and its evidence go along.")
@_texts
@session
def add(session: Session, /, visit: str, criterion: str, title: str, check: str, **texts: Any) -> None:
    """Raise a finding on a criterion, or on what one of its checks showed; prints its id."""
    with session.workspace() as workspace:
        found = find_visit(workspace, visit)
        if check:
            raised, _changes = workflow.raise_from_check(workspace, found, check, title, **_given(texts))
        else:
            raised, _changes = workflow.raise_finding(workspace, found, criterion, title, **_given(texts))
    click.echo(raised)


@finding.command()
@click.argument("visit")
@click.argument("name", metavar="FINDING")
@click.option("--title", default=None)
@click.option("--criterion", default=None, help="Move it to another criterion.")
@click.option("--because", "reason", default="", help="Why; it stays in the history, and in the list of changes since a closing meeting.")
@_texts
@session
def revise(session: Session, /, visit: str, name: str, reason: str, **texts: Any) -> None:
    """Change a finding."""
    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        workflow.revise_finding(workspace, opened.state.id, workflow.find_finding(opened, name), reason=reason, **_given(texts))


@finding.command()
@click.argument("visit")
@click.argument("name", metavar="FINDING")
@click.option("--evidence", multiple=True, help="What shows that it is closed: a piece of evidence, by the beginning of its digest.")
@click.option("--because", "closed_because", default=None, help="Why it is closed where no evidence shows it.")
@click.option("--on", "closed_on", default=None, help="The day on which it was closed; today where none is given.")
@session
def close(session: Session, /, visit: str, name: str, evidence: tuple[str, ...], **texts: Any) -> None:
    """Close a finding with the evidence for it, or with the reason why there is none."""
    from auditor_app.domain.findings import CLOSES, FINDING
    from auditor_app.domain.journal import Subject
    from auditor_app.workflows.evidence import find_evidence, link_evidence

    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        found = workflow.find_finding(opened, name)
        for piece in [find_evidence(workspace, opened.state.id, digest) for digest in evidence]:
            link_evidence(workspace, opened.state.id, piece.digest, Subject(FINDING, found), CLOSES)
        workflow.revise_finding(workspace, opened.state.id, found, state=CLOSED, **_given(texts))


@finding.command("list")
@click.argument("visit")
@click.option("--grade", default="")
@click.option("--state", default="", help=f"One of: {', '.join(FINDING_STATES)}")
@click.option("--criterion", default="")
@click.option("--overdue", is_flag=True, help="Only those whose day has passed and that are not closed.")
@json_option
@session
def list_(session: Session, visit: str, grade: str, state: str, criterion: str, overdue: bool, as_json: bool) -> None:
    """List the findings of a visit, all or some of them."""
    from auditor_app.workflows.finding_register import Wanted, register

    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        today = workspace.clock.now().date().isoformat()
    wanted = Wanted(grade=grade, state=state, criterion=criterion, overdue_on=today if overdue else "")
    found = register(opened, wanted)
    lines = [
        f"{one.number:3}  criterion {one.finding.criterion:>2}  {one.finding.grade:13}  {one.finding.state:11}  {one.finding.title}"
        for one in found
    ]
    show([one.finding for one in found], as_json=as_json, lines=lines)


@finding.command()
@click.argument("visit")
@json_option
@session
def plan(session: Session, visit: str, as_json: bool) -> None:
    """Show the improvement plan: what is to be done, by whom, by which day, the earliest first."""
    from auditor_app.workflows.finding_register import improvement_plan

    with session.workspace() as workspace:
        found = improvement_plan(open_visit(workspace, find_visit(workspace, visit)))
    lines = [
        f"{one.finding.due or '-':10}  {one.number:3}  {one.finding.state:11}  {one.finding.owner or '-'}: {one.finding.action or '-'}"
        for one in found
    ]
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
    """Note, list, change and take back what could not be seen."""


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


@limit.command("revise")
@click.argument("visit")
@click.argument("name", metavar="LIMIT")
@click.option("--what", default=None, help="What could not be seen.")
@click.option("--because", "why", default=None, help="Why it could not be seen.")
@click.option("--criterion", "criteria", multiple=True, help="A criterion that it touches, in place of those named before.")
@session
def revise_limit(session: Session, visit: str, name: str, what: str | None, why: str | None, criteria: tuple[str, ...]) -> None:
    """Change what a limit says. A limit is named by its number in the list or the beginning of its id."""
    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        limit_id = workflow.find_limit(opened, name)
        workflow.revise_limit(workspace, opened.state.id, limit_id, what=what, why=why, criteria=criteria or None)


@limit.command("withdraw")
@click.argument("visit")
@click.argument("name", metavar="LIMIT")
@click.option("--because", required=True, help="Why it is taken back, such as that it was seen after all.")
@session
def withdraw_limit(session: Session, visit: str, name: str, because: str) -> None:
    """Take a limit back; it stays in the history and can be undone."""
    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        workflow.withdraw_limit(workspace, opened.state.id, workflow.find_limit(opened, name), reason=because)


@limit.command("list")
@click.argument("visit")
@json_option
@session
def list_limits(session: Session, visit: str, as_json: bool) -> None:
    """List what could not be seen."""
    with session.workspace() as workspace:
        found = workspace.visit(find_visit(workspace, visit)).limits
    lines = [f"{number:3}  {one.what}: {one.why} ({', '.join(one.criteria)})" for number, one in enumerate(found, start=1)]
    show(found, as_json=as_json, lines=lines)
