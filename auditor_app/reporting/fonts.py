"""The shipped faces and which of them draws a character: Noto Sans for Latin, Greek and Cyrillic, Noto Sans SC for Chinese.

A text may mix all of them. A character that neither face has is never printed as a box: whoever draws it gets NotAllowed.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.install_paths import resources

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
_CHINESE = {REGULAR: "NotoSansSC-Regular", BOLD: "NotoSansSC-Bold"}


@cache
def register() -> None:
    """Make the faces known to reportlab. Raises Unavailable when the installation lacks one."""
    folder = resources() / "fonts"
    for name in (REGULAR, BOLD, *_CHINESE.values()):
        try:
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
        except (TTFError, OSError) as error:
            raise Unavailable("font_missing", font=name) from error
        # Weight is chosen by face, never by markup, so each face is a family of its own.
        pdfmetrics.registerFontFamily(name, normal=name, bold=name, italic=name, boldItalic=name)


@cache
def _characters(face: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph)


def face_of(character: str, face: str = REGULAR) -> str | None:
    """Tell which face draws a character beside the given Latin one; None when no shipped face can."""
    code = ord(character)
    if code in _characters(face):
        return face
    return _CHINESE[face] if code in _characters(_CHINESE[face]) else None


def missing_glyphs(text: str) -> set[str]:
    """Give the characters of a cleaned text that no shipped face can draw."""
    return {c for c in text if c != "\n" and face_of(c) is None}


def refuse_missing_glyphs(texts: Iterable[tuple[str, str]]) -> None:
    """Demand that all texts, given as (place, text), can be drawn. Raises NotAllowed naming all characters and the first places."""
    missing = {place: found for place, text in texts if (found := missing_glyphs(text))}
    if missing:
        characters = sorted(set().union(*missing.values()))
        raise NotAllowed("missing_glyphs", characters=" ".join(map(_shown, characters)), place="; ".join(list(missing)[:5]))


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{character} ({code})" if character.isprintable() else code


def runs(text: str, face: str = REGULAR) -> Iterator[tuple[str, str]]:
    """Cut a text into (face, piece) where the face changes. Raises NotAllowed for a character that no face has."""
    refuse_missing_glyphs([(text[:40], text)])
    for drawn_by, piece in groupby(text, key=lambda c: face if c == "\n" else face_of(c, face)):
        yield drawn_by or face, "".join(piece)


def width_of(text: str, size: float, face: str = REGULAR) -> float:
    """Measure one line in points."""
    return sum((float(pdfmetrics.stringWidth(piece, drawn_by, size)) for drawn_by, piece in runs(text, face)), 0.0)
