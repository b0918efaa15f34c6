"""`auditor`: the auditor's commands. Commands import their workflow when they run, so that each starts fast."""

from pathlib import Path

import click

from auditor_app import __version__
from auditor_app.cli.assignments import assignment
from auditor_app.cli.border import border
from auditor_app.cli.closing import closing
from auditor_app.cli.criteria import answer, rate
from auditor_app.cli.evidence import evidence
from auditor_app.cli.findings import finding, limit
from auditor_app.cli.forms import form
from auditor_app.cli.hand_over import bundle, report, verify
from auditor_app.cli.history import clashes, history, undo
from auditor_app.cli.identity import identity
from auditor_app.cli.letters import letters
from auditor_app.cli.lists import LISTS, list_command
from auditor_app.cli.mailbox import mailbox
from auditor_app.cli.overview import camera, coverage, search
from auditor_app.cli.photo_review import photo_review
from auditor_app.cli.questions import question
from auditor_app.cli.sample import demo
from auditor_app.cli.stick import stick
from auditor_app.cli.sync import sync
from auditor_app.cli.terminal import Session, path_argument, run
from auditor_app.cli.visits import visit
from auditor_app.cli.workspaces import workspace
from auditor_app.domain.photos import REVIEW
from auditor_app.install_paths import default_workspace


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--workspace", "folder", type=path_argument, help="The workspace folder; by default the platform's data folder.")
@click.option("--passphrase-file", type=path_argument, help="A file with the passphrase; else the variable AUDITOR_PASSPHRASE.")
@click.pass_context
def auditor(context: click.Context, folder: Path | None, passphrase_file: Path | None) -> None:
    """Audit mine, smelter and refinery sites offline: criteria, evidence, signed findings, sealed bundles."""
    context.obj = Session(folder=folder or default_workspace(), passphrase_file=passphrase_file)


for command in (
    *(workspace, form, visit, answer, rate, evidence, finding, limit, closing, history, undo, clashes),
    *(identity, mailbox, report, bundle, verify, sync, stick, letters, border, demo, coverage, search, camera),
    *(list_command(kind) for kind in LISTS if kind != REVIEW),
    photo_review,
    *(question, assignment),
):
    auditor.add_command(command)


def main() -> None:
    """Run the auditor's command line."""
    run(auditor)
