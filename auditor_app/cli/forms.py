"""`auditor form …`: needs no workspace, except to import."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, say, session, show


@click.group()
def form() -> None:
    """List, show, check and import forms."""


@form.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the forms that come with the program."""
    from auditor_app.workflows.forms import forms_at_hand

    found = forms_at_hand()
    show(found, as_json=as_json, lines=[f"{one.form:24} {one.criteria:3} criteria  {one.checks:4} checks  {one.title}" for one in found])


@form.command("show")
@click.argument("name")
@json_option
def show_(name: str, as_json: bool) -> None:
    """Show a form with its criteria and checks."""
    from auditor_app.workflows.forms import find_form

    found = find_form(name).form
    lines = [found.title]
    for criterion in found.criteria:
        lines += [f"{criterion.number:3} {criterion.name}", *(f"      {check.id:7} {check.prompt}" for check in criterion.checks)]
    show(found, as_json=as_json, lines=lines)


@form.command()
@click.argument("file", type=path_argument)
@json_option
@click.pass_context
def check(context: click.Context, file: Path, as_json: bool) -> None:
    """Report all problems of a form file, each with code and place; exits 4 when there are any."""
    from auditor_app.form_engine.problems import PROBLEM_WORDS
    from auditor_app.workflows.forms import form_problems

    problems = form_problems(file)
    lines = [f"line {one.line}  {one.place}  {one.code}: {PROBLEM_WORDS[one.code].format(detail=one.detail)}" for one in problems]
    show({"problems": problems}, as_json=as_json, lines=lines or ["The form is sound."])
    context.exit(4 if problems else 0)


@form.command("import")
@click.argument("file", type=path_argument)
@session
def import_(session: Session, file: Path) -> None:
    """Check a form file and keep it in the workspace."""
    from auditor_app.workflows.forms import import_form

    with session.workspace() as workspace:
        found = import_form(workspace, file)
    say(f"{found.form} with {found.criteria} criteria is in the workspace.")
