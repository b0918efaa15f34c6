"""`auditor history`, `auditor undo` and `auditor clashes`."""

import click

from auditor_app.cli.terminal import Session, json_option, say, session, show
from auditor_app.domain.journal import Entry, Subject
from auditor_app.ids import EntryId
from auditor_app.workflows import history as workflow
from auditor_app.workflows.visits import find_visit


@click.command()
@click.argument("visit")
@click.argument("subject", required=False, metavar="[KIND:ID]")
@json_option
@session
def history(session: Session, visit: str, subject: str | None, as_json: bool) -> None:
    """Show every value ever entered: who, when, what, why; of a visit, or of a subject such as criterion:17."""
    kind, _colon, name = (subject or "").partition(":")
    with session.workspace() as workspace:
        found = workflow.history(workspace, find_visit(workspace, visit), Subject(kind, name) if subject else None)
    show(found, as_json=as_json, lines=[_line(entry) for entry in found])


@click.command()
@click.argument("visit")
@click.option("--entry", default=None, help="An entry of the history, instead of the last change made on this device.")
@session
def undo(session: Session, visit: str, entry: str | None) -> None:
    """Take a change back; that is one more entry, so nothing is lost."""
    with session.workspace() as workspace:
        changes = workflow.undo(workspace, find_visit(workspace, visit), EntryId(entry) if entry else None)
    say("Undone: " + ", ".join(f"{subject.kind} {subject.id}" for subject in sorted(changes.subjects)))


@click.command()
@click.argument("visit")
@click.option("--choose", "entry", default=None, help="Settle a clash by choosing one of its entries.")
@click.option("--because", default="", help="Why this one.")
@json_option
@session
def clashes(session: Session, visit: str, entry: str | None, because: str, as_json: bool) -> None:
    """List the fields that two people set differently, or settle one."""
    with session.workspace() as workspace:
        found = find_visit(workspace, visit)
        if entry:
            workflow.choose(workspace, found, EntryId(entry), reason=because)
        left = workflow.clashes(workspace, found)
    lines = [f"{clash.subject.kind} {clash.subject.id} {clash.field}: {_line(head)}" for clash in left for head in clash.heads]
    show(left, as_json=as_json, lines=lines or ["No clashes."])


def _line(entry: Entry) -> str:
    value = str(entry.value).replace("\n", " ")
    why = f"  ({entry.reason})" if entry.reason else ""
    return f"{entry.id}  {entry.recorded_at[:19]}Z  {entry.subject_kind} {entry.subject_id[:36]} {entry.field} = {value[:80]}{why}"
