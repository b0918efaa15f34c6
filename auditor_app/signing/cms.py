"""A signature that lies beside what it signs: CMS, detached, checkable with `openssl cms -verify`."""

import hashlib
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from auditor_app.errors import Corrupted
from auditor_app.signing.certificates import Purpose, facts_of, key_is_accepted, read_certificate
from auditor_app.signing.cms_structure import SignatureParts, bytes_to_sign, decode, encode
from auditor_app.signing.keys import CanSign, check_fits
from auditor_app.signing.trust import Trusted, trust_in
from auditor_app.signing.verdicts import YES, SignatureAnswers, Verdict, no, not_checked

_LARGEST_SIGNATURE = 64 * 1024  # bytes; ours have about one KiB
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def sign_detached(data: bytes, signer: CanSign, at: datetime) -> bytes:
    """Sign bytes; the result (DER) holds the signer's certificate and neither the bytes nor the authorities.

    Raises NotAllowed when the signer does not fit (`keys.check_fits`), Corrupted for unreadable keys.
    """
    check_fits(signer, at)
    certificate = read_certificate(signer.certificate)
    digest = hashlib.sha256(data).digest()
    signature = signer.sign(bytes_to_sign(certificate, digest, at))
    if isinstance(certificate.public_key(), EllipticCurvePublicKey):
        signature = _lower(signature)
    return encode(SignatureParts(certificate=certificate, content_digest=digest, signed_at=at, signature=signature))


def check_detached(data: bytes, der: bytes, trusted: Trusted, at: datetime, *, purpose: Purpose | None = None) -> SignatureAnswers:
    """Check a signature that may be hostile, against what we trust, as of a moment.

    Any signature that is not in the one form that we write is not valid, so that no byte of it can be changed unseen.
    `purpose` demands a signer certified for that purpose (a receipt is the office's). Whatever `der` is, this answers;
    it raises only Corrupted `certificate_unreadable`, for a broken certificate among the trusted ones.
    """
    try:
        parts = decode(der) if len(der) <= _LARGEST_SIGNATURE else None
        signer = facts_of(parts.certificate) if parts else None
    except (ValueError, x509.InvalidVersion, Corrupted):
        parts = signer = None
    if parts is None:
        open_question = not_checked("signature_unreadable")
        return SignatureAnswers(intact=open_question, valid=no("signature_unreadable"), trusted=open_question)
    valid = _validity(parts, der)
    moments = (parts.signed_at, at)
    return SignatureAnswers(
        intact=YES if hashlib.sha256(data).digest() == parts.content_digest else no("content_changed"),
        valid=valid,
        trusted=trust_in(parts.certificate, trusted, moments, purpose) if valid.holds else not_checked("signature_not_valid"),
        signer=signer,
        signed_at=parts.signed_at,
    )


def _validity(parts: SignatureParts, der: bytes) -> Verdict:
    if not key_is_accepted(parts.certificate.public_key()):
        return no("key_not_accepted")
    if encode(parts) != der:
        return no("signature_not_canonical")
    return YES if _is_genuine(parts) else no("signature_wrong")


def _is_genuine(parts: SignatureParts) -> bool:
    message = bytes_to_sign(parts.certificate, parts.content_digest, parts.signed_at)
    key = parts.certificate.public_key()
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(parts.signature, message, ECDSA(hashes.SHA256()))
            return parts.signature == _lower(parts.signature)
        if isinstance(key, RSAPublicKey):
            key.verify(parts.signature, message, PKCS1v15(), hashes.SHA256())
            return True
    except InvalidSignature:
        pass
    return False


def _lower(signature: bytes) -> bytes:
    # Of an ECDSA signature (r, s), anyone can make a second genuine one, (r, n - s); only the one with the lower s counts here.
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, _P256_ORDER - s))
