"""Whether a signer is trusted: issued, directly or through listed authorities, by one we trust, and valid when it matters."""

from collections.abc import Sequence
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
from auditor_app.signing.verdicts import YES, Verdict, no, not_checked


def trust_in(certificate: x509.Certificate, trusted: Sequence[bytes], moments: Sequence[datetime], purpose: Purpose | None) -> Verdict:
    """Judge a signer's certificate against trusted ones (PEM), at the moment it signed and at the moment of checking.

    `purpose` demands a certificate issued for that purpose; None accepts any that may sign. Raises Corrupted
    `certificate_unreadable` for a broken trusted certificate: that is our own list, not what is being checked.
    """
    if not trusted:
        return not_checked("no_trusted_certificates")
    facts = facts_of(certificate)
    if not may_sign(certificate) or (purpose and purpose not in facts.purposes):
        return no("certificate_may_not_sign")
    if any(moment > facts.not_after for moment in moments):
        return no("certificate_expired")
    if any(moment < facts.not_before for moment in moments):
        return no("certificate_not_yet_valid")
    authorities = [read_certificate(pem) for pem in trusted]
    return YES if all(_chains(certificate, authorities, moment) for moment in moments) else no("certificate_issued_by_someone_else")


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
