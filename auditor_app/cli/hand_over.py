"""`auditor report`, `bundle`, `verify`, `sync` and `receipt`."""

import time
from collections.abc import Iterable
from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, say, session, show


@click.command()
@click.argument("visit")
@click.option("--kind", default="findings", help="findings")
@click.option("--language", default="en", help="The language of the report, e.g. en.")
@click.option("--out", type=path_argument, required=True, help="The PDF to write.")
@click.option("--sign", is_flag=True, help="Sign it with your certificate.")
@json_option
@session
def report(session: Session, visit: str, kind: str, language: str, out: Path, sign: bool, as_json: bool) -> None:
    """Make a report, check it as PDF/A, sign it if asked, and write it to a file."""
    from auditor_app.workflows.reports import export_report, make_report
    from auditor_app.workflows.visits import find_visit

    with session.workspace() as workspace, progress_bar() as progress:
        made = make_report(workspace, find_visit(workspace, visit), kind=kind, language=language, sign=sign, progress=progress)
        export_report(workspace, made, out)
    show(made, as_json=as_json, lines=[f"{out}: {made.details['pages']} pages, {'signed' if made.signed else 'not signed'}, {made.digest}"])


@click.command()
@click.argument("visit")
@click.option("--out", type=path_argument, default=None, help="A copy for a stick: a new folder, or a file ending in .zip.")
@json_option
@session
def bundle(session: Session, visit: str, out: Path | None, as_json: bool) -> None:
    """Make the bundle for the office, verify it, and queue it for sending; prints its id."""
    from auditor_app.workflows.hand_over import make_bundle
    from auditor_app.workflows.visits import find_visit

    with session.workspace() as workspace, progress_bar() as progress:
        made = make_bundle(workspace, find_visit(workspace, visit), out=out, progress=progress)
    show(made, as_json=as_json, lines=[made.id])


@click.command()
@click.argument("path", type=path_argument)
@click.option("--office", "profile", type=path_argument, help="The office's profile; a key beside it (identity.txt) is used too.")
@click.option("--identity", type=path_argument, help="The office's age key, to open what is sealed.")
@json_option
@click.pass_context
def verify(context: click.Context, path: Path, profile: Path | None, identity: Path | None, as_json: bool) -> None:
    """Verify a bundle or a signed PDF, question by question; exits 4 when any answer is no."""
    from auditor_app.clock import SystemClock
    from auditor_app.workflows.answers import QUESTIONS
    from auditor_app.workflows.verifying import trust_from_files
    from auditor_app.workflows.verifying import verify as verify_path

    with progress_bar() as progress:
        found = verify_path(path, trust_from_files(SystemClock().now(), profile, identity), progress)
    lines = [f"{one.answer:12} {QUESTIONS[one.question]}{_because(one.reason, one.places)}" for one in found.answers]
    if found.signer:
        lines.append(f"Signed by {found.signer.name}, {found.signer.organisation}; certificate {found.signer.fingerprint}")
    content = {"path": path, "bundle": found.bundle, "signer": found.signer, "answers": found.answers, "all_yes": found.all_yes}
    show(content, as_json=as_json, lines=lines)
    context.exit(4 if found.any_no else 0)


@click.command()
@click.option("--watch", is_flag=True, help="Go on until stopped, looking again every minute.")
@json_option
@session
def sync(session: Session, watch: bool, as_json: bool) -> None:
    """Send what is queued to the office's mailbox and fetch receipts."""
    from auditor_app.errors import Unavailable

    while True:
        try:
            _sync_once(session, as_json)
        except Unavailable as error:
            if not watch:
                raise
            say(f"Not now ({error.code}); trying again in a minute.")
        if not watch:
            return
        time.sleep(60)


@click.command()
@click.argument("file", type=path_argument)
@session
def receipt(session: Session, file: Path) -> None:
    """Take the office's receipt in from a stick."""
    from auditor_app.disk import disk_errors
    from auditor_app.workflows.exchange import take_receipt

    with disk_errors(file):
        letter = file.read_bytes()
    with session.workspace() as workspace:
        found = take_receipt(workspace, letter, file.name)
    say(f"{found.office} has signed for {len(found.files)} files of bundle {found.bundle[:12]}.")


def _sync_once(session: Session, as_json: bool) -> None:
    from auditor_app.workflows import exchange
    from auditor_app.workflows.hand_over import hand_overs

    with session.workspace() as workspace, progress_bar() as progress:
        sent = [exchange.send(workspace, one.id, progress) for one in hand_overs(workspace) if not one.sent_at and not one.received_at]
        received = exchange.fetch_receipts(workspace, progress)  # last: a letter that is refused must not stop the sending
        waiting = [one.id for one in hand_overs(workspace) if one.sent_at and not one.received_at]
    lines = [f"{one.bundle[:12]}: {one.sent} parts sent, {one.skipped} were there" for one in sent]
    lines += [f"{one[:12]}: the office has signed for it" for one in received]
    lines += [f"{one[:12]}: in the mailbox, waiting for the office's receipt" for one in waiting]
    show({"sent": sent, "received": received, "waiting": waiting}, as_json=as_json, lines=lines or ["Nothing to send, nothing to fetch."])


def _because(reason: str, places: Iterable[str]) -> str:
    shown = ", ".join(places)
    return f"  ({reason}{': ' if shown else ''}{shown})" if reason else ""
