"""Smart cards and tokens (PKCS#11): which are there, whose keys they hold, and signing with a key that never leaves them.

The card's own library does the work; it is loaded by `python-pkcs11`, which is installed only where cards are used. Blocking,
and a card takes its time: never on a thread that must stay free.
"""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.signing.certificates import facts_of, read_certificate

Tries = Literal["all", "few", "last", "none"]
"""How many wrong PINs a card still takes. Cards tell no number through PKCS#11, only these steps."""

LIBRARIES = {
    "linux": ("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so", "/usr/lib64/opensc-pkcs11.so"),
    "darwin": ("/Library/OpenSC/lib/opensc-pkcs11.so", "/opt/homebrew/lib/opensc-pkcs11.so"),
    "win32": ("C:/Windows/System32/opensc-pkcs11.dll", "C:/Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll"),
}
"""Where OpenSC, which knows most cards, puts its library; a card's maker may have another."""

_INITIALIZED = 0x00000400
_COUNT_LOW, _FINAL_TRY, _LOCKED, _PIN_PAD = 0x00010000, 0x00020000, 0x00040000, 0x00000100
_SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo of RFC 8017, 9.2


def default_library() -> Path | None:
    """Give the library of OpenSC, where it is installed."""
    return next((Path(path) for path in LIBRARIES.get(sys.platform, ()) if Path(path).is_file()), None)


def cards(library: Path) -> "list[Card]":
    """List the cards that are plugged in, but blank ones. Raises Unavailable `card_support_missing`, `card_library_unusable`."""
    return [_card(token) for token in _tokens(library) if int(token.flags) & _INITIALIZED]


def certificates_on(library: Path, serial: str) -> "list[CardKey]":
    """List the certificates on a card whose key is on it too, readable without a PIN.

    Raises Unavailable `card_missing`, `card_support_missing`, `card_library_unusable` or `card_failed`.
    """
    with _session(library, serial) as (session, pkcs11):
        kind = pkcs11.Attribute.CLASS
        found = session.get_objects({kind: pkcs11.ObjectClass.CERTIFICATE})
        return [_key_of(one[pkcs11.Attribute.ID], one[pkcs11.Attribute.VALUE]) for one in found]


def tries_left(flags: int) -> Tries:
    """Read from a token's flags how many wrong PINs it still takes."""
    if flags & _LOCKED:
        return "none"
    if flags & _FINAL_TRY:
        return "last"
    return "few" if flags & _COUNT_LOW else "all"


@contextmanager
def _session(library: Path, serial: str, pin: object = None) -> Iterator[tuple[Any, ModuleType]]:
    pkcs11 = _loaded()
    token = next((one for one in _tokens(library) if _card(one).serial == serial), None)
    if token is None:
        raise Unavailable("card_missing", serial=serial)
    try:
        with token.open(**({} if pin is None else {"user_pin": pin})) as session:
            yield session, pkcs11
    except (pkcs11.PinIncorrect, pkcs11.PinLocked, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise
    except pkcs11.PKCS11Error as error:
        raise Unavailable("card_failed", card=_card(token).label, reason=type(error).__name__) from error


def _tokens(library: Path) -> list[Any]:
    pkcs11 = _loaded()
    try:
        driver = pkcs11.lib(str(library))
        driver.reinitialize()  # else a library keeps to the cards that it saw first
        return list(driver.get_tokens())
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise Unavailable("card_library_unusable", path=str(library), reason=str(error) or type(error).__name__) from error


def _loaded() -> ModuleType:
    try:
        import pkcs11  # noqa: PLC0415 - an extra that most do not install
    except ImportError as error:
        raise Unavailable("card_support_missing") from error
    return pkcs11


def _card(token: Any) -> "Card":
    flags = int(token.flags)
    return Card(label=token.label, serial=_text(token.serial), tries=tries_left(flags), has_pin_pad=bool(flags & _PIN_PAD))


def _text(serial: bytes | str) -> str:
    return (serial if isinstance(serial, str) else serial.decode("ascii", "replace")).strip()


def _key_of(identifier: bytes, der: bytes) -> "CardKey":
    try:
        pem = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
    except ValueError as error:
        raise Corrupted("certificate_unreadable") from error
    return CardKey(id=identifier.hex(), name=facts_of(read_certificate(pem)).name, certificate=pem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card that is plugged in: its name and serial number, how many wrong PINs it still takes, and who asks for the PIN."""

    label: str
    serial: str
    tries: Tries
    has_pin_pad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardKey:
    """A key on a card: its id (hexadecimal), the name on its certificate, and that certificate (PEM)."""

    id: str
    name: str
    certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSigner:
    """Who signs with a card. The PIN is kept no longer than this value; it is never shown, and None where the reader has a PIN pad.

    `wrong_before` counts wrong PINs in a row, to be told; `may_lock` allows the last try before the card locks itself.
    """

    library: Path
    serial: str
    key: str
    certificate: bytes
    pin: str | None = field(repr=False, default=None)
    wrong_before: int = 0
    may_lock: bool = False

    def check_key(self) -> None:
        """Open the card with its PIN and find the key.

        Raises NotAllowed `pin_missing`, `pin_wrong`, `pin_wrong_few_left`, `pin_wrong_last_try`, `pin_last_try` (before
        trying), `card_locked`, `key_does_not_match_certificate`; Unavailable when card or library are not there.
        """
        with self._opened() as (session, pkcs11):
            self._private_key(session, pkcs11)
            name = pkcs11.Attribute.ID
            there = session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE, name: bytes.fromhex(self.key)})
            if self.certificate not in [_key_of(one[name], one[pkcs11.Attribute.VALUE]).certificate for one in there]:
                raise NotAllowed("key_does_not_match_certificate", name=facts_of(read_certificate(self.certificate)).name)

    def sign(self, message: bytes) -> bytes:
        """Sign a message on the card: ECDSA (DER) or RSA PKCS#1 v1.5, with SHA-256. Raises like `check_key`."""
        digest = hashlib.sha256(message).digest()
        is_curve = isinstance(read_certificate(self.certificate).public_key(), EllipticCurvePublicKey)
        with self._opened() as (session, pkcs11):
            key = self._private_key(session, pkcs11)
            if not is_curve:  # hashed here: the card gets the digest alone, which every card can do
                return bytes(key.sign(_SHA256_PREFIX + digest, mechanism=pkcs11.Mechanism.RSA_PKCS))
            raw = bytes(key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA))
        half = len(raw) // 2
        return encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))

    @contextmanager
    def _opened(self) -> Iterator[tuple[Any, ModuleType]]:
        card = self._card()
        self._demand_tries(card)
        pkcs11 = _loaded()
        pin = pkcs11.PROTECTED_AUTH if self.pin is None else self.pin
        try:
            with _session(self.library, self.serial, pin) as opened:
                yield opened
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
            raise self._refusal(self._card()) from error
        except pkcs11.PinLocked as error:
            raise NotAllowed("card_locked", card=card.label) from error

    def _demand_tries(self, card: Card) -> None:
        """Try no PIN where there is none, where the card is locked, or where a wrong one would lock it and nobody said that it may."""
        if self.pin is None and not card.has_pin_pad:
            raise NotAllowed("pin_missing", card=card.label)
        if card.tries == "none":
            raise NotAllowed("card_locked", card=card.label)
        if card.tries == "last" and not self.may_lock:
            raise NotAllowed("pin_last_try", card=card.label)

    def _card(self) -> Card:
        found = next((one for one in cards(self.library) if one.serial == self.serial), None)
        if found is None:
            raise Unavailable("card_missing", serial=self.serial)
        return found

    def _refusal(self, card: Card) -> NotAllowed:
        """Say that the PIN was wrong, and what the card says of further tries."""
        wrong = self.wrong_before + 1
        if card.tries == "none":
            return NotAllowed("card_locked", card=card.label)
        if card.tries == "last":
            return NotAllowed("pin_wrong_last_try", card=card.label, wrong=wrong)
        if card.tries == "few":
            return NotAllowed("pin_wrong_few_left", card=card.label, wrong=wrong)
        return NotAllowed("pin_wrong", card=card.label, wrong=wrong)

    def _private_key(self, session: Any, pkcs11: ModuleType) -> Any:
        wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY, pkcs11.Attribute.ID: bytes.fromhex(self.key)}
        found = next(iter(session.get_objects(wanted)), None)
        if found is None:
            raise NotAllowed("key_does_not_match_certificate", name=facts_of(read_certificate(self.certificate)).name)
        return found
