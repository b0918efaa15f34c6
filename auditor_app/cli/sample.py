"""`auditor demo`: plays the sample visit."""

from pathlib import Path

import click

from auditor_app.cli.terminal import path_argument, progress_bar


@click.command()
@click.option("--out", type=path_argument, required=True, help="A new folder for everything that it makes.")
def demo(out: Path) -> None:
    """Play a visit to an invented smelter, from the first criterion to the office's receipt, and tell how to check it."""
    from auditor_app.workflows.sample_visit import play, told

    with progress_bar() as progress:
        played = play(out, progress)
    for line in told(played):
        click.echo(line)
