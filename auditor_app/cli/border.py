"""`auditor border`: before a border, leave on the laptop only what the next days need."""

from typing import TYPE_CHECKING

import click

from auditor_app.cli.terminal import Session, json_option, progress_bar, session, show
from auditor_app.translation import _, plural

if TYPE_CHECKING:
    from auditor_app.workflows.border import AtBorder


@click.command()
@click.option("--days", default=7, show_default=True, type=click.IntRange(0, 365), help="How many days ahead count as the next ones.")
@click.option("--keep", "to_keep", multiple=True, metavar="VISIT", help="Keep a visit as it is, whatever its days.")
@click.option("--remove", is_flag=True, help="Do it; without this the command only tells what would leave.")
@json_option
@session
def border(session: Session, days: int, to_keep: tuple[str, ...], remove: bool, as_json: bool) -> None:
    """Before a border: tell, or remove, what the office has signed for and the next days do not need."""
    from auditor_app.workflows.border import before_border, cross_border
    from auditor_app.workflows.visits import find_visit

    with session.workspace() as workspace, progress_bar() as progress:
        near = {one.visit for one in before_border(workspace, days=days) if one.stays}
        keep = near | {find_visit(workspace, name) for name in to_keep}
        planned = before_border(workspace, keep=keep)
        gone = cross_border(workspace, keep, progress) if remove else None
    lines = [f"{one.visit[:13]}  {one.site}: {_words(one)}" for one in planned]
    if gone:
        lines.append(plural("{count} file was removed from this laptop.", "{count} files were removed from this laptop.", gone.files))
    show({"visits": planned, "removed": gone}, as_json=as_json, lines=lines or [_("No visit yet.")])


def _words(one: "AtBorder") -> str:
    if one.stays:
        return _("stays")
    leaves = plural("{count} file leaves", "{count} files leave", one.leaving)
    return ", ".join((leaves, _("{count} without the office's receipt stay").format(count=one.without_receipt)))
