"""`auditor question …`: what the office asks, the replies to it, and what was changed since it read."""

import click

from auditor_app.cli.terminal import Session, json_option, session, show
from auditor_app.translation import _
from auditor_app.workflows.visits import find_visit, open_visit


@click.group()
def question() -> None:
    """The office's review of a visit: list its questions, reply to them, and see what was changed since it read the visit."""


@question.command("list")
@click.argument("visit")
@json_option
@session
def list_questions(session: Session, visit: str, as_json: bool) -> None:
    """List the office's decisions and questions, with the replies."""
    from auditor_app.workflows.difference_words import about_words, decision_words

    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
    state = opened.state
    lines = []
    for decided in state.decisions:
        head = (_("Round {round}").format(round=decided.round), decided.made_at[:10], decision_words(decided.decision), decided.by)
        lines += ["  ".join(head), *([f"     {decided.words}"] if decided.words else [])]
    for number, one in enumerate(state.questions, start=1):
        lines.append(f"{number:3}  {about_words(state, opened.form, one.target)}: {one.text}")
        lines.append(f"     {one.reply if one.is_answered else _('not answered yet')}")
    show({"decisions": state.decisions, "questions": state.questions}, as_json=as_json, lines=lines or [_("The office asks nothing.")])


@question.command("reply")
@click.argument("visit")
@click.argument("name", metavar="QUESTION")
@click.argument("text")
@session
def reply_to_question(session: Session, visit: str, name: str, text: str) -> None:
    """Reply to a question, named by its number in the list or the beginning of its id. It goes to the office with the next bundle."""
    from auditor_app.workflows.reviews import find_question, reply

    with session.workspace() as workspace:
        found = find_visit(workspace, visit)
        reply(workspace, found, find_question(workspace.visit(found), name).id, text)


@question.command("changes")
@click.argument("visit")
@json_option
@session
def changes_since_read(session: Session, visit: str, as_json: bool) -> None:
    """List what was changed since the version that the office decided of: what, before and after, who, when, why."""
    from auditor_app.workflows.closing_words import change_words
    from auditor_app.workflows.difference_words import difference_line
    from auditor_app.workflows.reviews import since_read

    with session.workspace() as workspace:
        opened = open_visit(workspace, find_visit(workspace, visit))
        found = since_read(workspace, opened.state.id)
    changes = found.changes if found else ()
    lines = [change_words(difference_line(opened.state, opened.form, change)) for change in changes]
    nothing = _("Nothing was changed since.") if found else _("The office has not decided on any version yet.")
    show(changes, as_json=as_json, lines=lines or [nothing])
