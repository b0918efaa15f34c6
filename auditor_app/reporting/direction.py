"""The order of letters in lines that mix directions: the Unicode Bidirectional Algorithm (UAX #9) for texts without direction marks.

Texts of people are cleaned of direction marks before (see `writing`), so levels come from the letters themselves: even is left to
right, odd is right to left. Rule names in the comments are those of the algorithm.
"""

import re
import unicodedata
from collections.abc import Sequence

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_OPENING = "([{\u2045\u2329\u27e6\u27e8\u27ea\u2983\u2985\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\uff08\uff3b\uff5b\uff62"
_CLOSING = ")]}\u2046\u232a\u27e7\u27e9\u27eb\u2984\u2986\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\uff09\uff3d\uff5d\uff63"
_PARTNER = dict(zip(_CLOSING, _OPENING, strict=True))
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_DEEPEST = 63


def is_mixed(text: str) -> bool:
    """Tell whether any letter runs from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def base_level(text: str) -> int:
    """Give the direction of a paragraph: that of its first letter (P2, P3)."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return int(next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L")


def levels(text: str, base: int) -> list[int]:
    """Give the embedding level of each character of one paragraph."""
    kinds = [unicodedata.bidirectional(c) or "L" for c in text]
    outer = "R" if base else "L"
    kinds = _weak(kinds, outer)
    _brackets(text, kinds, outer)
    _neutral(kinds, outer)
    return [_level(kind, base) for kind in kinds]


def visual_order(found: Sequence[int]) -> list[int]:
    """Order the pieces of one line, given by their levels, from left to right (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def _level(kind: str, base: int) -> int:
    # I1, I2
    if base % 2:
        return base + (kind != "R")
    return base + {"L": 0, "R": 1}.get(kind, 2)


def _weak(kinds: list[str], outer: str) -> list[str]:
    # W1 to W3: marks follow their letter; European digits after Arabic letters are Arabic ones.
    before, strong = outer, outer
    for place, kind in enumerate(kinds):
        kind = before if kind == "NSM" else kind
        if kind in {"L", "R", "AL"}:
            strong = kind
        kinds[place] = "AN" if kind == "EN" and strong == "AL" else kind
        before = kind
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    _separators(kinds)
    # W7
    strong = outer
    for place, kind in enumerate(kinds):
        strong = kind if kind in {"L", "R"} else strong
        if kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds


def _separators(kinds: list[str]) -> None:
    # W4: one separator between two numbers of a kind belongs to them.
    for place in range(1, len(kinds) - 1):
        left, kind, right = kinds[place - 1 : place + 2]
        if left == right and ((kind == "CS" and left in {"EN", "AN"}) or (kind == "ES" and left == "EN")):
            kinds[place] = left
    # W5: terminators beside a European number belong to it; W6: what is left is neutral.
    for start, end in _stretches(kinds, {"ET"}):
        beside = "EN" in (kinds[start - 1 : start] + kinds[end : end + 1])
        kinds[start:end] = ["EN" if beside else "ON"] * (end - start)
    kinds[:] = ["ON" if kind in {"ES", "CS", "BN"} else kind for kind in kinds]


def _brackets(text: str, kinds: list[str], outer: str) -> None:
    # N0: both brackets of a pair take one direction, decided by what is inside, else by what stands before.
    for opened, closed in sorted(_pairs(text, kinds)):
        inside = {_strong(kind) for kind in kinds[opened + 1 : closed]}
        if outer in inside:
            _set_bracket(text, kinds, (opened, closed), outer)
        elif inside & {"L", "R"}:
            before = next((_strong(kind) for kind in reversed(kinds[:opened]) if _strong(kind)), outer)
            _set_bracket(text, kinds, (opened, closed), before)


def _set_bracket(text: str, kinds: list[str], pair: tuple[int, int], kind: str) -> None:
    for place in pair:
        kinds[place] = kind
        while (place := place + 1) < len(text) and unicodedata.bidirectional(text[place]) == "NSM":
            kinds[place] = kind


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _OPENING:
            if len(opened) == _DEEPEST:
                break
            opened.append((_same(character), place))
        elif partner := _PARTNER.get(character):
            _close(_same(partner), place, opened, pairs)
    return pairs


def _close(partner: str, place: int, opened: list[tuple[str, int]], pairs: list[tuple[int, int]]) -> None:
    for depth in range(len(opened) - 1, -1, -1):
        if opened[depth][0] == partner:
            pairs.append((opened[depth][1], place))
            del opened[depth:]
            return


def _same(bracket: str) -> str:
    return unicodedata.normalize("NFC", bracket)


def _strong(kind: str) -> str:
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _neutral(kinds: list[str], outer: str) -> None:
    # N1, N2: neutrals between letters of one direction take it, others that of the paragraph.
    for start, end in _stretches(kinds, _NEUTRAL):
        left = _strong(kinds[start - 1]) if start else outer
        right = _strong(kinds[end]) if end < len(kinds) else outer
        kinds[start:end] = [left if left == right else outer] * (end - start)


def _stretches(kinds: list[str], wanted: set[str] | frozenset[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place, kind in enumerate(kinds):
        if kind not in wanted:
            continue
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
