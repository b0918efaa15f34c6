"""`auditor identity …`: who signs."""

import sys
from pathlib import Path

import click

from auditor_app.cli.cards import asked_pin, cards_, pin_option, use_card_
from auditor_app.cli.terminal import Session, json_option, path_argument, read_words, say, session, show
from auditor_app.disk import disk_errors, write_file
from auditor_app.errors import NotAllowed
from auditor_app.translation import _
from auditor_app.workspace import Workspace


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
@click.argument("files", type=path_argument, nargs=-1, required=True, metavar="FILE…")
@click.option("--password-file", type=path_argument, help="A file with the password of a PKCS#12 file; on a terminal it is asked for.")
@click.option(
    "--fingerprint", default="", metavar="DIGITS", help="The fingerprint that the office told you; a profile of another is refused."
)
@session
def import_(session: Session, files: tuple[Path, ...], password_file: Path | None, fingerprint: str) -> None:
    """Take in the office's answer, its profile, pictures or the PDF of its letter, or a key of your own (PKCS#12: .p12 or .pfx)."""
    from auditor_app.workflows.identity import import_enrolment
    from auditor_app.workflows.letters import is_profile
    from auditor_app.workflows.own_keys import import_pkcs12
    from auditor_app.workflows.profile_offers import is_letter, is_picture

    data = _first(files)
    with session.workspace() as workspace:
        if is_profile(data) or is_picture(data):
            _import_profile(workspace, files, fingerprint)
            return
        found = import_enrolment(workspace, data) if is_letter(data) else import_pkcs12(workspace, data, _password(password_file))
    say(f"{found.name} signs for {found.office} until {found.valid_until:%Y-%m-%d}.")


def _first(files: tuple[Path, ...]) -> bytes:
    with disk_errors(files[0]):
        return files[0].read_bytes()


def _import_profile(workspace: Workspace, files: tuple[Path, ...], fingerprint: str) -> None:
    """Show who the office is and by which key; then take its profile in."""
    from auditor_app.workflows.fingerprints import is_fingerprint
    from auditor_app.workflows.identity import import_profile
    from auditor_app.workflows.profile_offers import compare, read_offer
    from auditor_app.workflows.profile_words import standing_words

    offer = compare(workspace, read_offer(_letter(files), workspace.clock.now()))
    office = offer.profile.office
    say(_("Office: {office}").format(office=office))
    say(_("Fingerprint of its key: {digits}").format(digits=offer.fingerprint))
    if offer.before and offer.before != offer.fingerprint:
        say(_("Fingerprint until now: {digits}").format(digits=offer.before))
    say(standing_words(offer.standing, office))
    if fingerprint and not is_fingerprint(fingerprint, offer.profile):
        raise NotAllowed("office_fingerprint_differs", office=office, now=offer.fingerprint)
    if not fingerprint and offer.standing == "new" and sys.stdin.isatty():
        click.confirm(_("Does the office read out the same digits?"), abort=True, err=True)
    import_profile(workspace, offer.letter)
    say(_("The profile of {office} was taken in.").format(office=office))


def _letter(files: tuple[Path, ...]) -> bytes:
    """Read the signed profile from its file, or from pictures of the letter. Raises NotAllowed("codes_missing")."""
    from auditor_app.workflows.profile_codes import CodesRead
    from auditor_app.workflows.profile_offers import look_into

    read = CodesRead()
    for path in files:
        with disk_errors(path):
            data = path.read_bytes()
        letter, read = look_into(data, path.name, read)
        if letter:
            return letter
    return read.letter_bytes()


@identity.command("confirm-key")
@click.argument("key")
@session
def confirm_key(session: Session, key: str) -> None:
    """Seal to the office's new key from now on: KEY is its fingerprint or the key itself, as the office told it."""
    from auditor_app.workflows import office_news
    from auditor_app.workflows.fingerprints import is_fingerprint

    with session.workspace() as workspace:
        waits = office_news.offered_profile(workspace)
        told = waits.recipient if waits and is_fingerprint(key, waits) else key
        profile = office_news.confirm_key(workspace, told)
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
    whose = ", ".join(filter(None, (found.name, found.organisation))) if found else ""
    who = f"{whose}, for {found.office}, until {found.valid_until:%Y-%m-%d}{where}" if found else "Nobody yet."
    lines = [who]
    show(found, as_json=as_json, lines=lines)
