"""`auditor photo-review shown|left …`: what the site saw before release, beside the list of its sessions."""

import click

from auditor_app.cli.lists import list_command
from auditor_app.cli.terminal import Session, json_option, say, session, show
from auditor_app.domain.photo_review import reviewable, shown_in, tally
from auditor_app.domain.photos import NO_OBJECTION, REVIEW, SEEN
from auditor_app.workflows.visits import find_visit

photo_review = list_command(REVIEW)


@photo_review.command()
@click.argument("visit")
@click.argument("review")
@click.argument("pieces", nargs=-1, required=True)
@click.option("--no-objection", "said", flag_value=NO_OBJECTION, default=SEEN, help="The site said that it does not object.")
@session
def shown(session: Session, visit: str, review: str, pieces: tuple[str, ...], said: str) -> None:
    """Record that the site was shown photos in a session; an objection to one is added by `auditor objection add`."""
    from auditor_app.workflows.evidence import find_evidence
    from auditor_app.workflows.photo_review import note_shown

    with session.workspace() as workspace:
        found = find_visit(workspace, visit)
        note_shown(workspace, found, review, [find_evidence(workspace, found, piece).digest for piece in pieces], said)
        counted = tally(workspace.visit(found))
    say(f"{counted.shown} of {counted.photos} shown: {counted.no_objection} without objection, {counted.objected} objected to.")


@photo_review.command()
@click.argument("visit")
@json_option
@session
def left(session: Session, visit: str, as_json: bool) -> None:
    """List the photos and films that the site was not shown yet."""
    with session.workspace() as workspace:
        state = workspace.visit(find_visit(workspace, visit))
    seen = shown_in(state)
    found = [one for one in reviewable(state) if one.digest not in seen]
    show(found, as_json=as_json, lines=[f"{one.digest[:12]}  {one.title}" for one in found] or ["Nothing is left to show."])
