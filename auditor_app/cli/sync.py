"""`auditor sync`: send what waits to the office's mailbox and fetch its letters, by the rules for sending."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from auditor_app.cli.terminal import Session, json_option, progress_bar, say, session, show
from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError, Unavailable
from auditor_app.translation import _

if TYPE_CHECKING:
    from auditor_app.workflows.office_mail import Fetched
    from auditor_app.workflows.refusals import RefusedBundle
    from auditor_app.workflows.retention import Overdue
    from auditor_app.workflows.sending import SentSummary
    from auditor_app.workflows.sending_queue import Queued, QueueResult

WAITS = {"sending_waits_for_night", "sending_waits_for_network"}
_PAUSE = 60


@click.command()
@click.option("--watch", is_flag=True, help="Go on until stopped, looking again every minute.")
@click.option("--queue", "only_queue", is_flag=True, help="Only show what waits, in its order.")
@click.option("--pause", "to_pause", multiple=True, metavar="BUNDLE", help="Leave a bundle out until it is resumed.")
@click.option("--resume", "to_resume", multiple=True, metavar="BUNDLE", help="Let a bundle go that was paused or set aside.")
@click.option("--first", "to_put_first", metavar="BUNDLE", help="Send a bundle before all others.")
@click.option("--ahead", metavar="VISIT", help="Send the evidence of a visit that is sealed to the office already, ahead of its record.")
@click.option("--metered", is_flag=True, help="This network is paid by the amount: its own limit and rule count.")
@click.option("--rate", type=int, metavar="KB", help="Kilobytes a second at most from now on; 0 for no limit.")
@click.option("--metered-rate", type=int, metavar="KB", help="The same for networks that are paid by the amount.")
@click.option("--on-metered", type=click.Choice(["ask", "send", "wait"]), help="What to do on them from now on.")
@click.option("--night", metavar="HH:MM-HH:MM", help="Send only in these hours from now on; “always” for any time.")
@json_option
@session
def sync(session: Session, /, as_json: bool, **asked: Any) -> None:
    """Send what is queued to the office's mailbox and fetch its letters."""
    changed = _arrange(session, asked)
    if asked["only_queue"] or (changed and not asked["watch"]):
        _show_queue(session, as_json)
        return
    while True:
        try:
            set_aside = _sync_once(session, as_json, asked["ahead"], metered=asked["metered"])
            if set_aside and not asked["watch"]:
                raise set_aside[0]
        except AuditorAppError as error:
            if not asked["watch"] or not (isinstance(error, Unavailable) or error.code in WAITS):
                raise
            say(_("Not now: {words} Looking again in a minute.").format(words=words(error)))
        if not asked["watch"]:
            return
        time.sleep(_PAUSE)


def _arrange(session: Session, asked: dict[str, Any]) -> bool:
    """Change the queue and the rules as asked; gives whether anything was."""
    from auditor_app.workflows.sending_queue import pause, put_first, resume
    from auditor_app.workflows.sending_rules import sending_rules, set_sending_rules

    names = {"rate": asked["rate"], "metered_rate": asked["metered_rate"], "metered": asked["on_metered"]}
    rules = {name: value for name, value in names.items() if value is not None}
    if asked["night"] is not None:
        begins, _dash, ends = ("" if asked["night"] == "always" else asked["night"]).partition("-")
        rules |= {"night_from": begins, "night_until": ends}
    wanted = [(act, one) for act, names in ((pause, asked["to_pause"]), (resume, asked["to_resume"])) for one in names]
    wanted += [(put_first, asked["to_put_first"])] if asked["to_put_first"] else []
    if not rules and not wanted:
        return False
    with session.workspace() as workspace:
        if rules:
            set_sending_rules(workspace, replace(sending_rules(workspace), **rules))
        for act, one in wanted:
            act(workspace, one)
    return True


def _show_queue(session: Session, as_json: bool) -> None:
    from auditor_app.workflows.sending_queue import queue
    from auditor_app.workflows.sending_rules import sending_rules

    with session.workspace() as workspace:
        waiting, rules = queue(workspace), sending_rules(workspace)
    lines = [f"{one.bundle[:12]}: {_state(one)}" for one in waiting]
    show({"queue": waiting, "rules": rules}, as_json=as_json, lines=lines or [_("Nothing waits.")])


def _state(one: "Queued") -> str:
    if one.set_aside:
        return _("set aside: {reason}").format(reason=one.set_aside)
    return _("paused") if one.paused else _("waits")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Synced:
    """What one sync did, and how things stand after it."""

    early: "SentSummary | None"
    result: "QueueResult"
    mail: "Fetched"
    refused: "list[RefusedBundle]"
    waiting: list[str]
    late: "tuple[Overdue, ...]"

    @property
    def content(self) -> dict[str, Any]:
        """Give it for programs."""
        return {
            "sent": self.result.sent,
            "received": self.mail.about("receipt"),
            "news": self.mail.news,
            "waiting": self.waiting,
            "refused": self.refused,
            "set_aside": [{"bundle": bundle, "code": error.code} for bundle, error in self.result.set_aside],
            "ahead": self.early,
            "overdue": self.late,
        }


def _sync_once(session: Session, as_json: bool, ahead: str | None, *, metered: bool) -> list[AuditorAppError]:
    """Send and fetch once; gives what is wrong with bundles that were set aside and letters that were refused."""
    from auditor_app.workflows.custody import since_receipt
    from auditor_app.workflows.hand_over import hand_overs
    from auditor_app.workflows.office_mail import fetch
    from auditor_app.workflows.refusals import open_refusals, refused_bundles
    from auditor_app.workflows.retention import overdue
    from auditor_app.workflows.sending import look_again, send_ahead
    from auditor_app.workflows.sending_queue import send_queue
    from auditor_app.workflows.visits import find_visit

    with session.workspace() as workspace, progress_bar() as progress:
        early = send_ahead(workspace, find_visit(workspace, ahead), progress, metered=metered) if ahead else None
        result = send_queue(workspace, progress, metered=metered)
        mail = fetch(workspace, progress)  # last: what is wrong with the mail must not stop the sending
        back = look_again(workspace, but=[one.bundle for one in result.sent])  # after the mail: what has a receipt need not be there
        if back:
            result = result.and_then(send_queue(workspace, progress, metered=metered))
        not_taken = refused_bundles(workspace)
        waiting = [one.id for one in since_receipt(hand_overs(workspace)) if one.sent_at and one.id not in not_taken]
        refused, late = open_refusals(workspace), overdue(workspace)
    synced = _Synced(early=early, result=result, mail=mail, refused=refused, waiting=waiting, late=late)
    show(synced.content, as_json=as_json, lines=list(_lines(synced)) or [_("Nothing to send, nothing to fetch.")])
    return [error for _name, error in (*result.set_aside, *mail.refused)]


def _lines(synced: _Synced) -> Iterator[str]:
    from auditor_app.workflows.mail_words import said

    if early := synced.early:
        yield _("{sent} parts of evidence sent ahead, {there} were there").format(sent=early.sent, there=early.skipped)
    told = _("{sent} parts sent, {there} were there")
    yield from (f"{one.bundle[:12]}: " + told.format(sent=one.sent, there=one.skipped) for one in synced.result.sent)
    yield from (f"{bundle[:12]}: " + _("set aside; the rest went on") for bundle, _error in synced.result.set_aside)
    yield from (said(one) for one in synced.mail.news if one.kind != "refusal")  # those are told next, until another bundle is made
    not_taken = _("{office} did not take it. {words}")
    yield from (f"{one.bundle[:12]}: " + not_taken.format(office=one.office, words=one.words) for one in synced.refused)
    yield from (f"{one[:12]}: " + _("in the mailbox, waiting for the office's receipt") for one in synced.waiting)
    leave = _("{site}: the office asks that its originals leave this laptop by {day}; “auditor evidence release” removes them.")
    yield from (leave.format(site=one.site, day=one.day) for one in synced.late)
