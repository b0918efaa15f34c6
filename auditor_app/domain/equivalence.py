"""Certificates and other standards that are offered in place of checks, and what was made of each. Pure.

A record never rates anything: it says what was credited, why, and what to be careful of.
"""

from dataclasses import dataclass
from datetime import date

from auditor_app.translation import N_

EQUIVALENCE = "equivalence"

CREDITED, CREDITED_IN_PART, NOT_CREDITED = "credited", "credited_in_part", "not_credited"
DECISIONS = (CREDITED, CREDITED_IN_PART, NOT_CREDITED)

EXPIRED, EXPIRES_SOON, SCOPE_MISSING, REASON_MISSING, NONCONFORMITIES = (
    "expired",
    "expires_soon",
    "no_scope",
    "no_reason",
    "nonconformities",
)

CARES = {
    EXPIRED: N_("it has expired"),
    EXPIRES_SOON: N_("it expires within two months"),
    NONCONFORMITIES: N_("its last audit left nonconformities open"),
    SCOPE_MISSING: N_("its scope is not recorded, so it cannot be seen whether it covers this site and this activity"),
    REASON_MISSING: N_("no reason is given for the decision"),
}
"""What to be careful of, in words."""

_SOON = 60
"""Days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence:
    """One certificate: what it is, how far it goes, and the assessor's decision (one of DECISIONS, "" for none yet).

    `criteria` are those it is credited for, `checks` says in words which of their checks; days are as in 2026-11-19.
    """

    id: str
    system: str = ""
    version: str = ""
    number: str = ""
    issuer: str = ""
    accreditation: str = ""
    scope: str = ""
    issued: str = ""
    expires: str = ""
    audited: str = ""
    nonconformities: str = ""
    criteria: tuple[str, ...] = ()
    checks: str = ""
    decision: str = ""
    because: str = ""

    @property
    def is_credited(self) -> bool:
        """Say whether it stands for anything."""
        return self.decision in {CREDITED, CREDITED_IN_PART}


def cares(one: Equivalence, today: date) -> tuple[str, ...]:
    """List what to be careful of: EXPIRED, EXPIRES_SOON, NONCONFORMITIES, SCOPE_MISSING, REASON_MISSING."""
    left = (expires - today).days if (expires := _day(one.expires)) else None
    found = (
        (EXPIRED, left is not None and left < 0),
        (EXPIRES_SOON, left is not None and 0 <= left <= _SOON),
        (NONCONFORMITIES, bool(one.nonconformities.strip())),
        (SCOPE_MISSING, one.is_credited and not one.scope.strip()),
        (REASON_MISSING, bool(one.decision) and not one.because.strip()),
    )
    return tuple(key for key, holds in found if holds)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
