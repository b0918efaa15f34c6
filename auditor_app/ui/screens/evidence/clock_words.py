"""How far cameras' clocks are off, in words. Free of Qt."""

from datetime import datetime

from babel.dates import format_datetime

from auditor_app.clock import offset_text
from auditor_app.domain.photos import CameraClock
from auditor_app.translation import _, current_language

DAY, HOUR, MINUTE = 86_400, 3_600, 60


def slow_by(camera: CameraClock) -> int:
    """Give the seconds that a camera is behind the laptop's local time of that day; negative when it is ahead."""
    sign = -1 if camera.utc_offset.startswith("-") else 1
    hours, _colon, minutes = camera.utc_offset[1:].partition(":")
    local = sign * (int(hours) * HOUR + int(minutes) * MINUTE) if hours.isdecimal() and minutes.isdecimal() else 0
    return camera.offset_seconds + local


def offset_words(camera: CameraClock) -> str:
    """Say it: "47 min 12 s slow", "right to the second"."""
    seconds = slow_by(camera)
    if not seconds:
        return _("right to the second")
    amount = _amount(abs(seconds))
    return _("{amount} slow").format(amount=amount) if seconds > 0 else _("{amount} fast").format(amount=amount)


def now_words(now: datetime) -> str:
    """Write a moment in full, to the second: "Monday 16 November 2026, 09:14:03 (-03:00)"."""
    text = format_datetime(now, format="EEEE d MMMM y, HH:mm:ss", locale=current_language().replace("-", "_"))
    return f"{text} ({offset_text(now)})"


def _amount(seconds: int) -> str:
    units = ((_("{count} d"), DAY), (_("{count} h"), HOUR), (_("{count} min"), MINUTE), (_("{count} s"), 1))
    parts: list[str] = []
    for words, size in units:
        count, seconds = divmod(seconds, size)
        if count or parts:
            parts.append(words.format(count=count))
    return " ".join(parts)
