"""`auditor workspace …`."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, say, session, show


@click.group()
def workspace() -> None:
    """Create, check, back up, restore and rebuild the workspace."""


@workspace.command()
@click.option("--name", required=True, help="Your name, as it stands in signatures and reports.")
@click.option("--organisation", default="", help="Your organisation.")
@session
def create(session: Session, name: str, organisation: str) -> None:
    """Create an empty workspace under a passphrase."""
    from auditor_app.workflows import workspaces

    workspaces.create(session.folder, session.passphrase(), name, organisation)
    say(f"The workspace is in {session.folder}")


@workspace.command()
@click.option("--deep", is_flag=True, help="Open every sealed file too.")
@json_option
@session
@click.pass_context
def check(context: click.Context, session: Session, deep: bool, as_json: bool) -> None:
    """Look for everything wrong with the workspace; exits 4 when something is."""
    from auditor_app.workflows import workspaces

    with session.workspace() as opened, progress_bar() as progress:
        faults = workspaces.check(opened, deep=deep, progress=progress)
    show({"faults": faults}, as_json=as_json, lines=[f"{fault.code}  {fault.place}" for fault in faults] or ["Nothing is wrong."])
    context.exit(4 if faults else 0)


@workspace.command()
@click.option("--out", type=path_argument, required=True, help="A new folder, or an older backup of this workspace.")
@session
def backup(session: Session, out: Path) -> None:
    """Back the workspace up and check the backup."""
    from auditor_app.workflows import workspaces

    with session.workspace() as opened, progress_bar() as progress:
        count = workspaces.back_up(opened, out, progress)
    say(f"Backed up and checked: {count} sealed files in {out}")


@workspace.command()
@click.argument("backup", type=path_argument)
@session
def restore(session: Session, backup: Path) -> None:
    """Restore a backup into a new workspace folder."""
    from auditor_app.workflows import workspaces

    with progress_bar() as progress:
        workspaces.restore(backup, session.folder, session.passphrase(), progress)
    say(f"Restored into {session.folder}")


@workspace.command()
@session
def rebuild(session: Session) -> None:
    """Make the folded tables anew from the journal."""
    from auditor_app.workflows import workspaces

    with session.workspace() as opened:
        workspaces.rebuild_tables(opened)
    say("The tables were made anew from the journal.")
