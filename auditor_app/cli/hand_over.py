"""`auditor report`, `bundle`, `verify` and `receipt`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor_app.cli.cards import asked_pin, pin_option
from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, session, show

if TYPE_CHECKING:
    from auditor_app.workflows.verifying import Verification


@click.command()
@click.argument("visit")
@click.option("--kind", default="findings", help="findings, full, summary (public), plan, or editable (DOCX).")
@click.option("--language", default="en", help="The language of the report, e.g. en.")
@click.option("--photos", default="mail", help="mail (small), screen, or print (sharp, made from the originals).")
@click.option("--out", type=path_argument, required=True, help="The file to write: a PDF, of the editable copy a DOCX.")
@click.option("--sign", is_flag=True, help="Sign it with your certificate.")
@click.option("--preliminary", is_flag=True, help="For the closing meeting: every page says that it is preliminary.")
@pin_option
@json_option
@session
def report(
    session: Session,
    visit: str,
    kind: str,
    language: str,
    photos: str,
    out: Path,
    sign: bool,
    preliminary: bool,
    pin_file: Path | None,
    as_json: bool,
) -> None:
    """Make a report, check it as PDF/A, sign it if asked, and write it to a file."""
    from auditor_app.workflows.reports import export_report, make_report
    from auditor_app.workflows.visits import find_visit

    with session.workspace() as workspace, progress_bar() as progress:
        pin = asked_pin(workspace, pin_file) if sign else None
        found = find_visit(workspace, visit)
        made = make_report(
            workspace,
            found,
            kind=kind,
            language=language,
            sign=sign,
            pin=pin,
            preliminary=preliminary,
            photos=photos,
            progress=progress,
        )
        export_report(workspace, made, out)
    pages = f"{made.details['pages']} pages, " if made.details["pages"] else ""
    show(made, as_json=as_json, lines=[f"{out}: {pages}{'signed' if made.signed else 'not signed'}, {made.digest}"])


@click.command()
@click.argument("visit")
@click.option("--out", type=path_argument, default=None, help="A copy for a stick: a new folder, or a file ending in .zip.")
@pin_option
@json_option
@session
def bundle(session: Session, visit: str, out: Path | None, pin_file: Path | None, as_json: bool) -> None:
    """Make the bundle for the office, verify it, and queue it for sending; prints its id."""
    from auditor_app.workflows.hand_over import make_bundle
    from auditor_app.workflows.visits import find_visit

    with session.workspace() as workspace, progress_bar() as progress:
        pin = asked_pin(workspace, pin_file)
        made = make_bundle(workspace, find_visit(workspace, visit), out=out, pin=pin, progress=progress)
    show(made, as_json=as_json, lines=[made.id])


@click.command()
@click.argument("path", type=path_argument)
@click.option("--office", "profile", type=path_argument, help="The office's profile; a key beside it (identity.txt) is used too.")
@click.option("--identity", type=path_argument, help="The office's age key, to open what is sealed.")
@click.option("--bundle", type=path_argument, help="The bundle that a PDF was handed over in: does it name this report?")
@json_option
@click.pass_context
def verify(context: click.Context, path: Path, profile: Path | None, identity: Path | None, bundle: Path | None, as_json: bool) -> None:
    """Verify a bundle or a signed PDF, question by question; exits 4 when any answer is no."""
    from auditor_app.clock import SystemClock
    from auditor_app.workflows.answers import QUESTIONS
    from auditor_app.workflows.verifying import trust_from_files
    from auditor_app.workflows.verifying import verify as verify_path

    with progress_bar() as progress:
        found = verify_path(path, trust_from_files(SystemClock().now(), profile, identity), progress, bundle=bundle)
    lines = [f"{one.answer:12} {QUESTIONS[one.question]}{_because(one.reason, one.places)}" for one in found.answers]
    if found.signer:
        who = ", ".join(filter(None, (found.signer.name, found.signer.organisation)))
        lines.append(f"Signed by {who}; certificate {found.signer.fingerprint}")
    lines += _of_pdf(found)
    content = {"path": path, "bundle": found.bundle, "signer": found.signer, "answers": found.answers, "all_yes": found.all_yes}
    content |= {"pdf": found.pdf} if found.pdf else {}
    show(content, as_json=as_json, lines=lines)
    context.exit(4 if found.any_no else 0)


def _of_pdf(found: "Verification") -> Iterable[str]:
    pdf = found.pdf
    if pdf is None:
        return
    if pdf.level:
        proven = f", proven to exist at {pdf.proven_at:%Y-%m-%d %H:%M:%S} UTC" if pdf.proven_at else ""
        yield f"Level {pdf.level}{proven}; {pdf.unchanged_since.reason or 'nothing was added'}"
    for one in pdf.later:
        worth = [f"not valid: {one.valid.reason}"] if not one.valid.holds else [one.trusted.reason or "trusted"]
        yield f"Added: {one.kind} of {one.name}, {one.at:%Y-%m-%d %H:%M:%S} UTC ({', '.join(worth)}) {one.reason}".rstrip()


def _because(reason: str, places: Iterable[str]) -> str:
    shown = ", ".join(places)
    return f"  ({reason}{': ' if shown else ''}{shown})" if reason else ""
