"""Words made into glyphs: letters joined, marks placed, and each glyph told which text it stands for.

A shaped word carries the pieces of PDF that draw it at any size. Glyphs stand in the order of reading, also in words that run from
right to left, so that what is copied or read aloud comes out as it was written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import uharfbuzz as hb

from auditor_app.reporting.fonts import REGULAR, Face, open_face, runs

_FEATURES: dict[str, bool | int] = {"kern": True, "liga": True}
_POSITION = attrgetter("position")


class Glyph(NamedTuple):
    """One glyph where it is drawn: distances from the word's left end and from the line, in thousandths of the font size."""

    number: int
    stands_for: str
    """The text it prints; empty when it only adds to the glyph before."""
    left: float
    rise: float
    width: float
    """How far a reader of the PDF moves on after it."""


@dataclass(frozen=True, slots=True, eq=False)
class ShapedWord:
    """A word, or a part of one in a single face: its width and what draws it, in thousandths of the font size."""

    text: str
    face: str
    width: float
    rightwards: bool
    glyphs: tuple[Glyph, ...]
    strokes: tuple[tuple[float, str], ...]
    """(rise, the inside of a TJ operator), to be drawn one after the other."""
    faithful: bool
    """Whether the glyphs' own texts, one after the other, are the word."""


@lru_cache(1 << 15)
def shape(text: str, face: str = REGULAR, *, rightwards: bool = True, japanese: bool = False) -> tuple[ShapedWord, ...]:
    """Shape a text of one direction, in the order of reading. Raises NotAllowed ("missing_glyphs") for what no face can draw."""
    return tuple(_shaped(piece, open_face(name), rightwards) for name, piece in runs(text, face, japanese=japanese))


def _shaped(text: str, face: Face, rightwards: bool) -> ShapedWord:
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(c) for c in text])
    buffer.guess_segment_properties()
    buffer.direction = "ltr" if rightwards else "rtl"
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(face.font, buffer, _FEATURES)
    glyphs, width = _placed(text, face, buffer)
    ordered = glyphs if rightwards else glyphs[::-1]
    return ShapedWord(
        text=text,
        face=face.name,
        width=width,
        rightwards=rightwards,
        glyphs=tuple(ordered),
        strokes=tuple(_strokes(ordered, width if rightwards else None)),
        faithful=all(glyph.stands_for for glyph in ordered) and "".join(glyph.stands_for for glyph in ordered) == text,
    )


def _placed(text: str, face: Face, buffer: hb.Buffer) -> tuple[list[Glyph], float]:
    glyphs: list[Glyph] = []
    infos = buffer.glyph_infos
    said = _said(text, [info.cluster for info in infos], buffer.direction == "ltr")
    pen, scale = 0.0, face.scale
    for info, (x_offset, y_offset, x_advance, _y), words in zip(infos, map(_POSITION, buffer.glyph_positions), said, strict=True):
        number = info.codepoint
        glyphs.append(Glyph(number, words, pen + x_offset * scale, y_offset * scale, face.width_of(number)))
        pen += x_advance * scale
    return glyphs, pen


def _said(text: str, clusters: list[int], rightwards: bool) -> list[str]:
    """Give each glyph the text of its cluster: all of it to the first in reading order, nothing to the others."""
    starts = sorted({0, *clusters}) if clusters else []
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    order = range(len(clusters)) if rightwards else range(len(clusters) - 1, -1, -1)
    said, seen = [""] * len(clusters), set[int]()
    for place in order:
        start = clusters[place]
        said[place] = "" if start in seen else text[start : ends[start]]
        seen.add(start)
    return said


def _strokes(glyphs: Iterable[Glyph], width: float | None) -> Iterator[tuple[float, str]]:
    """Write the inside of TJ operators; the pen ends at `width` unless that does not matter."""
    pen, last = 0.0, None
    pieces: list[tuple[float, str]] = []
    for glyph in glyphs:
        pieces.append((glyph.rise, f"{_moved(pen, glyph.left)}<{glyph.number:04X}>"))
        pen, last = glyph.left + glyph.width, glyph.rise
    if width is not None and last is not None:
        pieces.append((last, _moved(pen, width)))
    for rise, same in groupby(pieces, key=lambda piece: piece[0]):
        yield rise, "".join(inside for _rise, inside in same).replace("><", "")


def _moved(pen: float, to: float) -> str:
    away = round(pen - to, 1)
    return f"{away:g}" if away else ""
