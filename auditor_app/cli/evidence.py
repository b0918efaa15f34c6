"""`auditor evidence …`."""

from dataclasses import replace
from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, progress_bar, say, session, show
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING
from auditor_app.errors import Cancelled
from auditor_app.workflows import evidence as workflow
from auditor_app.workflows.visits import find_visit


@click.group()
def evidence() -> None:
    """Take in, list, show, annotate, link and export evidence. A piece is named by the beginning of its digest."""


@evidence.command()
@click.argument("visit")
@click.argument("paths", nargs=-1, required=True, type=path_argument)
@click.option("--for", "targets", multiple=True, help="A criterion (17), check (17-d1) or finding; may be given more than once.")
@click.option("--name", default=None, help="Another name than the file's, for a single file.")
@click.option("--only-new", is_flag=True, help="Leave out what was ever taken in, in any visit: for memory cards and phone folders.")
@session
def add(session: Session, visit: str, paths: tuple[Path, ...], targets: tuple[str, ...], name: str | None, only_new: bool) -> int:
    """Seal files, and all files in folders, and record them; prints the digest of each original.

    What is evidence of the visit already is not taken in twice. One file that cannot be taken in does not stop the rest.
    """
    from auditor_app.workflows.folders import sources_of
    from auditor_app.workflows.intake_batches import take_in_all
    from auditor_app.workflows.intake_tally import outcome_words
    from auditor_app.workflows.small_pictures import draw_all

    with session.workspace() as workspace, progress_bar() as progress:
        found = find_visit(workspace, visit)
        sources = list(sources_of(paths))
        if name and len(sources) == 1:
            sources = [replace(sources[0], name=name)]
        chosen = tuple(map(target, targets))
        tally = take_in_all(workspace, found, sources, targets=chosen, only_new=only_new, progress=progress)
        draw_all(workspace, found, progress)
    for piece in (*tally.taken, *tally.linked, *tally.known):
        click.echo(f"{piece.digest}  {piece.name}")
    if tally.refused and len(sources) == 1:
        raise tally.refused[0].error
    for line in outcome_words(tally):
        say(line)
    return tally.refused[0].error.exit_code if tally.refused else Cancelled.exit_code if tally.stopped else 0


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
@click.option("--provided-by", default=None, help="Who gave it to you.")
@click.option("--area", default=None, help="The name of an area of the plan where it was found.")
@click.option("--supports", multiple=True, help="A criterion, check or finding that it supports.")
@click.option("--contradicts", multiple=True, help="A criterion, check or finding that it contradicts.")
@click.option("--settled", default=None, help="How what it contradicts was settled.")
@click.option("--unlink", multiple=True, help="A criterion, check or finding that it says nothing of.")
@session
def annotate(
    session: Session,
    visit: str,
    piece: str,
    caption: str | None,
    happened_at: str | None,
    provided_by: str | None,
    area: str | None,
    supports: tuple[str, ...],
    contradicts: tuple[str, ...],
    settled: str | None,
    unlink: tuple[str, ...],
) -> None:
    """Say what a piece of evidence shows, and of what."""
    with session.workspace() as workspace:
        visit_id = find_visit(workspace, visit)
        digest = workflow.find_evidence(workspace, visit_id, piece).digest
        where = workflow.find_area(workspace, visit_id, area) if area else area
        workflow.describe_evidence(
            workspace, visit_id, digest, caption=caption, happened_at=happened_at, provided_by=provided_by, area=where
        )
        for stance, names in (("supports", supports), ("contradicts", contradicts), ("", unlink)):
            for name in names:
                said = settled if stance == "contradicts" else None
                workflow.link_evidence(workspace, visit_id, digest, target(name), stance, settled=said)


@evidence.command()
@click.argument("visit")
@session
def release(session: Session, visit: str) -> None:
    """Remove from this laptop the evidence that the office has signed for; refused without its receipt."""
    from auditor_app.workflows.receipts import release as release_evidence

    with session.workspace() as workspace:
        gone = release_evidence(workspace, find_visit(workspace, visit))
    say(f"{gone} sealed files were removed; journal, digests and small pictures stay.")


def target(name: str) -> Subject:
    """Read what evidence is linked to: a number is a criterion, number and letter a check, anything else a finding's id."""
    if name.isdecimal():
        return Subject(CRITERION, name)
    return Subject(FINDING if len(name) == 36 else CHECK, name)
