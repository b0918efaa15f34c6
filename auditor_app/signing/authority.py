"""The office's own small certificate authority: P-256, SHA-256, certificates for auditors and for the office itself."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.certificates import (
    USAGE_OF_PURPOSE,
    PublicKey,
    Purpose,
    facts_of,
    key_is_accepted,
    may_issue,
    read_certificate,
    subject_name,
)
from auditor_app.signing.keys import SigningIdentity, check_period, new_private_key, read_private_key

_AUTHORITY_YEARS = timedelta(days=3653)
_BACKDATED = timedelta(days=1)  # clocks in the field lie: a certificate must not be "not yet valid" on a laptop that is slow
_LARGEST_REQUEST = 16 * 1024  # bytes; an RSA-8192 request is about 3 KiB


def new_authority(name: str, at: datetime) -> SigningIdentity:
    """Make an authority with a new key and a self-signed certificate of ten years. Raises NotAllowed `name_not_acceptable`."""
    private_key = new_private_key()
    key = read_private_key(private_key)
    subject = subject_name(name, name)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = _draft(subject, subject, key.public_key(), (at - _BACKDATED, at + _AUTHORITY_YEARS))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    return SigningIdentity(private_key=private_key, certificate=builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))


def issue(authority: SigningIdentity, request_pem: bytes, at: datetime, days: int, purpose: Purpose = "auditor") -> bytes:
    """Answer a request with a certificate (PEM) that ends no later than the authority's own.

    Only name, organisation and key are taken from the request; whatever else it asks for is ignored.
    Raises Corrupted `request_unreadable`, NotAllowed `request_not_signed_by_its_key`, `key_not_accepted`,
    `name_not_acceptable`, `certificate_may_not_issue`, `certificate_expired` or `certificate_not_yet_valid` (the authority's own).
    """
    issuer = read_certificate(authority.certificate)
    facts = facts_of(issuer)
    if not may_issue(issuer):
        raise NotAllowed("certificate_may_not_issue", name=facts.name)
    check_period(facts, at)
    subject, key = _asked_for(request_pem)
    builder = _draft(subject, issuer.subject, key, (at - _BACKDATED, min(at + timedelta(days=days), facts.not_after)))
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage("digital_signature", "content_commitment"), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([USAGE_OF_PURPOSE[purpose]]), critical=False)
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    return builder.sign(read_private_key(authority.private_key), hashes.SHA256()).public_bytes(Encoding.PEM)


def _asked_for(request_pem: bytes) -> tuple[x509.Name, PublicKey]:
    if len(request_pem) > _LARGEST_REQUEST:
        raise Corrupted("request_unreadable")
    try:
        request = x509.load_pem_x509_csr(request_pem)
        key = request.public_key()
        names = [request.subject.get_attributes_for_oid(kind) for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)]
        is_its_own = request.is_signature_valid
    except (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm) as error:  # TypeError: a name of an odd string type
        raise Corrupted("request_unreadable") from error
    if not is_its_own:
        raise NotAllowed("request_not_signed_by_its_key")
    if not key_is_accepted(key):
        raise NotAllowed("key_not_accepted")
    name, organisation = ("\n".join(str(part.value) for part in found) for found in names)  # two of a kind: a line break, which is refused
    return subject_name(name, organisation), key


def _draft(subject: x509.Name, issuer: x509.Name, key: PublicKey, period: tuple[datetime, datetime]) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(period[0])
        .not_valid_after(period[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*allowed: str) -> x509.KeyUsage:
    kinds = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{kind: kind in allowed for kind in kinds})
