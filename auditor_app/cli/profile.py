"""`auditor-office profile …`: what the office says of itself, and its letter with the codes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from auditor_app.cli.mailbox import try_out
from auditor_app.cli.terminal import json_option, path_argument, read_pem, read_words, say, show
from auditor_app.clock import SystemClock
from auditor_app.errors import NotAllowed
from auditor_app.translation import _


@click.group()
def profile() -> None:
    """Say who the office is: the places of its mailbox, forms, how long things are kept. Every change is signed."""


@profile.command("show")
@json_option
@click.pass_obj
def show_(folder: Path, as_json: bool) -> None:
    """Show the profile as it stands, and the fingerprint of the office's key, to be read out by telephone."""
    _show(folder, as_json)


@profile.command("set")
@click.option("--place", "places", multiple=True, metavar="ADDRESS", help="A place of the mailbox; repeat it in the order of preference.")
@click.option("--form", "forms", multiple=True, metavar="FORM", help="A form in use, by its key, digest or file; repeat it.")
@click.option("--no-forms", is_flag=True, help="Name no form any more.")
@click.option("--office-months", type=int, help="For how many months the office keeps what it received; 0: not said.")
@click.option("--laptop-months", type=int, help="How many months after the receipt laptops release evidence at the latest; 0: not said.")
@json_option
@click.pass_obj
def set_(folder: Path, /, places: tuple[str, ...], forms: tuple[str, ...], no_forms: bool, as_json: bool, **months: int | None) -> None:
    """Change the profile and sign it. What is not named stays as it is; places or forms that are named replace those before."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.profile import Change, form_in_use, set_profile

    named = tuple(form_in_use(one) for one in forms) if forms or no_forms else None
    set_profile(open_office(folder, SystemClock()), Change(places=places or None, forms=named, **months))
    _show(folder, as_json)
    say(_("Auditors get it with “announce”, as the file office.profile, or with a new letter."))


@profile.command()
@click.argument("address")
@click.option("--user", default="", help="Who the office is at that place; without user and authority, what is kept is forgotten.")
@click.option("--password-file", type=path_argument, help="A file with the password; on a terminal it is asked for.")
@click.option("--authority", type=path_argument, help="The certificate (PEM) of an authority that the office runs itself.")
@click.pass_obj
def password(folder: Path, address: str, user: str, password_file: Path | None, authority: Path | None) -> None:
    """Keep how the office gets into a place of the mailbox, sealed to its key. What is not given stays as it was."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.places import keep_login

    words = read_words(password_file) if password_file else click.prompt(_("Password"), hide_input=True, err=True) if user else ""
    pem = read_pem(authority) if authority else ""
    keep_login(open_office(folder, SystemClock()), address, user=user, password=words, authority=pem)
    say(_("It is kept, sealed to the office's key.") if user or pem else _("It is forgotten."))


@profile.command("test")
@json_option
@click.pass_context
def test_(context: click.Context, as_json: bool) -> None:
    """Write, read, list and delete a trial file in each place of the mailbox; the first problem gives the exit code."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.places import places_with_logins

    places = places_with_logins(open_office(context.obj, SystemClock()))
    if not places:
        raise NotAllowed("mailbox_unknown")
    problems = [one.problem for one in try_out(places, as_json=as_json) if one.problem]
    context.exit(problems[0].exit_code if problems else 0)


@profile.command()
@click.option("--out", type=path_argument, required=True, help="The letter (PDF), to print or to mail.")
@click.option("--language", default="en", show_default=True, help="The code of its language, such as es.")
@click.pass_obj
def letter(folder: Path, out: Path, language: str) -> None:
    """Write the office's letter: one page with the fingerprint of its key and the profile as codes for a camera."""
    from auditor_app.disk import write_file
    from auditor_app.workflows.fingerprints import office_fingerprint
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.letter import make_letter

    opened = open_office(folder, SystemClock())
    write_file(out, make_letter(opened, language))
    say(_("The letter is in {path}.").format(path=out))
    say(_("Who calls to compare hears these digits: {digits}").format(digits=office_fingerprint(opened.profile)))


def _show(folder: Path, as_json: bool) -> None:
    from auditor_app.workflows.fingerprints import office_fingerprint
    from auditor_app.workflows.office.folder import open_office

    found = open_office(folder, SystemClock()).profile
    content: dict[str, Any] = {
        "office": found.office,
        "fingerprint": office_fingerprint(found),
        "key": found.recipient,
        "places": found.mailboxes,
        "forms": found.forms,
        "retention": found.retention,
    }
    show(content, as_json=as_json, lines=_lines(content))


def _lines(content: dict[str, Any]) -> Iterator[str]:
    from auditor_app.workflows.profile_words import retention_words

    yield content["office"]
    yield _("Fingerprint: {digits}").format(digits=content["fingerprint"])
    yield _("Key: {key}").format(key=content["key"])
    for number, place in enumerate(content["places"], start=1):
        yield _("Place {number}: {place}").format(number=number, place=place)
    for one in content["forms"]:
        yield _("Form: {form}, digest {digest}").format(form=one.form, digest=one.digest)
    yield from retention_words(content["retention"])
