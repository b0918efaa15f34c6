"""Values in words that reports, window and command line share: moments, places, sizes, kinds of files."""

import re
from datetime import date

from babel import Locale
from babel.dates import format_date

from auditor_app.clock import parse_moment
from auditor_app.domain.visit import Evidence
from auditor_app.translation import N_, _, current_language, reading_locale

_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)\s*[–-]\s*(\d{4}-\d\d-\d\d)")
_KINDS = (
    ("image/svg", N_("Drawing")),
    ("image/", N_("Photo")),
    ("audio/", N_("Audio")),
    ("video/", N_("Video")),
    ("application/pdf", N_("Document")),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml", N_("Spreadsheet")),
    ("text/csv", N_("Spreadsheet")),
    ("text/", N_("Text")),
)


def kind_words(media_type: str, *, scan: bool = False) -> str:
    """Name the kind of a file; a PDF that is pictures of paper is a scan."""
    return _("Scan") if scan else next((_(words) for start, words in _KINDS if media_type.startswith(start)), _("File"))


def evidence_kind(one: Evidence) -> str:
    """Name the kind of a piece of evidence."""
    return kind_words(one.media_type, scan=bool(one.captured.get("scan")))


def date_words(text: str) -> str:
    """Write an ISO date (2026-11-16) in the reader's language; anything else is given as it is."""
    try:
        return str(format_date(date.fromisoformat(text), format="long", locale=_locale()))
    except ValueError:
        return text


def period_words(text: str) -> str:
    """Write a period from one ISO date to another in the reader's language; anything else is given as it is."""
    found = _PERIOD.fullmatch(text.strip())
    return f"{date_words(found[1])} – {date_words(found[2])}" if found else text


def country_words(text: str) -> str:
    """Name the country of a two-letter code (CL) in the reader's language; anything else is given as it is."""
    return str(Locale.parse(_locale()).territories.get(text, text)) if len(text) == 2 else text


def moment_words(text: str, offset: str = "+00:00") -> str:
    """Write a canonical moment in the reader's language at its local offset, and name the offset."""
    moment = parse_moment(text, offset)
    return f"{format_date(moment, format='medium', locale=_locale())}, {moment:%H:%M} ({offset})"


def captured_words(evidence: Evidence) -> str:
    """Tell when a piece of evidence was captured by the camera's own clock; empty when the file does not say."""
    at, offset = evidence.captured.get("at", ""), evidence.captured.get("offset", "")
    return f"{at.replace('T', ' ')[:16]}{f' ({offset})' if offset else ''}"


def place_words(evidence: Evidence) -> str:
    """Tell where a piece of evidence was captured; empty when the file does not say."""
    latitude, longitude = evidence.captured.get("latitude"), evidence.captured.get("longitude")
    if latitude is None or longitude is None:
        return ""
    north, east = (_("N") if latitude >= 0 else _("S")), (_("E") if longitude >= 0 else _("W"))
    return f"{abs(latitude) / 1e6:.5f}° {north}, {abs(longitude) / 1e6:.5f}° {east}"


def size_words(size: int) -> str:
    """Tell a number of bytes in the unit that a person would choose."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1000
    return ""


def _locale() -> str:
    return reading_locale(current_language())
