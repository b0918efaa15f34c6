"""Sizes, speeds and times in words."""

from auditor_app.translation import _

_UNITS = ("bytes", "kB", "MB", "GB")


def size_text(size: float) -> str:
    """Give a size in bytes in words: "48 MB"."""
    unit = 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit and size < 10 else f"{size:.0f} {_UNITS[unit]}"


def pace_text(done: int, seconds: float) -> str:
    """Give a speed: "85 MB/s"; empty while it cannot be told."""
    return _("{size}/s").format(size=size_text(done / seconds)) if done and seconds > 0.3 else ""


def rest_text(done: int, total: int, seconds: float) -> str:
    """Give the time that is left: "about 2 min"; empty while it cannot be told."""
    if not done or total <= done or seconds < 0.5:
        return ""
    rest = seconds * (total - done) / done
    return _("about {count} s").format(count=round(rest)) if rest < 90 else _("about {count} min").format(count=round(rest / 60))
