"""`auditor identity cards` and `use-card`: signing with a smart card. A PIN is asked for or read from a file, used, and never kept."""

import sys
from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, read_words, say, session, show
from auditor_app.errors import NotAllowed
from auditor_app.translation import _
from auditor_app.workspace import Workspace

library_option = click.option("--library", type=path_argument, help="The PKCS#11 library of the card's maker; by default OpenSC's.")
pin_option = click.option("--pin-file", type=path_argument, help="A file with the card's PIN; on a terminal it is asked for.")

TRIES = {"all": "", "few": "  a wrong PIN was entered: few tries left", "last": "  one try left", "none": "  locked"}


def asked_pin(workspace: Workspace, pin_file: Path | None) -> str | None:
    """Give the PIN of whoever signs with a card: from a file, or asked for on a terminal. None where no card signs."""
    from auditor_app.workflows.identity import signer

    found = signer(workspace)
    return _pin(found.card, pin_file) if found and found.card else None


def _pin(card: str, pin_file: Path | None) -> str | None:
    if pin_file is not None:
        return read_words(pin_file)
    if sys.stdin.isatty():
        return (
            str(click.prompt(_("PIN of {card} (empty where the reader has keys)").format(card=card), hide_input=True, default="", err=True))
            or None
        )
    return None


@click.command("cards")
@library_option
@json_option
def cards_(library: Path | None, as_json: bool) -> None:
    """List the cards that are plugged in, how many tries their PIN has left, and the certificates on them."""
    from auditor_app.workflows.own_keys import keys_on_card, plugged_in

    used = _library(library)
    found = [(one, keys_on_card(used, one.serial)) for one in plugged_in(used)]
    lines = []
    for one, keys in found:
        lines += [f"{one.serial}  {one.label}{TRIES[one.tries]}", *(f"    key {key.id}  {key.name}" for key in keys)]
    show([{"card": one, "keys": keys} for one, keys in found], as_json=as_json, lines=lines or ["No card is plugged in."])


@click.command("use-card")
@click.argument("serial")
@click.option("--key", default="", help="The key's id, where the card has more than one.")
@click.option("--last-try", is_flag=True, help="Try the PIN although another wrong one locks the card.")
@library_option
@pin_option
@session
def use_card_(session: Session, serial: str, key: str, last_try: bool, library: Path | None, pin_file: Path | None) -> None:
    """Sign with a card from now on. Its PIN is tried once; later it is asked for each time."""
    from auditor_app.workflows.own_keys import keys_on_card, use_card

    used = _library(library)
    keys = [one.id for one in keys_on_card(used, serial) if one.id.startswith(key)]
    if len(keys) != 1:
        raise NotAllowed("card_key_unknown", key=key or ", ".join(keys))
    with session.workspace() as workspace:
        found = use_card(workspace, used, serial, keys[0], _pin(serial, pin_file), may_lock=last_try)
    say(f"{found.name} signs with the card {found.card} until {found.valid_until:%Y-%m-%d}.")


def _library(given: Path | None) -> Path:
    from auditor_app.workflows.own_keys import card_library

    return given or card_library()
