"""`auditor identity …`: who signs."""

import sys
from pathlib import Path

import click

from auditor_app.cli.cards import asked_pin, cards_, pin_option, use_card_
from auditor_app.cli.terminal import Session, json_option, path_argument, read_words, say, session, show
from auditor_app.disk import disk_errors, write_file
from auditor_app.translation import _


@click.group()
def identity() -> None:
    """Ask the office for a certificate, and take its answer in."""


identity.add_command(cards_)
identity.add_command(use_card_)


@identity.command()
@click.option("--out", type=path_argument, required=True)
@pin_option
@session
def request(session: Session, out: Path, pin_file: Path | None) -> None:
    """Write the file to give to the office; the private key never leaves the workspace."""
    from auditor_app.workflows.identity import enrolment_request

    with session.workspace() as workspace:
        write_file(out, enrolment_request(workspace, pin=asked_pin(workspace, pin_file)))
    say(f"Give {out} to the office and import its answer.")


@identity.command("import")
@click.argument("file", type=path_argument)
@click.option("--password-file", type=path_argument, help="A file with the password of a PKCS#12 file; on a terminal it is asked for.")
@session
def import_(session: Session, file: Path, password_file: Path | None) -> None:
    """Take in the office's answer, its profile, or a key of your own (PKCS#12: .p12 or .pfx)."""
    from auditor_app.workflows.identity import import_letter
    from auditor_app.workflows.own_keys import import_pkcs12

    with disk_errors(file):
        data = file.read_bytes()
    is_letter = data.lstrip().startswith(b"{")
    with session.workspace() as workspace:
        found = import_letter(workspace, data) if is_letter else import_pkcs12(workspace, data, _password(password_file))
    if found is None:
        say("The office's profile was taken in.")
    else:
        say(f"{found.name} signs for {found.office} until {found.valid_until:%Y-%m-%d}.")


@identity.command("confirm-key")
@click.argument("key")
@session
def confirm_key(session: Session, key: str) -> None:
    """Seal to the office's new key, which it has told you, from now on."""
    from auditor_app.workflows import office_news

    with session.workspace() as workspace:
        profile = office_news.confirm_key(workspace, key)
    say(f"Evidence is sealed to the new key of {profile.office} from now on.")


@identity.command("office-key")
@session
def office_key(session: Session) -> None:
    """Sign with the office's certificate again; a key that came from a file is forgotten."""
    from auditor_app.workflows.own_keys import stop_using_own_key

    with session.workspace() as workspace:
        found = stop_using_own_key(workspace)
    say(f"{found.name} signs for {found.office}." if found else "Nobody signs here now.")


def _password(password_file: Path | None) -> str:
    if password_file is not None:
        return read_words(password_file)
    if sys.stdin.isatty():
        return str(click.prompt(_("Password of the key file"), hide_input=True, default="", err=True))
    return ""


@identity.command("show")
@json_option
@session
def show_(session: Session, as_json: bool) -> None:
    """Show who signs here."""
    from auditor_app.workflows.identity import signer

    with session.workspace() as workspace:
        found = signer(workspace)
    where = f", card {found.card}" if found and found.card else ""
    who = f"{found.name}, {found.organisation}, for {found.office}, until {found.valid_until:%Y-%m-%d}{where}" if found else "Nobody yet."
    lines = [who]
    show(found, as_json=as_json, lines=lines)
