"""`auditor letters`: take in what the office has sent on a stick."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, session, show
from auditor_app.translation import _


@click.command()
@click.argument("path", type=path_argument)
@json_option
@session
def letters(session: Session, path: Path, as_json: bool) -> None:
    """Take in the office's letters from a stick: assignments, receipts, reviews, refusals, a renewed profile.

    PATH is one letter, or the folder that they are in.
    """
    from auditor_app.workflows.mail_words import said
    from auditor_app.workflows.office_mail import take

    with session.workspace() as workspace, progress_bar() as progress:
        found = take(workspace, path, progress)
    show({"news": found.news}, as_json=as_json, lines=[said(one) for one in found.news] or [_("Nothing new.")])
    for _name, error in found.refused:
        raise error
