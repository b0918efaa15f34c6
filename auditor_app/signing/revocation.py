"""Lists of revoked certificates (CRL, RFC 5280): the office's authority writes its own, and whoever checks a signature reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.certificates import may_issue, read_certificate
from auditor_app.signing.keys import SigningIdentity, read_private_key

Why = Literal["compromised", "left", "replaced"]

REASONS: dict[Why, x509.ReasonFlags] = {
    "compromised": x509.ReasonFlags.key_compromise,
    "left": x509.ReasonFlags.cessation_of_operation,
    "replaced": x509.ReasonFlags.superseded,
}
"""Why a certificate is revoked. After a compromise no date that a signature gives of itself is believed any more."""

_HARMLESS = {x509.ReasonFlags.cessation_of_operation, x509.ReasonFlags.superseded, x509.ReasonFlags.affiliation_changed}
_FRESH_FOR = timedelta(days=30)
_BACKDATED = timedelta(hours=1)  # clocks differ: a list must not be "from the future" to whoever reads it at once


def write_revocations(authority: SigningIdentity, at: datetime, *, before: bytes = b"", revoke: "Revoke | None" = None) -> bytes:
    """Write the authority's list (PEM) anew: what the list before had, and one more if asked. Its number goes up by one.

    Raises Corrupted `revocations_unreadable` for a list before that cannot be read; NotAllowed `certificate_revoked_already`.
    """
    old = _read(before) if before else None
    number = old.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number + 1 if old is not None else 1
    issuer = read_certificate(authority.certificate)
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject).last_update(at - _BACKDATED).next_update(at + _FRESH_FOR)
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    builder = builder.add_extension(_authority_key(issuer), critical=False)
    for entry in () if old is None else old:
        builder = builder.add_revoked_certificate(entry)
    if revoke is not None:
        serial = read_certificate(revoke.certificate).serial_number
        if old is not None and old.get_revoked_certificate_by_serial_number(serial) is not None:
            raise NotAllowed("certificate_revoked_already", serial=f"{serial:x}")
        builder = builder.add_revoked_certificate(_entry(serial, revoke))
    return builder.sign(read_private_key(authority.private_key), hashes.SHA256()).public_bytes(Encoding.PEM)


def revocation_of(certificate: x509.Certificate, lists: Sequence[bytes], authorities: Sequence[bytes]) -> "Revocation | None":
    """Find a certificate on the lists of its own authority; a list that another has signed counts for nothing.

    Raises Corrupted `revocations_unreadable`, `certificate_unreadable`.
    """
    issuers = [issuer for issuer in map(read_certificate, authorities) if issuer.subject == certificate.issuer and may_issue(issuer)]
    for data in lists:
        found = _read(data)
        if found.issuer != certificate.issuer or not any(_is_signed_by(found, issuer) for issuer in issuers):
            continue
        entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None:
            return Revocation(since=entry.revocation_date_utc, key_is_compromised=_reason(entry) not in _HARMLESS)
    return None


def _read(pem: bytes) -> x509.CertificateRevocationList:
    try:
        found = x509.load_pem_x509_crl(pem)
        list(found.extensions)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Corrupted("revocations_unreadable") from error
    return found


def _is_signed_by(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        return found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # of another kind of key it says TypeError
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return x509.ReasonFlags.unspecified


def _entry(serial: int, revoke: "Revoke") -> x509.RevokedCertificate:
    entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(revoke.since)
    return entry.add_extension(x509.CRLReason(REASONS[revoke.why]), critical=False).build()


def _authority_key(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke:
    """What to put on the list: a certificate (PEM), since when it counts no more, and why."""

    certificate: bytes
    since: datetime
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """That a certificate counts no more: since when, and whether its key may be in other hands."""

    since: datetime
    key_is_compromised: bool
