"""What a start says after the program died: when, what was saved last, what may be missing, and what to take in again."""

from auditor_app.clock import parse_moment
from auditor_app.translation import _, plural
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.moments import local_words
from auditor_app.ui.screens.history.view_state import Words
from auditor_app.workflows.sessions import Recovery
from auditor_app.workflows.visits import OpenVisit


def recovery_notice(opened: OpenVisit | None, recovery: Recovery, left_behind: int) -> Notice:
    """Word the one message after a kill or a power cut."""
    parts = [_("The program ended unexpectedly; it was last at work on {when}.").format(when=local_words(recovery.seen_at))]
    if recovery.last is None:
        parts.append(_("Nothing had been changed since it was opened, so nothing is missing."))
    else:
        said = _("Everything saved until {time} is here; last was {what}.")
        parts.append(said.format(time=_time(recovery.last.recorded_at), what=_last_words(opened, recovery)))
        parts.append(_("What was typed in the very last second may be missing."))
    if left_behind:
        parts.append(_left_behind_words(left_behind))
    return Notice(tone="note", text=" ".join(parts))


def left_behind_notice(left_behind: int) -> Notice:
    """Say that files were half taken in when something other than this window died."""
    return Notice(tone="note", text=_left_behind_words(left_behind))


def _left_behind_words(count: int) -> str:
    one = "{count} file was only half taken in and is no evidence yet: take it in again."
    many = "{count} files were only half taken in and are no evidence yet: take them in again."
    return plural(one, many, count)


def _time(text: str) -> str:
    return parse_moment(text).astimezone().strftime("%H:%M:%S")


def _last_words(opened: OpenVisit | None, recovery: Recovery) -> str:
    """Name what was saved last as the history does; in another visit than the one shown, only by its kind."""
    last = recovery.last
    if last is None or opened is None or last.visit != opened.state.id:
        return _("a change in another visit")
    words = Words(opened, [last])
    return f"{words.subject(last.where.subject)} · {words.field(last)}"
