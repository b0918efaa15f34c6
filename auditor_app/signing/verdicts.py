"""What checking a signature answers: separate questions, each yes, no or not checked, with the reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from auditor_app.signing.certificates import CertificateFacts

Level = Literal["", "B-B", "B-T", "B-LT", "B-LTA"]


def no(reason: str, detail: str = "") -> "Verdict":
    """Answer no, for a stable reason code."""
    return Verdict(holds=False, reason=reason, detail=detail)


def not_checked(reason: str) -> "Verdict":
    """Leave a question open, for a stable reason code."""
    return Verdict(holds=None, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One answer: `holds` is None when it was not checked; `reason` is a stable code for whatever is not a plain yes.

    `detail` says more where there is more to say: since which day a certificate is revoked, which page was changed.
    """

    holds: bool | None
    reason: str | None = None
    detail: str = ""


YES = Verdict(holds=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureAnswers:
    """Is the content what was signed, is the signature genuine, and do we trust who signed?

    `signer` and `signed_at` are what the signature says of itself: worth no more than `valid` and `trusted`.
    """

    intact: Verdict
    valid: Verdict
    trusted: Verdict
    signer: CertificateFacts | None = None
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterSignature:
    """What was added to a PDF after its first signature: a further signature or a document timestamp, by whom, and is it genuine.

    `reason` is what a signer wrote why; `trusted` judges the signer, or the authority that gave the time.
    """

    kind: Literal["signature", "timestamp"]
    name: str
    at: datetime
    valid: Verdict
    trusted: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfAnswers(SignatureAnswers):
    """The same for a PDF, and whether the signature covers all of it and what was added to the file later.

    `covers_whole_file` and `unchanged_since` are still yes, with a reason, when only what is allowed came after: further
    signatures in fields prepared for them, timestamps and validation data. `level` is the PAdES level that the first
    signature has reached ("" when none), `proven_at` the moment before which a trusted timestamp proves that it was made,
    `signed_digest` the SHA-256 of the bytes that it signs, which stays the same whatever is added.
    """

    covers_whole_file: Verdict
    unchanged_since: Verdict
    level: Level = ""
    proven_at: datetime | None = None
    later: tuple[LaterSignature, ...] = ()
    signed_digest: str = ""
