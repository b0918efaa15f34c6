"""Moments as a person on this laptop reads them."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from auditor_app.clock import SystemClock, moment_text, offset_text, parse_moment
from auditor_app.translation import _, current_language
from auditor_app.workflows.wording import moment_words

TYPED = "%Y-%m-%d %H:%M"
"""How a moment is typed: 2026-11-16 09:30, local time of this laptop."""


def local_words(text: str) -> str:
    """Write a canonical moment in local time: "16 Nov 2026, 09:14"."""
    return str(format_datetime(parse_moment(text).astimezone(), format="d MMM y, HH:mm", locale=_locale()))


def day_words(text: str) -> str:
    """Write an ISO date: "16 Nov 2026"; anything else is given as it is."""
    try:
        return str(format_date(date.fromisoformat(text), format="d MMM y", locale=_locale()))
    except ValueError:
        return text


def captured_at(text: str, offset: str = "") -> str:
    """Write when something was captured by the camera's own clock (2026-11-16T09:14:02), with its offset: "16 Nov 2026, 09:14 (-03:00)"."""
    try:
        words = str(format_datetime(datetime.fromisoformat(text), format="d MMM y, HH:mm", locale=_locale()))
    except ValueError:
        words = text.replace("T", " ")[:16]
    return f"{words} ({offset})" if words and offset else words


def full_words(text: str) -> str:
    """Write a canonical moment in local time with its offset; anything else is given as it is."""
    try:
        return moment_words(text, offset_text(parse_moment(text).astimezone()))
    except ValueError:
        return text


def typed_words(text: str) -> str:
    """Write a canonical moment as it would be typed; anything else is given as it is."""
    try:
        return parse_moment(text).astimezone().strftime(TYPED)
    except ValueError:
        return text


def read_typed(text: str) -> str:
    """Read a typed local moment, or a day alone, as canonical text; "" for nothing. Raises ValueError."""
    if not text.strip():
        return ""
    parts = text.split()
    typed = datetime.strptime(f"{parts[0]} {parts[1] if len(parts) > 1 else '12:00'}", TYPED)  # noqa: DTZ007 - made aware in the next line
    return moment_text(typed.astimezone())


def pasted_name() -> str:
    """Name a picture that was pasted now."""
    return _("Pasted {time}").format(time=SystemClock().now().strftime("%Y-%m-%d %H.%M.%S")) + ".png"


def _locale() -> str:
    return current_language().replace("-", "_")
