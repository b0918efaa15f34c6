"""The fingerprint of an office's key: digits in groups, to be read out by telephone in any language and compared."""

import hashlib

from auditor_app.domain.office import OfficeProfile
from auditor_app.signing.keys import certificate_facts

GROUPS, DIGITS = 8, 5
_BYTES = 5
"""Of the digest for each group: enough that every digit is nearly as likely as any other."""


def office_fingerprint(profile: OfficeProfile) -> str:
    """Give the fingerprint of an office's authority and of the key that is sealed to: who is meant, and who can read.

    Forty digits (about 132 bits) in eight groups; another one of either key gives other digits.
    """
    said = f"{certificate_facts(profile.authority.encode()).fingerprint} {profile.recipient}"
    digest = hashlib.sha512(said.encode()).digest()
    parts = (digest[at * _BYTES : (at + 1) * _BYTES] for at in range(GROUPS))
    return " ".join(f"{int.from_bytes(part) % 10**DIGITS:0{DIGITS}}" for part in parts)


def is_fingerprint(text: str, profile: OfficeProfile) -> bool:
    """Say whether someone typed the fingerprint of an office, with or without its spaces."""
    return "".join(text.split()) == office_fingerprint(profile).replace(" ", "")
