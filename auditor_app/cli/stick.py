"""`auditor stick`: hand over by stick."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, session, show
from auditor_app.translation import _


@click.group()
def stick() -> None:
    """Hand a bundle over by stick, and see what is on one."""


@stick.command("show")
@click.argument("folder", type=path_argument)
@json_option
@session
def show_(session: Session, folder: Path, as_json: bool) -> None:
    """Tell what is on a stick: bundles, letters of an office, what a broken-off copy left, and the room that is left."""
    from auditor_app.workflows.stick import look_at_stick

    with session.workspace() as workspace:
        found = look_at_stick(workspace, folder)
    own = {True: _("of this workspace"), False: _("of somebody else")}
    lines = [f"{one.name}  {one.id[:12]}  {one.size / 1e6:,.1f} MB, {own[one.ours]}" for one in found.bundles]
    lines += [_("{name}  a letter of an office").format(name=one) for one in found.letters]
    lines += [_("{name}  left by a copy that was broken off").format(name=one) for one in found.unfinished]
    lines.append(_("{count} other things; {free} MB free").format(count=found.others, free=f"{found.free / 1e6:,.0f}"))
    show(found, as_json=as_json, lines=lines)


@stick.command("copy")
@click.argument("bundle")
@click.argument("folder", type=path_argument)
@click.option("--zip", "as_zip", is_flag=True, help="As one file instead of a folder.")
@json_option
@session
def copy_(session: Session, bundle: str, folder: Path, as_zip: bool, as_json: bool) -> None:
    """Copy a bundle that was made before to a stick, read it back from there, and say when the stick may go."""
    from auditor_app.workflows.stick import copy_to_stick

    with session.workspace() as workspace, progress_bar() as progress:
        made = copy_to_stick(workspace, bundle, folder, as_zip=as_zip, progress=progress)
    there = _("It was there already.") if made.was_there else _("It was written.")
    safe = _("{path}: {there} It was read back from the stick and is right; the stick may be removed.")
    show(made, as_json=as_json, lines=[safe.format(path=made.path, there=there)])
