"""Signatures inside a PDF: PAdES B-B, made and checked without a network, with room for a timestamp later."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from cryptography import x509
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.registry import SimpleCertificateStore

from auditor_app.errors import Corrupted, NotAllowed, Unsupported
from auditor_app.signing.certificates import CertificateFacts, Purpose, facts_of, key_is_accepted
from auditor_app.signing.keys import SigningIdentity, certificate_facts, check_fits
from auditor_app.signing.pdf_appearance import Appearance, field_of, stamp_of
from auditor_app.signing.trust import trust_in
from auditor_app.signing.verdicts import YES, PdfAnswers, Verdict, no, not_checked

FIELD = "Signature"
_ROOM = 32768  # hexadecimal digits kept for the signature, so that a timestamp and its certificates fit in later
_SHA256 = bytes.fromhex("300d06096086480165030402010500")  # the algorithm identifier, as pyHanko writes it
_ALGORITHMS = {"sha256_ecdsa", "sha256_rsa", "rsassa_pkcs1v15"}


def sign_pdf(pdf: bytes, identity: SigningIdentity, appearance: Appearance, at: datetime) -> bytes:
    """Certify a PDF: from here on only form fields may be filled in and signatures added.

    The bytes given stay the beginning of the result. Raises NotAllowed when the identity does not fit (`keys.check_fits`),
    `pdf_already_signed`, `signature_page_missing` or `signature_text_not_drawable`; Unsupported `pdf_encrypted`;
    Corrupted `pdf_unreadable` or `font_unreadable`; Unavailable `font_unavailable`.
    """
    check_fits(identity, at)
    style = stamp_of(appearance)
    try:
        writer = _WriterOfSameVersion(BytesIO(pdf))
        _check_signable(writer.prev, appearance)
        signer = PdfSigner(_metadata(identity), _signer(identity), stamp_style=style, new_field_spec=field_of(appearance, FIELD))
        return _signed(signer, writer, at)
    except (PdfError, SigningError) as error:
        raise Corrupted("pdf_unreadable") from error


def check_pdf(pdf: bytes, trusted: Sequence[bytes], at: datetime, *, purpose: Purpose | None = None) -> PdfAnswers:
    """Check the first signature of a PDF that may be hostile, against trusted certificates (PEM), as of a moment.

    Trust follows the rules of `cms.check_detached`. Whatever `pdf` is, this answers; it raises only Corrupted
    `certificate_unreadable`, for a broken certificate among the trusted ones.
    """
    try:
        examined = _examine(pdf)
    except Exception:  # noqa: BLE001 - of a hostile file pyHanko raises nearly anything; to a person it is all "not readable"
        return _unanswered("pdf_unreadable")
    if examined is None:
        return _unanswered("pdf_not_signed")
    return _judge(examined, trusted, at, purpose)


def _check_signable(reader: PdfFileReader, appearance: Appearance) -> None:
    if reader.encrypted:
        raise Unsupported("pdf_encrypted")
    if reader.embedded_signatures:
        raise NotAllowed("pdf_already_signed")
    pages = reader.root["/Pages"]["/Count"]
    if not -pages <= appearance.page < pages:
        raise NotAllowed("signature_page_missing", page=appearance.page + 1, pages=int(pages))


def _metadata(identity: SigningIdentity) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=certificate_facts(identity.certificate).name,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        subfilter=SigSeedSubFilter.PADES,
    )


def _signer(identity: SigningIdentity) -> SimpleSigner:
    (certificate,) = load_certs_from_pemder_data(identity.certificate)
    key = load_private_key_from_pemder_data(identity.private_key, None)
    # Only the signer's certificate goes in: nothing signs the others, so they could be changed unseen.
    return SimpleSigner(certificate, key, SimpleCertificateStore())  # type: ignore[no-untyped-call]  # pyHanko's gap


def _signed(signer: PdfSigner, writer: IncrementalPdfFileWriter, at: datetime) -> bytes:
    session = signer.init_signing_session(writer)
    session.system_time = at  # it took the system's clock; what is signed carries the time that the workflow was given
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=_ROOM)
    prepared, output = document.digest_tbs_document()
    asyncio.run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    output.seek(0)
    return bytes(output.read())


def _unanswered(reason: str) -> PdfAnswers:
    answer = not_checked(reason)
    return PdfAnswers(intact=answer, valid=no(reason), trusted=answer, covers_whole_file=answer, unchanged_since=answer)


def _judge(examined: "_Examined", trusted: Sequence[bytes], at: datetime, purpose: Purpose | None) -> PdfAnswers:
    moments = (examined.signed_at, at)
    is_genuine = examined.valid.holds
    return PdfAnswers(
        intact=examined.intact,
        valid=examined.valid,
        trusted=trust_in(examined.certificate, trusted, moments, purpose) if is_genuine else not_checked("signature_not_valid"),
        covers_whole_file=examined.covers_whole_file,
        unchanged_since=examined.unchanged_since,
        signer=examined.signer,
        signed_at=examined.signed_at,
    )


def _examine(pdf: bytes) -> "_Examined | None":
    """Let pyHanko look at the first signature; None when there is none. Raises nearly anything for a hostile file."""
    signatures = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    if not signatures:
        return None
    first: EmbeddedPdfSignature = signatures[0]
    first.compute_integrity_info()  # type: ignore[no-untyped-call]  # pyHanko's gap
    certificate = x509.load_der_x509_certificate(first.signer_cert.dump())
    is_intact, is_genuine = validate_sig_integrity(first.signer_info, first.signer_cert, "data", first.compute_digest())
    return _Examined(
        certificate=certificate,
        signer=facts_of(certificate),
        signed_at=_moment(first),
        intact=YES if is_intact else no("content_changed"),
        valid=_validity(first, certificate, is_genuine=is_genuine),
        covers_whole_file=_coverage(first, pdf),
        unchanged_since=_change(first),
    )


def _moment(signature: EmbeddedPdfSignature) -> datetime:
    moment = signature.self_reported_timestamp
    if moment is None or moment.tzinfo is None:
        raise PdfError("no_signing_time")
    return moment


def _validity(signature: EmbeddedPdfSignature, certificate: x509.Certificate, *, is_genuine: bool) -> Verdict:
    if not key_is_accepted(certificate.public_key()):
        return no("key_not_accepted")
    algorithm = signature.signer_info["signature_algorithm"]["algorithm"].native
    if signature.md_algorithm != "sha256" or algorithm not in _ALGORITHMS:
        return no("signature_algorithm_not_accepted")
    if not _is_plain(signature):
        return no("signature_not_canonical")
    return YES if is_genuine else no("signature_wrong")


def _is_plain(signature: EmbeddedPdfSignature) -> bool:
    """Say whether the few parts that no signature protects are as we write them."""
    data, signer = signature.signed_data, signature.signer_info
    versions = (data["version"].native, signer["version"].native)
    digests = [*(algorithm.dump() for algorithm in data["digest_algorithms"]), signer["digest_algorithm"].dump()]
    return versions == ("v1", "v1") and digests == [_SHA256] * 2


def _coverage(signature: EmbeddedPdfSignature, pdf: bytes) -> Verdict:
    if signature.coverage < SignatureCoverageLevel.ENTIRE_REVISION or not _fills_its_gap(signature, pdf):
        return no("signature_covers_too_little")
    return YES if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE else no("file_continues_after_signature")


def _fills_its_gap(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Say whether the bytes left out of the signature are the signature, then zeros, and nothing else."""
    content: bytes = signature.pkcs7_content
    _, end, start, _ = signature.byte_range
    long_form = content[1] & 0x7F if content[1] & 0x80 else 0
    length = int.from_bytes(content[2 : 2 + long_form], "big") if long_form else content[1]
    return pdf[end:start].lower() == b"<" + content.hex().encode() + b">" and not any(content[2 + long_form + length :])


def _change(signature: EmbeddedPdfSignature) -> Verdict:
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return YES
    if not isinstance(signature.diff_result, DiffResult):
        return no("changed_after_signing")
    level = signature.diff_result.modification_level
    if level <= ModificationLevel.LTA_UPDATES:
        return Verdict(holds=True, reason="only_proofs_added")
    return no("filled_in_after_signing" if level == ModificationLevel.FORM_FILLING else "changed_after_signing")


class _WriterOfSameVersion(IncrementalPdfFileWriter):
    """pyHanko's own would raise the file to PDF 2.0 (for P-256), which ends its being PDF/A-2 or PDF/A-3."""

    output_version = (1, 7)

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, self.output_version))  # type: ignore[no-untyped-call]  # pyHanko's gap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Examined:
    """What a signature is, before asking whether its signer is trusted."""

    certificate: x509.Certificate
    signer: CertificateFacts
    signed_at: datetime
    intact: Verdict
    valid: Verdict
    covers_whole_file: Verdict
    unchanged_since: Verdict
