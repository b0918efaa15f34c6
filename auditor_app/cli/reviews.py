"""`auditor-office review` and `return`: read a bundle's lineage, ask, decide, and return the review to its auditor."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor_app.cli.terminal import json_option, path_argument, read_words, say, show
from auditor_app.clock import SystemClock
from auditor_app.domain.journal import Subject
from auditor_app.domain.reviews import OUTCOMES
from auditor_app.errors import NotAllowed

if TYPE_CHECKING:
    from auditor_app.workflows.office.folder import Office
    from auditor_app.workflows.office.review_state import QuestionLine, Reviewing
    from auditor_app.workflows.office.versions import ReadVersion, Version


@click.command()
@click.argument("bundle")
@click.option("--ask", "asked", nargs=2, multiple=True, metavar="ABOUT TEXT", help="Ask; ABOUT is 17, 17-d1, finding:2, or report.")
@click.option("--change", "changed", nargs=2, multiple=True, metavar="N TEXT", help="Word a question otherwise that was not returned yet.")
@click.option("--drop", "dropped", multiple=True, metavar="N", help="Take a question out that was not returned yet.")
@click.option("--settle", "settled", nargs=2, multiple=True, metavar="N WHY", help="Say why a returned question needs no reply any more.")
@click.option("--by", default="", help="Who reviews.")
@click.option("--new-round", is_flag=True, help="Review a version anew that was decided of.")
@json_option
@click.pass_obj
def review(folder: Path, /, bundle: str, by: str, new_round: bool, as_json: bool, **edits: Any) -> None:
    """Show a received bundle as a version of its visit: what was decided, asked and replied, and what differs from the version before.

    Questions are written here and go to the auditor with `return`; N is a question's number in what is shown.
    """
    from auditor_app.workflows.office import reviewing as workflow
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.review_state import reviewing
    from auditor_app.workflows.office.versions import find_received, read_version

    office = open_office(folder, SystemClock())
    found = find_received(office, bundle)
    if by or new_round:
        workflow.begin(office, found, by, new_round=new_round)
    before = reviewing(office, found).questions
    for name, text in edits["changed"]:
        workflow.change_question(office, _numbered(before, name), text)
    for name in edits["dropped"]:
        workflow.drop_question(office, _numbered(before, name))
    for name, why in edits["settled"]:
        workflow.settle_question(office, _numbered(before, name), why)
    read = read_version(office, found)
    for about, text in edits["asked"]:
        workflow.ask(office, found, _about(read, about), text)
    _tell(office, reviewing(office, found), read, as_json=as_json)


@click.command("return")
@click.argument("bundle")
@click.option("--decision", type=click.Choice(OUTCOMES), help="What is decided; without it a signed review is handed over again.")
@click.option("--by", default="", help="Who decides.")
@click.option("--words", default="", help="What the auditor is told with it.")
@click.option("--out", type=path_argument, help="A folder for the letter, as on a stick; the mailbox then gets it only if it is named.")
@click.option("--mailbox", default="", help="Another mailbox than the profile's.")
@click.option("--user", default="")
@click.option("--password-file", type=path_argument)
@click.pass_obj
def return_(folder: Path, /, bundle: str, decision: str | None, out: Path | None, password_file: Path | None, **said: str) -> None:
    """Decide of a bundle and return the review to its auditor, signed and sealed: into the mailbox, or into a folder for a stick."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.returning import return_review
    from auditor_app.workflows.office.reviewing import decide
    from auditor_app.workflows.office.versions import find_received

    office = open_office(folder, SystemClock())
    found = find_received(office, bundle)
    if decision is not None:
        decide(office, found, decision, said["words"], said["by"])
    password = read_words(password_file) if password_file else ""
    to_mailbox = out is None or bool(said["mailbox"])
    done = return_review(office, found, mailbox=to_mailbox, out=out, url=said["mailbox"], user=said["user"], password=password)
    if done.in_mailbox:
        say(f"Round {done.review.round}, {done.review.decision}: the letter is in the auditor's outbox; “auditor sync” fetches it.")
    if done.file is not None:
        say(f"Round {done.review.round}, {done.review.decision}: the letter is {done.file}; “auditor letters” takes it in.")


def _tell(office: "Office", found: "Reviewing", read: "ReadVersion", *, as_json: bool) -> None:
    from auditor_app.workflows.closing_words import change_words
    from auditor_app.workflows.difference_words import difference_line
    from auditor_app.workflows.office.versions import differences_of, read_version

    changes = differences_of(read_version(office, found.before.bundle), read) if found.before else ()
    lines = [_version(one) for one in found.versions]
    if found.draft:
        lines.append(f"In the making: round {found.draft.round}  {_decided(found.draft.decision, found.draft.by, found.draft.words)}")
    for number, one in enumerate(found.questions, start=1):
        lines += _question(read, number, one)
    if found.before:
        lines.append(f"Since version {found.before.number}:" if changes else f"Nothing was changed since version {found.before.number}.")
        lines += [f"  {change_words(difference_line(read.state, read.form, change))}" for change in changes]
    told = {"visit": found.visit, "bundle": found.bundle, "versions": found.versions, "rounds": found.rounds, "questions": found.questions}
    show({**told, "differences": changes}, as_json=as_json, lines=lines)


def _version(one: "Version") -> str:
    decided = _decided(one.decision, one.by, one.words)
    return f"Version {one.number}  {one.bundle[:12]}  received {one.received_at[:10]}  {one.auditor_name}  {decided}"


def _decided(decision: str, by: str, words: str) -> str:
    return " ".join(part for part in (decision or "not decided", f"by {by}" if by else "", f"“{words}”" if words else "") if part)


def _question(read: "ReadVersion", number: int, one: "QuestionLine") -> list[str]:
    from auditor_app.workflows.difference_words import about_words

    lines = [f"{number:3}  round {one.round}  {one.state:8}  {about_words(read.state, read.form, one.about)}: {one.text}"]
    if one.reply:
        lines.append(f"       {one.replied_by}: {one.reply}")
    return [*lines, f"       settled: {one.settled}"] if one.settled else lines


def _numbered(questions: "tuple[QuestionLine, ...]", name: str) -> str:
    """Find a question by its number in what is shown, or the beginning of its id."""
    if name.isdecimal() and 0 < int(name) <= len(questions):
        return questions[int(name) - 1].id
    fits = [one.id for one in questions if name and one.id.startswith(name)]
    if len(fits) != 1:
        raise NotAllowed("question_unknown", question=name)
    return fits[0]


def _about(read: "ReadVersion", words: str) -> Subject:
    """Read what a question is about: 17, 17-d1, finding:2, finding:ID, report."""
    kind, _colon, name = words.partition(":")
    if kind == "finding":
        ids = [one.id for one in read.state.findings]
        return Subject("finding", ids[int(name) - 1] if name.isdecimal() and 0 < int(name) <= len(ids) else name)
    if words == "report":
        return Subject("report", "")
    return Subject("check" if "-" in words else "criterion", words)
