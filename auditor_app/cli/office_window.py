"""`auditor-office window`: the office's window, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import click

from auditor_app.clock import SystemClock


@click.command()
@click.argument("bundle", default="")
@click.pass_context
def window(context: click.Context, bundle: str) -> None:
    """Open the window: receive, read what was received without being able to change it, ask, decide, send the letter."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.reading import received_bundle

    folder: Path = context.obj
    opened = open_office(folder, SystemClock())
    named = ["--bundle", received_bundle(opened, bundle).bundle] if bundle else []
    command = [sys.executable, "-m", "auditor_app", "--office", str(folder), *named]
    context.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - this very program, and no shell
