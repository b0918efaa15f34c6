"""`auditor answer` and `auditor rate`."""

import click

from auditor_app.cli.terminal import Session, session
from auditor_app.workflows import criteria as workflow
from auditor_app.workflows.visits import find_visit


@click.command()
@click.argument("visit")
@click.argument("check")
@click.argument("value")
@click.option("--note", default=None, help="A note to the answer.")
@session
def answer(session: Session, visit: str, check: str, value: str, note: str | None) -> None:
    """Answer a check, e.g. 17-d1 with met, partly, not_met, not_seen or not_applicable."""
    with session.workspace() as workspace:
        workflow.answer(workspace, find_visit(workspace, visit), check, value, note=note)


@click.command()
@click.argument("visit")
@click.argument("criterion")
@click.argument("rating")
@click.option("--because", default=None, help="The reason.")
@click.option("--departs", default=None, help="Why the rating is not what the answers suggest.")
@session
def rate(session: Session, visit: str, criterion: str, rating: str, because: str | None, departs: str | None) -> None:
    """Propose a rating for a criterion, e.g. 17 with partially."""
    with session.workspace() as workspace:
        workflow.rate(workspace, find_visit(workspace, visit), criterion, rating, because=because, departs=departs)
