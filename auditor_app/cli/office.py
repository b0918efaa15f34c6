"""`auditor-office`: the assurance office's commands."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from auditor_app import __version__
from auditor_app.cli.assignments import assign, assignments
from auditor_app.cli.hand_over import verify
from auditor_app.cli.office_keys import key
from auditor_app.cli.office_window import window
from auditor_app.cli.profile import profile
from auditor_app.cli.receiving import limits, quarantine, receive
from auditor_app.cli.register import register_
from auditor_app.cli.reviews import return_, review
from auditor_app.cli.terminal import json_option, path_argument, progress_bar, read_words, run, say, show
from auditor_app.clock import SystemClock
from auditor_app.error_words import words

Why = Literal["compromised", "left", "replaced"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--office", "folder", type=path_argument, required=True, help="The office's folder.")
@click.pass_context
def office(context: click.Context, folder: Path) -> None:
    """Found the assurance office, enrol auditors, receive and verify their bundles, sign receipts."""
    context.obj = folder


@office.command()
@click.option("--name", required=True, help="The office's name.")
@click.option("--mailbox", default="", help="Where auditors put bundles: a folder, or an address of WebDAV, S3 or Azure Blob.")
@click.pass_obj
def init(folder: Path, name: str, mailbox: str) -> None:
    """Found an office: authority, keys and profile. Keep the folder safe: it holds the private keys."""
    from auditor_app.workflows.office.folder import found_office

    found_office(folder, name, SystemClock(), mailbox=mailbox)
    say(f"The office is in {folder}. Give office.profile to whoever verifies, and keep ca-key.pem, office-key.pem and identity.txt safe.")


@office.command()
@click.argument("request", type=path_argument)
@click.option("--out", type=path_argument, required=True, help="The answer to hand to the auditor.")
@click.option("--days", default=730, show_default=True, type=click.IntRange(1, 3650), help="How long the certificate is valid.")
@click.pass_obj
def enrol(folder: Path, request: Path, out: Path, days: int) -> None:
    """Give an auditor's request its certificate."""
    from auditor_app.disk import disk_errors, write_file
    from auditor_app.workflows.office.enrolment import enrol as enrol_auditor
    from auditor_app.workflows.office.folder import open_office

    with disk_errors(request):
        asked = request.read_bytes()
    answer, facts = enrol_auditor(open_office(folder, SystemClock()), asked, days=days)
    write_file(out, answer)
    whose = f"{facts.name} ({facts.organisation})" if facts.organisation else facts.name
    say(f"{whose} is enrolled until {facts.not_after:%Y-%m-%d}; certificate {facts.fingerprint}")


@office.command()
@json_option
@click.pass_obj
def auditors(folder: Path, as_json: bool) -> None:
    """List everyone whom the office has enrolled, with the fingerprints of their certificates."""
    from auditor_app.workflows.office.enrolment import list_auditors
    from auditor_app.workflows.office.folder import open_office

    known = list_auditors(open_office(folder, SystemClock()))
    lines = [f"{one.name:24}  until {one.until:%Y-%m-%d}  {one.fingerprint}  {one.reason}".rstrip() for one in known]
    show(known, as_json=as_json, lines=lines or ["Nobody is enrolled yet."])


@office.command()
@click.argument("authority", type=path_argument)
@click.option("--for", "role", type=click.Choice(["auditors", "timestamps"]), required=True, help="What its word is taken for.")
@click.pass_obj
def trust(folder: Path, authority: Path, role: str) -> None:
    """Trust another authority (PEM): for certificates that auditors bring along, or for timestamps. It goes into the profile."""
    from auditor_app.disk import disk_errors
    from auditor_app.workflows.office import trusting
    from auditor_app.workflows.office.folder import open_office

    with disk_errors(authority):
        pem = authority.read_bytes()
    name = trusting.trust(open_office(folder, SystemClock()), pem, "auditors" if role == "auditors" else "timestamps")[1]
    say(f"{name} is trusted for {role}. Hand the new office.profile to your auditors and to whoever verifies.")


@office.command()
@click.argument("auditor")
@click.option("--why", type=click.Choice(["compromised", "left", "replaced"]), required=True, help="“compromised”: no date is believed.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The day (UTC) from which it counts no more; by default now.")
@click.pass_obj
def revoke(folder: Path, auditor: str, why: Why, since: datetime | None) -> None:
    """Trust the certificate of an auditor (a name, or a fingerprint or its first digits) no more. It goes into the profile."""
    from auditor_app.workflows.office import trusting
    from auditor_app.workflows.office.folder import open_office

    moment = since.replace(tzinfo=UTC) if since else None
    revoked = trusting.revoke(open_office(folder, SystemClock()), auditor, why, since=moment)[1]
    say(f"The certificate of {revoked.name} is revoked. Hand the new office.profile to your auditors and to whoever verifies.")


@office.command()
@click.argument("file", type=path_argument, required=False)
@click.option("--all", "every", is_flag=True, help="Every report of every bundle that was received.")
@click.option("--url", envvar="AUDITOR_TIMESTAMPS", required=True, help="The timestamp authority's address; else AUDITOR_TIMESTAMPS.")
@click.option("--renew", is_flag=True, help="Add fresh proofs to what has the highest level, before they run out.")
@json_option
@click.pass_context
def timestamp(context: click.Context, file: Path | None, every: bool, url: str, renew: bool, as_json: bool) -> None:
    """Raise signed reports to long-term validity (B-LTA), online; exits 3 when one stays below, which loses nothing."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.timestamping import timestamp_all, timestamp_file

    if every == (file is not None):
        raise click.UsageError("Name one FILE, or --all.")
    opened = open_office(context.obj, SystemClock())
    with progress_bar() as progress:
        results = timestamp_all(opened, url, progress, renew=renew) if file is None else [timestamp_file(opened, file, url, renew=renew)]
    lines = [f"{one.level or 'no level':8} (was {one.before or 'none'})  {one.path}{_why(one.problem, one.detail)}" for one in results]
    show(results, as_json=as_json, lines=lines or ["No report was received yet."])
    context.exit(3 if any(one.problem for one in results) else 0)


def _why(problem: str, detail: str) -> str:
    return f"  ({problem}: {detail})" if detail else f"  ({problem})" if problem else ""


@office.command()
@click.argument("bundle")
@click.option("--out", type=path_argument, required=True)
@click.pass_obj
def receipt(folder: Path, bundle: str, out: Path) -> None:
    """Write the signed receipt of a bundle to a file, for a stick."""
    from auditor_app.disk import write_file
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.receiving import receipt_letter

    write_file(out, receipt_letter(open_office(folder, SystemClock()), bundle))
    say(f"The receipt is in {out}.")


@office.command()
@click.option("--mailbox", default="", help="Another mailbox than the profile's.")
@click.option("--user", default="")
@click.option("--password-file", type=path_argument)
@click.pass_obj
def announce(folder: Path, mailbox: str, user: str, password_file: Path | None) -> None:
    """Put the profile as it stands into every enrolled auditor's outbox: after a new key, a revocation or a new trust."""
    from auditor_app.workflows.office import keys
    from auditor_app.workflows.office.folder import open_office

    password = read_words(password_file) if password_file else ""
    done = keys.announce(open_office(folder, SystemClock()), url=mailbox, user=user, password=password)
    say(f"The profile is in the outbox of {done.auditors} auditors; “auditor sync” fetches it.")
    for _place, error in done.unanswered:
        say(f"It is not there yet: {words(error)}")


@office.command()
@click.argument("workspace", type=path_argument)
@click.option("--by", "by_whom", required=True, help="Who does this; it is noted in the register.")
@click.option("--new-passphrase-file", type=path_argument, required=True, help="A file with the new passphrase.")
@click.option("--out", type=path_argument, help="A new folder for the recovered workspace; by default it gets the passphrase where it is.")
@click.pass_obj
def recover(folder: Path, workspace: Path, by_whom: str, new_passphrase_file: Path, out: Path | None) -> None:
    """Open a workspace, or a backup of one, whose passphrase is lost: put it under a new one with the office's key."""
    from auditor_app.workflows.office import recovering
    from auditor_app.workflows.office.folder import open_office

    wanted = recovering.Wanted(source=workspace, by_whom=by_whom, out=out)
    with progress_bar() as progress:
        target = recovering.recover(open_office(folder, SystemClock()), wanted, read_words(new_passphrase_file), progress)
    say(f"The workspace in {target} opens with the new passphrase. The register has noted it.")


for command in (receive, quarantine, limits):
    office.add_command(command)
office.add_command(register_)
office.add_command(review)
office.add_command(return_)
office.add_command(key)
office.add_command(assign)
office.add_command(assignments)
office.add_command(profile)
office.add_command(verify)
office.add_command(window)


def main() -> None:
    """Run the office's command line."""
    run(office)
