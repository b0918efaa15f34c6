"""`auditor-office receive`, `quarantine` and `limits`: what comes in, what was refused and why, and how much is taken."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from auditor_app.cli.terminal import json_option, path_argument, progress_bar, read_words, say, show
from auditor_app.clock import SystemClock
from auditor_app.error_words import words
from auditor_app.errors import Cancelled, Unavailable
from auditor_app.progress import Progress

if TYPE_CHECKING:
    from auditor_app.workflows.office.folder import Office
    from auditor_app.workflows.office.quarantine import Held
    from auditor_app.workflows.office.refusing import Received

_NOT_TAKEN = ("refused", "damaged")
_LATER = ("waits", "unreachable")


@click.command()
@click.argument("path", type=path_argument, required=False)
@click.option("--watch", is_flag=True, help="Go on until stopped, looking again and again.")
@click.option("--every", default=60, show_default=True, metavar="SECONDS", type=click.IntRange(1, 86_400), help="How often --watch looks.")
@click.option("--mailbox", default="", help="Another mailbox than the profile's.")
@click.option("--user", default="")
@click.option("--password-file", type=path_argument)
@json_option
@click.pass_context
def receive(context: click.Context, /, path: Path | None, watch: bool, every: int, as_json: bool, **place: Any) -> None:
    """Receive what waits in the mailbox, or a bundle or all bundles of a stick; exits 4 when one is refused now, 3 when one has to wait."""
    from auditor_app.workflows.office.receiving import receive_mailbox
    from auditor_app.workflows.office.sticks import receive_stick

    if watch and path is not None:
        raise click.UsageError("--watch looks into the mailbox; leave PATH out.")
    file = place["password_file"]
    named = {"url": place["mailbox"], "user": place["user"], "password": read_words(file) if file else ""}
    answered: set[tuple[str, str]] = set()

    def look(progress: Progress) -> "list[Received]":
        return receive_mailbox(_opened(context), progress, **named, answered=answered)

    if watch:
        _watch(look, every, as_json=as_json)
        return
    with progress_bar() as progress:
        results = look(progress) if path is None else receive_stick(_opened(context), path, progress)
    show(results, as_json=as_json, lines=[line for one in results for line in _told(one)] or ["Nothing waits."])
    outcomes = {one.outcome for one in results if not one.again}
    context.exit(4 if outcomes & {*_NOT_TAKEN} else 3 if outcomes & {*_LATER} else 0)


@dataclass(slots=True)
class _Stop:
    """Whether somebody asked to stop."""

    asked: bool = False


def _watch(look: "Callable[[Progress], list[Received]]", every: int, *, as_json: bool) -> None:
    """Look again and again, telling only what is new, until somebody asks to stop: at the next part or file, never between two steps."""
    told, problem = set[str](), ""
    with _stopped_by_signals() as stop:
        while not stop.asked:
            try:
                with progress_bar() as bar:
                    results = look(_stopping(bar, stop))
                new = [one for one in results if _news(one) not in told and one.outcome != "known" and not one.again]
                told = told & {_news(one) for one in results} | {_news(one) for one in new}
                if new:
                    show(new, as_json=as_json, lines=[line for one in new for line in _told(one)])
                problem = ""
            except Unavailable as error:
                if problem != error.code:
                    say(f"Not now: {words(error)} Looking again every {every} seconds.")
                problem = error.code
            except Cancelled:
                break
            _sleep(every, stop)
    say("Stopped. What was fetched is kept, and the next call goes on from there.")


def _news(one: "Received") -> str:
    return f"{one.bundle} {one.outcome} {one.reason.partition(' ')[0]}"


def _stopping(bar: Progress, stop: _Stop) -> Progress:
    def tell(step: str, done: int, total: int) -> None:
        if stop.asked:
            raise Cancelled
        bar(step, done, total)

    return tell


@contextmanager
def _stopped_by_signals() -> Iterator[_Stop]:
    """Take Ctrl+C and SIGTERM as asking to stop; the second one stops at once, which loses nothing either."""
    stop = _Stop()

    def ask(number: int, _frame: FrameType | None) -> None:
        stop.asked = True
        signal.signal(number, before[number])

    before = {int(number): signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sleep(seconds: int, stop: _Stop) -> None:
    """Sleep in short pieces: not every system wakes a sleeper for a signal."""
    until = time.monotonic() + seconds
    while not stop.asked and (left := until - time.monotonic()) > 0:
        time.sleep(min(0.2, left))


def _told(one: "Received") -> Iterator[str]:
    more = one.site or one.words or ("taken out of the mailbox, its visit is done with" if one.taken_out else "")
    yield f"{one.bundle[:12] or 'mailbox':12}  {one.outcome:9}  {more}".rstrip()
    for answer in one.answers:
        if answer.answer != "yes" and one.outcome != "received":
            yield f"    {answer.answer}: {answer.question} ({answer.reason}: {', '.join(answer.places)})"
    if one.told and not one.again:
        yield "    Its auditor is told with a letter."


@click.group()
def quarantine() -> None:
    """What was refused, and why."""


@quarantine.command("list")
@json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """List the bundles in quarantine, with the reasons."""
    from auditor_app.workflows.office.quarantine import held

    found = held(_opened(context))
    show(found, as_json=as_json, lines=[line for one in found for line in _held(one)] or ["Quarantine is empty."])


@quarantine.command()
@click.argument("bundle", required=False)
@click.option("--all", "every", is_flag=True, help="All of them.")
@click.pass_context
def drop(context: click.Context, bundle: str | None, every: bool) -> None:
    """Delete a bundle from quarantine. If it still waits in the mailbox, the next “receive” fetches and judges it anew."""
    from auditor_app.workflows.office import quarantine as held_back

    if every == (bundle is not None):
        raise click.UsageError("Name one BUNDLE, or --all.")
    opened = _opened(context)
    with held_back.receiving(opened):
        found = [held_back.find_held(opened, bundle)] if bundle is not None else held_back.held(opened)
        for one in found:
            held_back.clear(opened, one.note.bundle)
    say(f"{len(found)} dropped.")


@quarantine.command()
@click.argument("bundle")
@click.option("--out", type=path_argument, required=True, help="The folder to write it into, such as that of a stick.")
@click.pass_context
def letter(context: click.Context, bundle: str, out: Path) -> None:
    """Write the sealed letter that tells an auditor why a bundle was refused, for a stick."""
    from auditor_app.workflows.office.refusing import copy_letter

    say(f"The letter is in {copy_letter(_opened(context), bundle, out)}.")


def _held(one: "Held") -> Iterator[str]:
    from auditor_app.workflows.office.quarantine import problem_of

    note = one.note
    whose = note.auditor_name if note.auditor else f"{note.auditor_name} (not enrolled)" if note.auditor_name else "nobody known"
    yield f"{note.bundle[:12]}  {note.at[:16]}  {note.outcome:14}  {one.size:>12} bytes  {whose}"
    for answer in note.answers:
        yield f"    {answer.answer}: {answer.question} ({answer.reason}: {', '.join(answer.places)})"
    if problem := problem_of(note):
        yield f"    {words(problem)}"
    if one.letter:
        yield (
            "    Its auditor was told."
            if note.told
            else "    The letter to its auditor goes with the next “receive”, or by “quarantine letter”."
        )


@click.command()
@click.option("--bundle-files", type=int, help="Files that a bundle may have.")
@click.option("--file-mb", type=int, help="Megabytes that one file of it may have.")
@click.option("--bundle-mb", type=int, help="Megabytes that all of it may have.")
@click.option("--quarantine-mb", type=int, help="Megabytes that may lie in quarantine.")
@click.option("--free-mb", type=int, help="Megabytes that always stay free on the office's disk.")
@click.option("--bundles-per-auditor", type=int, help="Bundles of one auditor that may lie in quarantine.")
@json_option
@click.pass_context
def limits(context: click.Context, /, as_json: bool, **asked: int | None) -> None:
    """Show how much is taken, or change it."""
    from auditor_app.workflows.office.limits import change_limits, office_limits

    opened, wanted = _opened(context), {name: value for name, value in asked.items() if value is not None}
    found = change_limits(opened, wanted) if wanted else office_limits(opened)
    lines = [f"{name.replace('_', '-'):20} {getattr(found, name)}" for name in asked]
    show(found, as_json=as_json, lines=lines)


def _opened(context: click.Context) -> "Office":
    from auditor_app.workflows.office.folder import open_office

    return open_office(context.find_root().obj, SystemClock())
