"""Raising a signed PDF from B-B to B-T, B-LT and B-LTA, step by step, with a timestamp authority and answers about revocation.

The only module here that asks the network. Every step gives a new file that is checked before it counts: when one fails,
the file as it was before that step is the result, and what was signed is never touched.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import aiohttp
from asn1crypto import cms, crl
from asn1crypto.pem import unarmor
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathError, ValidationError

from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import WriterOfSameVersion
from auditor_app.signing.pdf_times import (
    TIME,
    Store,
    TimeProof,
    certificates_in,
    has_path,
    proof_in_signature,
    proof_of_document,
    time_proof,
)
from auditor_app.signing.trust import Trusted
from auditor_app.signing.verdicts import Level, PdfAnswers

_ROOM = 32768  # hexadecimal digits kept for a document timestamp
_SECONDS = 30  # to wait for an answer
_LEVELS: tuple[Level, ...] = ("", "B-B", "B-T", "B-LT", "B-LTA")


def raise_level(pdf: bytes, authority: str, trusted: Trusted, at: datetime, *, renew: bool = False) -> "Raised":
    """Raise a signed PDF as far as it goes now: timestamp in its room, validation data, document timestamp.

    `authority` is the address of an RFC 3161 responder that one of `trusted.timestampers` vouches for. `renew` adds fresh
    validation data and one more document timestamp to a file that has its highest level already. Raises only Corrupted, for
    a broken certificate or list among what we trust.
    """
    before = check_pdf(pdf, trusted, at)
    reached, now = pdf, before
    if not _is_good(before):
        return Raised(pdf=pdf, before=before.level, level=before.level, problem="signature_not_verified")
    for step, goal in ((_with_token, "B-T"), (_with_store, "B-LT"), (_with_stamp, "B-LTA")):
        if _LEVELS.index(now.level) >= _LEVELS.index(goal) and not (renew and step is not _with_token):
            continue
        try:
            tried = step(reached, authority, trusted, at)
        except StampRefused as refused:
            return Raised(pdf=reached, before=before.level, level=now.level, problem=refused.code, detail=refused.detail)
        answers = check_pdf(tried, trusted, at)
        if not _is_good(answers) or answers.signed_digest != before.signed_digest or not _is_higher(answers, now, renew=renew):
            return Raised(pdf=reached, before=before.level, level=now.level, problem="result_not_verified")
        reached, now = tried, answers
    return Raised(pdf=reached, before=before.level, level=now.level)


def _is_good(answers: PdfAnswers) -> bool:
    return bool(answers.intact.holds and answers.valid.holds and answers.unchanged_since.holds and answers.level)


def _is_higher(answers: PdfAnswers, before: PdfAnswers, *, renew: bool) -> bool:
    new, old = _LEVELS.index(answers.level), _LEVELS.index(before.level)
    return new > old or (new == old and (renew or answers.level == "B-B"))


def _with_token(pdf: bytes, authority: str, trusted: Trusted, at: datetime) -> bytes:
    """Put a timestamp into the room of the signature.

    Where another signature covers that room already it stays as it is: a document timestamp proves the time then.
    """
    signature = _last_signature(pdf)
    if signature is None:
        return pdf
    token = _asked(authority, signature.signer_info["signature"].native, trusted, at)
    content = cms.ContentInfo.load(signature.pkcs7_content)
    attribute = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})
    content["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])
    _, end, start, _ = (int(number) for number in signature.byte_range)
    digits = content.dump().hex().encode()
    if len(digits) > start - end - 2:
        raise StampRefused("no_room_for_timestamp")
    filled: bytes = digits.ljust(start - end - 2, b"0")
    return pdf[: end + 1] + filled + pdf[start - 1 :]


def _last_signature(pdf: bytes) -> EmbeddedPdfSignature | None:
    """Give the only signature of a PDF if its room may still be filled."""
    signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
    if len(signatures) != 1 or proof_in_signature(signatures[0]) is not None:
        return None
    is_last = signatures[0].evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
    return signatures[0] if is_last else None


def _asked(authority: str, stamped: bytes, trusted: Trusted, at: datetime) -> cms.ContentInfo:
    """Ask for a timestamp and demand that it is one: over these bytes, genuine, and of an authority that is trusted now."""
    token = asyncio.run(_Stamper(authority, timeout=_SECONDS).async_timestamp(hashlib.sha256(stamped).digest(), "sha256"))
    try:
        proof = time_proof(token["content"], stamped)
    except Exception as error:  # a token may hold anything, and for it anything is raised
        raise StampRefused("timestamp_wrong", type(error).__name__) from error
    _demand_trust(proof, trusted, at)
    return token


def _demand_trust(proof: TimeProof, trusted: Trusted, at: datetime) -> None:
    if not proof.is_genuine:
        raise StampRefused("timestamp_wrong", proof.name)
    roots = certificates_in(trusted.timestampers)
    if not all(has_path(proof.certificate, Store(certificates=proof.others), roots, moment, TIME) for moment in (proof.at, at)):
        raise StampRefused("timestamp_not_trusted", proof.name)


def _with_store(pdf: bytes, authority: str, trusted: Trusted, at: datetime) -> bytes:
    """Add all certificates, lists and answers that judge the signers and the timestamp without asking anyone later."""
    del authority, at  # the lists are of now, whatever the office's clock says
    writer = WriterOfSameVersion(BytesIO(pdf))
    try:
        asyncio.run(_collect(writer, trusted))
    except (PathBuildingError, PathError, ValidationError) as error:
        raise StampRefused("no_proof_of_revocation", str(error)) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise StampRefused("revocation_server_unreachable", str(error)) from error
    target = BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]  # pyHanko's gap
    return target.getvalue()


async def _collect(writer: WriterOfSameVersion, trusted: Trusted) -> None:
    context = ValidationContext(
        trust_roots=certificates_in((*trusted.authorities, *trusted.others, *trusted.timestampers)),
        crls=[crl.CertificateList.load(_der(pem)) for pem in trusted.revocations],
        allow_fetching=True,
        revocation_mode="require",  # anything softer calls a file complete that lacks the very data it is for
    )
    try:
        for signature in writer.prev.embedded_signatures:
            paths = await collect_validation_info(signature, context)
            # Not under the signature's own key (VRI): a renewal would have to rewrite that, and so change what is stamped.
            DocumentSecurityStore.supply_dss_in_writer(writer, None, paths=paths, validation_context=context)
    finally:
        await context.aclose()  # type: ignore[no-untyped-call]  # pyHanko's gap


def _der(pem: bytes) -> bytes:
    return bytes(unarmor(pem)[2])


def _with_stamp(pdf: bytes, authority: str, trusted: Trusted, at: datetime) -> bytes:
    """Put a document timestamp over everything there is so far."""
    writer = WriterOfSameVersion(BytesIO(pdf))
    number = len(writer.prev.embedded_timestamp_signatures) + 1
    stamper = PdfTimeStamper(_Stamper(authority, timeout=_SECONDS), field_name=f"Timestamp{number}")
    made = stamper.timestamp_pdf(writer, "sha256", bytes_reserved=_ROOM)
    made.seek(0)
    stamped = bytes(made.read())
    _demand_trust(proof_of_document(PdfFileReader(BytesIO(stamped)).embedded_timestamp_signatures[-1], stamped), trusted, at)
    return stamped


class StampRefused(Exception):
    """A step that failed: a stable code and what the other side said."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep both."""
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class _Stamper(HTTPTimeStamper):
    """Asks for timestamps; says of every failure whether the server was not there, refused, or answered something else."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Ask for one timestamp. Raises StampRefused."""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except TimestampRequestError as error:
            is_away = isinstance(error.__cause__, aiohttp.ClientError | OSError)
            raise StampRefused("timestamp_server_unreachable" if is_away else "timestamp_refused", str(error.__cause__ or error)) from error
        except TimeoutError as error:
            raise StampRefused("timestamp_server_unreachable", f"{_SECONDS} s") from error
        except Exception as error:  # what a server answers may be anything, and pyHanko raises anything for it
            raise StampRefused("timestamp_wrong", type(error).__name__) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What came of it: the file (as it was, where nothing succeeded), its level before and now, and why it went no further."""

    pdf: bytes
    before: Level
    level: Level
    problem: str = ""
    detail: str = ""
