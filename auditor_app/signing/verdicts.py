"""What checking a signature answers: separate questions, each yes, no or not checked, with the reason."""

from dataclasses import dataclass
from datetime import datetime

from auditor_app.signing.certificates import CertificateFacts


def no(reason: str) -> "Verdict":
    """Answer no, for a stable reason code."""
    return Verdict(holds=False, reason=reason)


def not_checked(reason: str) -> "Verdict":
    """Leave a question open, for a stable reason code."""
    return Verdict(holds=None, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One answer: `holds` is None when it was not checked; `reason` is a stable code for whatever is not a plain yes."""

    holds: bool | None
    reason: str | None = None


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
class PdfAnswers(SignatureAnswers):
    """The same for a PDF, and whether the signature covers all of it and what was added to the file later.

    `unchanged_since` is still yes, with a reason, when only proofs (timestamps, validation data) were added.
    """

    covers_whole_file: Verdict
    unchanged_since: Verdict
