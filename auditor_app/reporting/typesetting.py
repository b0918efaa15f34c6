"""Texts set into lines: broken to a width, each line's pieces placed in the order of its directions, and written as PDF operators."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from auditor_app.reporting.breaking import letters, words
from auditor_app.reporting.direction import base_level, is_mixed, levels, visual_order
from auditor_app.reporting.fonts import REGULAR, prefers_japanese
from auditor_app.reporting.shaping import ShapedWord, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text; `target` is the place that it leads to, if any."""

    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A shaped word, or the spaces after one, in the order of reading; `level` is its direction (odd: right to left)."""

    word: ShapedWord
    level: int
    target: str
    is_space: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces in the order of reading, where each begins, and its width (without the spaces at its end), in thousandths."""

    pieces: tuple[Piece, ...]
    starts: tuple[float, ...]
    width: float
    rightwards: bool
    ends_paragraph: bool

    @property
    def length(self) -> int:
        """Count the characters of the text that it takes, with the line break after it."""
        return sum(len(piece.word.text) for piece in self.pieces) + self.ends_paragraph


class _Word:
    """Letters that stay together, and the spaces after them."""

    __slots__ = ("letters", "pieces", "spaces", "whole", "width")

    def __init__(self, letters: tuple[Piece, ...], spaces: tuple[Piece, ...]) -> None:
        self.letters, self.spaces, self.pieces = letters, spaces, letters + spaces
        self.width = sum([piece.word.width for piece in letters])
        self.whole = self.width + sum([piece.word.width for piece in spaces])


def set_lines(spans: Sequence[Span], face: str, width: float) -> list[Line]:
    """Break a text into lines of at most `width` thousandths of the font size. Raises NotAllowed ("missing_glyphs")."""
    lines: list[Line] = []
    japanese = prefers_japanese("".join(span.text for span in spans))
    for paragraph in _paragraphs(spans):
        text = "".join(span.text for span in paragraph)
        base = base_level(text) if is_mixed(text) else 0
        rows = list(_rows(_words(paragraph, text, base, face, japanese), width))
        lines += [_line(row, base, row is rows[-1]) for row in rows]
    return lines


def cut(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Give a part of a text, from one of its characters up to another."""
    begins = accumulate((len(span.text) for span in spans), initial=0)
    parts = (replace(span, text=span.text[max(0, start - begin) : max(0, end - begin)]) for begin, span in zip(begins, spans, strict=False))
    return tuple(part for part in parts if part.text)


def set_line(text: str, face: str = REGULAR) -> Line:
    """Set a text as one line, however wide. Raises NotAllowed ("missing_glyphs")."""
    return set_lines([Span(text=text)], face, float("inf"))[0]


def _paragraphs(spans: Sequence[Span]) -> Iterator[list[Span]]:
    paragraph: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        paragraph.append(replace(span, text=first))
        for other in others:
            yield paragraph
            paragraph = [replace(span, text=other)]
    yield paragraph


def _words(spans: Sequence[Span], text: str, base: int, face: str, japanese: bool) -> Iterator[_Word]:
    if len(spans) == 1 and not is_mixed(text):
        yield from _plain_words(text, spans[0].target, face, japanese)
        return
    found = levels(text, base) if is_mixed(text) else [0] * len(text)
    targets = [span.target for span in spans for _character in span.text]
    turns = [place for place in range(1, len(text)) if (found[place], targets[place]) != (found[place - 1], targets[place - 1])]

    def pieces(start: int, end: int, is_space: bool) -> Iterator[Piece]:
        for left, right in pairwise([start, *(turn for turn in turns if start < turn < end), end]):
            for word in shape(text[left:right], face, rightwards=found[left] % 2 == 0, japanese=japanese) if left < right else ():
                yield Piece(word, found[left], targets[left], is_space)

    for start, end, after in words(text):
        yield _Word(tuple(pieces(start, end, False)), tuple(pieces(end, after, True)))


def _plain_words(text: str, target: str, face: str, japanese: bool) -> Iterator[_Word]:
    """Do as `_words` does for a text of one direction and one target, as nearly all are."""
    for start, end, after in words(text):
        yield _plain_word(text[start:end], text[end:after], target, face, japanese)


@lru_cache(1 << 14)
def _plain_word(word: str, space: str, target: str, face: str, japanese: bool) -> _Word:
    letters = shape(word, face, japanese=japanese)
    spaces = shape(space, face, japanese=japanese)
    return _Word(tuple(Piece(one, 0, target, False) for one in letters), tuple(Piece(one, 0, target, True) for one in spaces))


def _rows(found: Iterable[_Word], width: float) -> Iterator[list[_Word]]:
    row: list[_Word] = []
    used = 0.0
    for word in found:
        if row and used + word.width > width:
            yield row
            row, used = [], 0.0
        *full, word = _torn(word, width) if word.width > width else [word]
        for part in full:
            yield [part]
        row.append(word)
        used += word.whole
    yield row


def _torn(word: _Word, width: float) -> list[_Word]:
    """Tear a word that fits on no line between its letters."""
    parts: list[_Word] = []
    kept: list[Piece] = []
    used = 0.0
    for piece in (letter for whole in word.letters for letter in _letters(whole)):
        if kept and used + piece.word.width > width:
            parts.append(_Word(tuple(kept), ()))
            kept, used = [], 0.0
        kept.append(piece)
        used += piece.word.width
    return [*parts, _Word(tuple(kept), word.spaces)]


def _letters(piece: Piece) -> Iterator[Piece]:
    face = piece.word.face
    for letter in letters(piece.word.text):
        for word in shape(letter, face, rightwards=piece.word.rightwards):
            yield replace(piece, word=word)


def _line(row: list[_Word], base: int, last: bool) -> Line:
    pieces = [piece for word in row for piece in word.pieces]
    ending = len(pieces)
    while ending and pieces[ending - 1].is_space:
        ending -= 1
    width = sum([piece.word.width for piece in pieces[:ending]])
    # Spaces at the end of a line lie outside it, on the side to which the paragraph runs (L1).
    pieces[ending:] = [piece if piece.level == base else replace(piece, level=base) for piece in pieces[ending:]]
    return Line(tuple(pieces), tuple(_starts(pieces, width, base)), width, base == 0, last)


def _starts(pieces: Sequence[Piece], width: float, base: int) -> list[float]:
    if not any(piece.level for piece in pieces):
        return list(accumulate((piece.word.width for piece in pieces), initial=0.0))[:-1] if pieces else []
    order = visual_order([piece.level for piece in pieces])
    starts = [0.0] * len(pieces)
    outside = sum(piece.word.width for piece in pieces) - width if base else 0.0
    pen = -outside
    for place in order:
        starts[place] = pen
        pen += pieces[place].word.width
    return starts
