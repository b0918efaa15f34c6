"""What proves when a PDF was signed, and how long that can be proven: timestamps, validation data, and the level they add up to."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from asn1crypto import cms, crl, ocsp, tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathError, ValidationError

from auditor_app.signing.trust import Trusted
from auditor_app.signing.verdicts import Level

TIME = {"time_stamping"}
_DIGESTS = {"sha256", "sha384", "sha512"}


def time_proof(token: cms.SignedData, stamped: bytes) -> "TimeProof":
    """Read a timestamp token over some bytes. Raises nearly anything for a hostile one; whether it is genuine is an answer."""
    info = token["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo) or len(token["signer_infos"]) != 1:
        raise ValueError("not_a_timestamp")
    signer, found = token["signer_infos"][0], extract_certs_for_validation(token)
    algorithm = info["message_imprint"]["hash_algorithm"]["algorithm"].native
    own = signer["digest_algorithm"]["algorithm"].native
    is_right = False
    if {algorithm, own} <= _DIGESTS:
        content = hashlib.new(own, bytes(token["encap_content_info"]["content"])).digest()
        is_right = all(validate_sig_integrity(signer, found.signer_cert, "tst_info", content))
        is_right &= info["message_imprint"]["hashed_message"].native == hashlib.new(algorithm, stamped).digest()
    moment = info["gen_time"].native
    return TimeProof(at=moment, is_genuine=is_right, certificate=found.signer_cert, others=tuple(found.other_certs))


def proof_in_signature(signature: EmbeddedPdfSignature) -> "TimeProof | None":
    """Read the timestamp that was put into the room of a signature, or None. More than one is none of ours: ValueError."""
    tokens = list(extract_tst_data_iter(signature.signer_info, signed=False))
    if len(tokens) > 1:
        raise ValueError("more_than_one_timestamp")
    return time_proof(tokens[0], signature.signer_info["signature"].native) if tokens else None


def proof_of_document(stamp: EmbeddedPdfSignature, pdf: bytes) -> "TimeProof":
    """Read a document timestamp."""
    start, length, second, rest = (int(number) for number in stamp.byte_range)
    return time_proof(stamp.signed_data, pdf[start : start + length] + pdf[second : second + rest])


def standing(proofs: Sequence["TimeProof"], roots: Sequence[bytes], at: datetime) -> list["TimeProof"]:
    """Give those proofs, oldest first, that still stand at a moment.

    A proof stands while its authority's certificate is valid, and as long as a later one that stands says that it was there by
    then. Without known `roots` the authorities that the tokens bring along are taken for what they say they are.
    """
    kept: list[TimeProof] = []
    until = at
    for proof in reversed(proofs):
        trusted = certificates_in(roots) or _self_signed(proof.others)
        store = Store(certificates=proof.others)
        if proof.is_genuine and all(has_path(proof.certificate, store, trusted, moment, TIME) for moment in (proof.at, until)):
            kept.insert(0, proof)
            until = min(until, proof.at)
    return kept


def level_of(
    signature: EmbeddedPdfSignature, proofs: Sequence["TimeProof"], stamps: Sequence[EmbeddedPdfSignature], trusted: Trusted
) -> Level:
    """Say which PAdES level a valid signature has reached, from the proofs of time that stand and the document timestamps among them."""
    if signature.sig_object.get("/SubFilter") != "/ETSI.CAdES.detached":
        return ""
    if not proofs:
        return "B-B"
    reader = signature.reader
    if any(_is_complete(signature, proofs, reader.get_historical_resolver(stamp.signed_revision), trusted) for stamp in stamps):
        return "B-LTA"
    return "B-LT" if _is_complete(signature, proofs, reader, trusted) else "B-T"


def _is_complete(signature: EmbeddedPdfSignature, proofs: Sequence["TimeProof"], handler: PdfHandler, trusted: Trusted) -> bool:
    """Say whether the file brings all that judges the signer, and whoever stamped the signature, without asking anyone."""
    try:
        store = Store.read(DocumentSecurityStore.read_dss(handler))
    except NoDSSFoundError:
        return False
    own = _self_signed(store.certificates)
    issuers = certificates_in((*trusted.authorities, *trusted.others)) or own
    moment, stamped = proofs[0].at, proof_in_signature(signature)
    if not has_path(signature.signer_cert, store, issuers, moment, set(), with_revocation=True):
        return False
    roots = certificates_in(trusted.timestampers) or own
    return stamped is None or has_path(stamped.certificate, store, roots, moment, TIME, with_revocation=True)


def has_path(
    certificate: asn1_x509.Certificate,
    store: "Store",
    roots: Sequence[asn1_x509.Certificate],
    at: datetime,
    usage: set[str],
    *,
    with_revocation: bool = False,
) -> bool:
    """Say whether a certificate leads to a root as of a moment, with proof that nothing on the way was revoked if asked."""
    if not roots:
        return False
    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=list(store.certificates),
        crls=list(store.crls),
        ocsps=list(store.ocsps),
        moment=at,
        retroactive_revinfo=True,  # lists are fetched after the signature; what they say of earlier still holds
        revocation_mode="require" if with_revocation else "soft-fail",
    )
    validator = CertificateValidator(certificate, validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage(set(), usage))  # type: ignore[no-untyped-call]  # pyHanko's gap
    except (PathBuildingError, PathError, ValidationError):
        return False
    return True


def certificates_in(pems: Sequence[bytes]) -> list[asn1_x509.Certificate]:
    """Read certificates (PEM) in the form that pyHanko wants."""
    return [certificate for pem in pems for certificate in load_certs_from_pemder_data(pem)]


def _self_signed(certificates: Sequence[asn1_x509.Certificate]) -> list[asn1_x509.Certificate]:
    return [one for one in certificates if one.subject == one.issuer and one.ca]


@dataclass(frozen=True)
class TimeProof:
    """One timestamp: which moment it gives, whether its bytes are genuine and for what they are said to stamp, and whose it is."""

    at: datetime
    is_genuine: bool
    certificate: asn1_x509.Certificate
    others: tuple[asn1_x509.Certificate, ...]

    @cached_property
    def name(self) -> str:
        """Give the name of the authority that stamped."""
        names = self.certificate.subject.native
        return str(names.get("common_name") or self.certificate.subject.human_friendly)


@dataclass(frozen=True)
class Store:
    """Certificates, lists and answers about revocation, as a PDF keeps them for later."""

    certificates: Sequence[asn1_x509.Certificate] = ()
    crls: Sequence[crl.CertificateList] = ()
    ocsps: Sequence[ocsp.OCSPResponse] = ()

    @classmethod
    def read(cls, dss: DocumentSecurityStore) -> "Store":
        """Read a PDF's store."""
        lists = [crl.CertificateList.load(one.get_object().data) for one in dss.crls]
        answers = [ocsp.OCSPResponse.load(one.get_object().data) for one in dss.ocsps]
        return cls(certificates=list(dss.load_certs()), crls=lists, ocsps=answers)
