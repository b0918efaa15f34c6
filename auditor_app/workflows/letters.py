"""Signed documents between auditor and office: plain JSON with a detached CMS signature over its canonical bytes."""

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.domain.office import OfficeProfile
from auditor_app.errors import Corrupted
from auditor_app.signing.certificates import Purpose
from auditor_app.signing.cms import check_detached, sign_detached
from auditor_app.signing.cms_structure import decode
from auditor_app.signing.keys import CanSign
from auditor_app.signing.trust import Trusted
from auditor_app.signing.verdicts import SignatureAnswers

T = TypeVar("T", bound=msgspec.Struct)

MAX_BYTES = 64 << 20


class _Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wire form: a document and the signature over its canonical bytes."""

    document: msgspec.Raw
    signature: bytes


class _AnyFormat(msgspec.Struct, frozen=True):
    """What every document begins with."""

    format: str


def sign_letter(document: msgspec.Struct, identity: CanSign, at: datetime) -> bytes:
    """Sign a document and give the letter's bytes. Raises NotAllowed when the identity may not sign now."""
    plain = msgspec.to_builtins(document)
    signature = sign_detached(canonical_bytes(plain), identity, at)
    return canonical_bytes({"document": plain, "signature": base64.b64encode(signature).decode()}) + b"\n"


def read_letter(
    data: bytes, kind: type[T], trusted: Sequence[bytes], at: datetime, *, place: str, purpose: Purpose | None = "office"
) -> tuple[T, SignatureAnswers]:
    """Read a letter and demand that its signature is right and its signer trusted. Raises Corrupted naming the place and the reason."""
    document, signed, signature = _opened(data, kind, place)
    answers = check_detached(signed, signature, Trusted(authorities=trusted), at, purpose=purpose)
    for verdict in (answers.intact, answers.valid, answers.trusted):
        if not verdict.holds:
            raise Corrupted("letter_not_genuine", place=place, reason=verdict.reason or "")
    return document, answers


def read_profile(data: bytes, at: datetime, *, place: str) -> OfficeProfile:
    """Read an office profile, which vouches for itself: it is signed under the authority that it names. Raises Corrupted."""
    draft, _signed, _signature = _opened(data, OfficeProfile, place)
    profile, _answers = read_letter(data, OfficeProfile, [draft.authority.encode()], at, place=place)
    return profile


def read_kept(data: bytes, kind: type[T], *, place: str) -> T:
    """Read a letter that was judged when it came in and kept safe since: no clock is asked, for field clocks lie. Raises Corrupted."""
    return _opened(data, kind, place)[0]


def signed_at(data: bytes, *, place: str) -> datetime:
    """Tell when a letter was signed that was judged already. Raises Corrupted."""
    return decode(_opened(data, _AnyFormat, place)[2]).signed_at


def is_profile(data: bytes) -> bool:
    """Say whether bytes are an office's profile on its own, before anything of it is believed."""
    return b'"signature"' in data[-10_000:] and b'"auditor-app-office-1"' in data


def format_of(data: bytes, place: str) -> str:
    """Tell what a letter says it is, before anything of it is believed. Raises Corrupted."""
    return _opened(data, _AnyFormat, place)[0].format


def trusted_by(profile: OfficeProfile) -> Trusted:
    """Say whom an office trusts."""
    return Trusted(
        authorities=[profile.authority.encode()],
        others=[one.encode() for one in profile.others],
        timestampers=[one.encode() for one in profile.timestampers],
        revocations=[profile.revocations.encode()] if profile.revocations else [],
    )


def _opened(data: bytes, kind: type[T], place: str) -> tuple[T, bytes, bytes]:
    """Give the document, its canonical bytes as they were written (an older version knew fewer fields), and the signature."""
    try:
        if len(data) > MAX_BYTES:
            raise Corrupted("letter_unreadable", place=place, detail="too large")
        signed = msgspec.json.decode(data, type=_Signed)
        return msgspec.json.decode(signed.document, type=kind), canonical_bytes(msgspec.json.decode(signed.document)), signed.signature
    except (msgspec.MsgspecError, UnicodeError, TypeError, RecursionError) as error:  # TypeError: a number that has no one form
        raise Corrupted("letter_unreadable", place=place, detail=str(error)) from error
