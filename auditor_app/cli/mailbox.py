"""`auditor mailbox`: where bundles go, and whether that place works."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, read_pem, read_words, say, session, show
from auditor_app.error_words import words
from auditor_app.translation import _

if TYPE_CHECKING:
    from auditor_app.workflows.mailboxes import Place, PlaceTest


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
    from auditor_app.workflows.mailboxes import mailbox as found_mailbox
    from auditor_app.workflows.mailboxes import set_mailbox

    password = read_words(password_file) if password_file else ""
    pem = read_pem(authority) if authority else ""
    with session.workspace() as workspace:
        set_mailbox(workspace, url, user, password, authority=pem)
        found = found_mailbox(workspace)
    show(found, as_json=as_json, lines=[found.url if found else ""])


@mailbox.command("show")
@json_option
@session
def show_(session: Session, as_json: bool) -> None:
    """Show where bundles go: the first of these places that answers."""
    from auditor_app.workflows.mailboxes import mailboxes

    with session.workspace() as workspace:
        found = mailboxes(workspace)
    content = {"url": found[0].url if found else "", "user": found[0].user if found else "", "places": found}
    lines = [f"{one.url}  {_('your own choice')}" if one.is_own else one.url for one in found]
    show(content, as_json=as_json, lines=lines or [_("No mailbox is named yet.")])


@mailbox.command("follow-office")
@session
def follow_office_(session: Session) -> None:
    """Choose no place of your own any more: those of the office count, in its order. Passwords stay."""
    from auditor_app.workflows.mailboxes import follow_office, mailbox_place

    with session.workspace() as workspace:
        follow_office(workspace)
        first = mailbox_place(workspace)
    say(_("Bundles go to {place} if it answers.").format(place=first.url))


@mailbox.command("test")
@json_option
@session
@click.pass_context
def test_(context: click.Context, session: Session, as_json: bool) -> None:
    """Write, read, list and delete a trial file in each place of the mailbox, and say what is wrong; the first one gives the exit code."""
    from auditor_app.workflows.mailboxes import mailbox_place, mailbox_places

    with session.workspace() as workspace:
        mailbox_place(workspace)  # one must be named
        places = mailbox_places(workspace)
    first = try_out(places, as_json=as_json)[0]
    context.exit(first.problem.exit_code if first.problem else 0)


def try_out(places: "Sequence[Place]", *, as_json: bool) -> "list[PlaceTest]":
    """Try places out one after the other, and tell of each step."""
    from auditor_app.workflows.mailboxes import try_place

    found = [try_place(place) for place in places]
    told = [_told(place.url, one) for place, one in zip(places, found, strict=True)]
    lines = [line for place, one in zip(places, found, strict=True) for line in _lines(place.url if len(places) > 1 else "", one)]
    show({**told[0], "others": told[1:]}, as_json=as_json, lines=lines)
    return found


def _told(place: str, found: "PlaceTest") -> dict[str, Any]:
    return {"place": place, "done": found.done, "problem": found.problem.code if found.problem else ""}


def _lines(place: str, found: "PlaceTest") -> Iterator[str]:
    from auditor_app.workflows.mailboxes import STEPS

    if place:
        yield place
    for step in found.done:
        yield f"{_('yes')}  {_(STEPS[step])}"
    if found.problem:
        yield f"{_('no')}   {_(STEPS[found.stopped_at])}"
        yield words(found.problem)
