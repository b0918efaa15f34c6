"""An age identity in shares of words (SLIP-39): any k of n give it back, fewer tell nothing of it."""

import importlib
from collections.abc import Sequence
from typing import Any

from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.vault.keys import Secret, read_secret

PREFIX = "age-secret-key-"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_KEY_BYTES = 32
MOST_SHARES = 16


def split(secret: Secret, needed: int, count: int) -> list[str]:
    """Split the present identity into `count` shares of 33 words, of which `needed` give it back.

    Raises NotAllowed("shares_not_possible"), Unavailable("office_part_missing").
    """
    if not 2 <= needed <= count <= MOST_SHARES:
        raise NotAllowed("shares_not_possible", needed=needed, count=count, most=MOST_SHARES)
    groups = _library().generate_mnemonics(1, [(needed, count)], _key_of(secret))
    return list(groups[0])


def join(shares: Sequence[str]) -> Secret:
    """Give back the identity from shares; more than are needed do no harm. Raises NotAllowed("share_not_right", "shares_too_few")."""
    distinct = list(dict.fromkeys(shares))
    needed = max((needed_with(share) for share in distinct), default=2)
    if len(distinct) < needed:
        raise NotAllowed("shares_too_few", given=len(distinct), needed=needed)
    library = _library()
    try:
        return read_secret(_identity_of(library.combine_mnemonics(distinct[:needed])))
    except library.MnemonicError as error:
        raise NotAllowed("share_not_right", detail=str(error)) from error


def needed_with(share: str) -> int:
    """Tell how many shares are needed with this one; its last words are a checksum. Raises NotAllowed("share_not_right")."""
    library = _library()
    try:
        return int(importlib.import_module("shamir_mnemonic.share").Share.from_mnemonic(share).member_threshold)
    except library.MnemonicError as error:
        raise NotAllowed("share_not_right", detail=str(error)) from error


def _library() -> Any:
    try:
        return importlib.import_module("shamir_mnemonic")
    except ImportError as error:
        raise Unavailable("office_part_missing", module="shamir_mnemonic") from error


def _key_of(secret: Secret) -> bytes:
    """Give the 32 bytes that an identity's text form stands for: Bech32 without its check characters (BIP 173, as age writes it)."""
    text = str(secret.identity).lower()
    values = [_LETTERS.index(letter) for letter in text.removeprefix(f"{PREFIX}1")[:-6]]
    number = 0
    for value in values:
        number = number << 5 | value
    spare = len(values) * 5 - _KEY_BYTES * 8
    return (number >> spare).to_bytes(_KEY_BYTES, "big")


def _identity_of(key: bytes) -> str:
    if len(key) != _KEY_BYTES:
        raise Corrupted("identity_unreadable")
    spare = -len(key) * 8 % 5
    number, count = int.from_bytes(key, "big") << spare, (len(key) * 8 + spare) // 5
    values = [number >> 5 * place & 31 for place in reversed(range(count))]
    check = _checksum([*_stretched(PREFIX), *values, *[0] * 6]) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return f"{PREFIX}1{''.join(_LETTERS[value] for value in values)}".upper()


def _stretched(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _checksum(values: Sequence[int]) -> int:
    found = 1
    for value in values:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            found ^= factor if top >> place & 1 else 0
    return found
