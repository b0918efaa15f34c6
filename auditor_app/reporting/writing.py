"""Texts of people made into paragraphs: safe, whole, and broken where they must be.

Nothing a person wrote can act as markup, hide characters or turn the reading direction; their line breaks stay.
"""

import unicodedata
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from auditor_app.reporting.fonts import REGULAR, runs, width_of
from auditor_app.reporting.styles import FIRM_LINE

_VARIANTS = {chr(code) for code in range(0xFE00, 0xFE10)}
"""Marks that only choose between pictures of the same character."""
_FIRST_IDEOGRAPHIC = "\u2e80"
_SHORTENED = "…"
_UNDER_LINK = f"#{FIRM_LINE.hexval()[2:]}"


def clean(text: str) -> str:
    """Compose the characters (NFC), keep line breaks, turn tabs to spaces, and drop control, direction and invisible ones."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    return "".join(c for c in unicodedata.normalize("NFC", text) if c == "\n" or not _is_invisible(c)).strip()


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"} or character in _VARIANTS


def one_line(text: str) -> str:
    """Clean a text for a place that has one line only."""
    return " ".join(clean(text).split())


def paragraph(text: str, style: ParagraphStyle, *, anchor: str = "", target: str = "") -> Paragraph:
    """Make a paragraph; `anchor` is a place that links may name, `target` the place this one leads to."""
    return _paragraph(_marked(text, style, target), text, style, anchor)


def linked_words(words: list[tuple[str, str]], style: ParagraphStyle, *, separator: str = ", ") -> Paragraph:
    """Make one paragraph of (text, target) pairs; an empty target is plain text."""
    marked = escape(separator).join(_marked(text, style, target) for text, target in words)
    return _paragraph(marked, "".join(text for text, _target in words), style, "")


def draw_line(canvas: Canvas, x: float, y: float, text: str, *, size: float, face: str = REGULAR) -> None:
    """Draw one line from x to the right, at the baseline y."""
    for drawn_by, piece in runs(one_line(text), face):
        canvas.setFont(drawn_by, size)
        canvas.drawString(x, y, piece)
        x += width_of(piece, size, face)


def shortened(text: str, width: float, *, size: float, face: str = REGULAR) -> str:
    """Cut a line to a width in points, with an ellipsis where something is left out."""
    text = one_line(text)
    room = width - width_of(_SHORTENED, size, face)
    used, kept = 0.0, 0
    for kept, character in enumerate(text):  # noqa: B007 - the place of the first character too many is what we look for
        used += width_of(character, size, face)
        if used > width:
            break
    else:
        return text
    while kept and width_of(text[:kept], size, face) > room:
        kept -= 1
    return text[:kept].rstrip() + _SHORTENED


def _marked(text: str, style: ParagraphStyle, target: str) -> str:
    pieces = (
        escape(piece) if face == style.fontName else f'<font name="{face}">{escape(piece)}</font>'
        for face, piece in runs(clean(text), style.fontName)
    )
    marked = "".join(pieces).replace("\n", "<br/>")
    return f'<a href="#{target}"><u color="{_UNDER_LINK}">{marked}</u></a>' if target else marked


def _paragraph(marked: str, text: str, style: ParagraphStyle, anchor: str) -> Paragraph:
    # Chinese has no spaces to break at; reportlab breaks it between characters only when told so.
    if any(c >= _FIRST_IDEOGRAPHIC for c in text):
        style = ParagraphStyle(f"{style.name} Chinese", parent=style, wordWrap="CJK")
    return Paragraph(f'<a name="{anchor}"/>{marked}' if anchor else marked, style)
