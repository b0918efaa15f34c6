"""Checking signatures inside a PDF that may be hostile: separate questions, answered without a network."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from auditor_app.signing.certificates import CertificateFacts, Purpose, facts_of, key_is_accepted, read_certificate
from auditor_app.signing.pdf_changes import changes_since
from auditor_app.signing.pdf_properties import brings_proofs, same_properties
from auditor_app.signing.pdf_times import TimeProof, level_of, proof_in_signature, proof_of_document, standing
from auditor_app.signing.trust import Trusted, trust_in
from auditor_app.signing.verdicts import YES, LaterSignature, Level, PdfAnswers, Verdict, no, not_checked

_SHA256 = bytes.fromhex("300d06096086480165030402010500")  # the algorithm identifier, as pyHanko writes it
_ALGORITHMS = {"sha256_ecdsa", "sha256_rsa", "rsassa_pkcs1v15"}
_UNSIGNED = {"signature_time_stamp_token"}
_STAMP = "/DocTimeStamp"

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # else its warnings about a hostile file land on standard error


def check_pdf(pdf: bytes, trusted: Trusted, at: datetime, *, purpose: Purpose | None = None) -> PdfAnswers:
    """Check the first signature of a PDF that may be hostile, and what was added after it, as of a moment.

    Trust follows the rules of `cms.check_detached`, but where a trusted timestamp proves when it was signed, that moment alone
    counts. Whatever `pdf` is, this answers; it raises only Corrupted, for a broken certificate or list among what we trust.
    """
    for pem in (*trusted.authorities, *trusted.others, *trusted.timestampers):
        read_certificate(pem)
    try:
        examined = _examine(pdf, trusted, at)
    except Exception:  # noqa: BLE001 - of a hostile file pyHanko raises nearly anything; to a person it is all "not readable"
        return _unanswered("pdf_unreadable")
    if examined is None:
        return _unanswered("pdf_not_signed")
    return _judge(examined, trusted, at, purpose)


def _unanswered(reason: str) -> PdfAnswers:
    answer = not_checked(reason)
    return PdfAnswers(intact=answer, valid=no(reason), trusted=answer, covers_whole_file=answer, unchanged_since=answer)


def _judge(examined: "_Examined", trusted: Trusted, at: datetime, purpose: Purpose | None) -> PdfAnswers:
    first, proven = examined.first, examined.proven_at
    later = tuple(_later(one, trusted, at) for one in examined.later)
    unchanged = examined.unchanged
    if unchanged.holds and any(not one.valid.holds for one in later):
        unchanged = no("later_signature_wrong")
    return PdfAnswers(
        intact=first.intact,
        valid=first.valid,
        trusted=_trust(first, trusted, at, purpose, proven) if first.valid.holds else not_checked("signature_not_valid"),
        covers_whole_file=_covers(examined.covers, unchanged),
        unchanged_since=unchanged,
        signer=first.signer,
        signed_at=first.signed_at,
        level=examined.level if first.intact.holds and first.valid.holds and unchanged.holds else "",
        proven_at=proven,
        later=later,
        signed_digest=examined.digest,
    )


def _covers(covers: Verdict, unchanged: Verdict) -> Verdict:
    if covers.reason == "file_continues_after_signature" and unchanged.holds:
        return Verdict(holds=True, reason="allowed_additions_follow")
    return covers


def _trust(one: "_Signature", trusted: Trusted, at: datetime, purpose: Purpose | None, proven: datetime | None) -> Verdict:
    moments = (one.signed_at, at) if proven is None else (proven,)
    return trust_in(one.certificate, trusted, moments, purpose, is_proven=proven is not None)


def _later(one: "_Signature | _Stamp", trusted: Trusted, at: datetime) -> LaterSignature:
    if isinstance(one, _Stamp):
        is_known = one.is_standing if trusted.timestampers else None
        verdict = YES if is_known else not_checked("no_trusted_certificates") if is_known is None else no("timestamp_not_trusted")
        valid = YES if one.proof.is_genuine else no("timestamp_wrong")
        return LaterSignature(kind="timestamp", name=one.proof.name, at=one.proof.at, valid=valid, trusted=verdict)
    valid = one.valid if one.intact.holds else one.intact
    verdict = _trust(one, trusted, at, None, None) if valid.holds else not_checked("signature_not_valid")
    return LaterSignature(kind="signature", name=one.signer.name, at=one.signed_at, valid=valid, trusted=verdict, reason=one.reason)


def _examine(pdf: bytes, trusted: Trusted, at: datetime) -> "_Examined | None":
    """Let pyHanko look at the first signature and what follows; None when there is none. Raises nearly anything for a hostile file."""
    reader = PdfFileReader(BytesIO(pdf))
    every = reader.embedded_signatures
    first = next((one for one in every if one.sig_object_type != _STAMP), None)
    if first is None:
        return None
    examined = _look(first, pdf)
    after = [one for one in every if one is not first and one.signed_revision >= first.signed_revision]
    stamps = {id(one): _document_proof(one, pdf) for one in after if one.sig_object_type == _STAMP}
    token = proof_in_signature(first)
    proofs = standing([*([token] if token else []), *stamps.values()], trusted.timestampers, at)
    still = [one for one in after if stamps.get(id(one)) in proofs]
    later = [_Stamp(proof=stamps[id(one)], is_standing=one in still) if id(one) in stamps else _look(one, pdf) for one in after]
    return _Examined(
        first=examined,
        covers=_coverage(first, pdf),
        unchanged=_unchanged(first, after, pdf),
        later=later,
        level=level_of(first, proofs, still, trusted),
        proven_at=proofs[0].at if proofs and trusted.timestampers else None,
        digest=first.compute_digest().hex(),
    )


def _look(signature: EmbeddedPdfSignature, pdf: bytes) -> "_Signature":
    signature.compute_integrity_info()  # type: ignore[no-untyped-call]  # pyHanko's gap
    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    is_intact, is_genuine = validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", signature.compute_digest())
    intact = YES if is_intact else no("content_changed")
    if _coverage(signature, pdf).reason == "signature_covers_too_little":
        intact = no("signature_covers_too_little")
    return _Signature(
        certificate=certificate,
        signer=facts_of(certificate),
        signed_at=_moment(signature),
        intact=intact,
        valid=_validity(signature, certificate, is_genuine=is_genuine),
        reason=str(signature.sig_object.get("/Reason", ""))[:500],
    )


def _document_proof(stamp: EmbeddedPdfSignature, pdf: bytes) -> TimeProof:
    """Read a document timestamp, and demand that it covers all that came before it."""
    stamp.compute_integrity_info()  # type: ignore[no-untyped-call]  # pyHanko's gap
    proof = proof_of_document(stamp, pdf)
    covers = _coverage(stamp, pdf).reason != "signature_covers_too_little"
    return proof if covers else TimeProof(at=proof.at, is_genuine=False, certificate=proof.certificate, others=proof.others)


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
    stamp = proof_in_signature(signature)
    if stamp is not None and not stamp.is_genuine:
        return no("timestamp_wrong")
    return YES if is_genuine else no("signature_wrong")


def _is_plain(signature: EmbeddedPdfSignature) -> bool:
    """Say whether the few parts that no signature protects are as we write them."""
    data, signer = signature.signed_data, signature.signer_info
    versions = (data["version"].native, signer["version"].native)
    digests = [*(algorithm.dump() for algorithm in data["digest_algorithms"]), signer["digest_algorithm"].dump()]
    unsigned = {attribute["type"].native for attribute in signer["unsigned_attrs"]}
    return versions == ("v1", "v1") and digests == [_SHA256] * 2 and unsigned <= _UNSIGNED


def _coverage(signature: EmbeddedPdfSignature, pdf: bytes) -> Verdict:
    coverage = signature.coverage or signature.evaluate_signature_coverage()
    if coverage < SignatureCoverageLevel.ENTIRE_REVISION or not _fills_its_gap(signature, pdf):
        return no("signature_covers_too_little")
    return YES if coverage == SignatureCoverageLevel.ENTIRE_FILE else no("file_continues_after_signature")


def _fills_its_gap(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Say whether the bytes left out of the signature are the signature, then zeros, and nothing else."""
    content: bytes = signature.pkcs7_content
    _, end, start, _ = signature.byte_range
    long_form = content[1] & 0x7F if content[1] & 0x80 else 0
    length = int.from_bytes(content[2 : 2 + long_form], "big") if long_form else content[1]
    return pdf[end:start].lower() == b"<" + content.hex().encode() + b">" and not any(content[2 + long_form + length :])


def _unchanged(first: EmbeddedPdfSignature, after: Sequence[EmbeddedPdfSignature], pdf: bytes) -> Verdict:
    """Judge what came after each signature: what the first allows to be filled in, the second has signed and does not allow any more."""
    signed_fields = {one.field_name for one in after if one.sig_object_type != _STAMP}
    if first.docmdp_level != MDPPerm.FILL_FORMS:
        signed_fields = set()
    verdict = _change(first, signed_fields, pdf)
    wrong = [found for found in (_change(one, signed_fields, pdf) for one in after) if not found.holds]
    if verdict.holds and not wrong and not all(_brings(first.reader, after, one) for one in _revisions_after(first)):
        return no("bytes_put_behind")
    return wrong[0] if verdict.holds and wrong else verdict


def _revisions_after(signature: EmbeddedPdfSignature) -> range:
    return range(signature.signed_revision + 1, signature.reader.xrefs.total_revisions)


def _brings(reader: PdfFileReader, after: Sequence[EmbeddedPdfSignature], revision: int) -> bool:
    """Say whether an addition is there for something: a signature, a timestamp or validation data."""
    return revision in {one.signed_revision for one in after} or brings_proofs(reader, revision)


def _change(signature: EmbeddedPdfSignature, signed_fields: set[str], pdf: bytes) -> Verdict:
    """Judge what came after one signature: proofs, and further signatures."""
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return YES
    is_last = signature.reader.xrefs.total_revisions == signature.signed_revision + 1
    if is_last or not pdf[-9:].rstrip(b"\r\n").endswith(b"%%EOF"):
        return no("bytes_put_behind")
    if isinstance(signature.diff_result, DiffResult):
        if not same_properties(_signed_part(signature, pdf), signature.reader):
            return no("changed_after_signing", "document properties")
        level = signature.diff_result.modification_level
        if level <= ModificationLevel.LTA_UPDATES:
            return Verdict(holds=True, reason="only_proofs_added")
        if level == ModificationLevel.FORM_FILLING:
            if signature.diff_result.changed_form_fields <= signed_fields:
                return Verdict(holds=True, reason="only_signatures_added")
            return no("filled_in_after_signing", ", ".join(sorted(signature.diff_result.changed_form_fields - signed_fields)))
    return no("changed_after_signing", _named(signature))


def _signed_part(signature: EmbeddedPdfSignature, pdf: bytes) -> bytes:
    """Give the file as it was when it was signed."""
    _start, _length, second, rest = (int(number) for number in signature.byte_range)
    return pdf[: second + rest]


def _named(signature: EmbeddedPdfSignature) -> str:
    try:
        signed = {one.signed_revision for one in signature.reader.embedded_signatures}
        unsigned = [one for one in _revisions_after(signature) if one not in signed]
        # What further signatures added in between is no change; where each addition was signed, any may hold it.
        return changes_since(signature.reader, unsigned[0] - 1 if unsigned else signature.signed_revision)
    except Exception:  # noqa: BLE001 - the judgement is made; that a hostile file hides what was changed must not undo it
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature:
    """What a signature is, before asking whether its signer is trusted."""

    certificate: x509.Certificate
    signer: CertificateFacts
    signed_at: datetime
    intact: Verdict
    valid: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamp:
    """A document timestamp, and whether it still stands at the moment of checking."""

    proof: TimeProof
    is_standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Examined:
    """The first signature, what follows it, and what the file proves of time."""

    first: _Signature
    covers: Verdict
    unchanged: Verdict
    later: Sequence[_Signature | _Stamp]
    level: Level
    proven_at: datetime | None
    digest: str
