"""`auditor closing …`: the closing meeting, its preliminary sheet, and the site's word that it has seen the findings."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor_app.cli.cards import asked_pin, pin_option
from auditor_app.cli.terminal import Session, json_option, path_argument, read_words, session, show
from auditor_app.translation import _
from auditor_app.workflows.visits import OpenVisit, find_visit, open_visit

if TYPE_CHECKING:
    from auditor_app.workflows.closing import Held


@click.group()
def closing() -> None:
    """The closing meeting: freeze the findings, show them, list what changed since. The latest one is meant unless one is named."""


@closing.command()
@click.argument("visit")
@click.option("--held-at", default="", help="When, such as “2026-11-19 15:30”; now where it is not given.")
@click.option("--place", default="")
@click.option("--note", default="")
@session
def begin(session: Session, visit: str, held_at: str, place: str, note: str) -> None:
    """Begin a closing meeting: the findings as they stand now are the provisional ones. Prints its id."""
    from auditor_app.workflows.closing import begin_closing

    with session.workspace() as workspace:
        begun, _changes = begin_closing(workspace, find_visit(workspace, visit), held_at=held_at, place=place, note=note)
    click.echo(begun)


@closing.command("show")
@click.argument("visit")
@click.argument("name", metavar="[CLOSING]", default="")
@json_option
@session
def show_findings(session: Session, visit: str, name: str, as_json: bool) -> None:
    """Show the findings as they were frozen, with what the site says of each."""
    opened, held = _held(session, visit, name)
    from auditor_app.workflows.closing_words import position_words

    said = {one.id: (position_words(one.position), one.site_reply) for one in opened.state.findings}
    lines = []
    for number, one in enumerate(held.findings, start=1):
        lines.append(f"{number:3}  {one.grade:13}  criterion {one.criterion:>2}  {one.title}")
        lines += [f"     {words}" for words in said.get(one.id, ()) if words]
    show({"meeting": held.meeting, "findings": held.findings}, as_json=as_json, lines=lines)


@closing.command()
@click.argument("visit")
@click.argument("name", metavar="[CLOSING]", default="")
@json_option
@session
def changes(session: Session, visit: str, name: str, as_json: bool) -> None:
    """List what was changed since the findings were frozen: what, before and after, who, when, why."""
    opened, held = _held(session, visit, name)
    from auditor_app.workflows.closing_words import change_line, change_words

    lines = [change_words(change_line(opened, change)) for change in held.changes]
    show(held.changes, as_json=as_json, lines=lines or ["Nothing was changed since."])


@closing.command()
@click.argument("visit")
@click.argument("name", metavar="[CLOSING]", default="")
@session
def end(session: Session, visit: str, name: str) -> None:
    """End a closing meeting."""
    from auditor_app.workflows.closing import end_closing

    with session.workspace() as workspace:
        end_closing(workspace, find_visit(workspace, visit), name)


@closing.command()
@click.argument("visit")
@click.option("--name", required=True, help="Who acknowledges for the site.")
@click.option("--role", default="", help="Their function at the site.")
@click.option("--drawing", type=path_argument, help="The drawn signature: JSON, a list of strokes of points [right, down, pressure].")
@click.option("--certificate", type=path_argument, help="Their own certificate with its key (PKCS#12); it is not kept.")
@click.option("--password-file", type=path_argument, help="A file with its password; on a terminal it is asked for.")
@click.option("--out", type=path_argument, help="The PDF to write.")
@pin_option
@json_option
@session
def acknowledge(
    session: Session,
    /,
    visit: str,
    drawing: Path | None,
    certificate: Path | None,
    password_file: Path | None,
    out: Path | None,
    pin_file: Path | None,
    as_json: bool,
    **who: str,
) -> None:
    """Let the site's representative acknowledge the latest preliminary sheet, which must be made and signed; says how it verifies.

    A signature says that they have seen the findings, not that they agree.
    """
    from auditor_app.workflows.acknowledging import Representative
    from auditor_app.workflows.answers import QUESTIONS
    from auditor_app.workflows.closing_sheet import acknowledge_sheet, check_sheet, read_drawing
    from auditor_app.workflows.reports import export_report

    strokes = read_drawing(_bytes(drawing)) if drawing else ()
    own = (_bytes(certificate), read_words(password_file) if password_file else _asked()) if certificate else None
    with session.workspace() as workspace:
        pin = asked_pin(workspace, pin_file) if own is None else None
        found = find_visit(workspace, visit)
        made = acknowledge_sheet(workspace, found, Representative(strokes=strokes, **who), certificate=own, pin=pin)
        checked = check_sheet(workspace, made)
        if out is not None:
            export_report(workspace, made, out)
    lines = [f"{one.answer:12} {QUESTIONS[one.question]}" for one in checked.answers]
    lines += [f"Added: {one.kind} of {one.name} ({one.reason})" for one in checked.pdf.later] if checked.pdf else []
    show({"report": made, "answers": checked.answers}, as_json=as_json, lines=lines)


def _bytes(path: Path) -> bytes:
    from auditor_app.disk import disk_errors

    with disk_errors(path):
        return path.read_bytes()


def _asked() -> str:
    return str(click.prompt(_("Password of the certificate"), hide_input=True, default="", show_default=False, err=True))


def _held(session: Session, visit: str, name: str) -> "tuple[OpenVisit, Held]":
    from auditor_app.workflows.closing import held

    with session.workspace() as workspace:
        found = find_visit(workspace, visit)
        return open_visit(workspace, found), held(workspace, found, name)
