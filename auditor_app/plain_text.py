"""What a text from a person or a file system may contain."""

import unicodedata

from auditor_app.errors import NotAllowed

_DIRECTION = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible marks that reorder text, so that "gpj.exe" reads as "exe.jpg". Letters of right-to-left scripts are welcome."""


LONGEST_LINE, LONGEST_TEXT = 1_000, 100_000
"""Characters that a single line, and a text of several, may have."""


def forbidden_characters(text: str, *, allowed: str = "") -> list[str]:
    """List control, direction and half characters (lone surrogates) in a text, as U+ codes in order of appearance."""
    found = [c for c in text if c not in allowed and (unicodedata.category(c) in {"Cc", "Cs"} or c in _DIRECTION)]
    return [f"U+{ord(c):04X}" for c in dict.fromkeys(found)]


def one_line(text: str, place: str) -> str:
    """Clean and check a single-line text such as a name; `place` is the field's name. Raises NotAllowed."""
    _refuse(text, place, allowed="")
    return _not_longer(unicodedata.normalize("NFC", text).strip(), place, LONGEST_LINE)


def paragraph(text: str, place: str) -> str:
    """Check a text of several lines. Raises NotAllowed."""
    text = text.replace("\r\n", "\n")
    _refuse(text, place, allowed="\n\t")
    return _not_longer(unicodedata.normalize("NFC", text), place, LONGEST_TEXT)


def required(text: str, place: str) -> str:
    """Demand that a single-line text is not empty. Raises NotAllowed."""
    if not (cleaned := one_line(text, place)):
        raise NotAllowed("text_missing", place=place)
    return cleaned


def visible(text: str) -> str:
    """Show a text from outside with its invisible characters as codes, so that it plays no tricks on a terminal."""
    return "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)


def _refuse(text: str, place: str, *, allowed: str) -> None:
    if found := forbidden_characters(text, allowed=allowed):
        raise NotAllowed("text_has_control_characters", place=place, characters=", ".join(found))


def _not_longer(text: str, place: str, longest: int) -> str:
    if len(text) > longest:
        raise NotAllowed("text_too_long", place=place, longest=longest)
    return text
