"""`auditor evidence …`."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, say, session, show
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING
from auditor_app.workflows import evidence as workflow
from auditor_app.workflows.visits import find_visit


@click.group()
def evidence() -> None:
    """Take in, list, show, annotate, link and export evidence. A piece is named by the beginning of its digest."""


@evidence.command()
@click.argument("visit")
@click.argument("files", nargs=-1, required=True, type=path_argument)
@click.option("--for", "targets", multiple=True, help="A criterion (17), check (17-d1) or finding; may be given more than once.")
@click.option("--name", default=None, help="Another name than the file's, for a single file.")
@session
def add(session: Session, visit: str, files: tuple[Path, ...], targets: tuple[str, ...], name: str | None) -> None:
    """Seal files and record them; prints the digest of each original."""
    with session.workspace() as workspace, progress_bar() as progress:
        found = find_visit(workspace, visit)
        for file in files:
            called = name if name and len(files) == 1 else file.name
            digest, _changes = workflow.take_in(workspace, found, file, name=called, targets=map(target, targets), progress=progress)
            click.echo(f"{digest}  {called}")


@evidence.command("list")
@click.argument("visit")
@json_option
@session
def list_(session: Session, visit: str, as_json: bool) -> None:
    """List the evidence of a visit in the order of intake."""
    with session.workspace() as workspace:
        state = workspace.visit(find_visit(workspace, visit))
    found = sorted(state.evidence.values(), key=lambda one: (one.taken_in_at, one.digest))
    show(found, as_json=as_json, lines=[f"{one.digest[:12]}  {one.size:>12,}  {one.media_type:24}  {one.title}" for one in found])


@evidence.command("show")
@click.argument("visit")
@click.argument("piece")
@json_option
@session
def show_(session: Session, visit: str, piece: str, as_json: bool) -> None:
    """Show one piece of evidence: its times, place, digests and links."""
    with session.workspace() as workspace:
        found = workflow.find_evidence(workspace, visit_id := find_visit(workspace, visit), piece)
        links = [link for link in workspace.visit(visit_id).links if link.evidence == found.digest]
    lines = [f"{name}: {getattr(found, name)}" for name in found.__slots__]
    lines += [f"{link.stance} {link.target.kind} {link.target.id}" for link in links]
    show({"evidence": found, "links": links}, as_json=as_json, lines=lines)


@evidence.command()
@click.argument("visit")
@click.argument("piece")
@click.option("--out", type=path_argument, required=True)
@session
def export(session: Session, visit: str, piece: str, out: Path) -> None:
    """Write an original, byte for byte, to a new file."""
    with session.workspace() as workspace:
        found = workflow.find_evidence(workspace, find_visit(workspace, visit), piece)
        workflow.export_original(workspace, found.digest, out)
    say(f"{found.name} is in {out}; SHA-256 {found.digest}")


@evidence.command()
@click.argument("visit")
@click.argument("piece")
@click.option("--caption", default=None, help="What it shows.")
@click.option("--happened-at", default=None, help="When that happened, in your words.")
@click.option("--supports", multiple=True, help="A criterion, check or finding that it supports.")
@click.option("--contradicts", multiple=True, help="A criterion, check or finding that it contradicts.")
@click.option("--unlink", multiple=True, help="A criterion, check or finding that it says nothing of.")
@session
def annotate(
    session: Session,
    visit: str,
    piece: str,
    caption: str | None,
    happened_at: str | None,
    supports: tuple[str, ...],
    contradicts: tuple[str, ...],
    unlink: tuple[str, ...],
) -> None:
    """Say what a piece of evidence shows, and of what."""
    with session.workspace() as workspace:
        visit_id = find_visit(workspace, visit)
        digest = workflow.find_evidence(workspace, visit_id, piece).digest
        if caption is not None or happened_at is not None:
            workflow.describe_evidence(workspace, visit_id, digest, caption=caption, happened_at=happened_at)
        for stance, names in (("supports", supports), ("contradicts", contradicts), ("", unlink)):
            for name in names:
                workflow.link_evidence(workspace, visit_id, digest, target(name), stance)


@evidence.command()
@click.argument("visit")
@session
def release(session: Session, visit: str) -> None:
    """Remove from this laptop the evidence that the office has signed for; refused without its receipt."""
    from auditor_app.workflows.exchange import release as release_evidence

    with session.workspace() as workspace:
        gone = release_evidence(workspace, find_visit(workspace, visit))
    say(f"{gone} sealed files were removed; journal, digests and small pictures stay.")


def target(name: str) -> Subject:
    """Read what evidence is linked to: a number is a criterion, number and letter a check, anything else a finding's id."""
    if name.isdecimal():
        return Subject(CRITERION, name)
    return Subject(FINDING if len(name) == 36 else CHECK, name)
