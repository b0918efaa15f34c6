"""Signing PDFs: PAdES B-B, made without a network, with room for a timestamp later and fields prepared for further signatures."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from cryptography.x509 import load_der_x509_certificate
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from auditor_app.errors import Corrupted, NotAllowed, Unsupported
from auditor_app.ids import Digest
from auditor_app.signing.certificates import facts_of
from auditor_app.signing.keys import CanSign, certificate_facts, check_fits
from auditor_app.signing.pdf_appearance import Appearance, field_of, stamp_of

FIELD = "Signature"
ACKNOWLEDGEMENT = "Acknowledgement"
_ROOM = 32768  # hexadecimal digits kept for the signature, so that a timestamp and its certificates fit in later


def sign_pdf(pdf: bytes, signer: CanSign, appearance: Appearance, at: datetime, *, prepared: "Sequence[EmptyField]" = ()) -> bytes:
    """Certify a PDF: from here on only further signatures may be added, visible ones only in the fields that are prepared here.

    The bytes given stay the beginning of the result. Raises NotAllowed when the signer does not fit (`keys.check_fits`),
    `pdf_already_signed`, `signature_page_missing`, `signature_text_not_drawable` or `drawing_not_acceptable`; Unsupported
    `pdf_encrypted`; Corrupted `pdf_unreadable` or `font_unreadable`; Unavailable `font_unavailable`.
    """
    check_fits(signer, at)
    style = stamp_of(appearance)
    try:
        writer = WriterOfSameVersion(BytesIO(pdf))
        if writer.prev.embedded_signatures:
            raise NotAllowed("pdf_already_signed")
        _check_pages(writer.prev, [appearance.page, *(field.page for field in prepared)])
        for field in prepared:
            append_signature_field(writer, SigFieldSpec(field.name, on_page=field.page, box=field.box, readable_field_name=field.caption))
        about = _metadata(signer, FIELD, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
        made = PdfSigner(about, _signer(signer), stamp_style=style, new_field_spec=field_of(appearance, FIELD))
        return _signed(made, writer, at)
    except (PdfError, SigningError) as error:
        raise Corrupted("pdf_unreadable") from error


def countersign_pdf(
    pdf: bytes, signer: CanSign, appearance: Appearance, at: datetime, *, field: str = ACKNOWLEDGEMENT, reason: str = ""
) -> bytes:
    """Sign a certified PDF once more, in a field that was prepared for it; the first signature stays as it is.

    `reason` is kept in the signature, where every reader shows it. Raises like `sign_pdf`, and NotAllowed
    `pdf_not_signed_yet`, `signature_field_missing` or `signature_field_filled`.
    """
    check_fits(signer, at)
    style = stamp_of(appearance)
    try:
        writer = WriterOfSameVersion(BytesIO(pdf))
        _check_field(writer.prev, field)
        about = _metadata(signer, field, reason=reason or None)
        return _signed(PdfSigner(about, _signer(signer), stamp_style=style), writer, at, existing_fields_only=True)
    except (PdfError, SigningError) as error:
        raise Corrupted("pdf_unreadable") from error


def signed_digest(pdf: bytes) -> Digest:
    """Give the SHA-256 of the bytes that the first signature signs: it stays the same whatever is added to the file later.

    Raises Corrupted `pdf_unreadable`, NotAllowed `pdf_not_signed_yet`.
    """
    with _first_signature(pdf) as signature:
        ranges = [int(number) for number in signature.byte_range]
    parts = zip(ranges[::2], ranges[1::2], strict=False)
    return Digest(hashlib.sha256(b"".join(pdf[start : start + length] for start, length in parts)).hexdigest())


def signed_by(pdf: bytes) -> str:
    """Give the name in the certificate of the first signature, which is not checked here. Raises like `signed_digest`."""
    with _first_signature(pdf) as signature:
        return facts_of(load_der_x509_certificate(signature.signer_cert.dump())).name


@contextmanager
def _first_signature(pdf: bytes) -> Iterator[EmbeddedPdfSignature]:
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        if not signatures:
            raise NotAllowed("pdf_not_signed_yet")
        yield signatures[0]
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise Corrupted("pdf_unreadable") from error


def _check_pages(reader: PdfFileReader, wanted: list[int]) -> None:
    if reader.encrypted:
        raise Unsupported("pdf_encrypted")
    pages = int(reader.root["/Pages"]["/Count"])
    for page in wanted:
        if not -pages <= page < pages:
            raise NotAllowed("signature_page_missing", page=page + 1, pages=pages)


def _check_field(reader: PdfFileReader, field: str) -> None:
    if reader.encrypted:
        raise Unsupported("pdf_encrypted")
    if not reader.embedded_regular_signatures:
        raise NotAllowed("pdf_not_signed_yet")
    found = {name: value for name, value, _reference in enumerate_sig_fields(reader)}
    if field not in found:
        raise NotAllowed("signature_field_missing", field=field)
    if found[field] is not None:
        raise NotAllowed("signature_field_filled", field=field)


def _metadata(signer: CanSign, field: str, **more: object) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=certificate_facts(signer.certificate).name,
        subfilter=SigSeedSubFilter.PADES,
        **more,  # type: ignore[arg-type]  # each is named where it is given
    )


def _signer(signer: CanSign) -> "_Signer":
    (certificate,) = load_certs_from_pemder_data(signer.certificate)
    # Only the signer's certificate goes in: nothing signs the others, so they could be changed unseen.
    made = _Signer(signing_cert=certificate)
    made.by = signer
    return made


def _signed(signer: PdfSigner, writer: IncrementalPdfFileWriter, at: datetime, *, existing_fields_only: bool = False) -> bytes:
    session = signer.init_signing_session(writer, existing_fields_only=existing_fields_only)
    session.system_time = at  # it took the system's clock; what is signed carries the time that the workflow was given
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=_ROOM)
    prepared, output = document.digest_tbs_document()
    asyncio.run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    output.seek(0)
    return bytes(output.read())


class WriterOfSameVersion(IncrementalPdfFileWriter):
    """pyHanko's own would raise the file to PDF 2.0 (for P-256), which ends its being PDF/A-2 or PDF/A-3."""

    output_version = (1, 7)

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Keep the version."""
        super().ensure_output_version(min(version, self.output_version))  # type: ignore[no-untyped-call]  # pyHanko's gap


class _Signer(Signer):
    """Lets whoever can sign do so: pyHanko hands over the attributes as bytes and never sees a key."""

    by: CanSign

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        del digest_algorithm  # we ask for SHA-256 and nothing else
        if dry_run:
            return bytes(512)  # as long as an RSA-4096 signature; the room that is kept is far larger
        return self.by.sign(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyField:
    """A place kept for a later signature: `page` from 0 (-1 is the last), `box` as left, bottom, right, top in points."""

    name: str = ACKNOWLEDGEMENT
    page: int
    box: tuple[int, int, int, int]
    caption: str
