"""The shipped faces and which of them draws a character: Noto Sans first, then a Noto face for each further script.

Only Noto Sans has a bold of its own; the other faces are made bold by a thin line around each letter. A text may mix all of them.
A character that no face has is never printed as a box: whoever draws it gets NotAllowed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import uharfbuzz as hb

from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.install_paths import resources

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
_CHINESE, _JAPANESE = "NotoSansSC-Regular", "NotoSansJP-Regular"
_SCRIPTS = (
    "Arabic Hebrew Devanagari Bengali Gujarati Gurmukhi Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Georgian "
    "Armenian Ethiopic Tifinagh Thaana"
)
_FURTHER = (
    *(f"NotoSans{script}-Regular" for script in _SCRIPTS.split()),
    "NotoSansKR-Hangul",
    _CHINESE,
    _JAPANESE,
    # It has some wide punctuation too, for writing downwards.
    "NotoSansMongolian-Regular",
    "NotoSansSymbols2-Regular",
    "NotoSansMath-Regular",
)
FACES = (REGULAR, *_FURTHER)
"""All faces of ordinary weight, in the order in which they are asked for a character."""

_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
_KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_PLAIN = re.compile("[\n -~\u00a0-\u017f\u0386-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u203a]*")
"""Texts of these characters need Noto Sans alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face opened for shaping; glyphs are measured in thousandths of the font size."""

    name: str
    font: hb.Font
    characters: frozenset[int]
    widths: dict[int, float] = field(default_factory=dict)
    """Those of glyphs that were asked for before."""

    @property
    def scale(self) -> float:
        """Thousandths of the font size in one unit of the face."""
        return float(1000 / self.font.face.upem)

    def width_of(self, glyph: int) -> float:
        """Measure a glyph."""
        if (width := self.widths.get(glyph)) is None:
            width = self.widths[glyph] = self.font.get_glyph_h_advance(glyph) * self.scale
        return width


@cache
def open_face(name: str) -> Face:
    """Open a shipped face. Raises Unavailable when the installation lacks it."""
    path = resources() / "fonts" / f"{name}.ttf"
    if not path.is_file():
        raise Unavailable("font_missing", font=name)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return Face(name=name, font=hb.Font(face), characters=frozenset(face.unicodes))


def prefers_japanese(text: str) -> bool:
    """Tell whether the ideographs of a text want their Japanese shapes: where kana stand beside them."""
    return bool(_KANA.search(text))


@lru_cache(1 << 14)
def face_of(cluster: str, face: str = REGULAR, *, japanese: bool = False) -> str | None:
    """Tell which face draws a letter with its marks, beside the given Noto Sans; None when no shipped face can."""
    first = (face, _JAPANESE) if japanese else (face,)
    return next((name for name in (*first, *_FURTHER) if _draws(open_face(name), cluster)), None)


def _draws(face: Face, cluster: str) -> bool:
    return all(ord(c) in face.characters or unicodedata.category(c) == "Cf" for c in cluster) or all(
        ord(c) in face.characters or unicodedata.category(c) == "Cf" for c in unicodedata.normalize("NFD", cluster)
    )


def files_for(texts: Iterable[str]) -> tuple[Path, ...]:
    """Give the files of the faces that some texts need, Noto Sans first. Raises NotAllowed for a character that no face has."""
    needed = {REGULAR, *(name for text in texts for name, _piece in runs(text))}
    return tuple(resources() / "fonts" / f"{name}.ttf" for name in FACES if name in needed)


def missing_glyphs(text: str) -> set[str]:
    """Give the characters of a cleaned text that no shipped face can draw."""
    return set() if _PLAIN.fullmatch(text) else {c for c in set(text) if c != "\n" and face_of(c) is None}


def refuse_missing_glyphs(texts: Iterable[tuple[str, str]]) -> None:
    """Demand that all texts, given as (place, text), can be drawn. Raises NotAllowed naming all characters and the first places."""
    missing = {place: found for place, text in texts if (found := missing_glyphs(text))}
    if missing:
        characters = sorted(set().union(*missing.values()))
        raise NotAllowed("missing_glyphs", characters=" ".join(map(_shown, characters)), place="; ".join(list(missing)[:5]))


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{character} ({code})" if character.isprintable() else code


def runs(text: str, face: str = REGULAR, *, japanese: bool = False) -> Iterator[tuple[str, str]]:
    """Cut a text into (face, piece) where the face changes. Raises NotAllowed for a character that no face has."""
    if _PLAIN.fullmatch(text):
        if text:
            yield face, text
        return
    for drawn_by, clusters in groupby(_clusters(text), key=lambda cluster: _face_found(cluster, face, japanese)):
        yield drawn_by, "".join(clusters)


def _face_found(cluster: str, face: str, japanese: bool) -> str:
    if cluster == "\n":
        return face
    found = face_of(cluster, face, japanese=japanese) or face_of(cluster[0], face, japanese=japanese)
    if found is None or missing_glyphs(cluster):
        refuse_missing_glyphs([(cluster, cluster)])
    return found or face


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for character in text:
        if cluster and unicodedata.category(character) not in _MARKS:
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster
