"""An office's signed profile as codes on paper: packed, cut into codes that a camera reads well, gathered, and put together again.

Packed is the letter as MessagePack with certificates and signature in binary, compressed: about a third of the file. Every code begins
with what it is, which letter it belongs to (the beginning of the packed letter's digest), its number and how many there are.
Nothing here is trusted before the profile's own signature was checked; what is read is limited and may be hostile.
"""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.errors import Corrupted, NotAllowed

MOST_CODES = 12
"""As many as one page has room for, each large enough to be read from a photo of the page."""

CODE_BYTES = 412
"""What a code of version 15 (77 modules) holds at error correction M: well read from paper by laptops and phones."""

_MARK = b"AAO1"
_DIGEST = 8
_HEAD = len(_MARK) + _DIGEST + 2
_ROOM = CODE_BYTES - _HEAD
_MOST_UNPACKED = 1 << 18
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----\n([A-Za-z0-9+/=\n]+)-----END \1-----\n")
_BINARY = 1
"""The MessagePack extension of a PEM block: its name, a zero byte, and what it holds."""


@dataclass(frozen=True, slots=True)
class CodesRead:
    """The codes of one letter that were read so far, by their number from 0. `count` is 0 before the first."""

    letter: bytes = b""
    count: int = 0
    parts: dict[int, bytes] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[int, ...]:
        """Give the numbers, from 1, of the codes that were not read yet."""
        return tuple(number + 1 for number in range(self.count) if number not in self.parts)

    @property
    def is_complete(self) -> bool:
        """Say whether all were read."""
        return self.count > 0 and not self.missing

    def with_codes(self, found: Iterable[bytes]) -> "CodesRead":
        """Add codes that were found; what is no code of a letter is left out. Raises Corrupted("codes_of_two_letters")."""
        gathered = self
        for code in found:
            if is_code(code):
                gathered = gathered._with_one(code)
        return gathered

    def _with_one(self, code: bytes) -> "CodesRead":
        letter, number, count = code[len(_MARK) : _HEAD - 2], code[_HEAD - 2], code[_HEAD - 1]
        if self.count and (letter, count) != (self.letter, self.count):
            raise Corrupted("codes_of_two_letters")
        return CodesRead(letter, count, {**self.parts, number: code[_HEAD:]})

    def letter_bytes(self) -> bytes:
        """Put the letter together. Raises NotAllowed("codes_missing"), Corrupted("codes_damaged") for codes that were not made here."""
        if not self.is_complete:
            raise NotAllowed("codes_missing", read=len(self.parts), count=self.count, missing=", ".join(map(str, self.missing)))
        packed = b"".join(self.parts[number] for number in range(self.count))
        if hashlib.sha256(packed).digest()[:_DIGEST] != self.letter:
            raise Corrupted("codes_damaged", detail="digest")
        return unpacked(packed)


def codes_of(letter: bytes) -> tuple[bytes, ...]:
    """Cut a signed profile into codes of about equal length. Raises NotAllowed("profile_too_large_for_letter")."""
    data = packed(letter)
    count = -(-len(data) // _ROOM)
    if count > MOST_CODES:
        raise NotAllowed("profile_too_large_for_letter", size=len(data), most=MOST_CODES * _ROOM)
    head, length = _MARK + hashlib.sha256(data).digest()[:_DIGEST], -(-len(data) // count)
    return tuple(head + bytes((number, count)) + data[number * length : (number + 1) * length] for number in range(count))


def is_code(data: bytes) -> bool:
    """Say whether what a code holds is a part of an office's letter."""
    if not data.startswith(_MARK) or not _HEAD < len(data) <= CODE_BYTES:
        return False
    number, count = data[_HEAD - 2], data[_HEAD - 1]
    return 0 < count <= MOST_CODES and number < count


def packed(letter: bytes) -> bytes:
    """Pack a signed letter; another form of the same JSON, so its signature stays right."""
    plain = msgspec.json.decode(letter)
    plain["signature"] = base64.b64decode(plain["signature"])
    return zlib.compress(msgspec.msgpack.encode(_smaller(plain)), 9)


def unpacked(data: bytes) -> bytes:
    """Give a packed letter back as canonical JSON. Raises Corrupted("codes_damaged"); nothing larger than a profile is unpacked."""
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(data, _MOST_UNPACKED)
        if stream.unconsumed_tail or not stream.eof:
            raise Corrupted("codes_damaged", detail="too large or cut short")
        letter = msgspec.msgpack.decode(plain, type=dict[str, Any], ext_hook=_pem)
        letter["signature"] = base64.b64encode(letter["signature"]).decode()
        return canonical_bytes(letter) + b"\n"
    except (zlib.error, msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise Corrupted("codes_damaged", detail=str(error)) from error


def _smaller(value: Any) -> Any:
    """Write PEM in binary, where that gives exactly the same text back."""
    if isinstance(value, dict):
        return {name: _smaller(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_smaller(one) for one in value]
    if isinstance(value, str) and (match := _PEM.fullmatch(value)):
        try:
            block = match[1].encode() + b"\0" + base64.b64decode(match[2])
        except binascii.Error:
            return value
        return msgspec.msgpack.Ext(_BINARY, block) if _pem(_BINARY, memoryview(block)) == value else value
    return value


def _pem(code: int, data: memoryview) -> str:
    name, _zero, block = bytes(data).partition(b"\0")
    if code != _BINARY:
        raise ValueError(f"extension {code}")
    text = base64.b64encode(block).decode()
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN {name.decode('ascii')}-----\n{lines}\n-----END {name.decode('ascii')}-----\n"
