"""The only module of the window that words errors: what happened, what it means for the work, what to do."""

import logging
from dataclasses import dataclass

from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed
from auditor_app.translation import _

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a banner says: a tone ("note", "good", "warning", "error") and a text."""

    tone: str
    text: str


def notice_of(error: BaseException) -> Notice:
    """Word an error for a banner; a fault of the program is logged with its trace."""
    if isinstance(error, AuditorAppError):
        return Notice(tone=_tone(error), text=words(error))
    log.error("fault in the program", exc_info=error)
    return Notice(
        tone="error",
        text=_(
            "This is a fault of the program, not of your work. What was saved is safe; the last step may not have been done. Try it again."
        ),
    )


def _tone(error: AuditorAppError) -> str:
    return "error" if isinstance(error, Corrupted) else "note" if isinstance(error, NotAllowed) else "warning"
