"""Certificates: reading them, what they say of a person, and what their key may be used for."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeGuard, TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from auditor_app.errors import Corrupted, NotAllowed

Purpose = Literal["auditor", "office"]
PrivateKey = EllipticCurvePrivateKey | RSAPrivateKey
PublicKey = EllipticCurvePublicKey | RSAPublicKey
_Extension = TypeVar("_Extension", bound=x509.ExtensionType)

USAGE_OF_PURPOSE: dict[Purpose, ObjectIdentifier] = {
    "auditor": ExtendedKeyUsageOID.EMAIL_PROTECTION,
    "office": ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
}
"""Auditors get what ordinary tools (openssl, pdfsig) expect of a signer; the office gets documentSigning (RFC 9336),
so that no auditor's certificate can pass for the office's on a receipt."""

_SIGNING_USAGES = {
    *USAGE_OF_PURPOSE.values(),
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    ObjectIdentifier("1.2.840.113583.1.1.5"),  # Adobe's document signing, which many public authorities still issue
    ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),  # Microsoft's document signing
}
_HOSTILE_CERTIFICATE = (ValueError, TypeError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, UnsupportedAlgorithm)
"""What the library raises, late, for certificates that nobody honest makes; TypeError is for names of an odd string type."""

_LONGEST_NAME = 64  # characters; X.520's upper bound for names and organisations
_JOINERS = "\u200c\u200d"  # format characters that names in Persian and Indic scripts need
_RSA_BITS = range(3072, 8193)  # above: only good for keeping a checker busy


def read_certificate(pem: bytes) -> x509.Certificate:
    """Read one certificate. Raises Corrupted `certificate_unreadable`."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except (ValueError, x509.InvalidVersion) as error:
        raise Corrupted("certificate_unreadable") from error
    facts_of(certificate)  # the rest is parsed lazily; a hostile certificate shall fail here and nowhere later
    return certificate


def facts_of(certificate: x509.Certificate) -> "CertificateFacts":
    """Say what a certificate says. Raises Corrupted `certificate_unreadable`."""
    try:
        certificate.public_key()
        return CertificateFacts(
            name=_first(certificate.subject, NameOID.COMMON_NAME) or certificate.subject.rfc4514_string(),
            organisation=_first(certificate.subject, NameOID.ORGANIZATION_NAME),
            issuer=_first(certificate.issuer, NameOID.COMMON_NAME) or certificate.issuer.rfc4514_string(),
            fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            purposes=frozenset(purpose for purpose, usage in USAGE_OF_PURPOSE.items() if usage in _extended_usage(certificate)),
        )
    except _HOSTILE_CERTIFICATE as error:
        raise Corrupted("certificate_unreadable") from error


def may_issue(certificate: x509.Certificate) -> bool:
    """Say whether a certificate is an authority's."""
    constraints = _extension(certificate, x509.BasicConstraints)
    return constraints is not None and constraints.ca


def may_sign(certificate: x509.Certificate) -> bool:
    """Say whether a certificate is meant for signing documents: not an authority's, and key usage says so."""
    usage = _extension(certificate, x509.KeyUsage)
    if usage is None or may_issue(certificate):
        return False
    extended = _extended_usage(certificate)
    return (usage.digital_signature or usage.content_commitment) and (not extended or not _SIGNING_USAGES.isdisjoint(extended))


def key_is_accepted(key: object) -> TypeGuard[PublicKey]:
    """Say whether a public key is of a kind we sign with: P-256, or RSA of 3072 bits and more."""
    if isinstance(key, EllipticCurvePublicKey):
        return key.curve.name == "secp256r1"
    return isinstance(key, RSAPublicKey) and key.key_size in _RSA_BITS


def subject_name(name: str, organisation: str) -> x509.Name:
    """Build a subject in UTF-8, in any script; whoever works alone has no organisation ("").

    Raises NotAllowed `name_not_acceptable` for an empty, over-long or unprintable name.
    """
    parts = {NameOID.ORGANIZATION_NAME: organisation, NameOID.COMMON_NAME: name} if organisation else {NameOID.COMMON_NAME: name}
    for text in parts.values():
        if not text.strip() or len(text) > _LONGEST_NAME or any(map(_is_unprintable, text)):
            raise NotAllowed("name_not_acceptable", name=text[:_LONGEST_NAME], longest=_LONGEST_NAME)
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts.items()])


def _is_unprintable(character: str) -> bool:
    return character not in _JOINERS and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def _first(name: x509.Name, attribute: ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(attribute)
    return str(found[0].value) if found else ""


def _extended_usage(certificate: x509.Certificate) -> list[ObjectIdentifier]:
    return list(_extension(certificate, x509.ExtendedKeyUsage) or ())


def _extension(certificate: x509.Certificate, kind: type[_Extension]) -> _Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What a certificate says, in words for people; `fingerprint` is the SHA-256 of its DER as hexadecimal digits."""

    name: str
    organisation: str
    issuer: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    purposes: frozenset[Purpose]
