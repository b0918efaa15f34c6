"""Where lines may be broken: after spaces and hyphens, between ideographs, and before the leading vowels of Thai and Lao.

What fits on no line is broken between letters by the typesetter; a mark is never torn from its letter.
"""

import re
import unicodedata
from collections.abc import Iterator

_IDEOGRAPHS = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003ffff"
)
_WIDE_OPENERS = "（［｛〔〈《「『【〘〖〝｟"
_WIDE_CLOSERS = "、。，．・：；？！）］｝〕〉》」』】〙〗〟｠"
_NOT_FIRST = _WIDE_CLOSERS + r"‥…ー～゛゜ヽヾゝゞ々ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ’”»!%),.:;?\]}°′″℃％"
"""No line begins with these."""
_NOT_LAST = _WIDE_OPENERS + r"‘“«(\[{£¥$＄￥"
"""No line ends with these."""
_LEADING_VOWELS = "เแโใไເແໂໃໄ"
_HYPHENS = r"\-–—/"
_WORD = (
    f"[{_NOT_LAST}]*"
    f"(?:[{_IDEOGRAPHS}][\u0300-\u036f\u3099\u309a]*"
    f"|[{_LEADING_VOWELS}]?"
    f"(?:[^\\s{_IDEOGRAPHS}{_WIDE_OPENERS}{_WIDE_CLOSERS}{_LEADING_VOWELS}{_HYPHENS}]|[{_HYPHENS}](?![^\\W\\d_]))*[{_HYPHENS}]*)"
    f"[{_NOT_FIRST}]*"
)
_SPACE = r"[^\S\u00a0\u202f]"
_PIECE = re.compile(f"((?!{_SPACE})(?:{_WORD}))?({_SPACE}*)")
_SPACES = re.compile(f"{_SPACE}*")


def words(line: str) -> Iterator[tuple[int, int, int]]:
    """Give the pieces that stay together as (start, end of the letters, end of the spaces after them)."""
    start = 0
    while start < len(line):
        found = _PIECE.match(line, start)
        end, after = found.span(2) if found else (start, start)
        if after == start:
            # What no word begins with stands alone.
            end = start + 1
            after = found.end() if (found := _SPACES.match(line, end)) else end
        yield start, end, after
        start = after


def letters(word: str) -> Iterator[str]:
    """Cut a word into letters with their marks."""
    letter = ""
    for character in word:
        if letter and unicodedata.category(character) not in {"Mn", "Mc", "Me", "Cf"}:
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter
