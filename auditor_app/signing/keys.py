"""A person's signing key and certificate: making, requesting, keeping as PKCS#12, and checking before use."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.certificates import (
    CertificateFacts,
    PrivateKey,
    facts_of,
    key_is_accepted,
    may_sign,
    read_certificate,
    subject_name,
)


def new_private_key() -> bytes:
    """Make a P-256 key, as unencrypted PKCS#8 PEM."""
    return _pem_of(ec.generate_private_key(ec.SECP256R1()))


def read_private_key(pem: bytes) -> PrivateKey:
    """Read a private key. Raises Corrupted `private_key_unreadable`, NotAllowed `key_not_accepted`."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Corrupted("private_key_unreadable") from error
    return _accepted(key)


def read_pkcs12(data: bytes, password: str, *, wrong_before: int = 0) -> "SigningIdentity":
    """Open a PKCS#12 file; `wrong_before` counts wrong passwords in a row, to be told.

    Raises NotAllowed `pkcs12_not_opened` (wrong password, or no PKCS#12 file at all: the format cannot tell them
    apart), Corrupted `pkcs12_incomplete` when it lacks the key or its certificate, NotAllowed `key_not_accepted`.
    """
    try:
        content = pkcs12.load_pkcs12(data, password.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotAllowed("pkcs12_not_opened", wrong=wrong_before + 1) from error
    if content.key is None or content.cert is None:
        raise Corrupted("pkcs12_incomplete")
    return SigningIdentity(
        private_key=_pem_of(_accepted(content.key)),
        certificate=content.cert.certificate.public_bytes(Encoding.PEM),
        chain=tuple(other.certificate.public_bytes(Encoding.PEM) for other in content.additional_certs),
    )


def write_pkcs12(identity: "SigningIdentity", password: str) -> bytes:
    """Put an identity into a PKCS#12 file that other programs open too. Raises NotAllowed `password_missing`."""
    if not password:
        raise NotAllowed("password_missing")
    return pkcs12.serialize_key_and_certificates(
        certificate_facts(identity.certificate).name.encode(),
        read_private_key(identity.private_key),
        read_certificate(identity.certificate),
        [read_certificate(pem) for pem in identity.chain],
        BestAvailableEncryption(password.encode()),
    )


def certificate_request(private_key: bytes, name: str, organisation: str) -> bytes:
    """Ask for a certificate: a PKCS#10 request in PEM. Raises NotAllowed `name_not_acceptable`."""
    request = x509.CertificateSigningRequestBuilder().subject_name(subject_name(name, organisation))
    return request.sign(read_private_key(private_key), hashes.SHA256()).public_bytes(Encoding.PEM)


def certificate_facts(pem: bytes) -> CertificateFacts:
    """Say what a certificate says. Raises Corrupted `certificate_unreadable`."""
    return facts_of(read_certificate(pem))


def check_fits(signer: "CanSign", at: datetime) -> None:
    """Make sure someone can sign at a moment.

    Raises NotAllowed `key_does_not_match_certificate`, `certificate_expired`, `certificate_not_yet_valid` or
    `certificate_may_not_sign`, each with the name on the certificate; `key_not_accepted`; a card also what `check_key` says.
    """
    certificate = read_certificate(signer.certificate)
    facts = facts_of(certificate)
    check_period(facts, at)
    if not may_sign(certificate):
        raise NotAllowed("certificate_may_not_sign", name=facts.name)
    if not key_is_accepted(certificate.public_key()):
        raise NotAllowed("key_not_accepted")
    signer.check_key()  # last: it may cost a try of the card's PIN


def check_period(facts: CertificateFacts, at: datetime) -> None:
    """Make sure a certificate is valid at a moment. Raises NotAllowed `certificate_expired`, `certificate_not_yet_valid`."""
    if at > facts.not_after:
        raise NotAllowed("certificate_expired", name=facts.name, until=facts.not_after.date().isoformat())
    if at < facts.not_before:
        raise NotAllowed("certificate_not_yet_valid", name=facts.name, since=facts.not_before.date().isoformat())


def _accepted(key: object) -> PrivateKey:
    if isinstance(key, ec.EllipticCurvePrivateKey | RSAPrivateKey) and key_is_accepted(key.public_key()):
        return key
    raise NotAllowed("key_not_accepted")


def _pem_of(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


class CanSign(Protocol):
    """Who can sign: a key in a file, or one on a card that never leaves it."""

    @property
    def certificate(self) -> bytes:
        """Give the signer's certificate as PEM."""

    def check_key(self) -> None:
        """Make sure the key is there and the certificate's. Raises NotAllowed `key_does_not_match_certificate`, or what a card refuses."""

    def sign(self, message: bytes) -> bytes:
        """Sign a message: ECDSA (DER) or RSA PKCS#1 v1.5, with SHA-256."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningIdentity:
    """Who signs: private key (unencrypted PKCS#8), certificate and the authorities above it, all PEM.

    The key is never shown: not in `repr`, hence not in a log or a support report.
    """

    private_key: bytes = field(repr=False)
    certificate: bytes
    chain: tuple[bytes, ...] = ()

    def check_key(self) -> None:
        """Make sure the key is the certificate's. Raises NotAllowed `key_does_not_match_certificate`, Corrupted for unreadable ones."""
        certificate = read_certificate(self.certificate)
        if read_private_key(self.private_key).public_key() != certificate.public_key():
            raise NotAllowed("key_does_not_match_certificate", name=facts_of(certificate).name)

    def sign(self, message: bytes) -> bytes:
        """Sign a message: ECDSA (DER) or RSA PKCS#1 v1.5, with SHA-256."""
        key = read_private_key(self.private_key)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(message, ec.ECDSA(hashes.SHA256()))
        return key.sign(message, PKCS1v15(), hashes.SHA256())
