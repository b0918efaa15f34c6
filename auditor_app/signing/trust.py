"""Whether a signer is trusted: issued, directly or through listed authorities, by one we trust, valid and not revoked when it matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from auditor_app.signing.certificates import Purpose, facts_of, may_sign, read_certificate
from auditor_app.signing.revocation import revocation_of
from auditor_app.signing.verdicts import YES, Verdict, no, not_checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """Whom we trust, all PEM: the office's own authority, and what the office says of others.

    What `authorities` issue must be for the purpose that is asked for; `others` are authorities that auditors, never the
    office, may have their certificate from; `timestampers` may vouch for time. `revocations` are lists of revoked certificates.
    """

    authorities: Sequence[bytes] = ()
    others: Sequence[bytes] = ()
    timestampers: Sequence[bytes] = ()
    revocations: Sequence[bytes] = ()


def trust_in(
    certificate: x509.Certificate, trusted: Trusted, moments: Sequence[datetime], purpose: Purpose | None, *, is_proven: bool = False
) -> Verdict:
    """Judge a signer's certificate at the moment it signed and at the moment of checking.

    `purpose` demands a certificate issued for that purpose; None accepts any that may sign. `is_proven` says that the first
    moment is not the signer's word but a timestamp's. Raises Corrupted `certificate_unreadable` or `revocations_unreadable`
    for a broken certificate or list among the trusted ones: that is our own list, not what is being checked.
    """
    if not trusted.authorities and not trusted.others:
        return not_checked("no_trusted_certificates")
    facts = facts_of(certificate)
    if not may_sign(certificate):
        return no("certificate_may_not_sign")
    if any(moment > facts.not_after for moment in moments):
        return no("certificate_expired", facts.not_after.date().isoformat())
    if any(moment < facts.not_before for moment in moments):
        return no("certificate_not_yet_valid", facts.not_before.date().isoformat())
    issued = _issued(certificate, trusted, moments, purpose, has_purpose=purpose is None or purpose in facts.purposes)
    return issued if not issued.holds else _unrevoked(certificate, trusted, moments[0], is_proven=is_proven)


def _issued(
    certificate: x509.Certificate, trusted: Trusted, moments: Sequence[datetime], purpose: Purpose | None, *, has_purpose: bool
) -> Verdict:
    if purpose != "office" and _chains_at_all(certificate, trusted.others, moments):
        return YES
    if not has_purpose:
        return no("certificate_may_not_sign")
    return YES if _chains_at_all(certificate, trusted.authorities, moments) else no("certificate_issued_by_someone_else")


def _unrevoked(certificate: x509.Certificate, trusted: Trusted, signed_at: datetime, *, is_proven: bool) -> Verdict:
    """Judge a revoked certificate: whoever has a stolen key can also write an earlier date, so only a proven one counts then."""
    found = revocation_of(certificate, trusted.revocations, (*trusted.authorities, *trusted.others))
    if found is None or (signed_at < found.since and (is_proven or not found.key_is_compromised)):
        return YES
    return no("certificate_revoked", found.since.date().isoformat())


def _chains_at_all(certificate: x509.Certificate, authorities: Sequence[bytes], moments: Sequence[datetime]) -> bool:
    read = [read_certificate(pem) for pem in authorities]
    return bool(read) and all(_chains(certificate, read, moment) for moment in moments)


def _chains(certificate: x509.Certificate, authorities: list[x509.Certificate], moment: datetime) -> bool:
    # What a signer's certificate must be is judged above; here a critical policy extension, usual at public authorities, is let pass.
    signer = ExtensionPolicy.permit_all().may_be_present(x509.CertificatePolicies, Criticality.AGNOSTIC, None)
    policy = PolicyBuilder().store(Store(authorities)).time(moment)
    policy = policy.extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=signer)
    try:
        policy.build_client_verifier().verify(certificate, [])
    except VerificationError:
        return False
    return True
