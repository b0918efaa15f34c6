"""`auditor-office`: the assurance office's commands."""

from pathlib import Path

import click

from auditor_app import __version__
from auditor_app.cli.hand_over import verify
from auditor_app.cli.terminal import json_option, path_argument, progress_bar, read_words, run, say, show
from auditor_app.clock import SystemClock


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--office", "folder", type=path_argument, required=True, help="The office's folder.")
@click.pass_context
def office(context: click.Context, folder: Path) -> None:
    """Found the assurance office, enrol auditors, receive and verify their bundles, sign receipts."""
    context.obj = folder


@office.command()
@click.option("--name", required=True, help="The office's name.")
@click.option("--mailbox", default="", help="Where auditors put bundles: a folder or a WebDAV address.")
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
    say(f"{facts.name} ({facts.organisation}) is enrolled until {facts.not_after:%Y-%m-%d}; certificate {facts.fingerprint}")


@office.command()
@click.argument("path", type=path_argument, required=False)
@click.option("--mailbox", default="", help="Another mailbox than the profile's.")
@click.option("--user", default="")
@click.option("--password-file", type=path_argument)
@json_option
@click.pass_context
def receive(context: click.Context, path: Path | None, mailbox: str, user: str, password_file: Path | None, as_json: bool) -> None:
    """Receive what waits in the mailbox, or one bundle from a stick; exits 4 when a bundle is refused."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.receiving import receive_mailbox, receive_path

    opened = open_office(context.obj, SystemClock())
    with progress_bar() as progress:
        if path is not None:
            results = [receive_path(opened, path, progress)]
        else:
            password = read_words(password_file) if password_file else ""
            results = receive_mailbox(opened, progress, url=mailbox, user=user, password=password)
    lines = [f"{one.bundle[:12]}  {one.outcome:9}  {one.site}{one.reason}" for one in results]
    wrong = [answer for one in results for answer in one.answers if answer.answer != "yes"]
    lines += [f"    {answer.answer}: {answer.question} ({answer.reason}: {', '.join(answer.places)})" for answer in wrong]
    show(results, as_json=as_json, lines=lines or ["Nothing waits."])
    context.exit(4 if any(one.outcome == "refused" for one in results) else 0)


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


@office.command("register")
@json_option
@click.pass_obj
def register_(folder: Path, as_json: bool) -> None:
    """List what was received."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.receiving import registered

    found = registered(open_office(folder, SystemClock()))
    lines = [f"{one['bundle'][:12]}  {one['received_at'][:10]}  {one['site']}  ({one['auditor_name']})" for one in found]
    show(found, as_json=as_json, lines=lines)


office.add_command(verify)


def main() -> None:
    """Run the office's command line."""
    run(office)
