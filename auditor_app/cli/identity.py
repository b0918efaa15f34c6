"""`auditor identity …` and `auditor mailbox`: who signs, and where bundles go."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, read_words, say, session, show
from auditor_app.disk import disk_errors, write_file


@click.group()
def identity() -> None:
    """Ask the office for a certificate, and take its answer in."""


@identity.command()
@click.option("--out", type=path_argument, required=True)
@session
def request(session: Session, out: Path) -> None:
    """Write the file to give to the office; the private key never leaves the workspace."""
    from auditor_app.workflows.identity import enrolment_request

    with session.workspace() as workspace:
        write_file(out, enrolment_request(workspace))
    say(f"Give {out} to the office and import its answer.")


@identity.command("import")
@click.argument("file", type=path_argument)
@session
def import_(session: Session, file: Path) -> None:
    """Take the office's answer in."""
    from auditor_app.workflows.identity import import_enrolment

    with disk_errors(file):
        data = file.read_bytes()
    with session.workspace() as workspace:
        found = import_enrolment(workspace, data)
    say(f"{found.name} signs for {found.office} until {found.valid_until:%Y-%m-%d}.")


@identity.command("show")
@json_option
@session
def show_(session: Session, as_json: bool) -> None:
    """Show who signs here."""
    from auditor_app.workflows.identity import signer

    with session.workspace() as workspace:
        found = signer(workspace)
    lines = [f"{found.name}, {found.organisation}, for {found.office}, until {found.valid_until:%Y-%m-%d}"] if found else ["Nobody yet."]
    show(found, as_json=as_json, lines=lines)


@click.command()
@click.argument("url", required=False)
@click.option("--user", default="")
@click.option("--password-file", type=path_argument, help="A file with the password; it is kept in the encrypted workspace only.")
@json_option
@session
def mailbox(session: Session, url: str | None, user: str, password_file: Path | None, as_json: bool) -> None:
    """Show or set where bundles go: a folder, a stick, or a WebDAV address."""
    from auditor_app.workflows import exchange

    password = read_words(password_file) if password_file else ""
    with session.workspace() as workspace:
        if url:
            exchange.set_mailbox(workspace, url, user, password)
        found = exchange.mailbox(workspace)
    show(found, as_json=as_json, lines=[found.url if found else "No mailbox is named yet."])
