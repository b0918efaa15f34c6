"""`auditor visit …`."""

from typing import Any

import click

from auditor_app.cli.terminal import Session, json_option, say, session, show
from auditor_app.workflows import visits as workflow


@click.group()
def visit() -> None:
    """Begin, list, show and close visits. A visit is named by the beginning of its id, or "last"."""


@visit.command()
@click.option("--form", "form", required=True, help="The form, e.g. copper-mark-rra-3.0.")
@click.option("--site", required=True)
@click.option("--site-type", required=True, help="A type of the form, e.g. smelter.")
@click.option("--company", default="")
@click.option("--country", default="")
@click.option("--location", default="")
@click.option("--kind", default="", help="A kind of the form, e.g. initial.")
@click.option("--starts-on", default="", help="First day on site, e.g. 2026-11-16.")
@click.option("--ends-on", default="")
@click.option("--metals", default="")
@click.option("--scope", default="")
@click.option("--exclusions", default="")
@click.option("--team", default="", help="Names, one a line.")
@click.option("--office", default="")
@click.option("--photo-review", type=click.Choice(["yes", "no"]), help="Whether the site asks to see photos before release.")
@session
def new(session: Session, /, form: str, **facts: str) -> None:
    """Begin a visit; prints its id."""
    with session.workspace() as workspace:
        visit_id, _changes = workflow.begin_visit(workspace, form, {name: value for name, value in facts.items() if value})
    click.echo(visit_id)


@visit.command("list")
@json_option
@session
def list_(session: Session, as_json: bool) -> None:
    """List all visits, newest first."""
    with session.workspace() as workspace:
        found = workflow.list_visits(workspace)
    show(found, as_json=as_json, lines=[f"{one.id}  {one.state:6}  {one.starts_on:10}  {one.site}" for one in found])


@visit.command("show")
@click.argument("name", metavar="VISIT")
@json_option
@session
def show_(session: Session, name: str, as_json: bool) -> None:
    """Show a visit as it stands."""
    from auditor_app.workflows.criteria import gaps

    with session.workspace() as workspace:
        opened = workflow.open_visit(workspace, workflow.find_visit(workspace, name))
    state = opened.state
    content: dict[str, Any] = {"visit": state, "ratings": workflow.rating_counts(opened), "gaps": gaps(opened)}
    lines = [f"{name}: {value}" for name, value in state.facts.items()]
    lines += [f"rated {rating or 'not yet'}: {count}" for rating, count in sorted(workflow.rating_counts(opened).items())]
    lines += [f"evidence: {len(state.evidence)}", f"findings: {len(state.findings)}", f"clashes: {len(state.clashes)}"]
    show(content, as_json=as_json, lines=lines)


@visit.command()
@click.argument("name", metavar="VISIT")
@session
def close(session: Session, name: str) -> None:
    """Close a visit in which every criterion is complete."""
    with session.workspace() as workspace:
        workflow.close_visit(workspace, workflow.find_visit(workspace, name))
    say("The visit is closed.")
