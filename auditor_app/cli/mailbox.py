"""`auditor mailbox`: where bundles go, and whether that place works."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, read_words, session, show
from auditor_app.error_words import words
from auditor_app.translation import _


@click.group()
def mailbox() -> None:
    """Name the office's mailbox and try it out."""


@mailbox.command("set")
@click.argument("url")
@click.option("--user", default="", help="The user, or the id of an access key.")
@click.option("--password-file", type=path_argument, help="A file with the password or secret key; it is kept in the encrypted workspace.")
@click.option("--authority", type=path_argument, help="The certificate (PEM) of an authority that the office runs itself.")
@json_option
@session
def set_(session: Session, url: str, user: str, password_file: Path | None, authority: Path | None, as_json: bool) -> None:
    """Say where bundles go: a folder, a stick, or an address of WebDAV, S3 or Azure Blob."""
    from auditor_app.disk import disk_errors
    from auditor_app.workflows.mailboxes import mailbox as found_mailbox
    from auditor_app.workflows.mailboxes import set_mailbox

    password = read_words(password_file) if password_file else ""
    pem = ""
    if authority is not None:
        with disk_errors(authority):
            pem = authority.read_text(encoding="utf-8", errors="replace")
    with session.workspace() as workspace:
        set_mailbox(workspace, url, user, password, authority=pem)
        found = found_mailbox(workspace)
    show(found, as_json=as_json, lines=[found.url if found else ""])


@mailbox.command("show")
@json_option
@session
def show_(session: Session, as_json: bool) -> None:
    """Show where bundles go."""
    from auditor_app.workflows.mailboxes import mailbox as found_mailbox

    with session.workspace() as workspace:
        found = found_mailbox(workspace)
    show(found, as_json=as_json, lines=[found.url if found else _("No mailbox is named yet.")])


@mailbox.command("test")
@json_option
@session
@click.pass_context
def test_(context: click.Context, session: Session, as_json: bool) -> None:
    """Write, read, list and delete a trial file in the mailbox, and say what is wrong."""
    from auditor_app.workflows.mailboxes import STEPS, mailbox_place, try_place

    with session.workspace() as workspace:
        place = mailbox_place(workspace)
    found = try_place(place)
    lines = [f"{_('yes')}  {_(STEPS[step])}" for step in found.done]
    if found.problem:
        lines += [f"{_('no')}   {_(STEPS[found.stopped_at])}", words(found.problem)]
    content = {"place": place.url, "done": found.done, "problem": found.problem.code if found.problem else ""}
    show(content, as_json=as_json, lines=lines)
    context.exit(found.problem.exit_code if found.problem else 0)
