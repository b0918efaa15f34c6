"""Texts of people made ready for pages: safe, whole, and broken where they must be.

Nothing a person wrote can act as markup, hide characters or turn the reading direction; their line breaks stay.
"""

import re
import unicodedata
from itertools import chain

from reportlab.lib.styles import ParagraphStyle

from auditor_app.reporting.breaking import letters
from auditor_app.reporting.fonts import REGULAR
from auditor_app.reporting.shaping import shape
from auditor_app.reporting.styles import ROLES
from auditor_app.reporting.text import Text
from auditor_app.reporting.typesetting import Span, set_line

_VARIANTS = {chr(code) for code in range(0xFE00, 0xFE10)}
"""Marks that only choose between pictures of the same character."""
_JOINERS = "\u200c\u200d"
"""Persian and the scripts of India are wrong without them; between other letters they only hide something."""
_HARMLESS = re.compile("[\n -~\u00a0-\u00ac\u00ae-\u017f\u0400-\u045f\u2010-\u2027]*")
"""Texts of these characters are clean already."""
_SHORTENED = "…"


def clean(text: str) -> str:
    """Compose the characters (NFC), keep line breaks, turn tabs to spaces, and drop control, direction and invisible ones."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    if _HARMLESS.fullmatch(text):
        return text.strip()
    text = unicodedata.normalize("NFC", text)
    before = chain(" ", text)
    return "".join(c for c, last in zip(text, before, strict=False) if c == "\n" or not _is_invisible(c) or _joins(c, last)).strip()


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"} or character in _VARIANTS


def _joins(character: str, before: str) -> bool:
    return character in _JOINERS and unicodedata.category(before) in {"Lo", "Mn", "Mc"}


def one_line(text: str) -> str:
    """Clean a text for a place that has one line only."""
    return " ".join(clean(text).split())


def paragraph(text: str, style: ParagraphStyle, *, anchor: str = "", target: str = "", role: str = "") -> Text:
    """Make a paragraph; `anchor` is a place that links may name, `target` the place this one leads to, `role` what it is if not plain."""
    return Text([Span(text=clean(text), target=target)], style, role=role or ROLES.get(style.name, "P"), anchor=anchor)


def linked_words(words: list[tuple[str, str]], style: ParagraphStyle, *, separator: str = ", ", label: str = "") -> Text:
    """Make one paragraph of (text, target) pairs after a label; an empty target is plain text."""
    spans: list[Span] = [Span(text=f"{clean(label)}: ")] if label else []
    for order, (text, target) in enumerate(words):
        spans += [Span(text=separator)] if order else []
        spans.append(Span(text=clean(text), target=target))
    return Text(spans, style)


def width_of(text: str, size: float, face: str = REGULAR) -> float:
    """Measure one line in points."""
    return set_line(text, face).width * size / 1000


def shortened(text: str, width: float, *, size: float, face: str = REGULAR) -> str:
    """Cut a line to a width in points, with an ellipsis where something is left out."""
    text = one_line(text)
    if width_of(text, size, face) <= width:
        return text
    room, kept = width - width_of(_SHORTENED, size, face), ""
    for letter in letters(text):
        room -= sum(word.width for word in shape(letter, face)) * size / 1000
        if room < 0:
            break
        kept += letter
    return kept.rstrip() + _SHORTENED
