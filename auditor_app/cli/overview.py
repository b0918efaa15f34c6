"""`auditor coverage`, `auditor search` and `auditor camera`: looking over the whole visit, finding in it, camera clocks."""

from pathlib import Path

import click

from auditor_app.cli.terminal import Session, json_option, path_argument, say, session, show
from auditor_app.workflows.visits import find_visit, open_visit


@click.command()
@click.argument("visit")
@click.option("--todo", "day", default="", help="Put what is missing onto the to-do list of a day, e.g. 2026-11-17.")
@json_option
@session
def coverage(session: Session, visit: str, day: str, as_json: bool) -> None:
    """Show how much of the plan is done and what should be mended before sign-off."""
    from auditor_app.workflows.coverage import gap_words, standing, todo_from_gaps

    with session.workspace() as workspace:
        found = standing(open_visit(workspace, visit_id := find_visit(workspace, visit)))
        if day:
            say(f"{todo_from_gaps(workspace, visit_id, day)[0]} lines are on the to-do list of {day}.")
    lines = [f"{line.quota.group}: {line.heard} of {line.quota.planned} heard" for line in found.coverage.quotas]
    lines += [f"{gap.severity}: {gap_words(gap)}" for gap in found.gaps]
    show(found, as_json=as_json, lines=lines or ["Nothing is planned yet, and nothing is missing."])


@click.command()
@click.argument("visit")
@click.argument("words", nargs=-1, required=True)
@json_option
@session
def search(session: Session, visit: str, words: tuple[str, ...], as_json: bool) -> None:
    """Find words in everything said of a visit; accents and case do not matter."""
    from auditor_app.workflows.finding_words import find_words

    with session.workspace() as workspace:
        found = find_words(workspace, find_visit(workspace, visit), " ".join(words))
    lines = [f"{hit.subject.kind} {hit.subject.id[:12]} {hit.field}: {' '.join(hit.text.split())[:100]}" for hit in found]
    show(found, as_json=as_json, lines=lines or ["Nothing found."])


@click.group()
def camera() -> None:
    """Camera clocks: show a code, photograph it, and the camera's times are put right from then on."""


@camera.command()
@click.option("--out", type=path_argument, required=True, help="A PNG to show on a screen at once.")
def code(out: Path) -> None:
    """Draw the code of this moment; the window shows it anew every second."""
    from auditor_app.clock import SystemClock
    from auditor_app.disk import write_file
    from auditor_app.workflows.cameras import clock_code

    write_file(out, clock_code(SystemClock().now()))


@camera.command()
@click.argument("visit")
@click.argument("piece")
@session
def learn(session: Session, visit: str, piece: str) -> None:
    """Read the code from a photo that was taken in."""
    from auditor_app.workflows.cameras import learn_clock
    from auditor_app.workflows.evidence import find_evidence

    with session.workspace() as workspace:
        visit_id = find_visit(workspace, visit)
        learn_clock(workspace, visit_id, find_evidence(workspace, visit_id, piece).digest)
        learnt = max(workspace.visit(visit_id).cameras, key=lambda one: one.learnt_at)
    say(f"The clock of {learnt.id} is {learnt.offset_seconds} seconds from UTC; its times are put right.")
