"""The one form in which we write a CMS signature (RFC 5652), declared as ASN.1.

Detached, one signer, only the signer's certificate, four signed attributes, SHA-256, no unsigned attributes. Nothing in
it is free but the four `SignatureParts`: whoever rebuilds it from them must come to the same bytes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from cryptography import x509
from cryptography.hazmat import asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import ObjectIdentifier

_DATA = ObjectIdentifier("1.2.840.113549.1.7.1")
_SIGNED_DATA = ObjectIdentifier("1.2.840.113549.1.7.2")
_CONTENT_TYPE = ObjectIdentifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = ObjectIdentifier("1.2.840.113549.1.9.4")
_SIGNING_TIME = ObjectIdentifier("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE = ObjectIdentifier("1.2.840.113549.1.9.16.2.47")  # version 2, whose default digest is SHA-256
_SHA256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_ECDSA_SHA256 = ObjectIdentifier("1.2.840.10045.4.3.2")
_RSA_SHA256 = ObjectIdentifier("1.2.840.113549.1.1.11")
_LAST_UTC_TIME = datetime(2050, 1, 1, tzinfo=UTC)  # RFC 5652, 11.3: from here on GeneralizedTime


def bytes_to_sign(certificate: x509.Certificate, content_digest: bytes, signed_at: datetime) -> bytes:
    """Give the signed attributes as the DER that is signed: as SET OF, not in the tag they are stored under."""
    return asn1.encode_der(_attributes(certificate, content_digest, signed_at))


def encode(parts: "SignatureParts") -> bytes:
    """Give the whole ContentInfo as DER."""
    signer = _SignerInfo(
        version=1,
        signer=_IssuerAndSerial(issuer=_any(parts.certificate.issuer.public_bytes()), serial=parts.certificate.serial_number),
        digest_algorithm=_Algorithm(algorithm=_SHA256, parameters=None),
        signed_attributes=_attributes(parts.certificate, parts.content_digest, parts.signed_at),
        signature_algorithm=_signature_algorithm(parts.certificate),
        signature=parts.signature,
    )
    signed = _SignedData(
        version=1,
        digest_algorithms=asn1.SetOf([_Algorithm(algorithm=_SHA256, parameters=None)]),
        content=_DetachedContent(type=_DATA),
        certificates=asn1.SetOf([parts.certificate]),
        signers=asn1.SetOf([signer]),
    )
    return asn1.encode_der(_ContentInfo(type=_SIGNED_DATA, content=signed))


def decode(der: bytes) -> "SignatureParts":
    """Take the four parts out of a signature. Raises ValueError for anything that is not of our form, without judging it further."""
    signed = asn1.decode_der(_ContentInfo, der).content
    certificates, signers = signed.certificates.as_list(), signed.signers.as_list()
    if len(certificates) != 1 or len(signers) != 1:
        raise ValueError("not_one_signer")
    found = {attribute.type: attribute.values.as_list() for attribute in signers[0].signed_attributes.as_list()}
    digest, moment = found.get(_MESSAGE_DIGEST), found.get(_SIGNING_TIME)
    if not digest or not moment:
        raise ValueError("attributes_missing")
    return SignatureParts(
        certificate=certificates[0],
        content_digest=digest[0].parse(bytes),
        signed_at=_moment(moment[0]),
        signature=signers[0].signature,
    )


def _attributes(certificate: x509.Certificate, content_digest: bytes, signed_at: datetime) -> "asn1.SetOf[_Attribute]":
    reference = _SigningCertificate(certificates=[_CertificateReference(digest=certificate.fingerprint(hashes.SHA256()))])
    moment = signed_at.astimezone(UTC).replace(microsecond=0)
    time = asn1.UTCTime(moment) if moment < _LAST_UTC_TIME else asn1.GeneralizedTime(moment)
    values = {_CONTENT_TYPE: _DATA, _MESSAGE_DIGEST: content_digest, _SIGNING_TIME: time, _SIGNING_CERTIFICATE: reference}
    return asn1.SetOf([_Attribute(type=kind, values=asn1.SetOf([_any(asn1.encode_der(value))])) for kind, value in values.items()])


def _signature_algorithm(certificate: x509.Certificate) -> "_Algorithm":
    if isinstance(certificate.public_key(), RSAPublicKey):
        return _Algorithm(algorithm=_RSA_SHA256, parameters=asn1.Null())
    return _Algorithm(algorithm=_ECDSA_SHA256, parameters=None)


def _moment(value: asn1.TLV) -> datetime:
    short = value.tag_bytes == b"\x17"
    time: asn1.UTCTime | asn1.GeneralizedTime = value.parse(asn1.UTCTime if short else asn1.GeneralizedTime)
    moment = time.as_datetime()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _any(der: bytes) -> asn1.TLV:
    return asn1.decode_der(asn1.TLV, der)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureParts:
    """All that differs between two of our signatures."""

    certificate: x509.Certificate
    content_digest: bytes
    signed_at: datetime
    signature: bytes


@asn1.sequence
class _Algorithm:
    algorithm: ObjectIdentifier
    parameters: asn1.Null | None


@asn1.sequence
class _Attribute:
    type: ObjectIdentifier
    values: asn1.SetOf[asn1.TLV]


@asn1.sequence
class _CertificateReference:
    digest: bytes


@asn1.sequence
class _SigningCertificate:
    certificates: list[_CertificateReference]


@asn1.sequence
class _IssuerAndSerial:
    issuer: asn1.TLV
    serial: int


@asn1.sequence
class _SignerInfo:
    version: int
    signer: _IssuerAndSerial
    digest_algorithm: _Algorithm
    signed_attributes: Annotated[asn1.SetOf[_Attribute], asn1.Implicit(0)]
    signature_algorithm: _Algorithm
    signature: bytes


@asn1.sequence
class _DetachedContent:
    type: ObjectIdentifier


@asn1.sequence
class _SignedData:
    version: int
    digest_algorithms: asn1.SetOf[_Algorithm]
    content: _DetachedContent
    certificates: Annotated[asn1.SetOf[x509.Certificate], asn1.Implicit(0)]
    signers: asn1.SetOf[_SignerInfo]


@asn1.sequence
class _ContentInfo:
    type: ObjectIdentifier
    content: Annotated[_SignedData, asn1.Explicit(0)]
