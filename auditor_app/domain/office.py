"""What auditor and office hand each other beside bundles: profile, request, enrolment, receipt."""

import msgspec

from auditor_app.ids import Digest


class _Letter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document of a fixed form."""


class OfficeProfile(_Letter, frozen=True, kw_only=True, tag="auditor-app-office-1", tag_field="format"):
    """Who the office is: name, authority and own certificate (PEM), age key for sealing to it, and where its mailbox is."""

    office: str
    authority: str
    certificate: str
    recipient: str
    mailbox: str = ""


class EnrolmentRequest(_Letter, frozen=True, kw_only=True, tag="auditor-app-request-1", tag_field="format"):
    """What an auditor asks of an office: a certificate for a key (PEM request), and the age key for letters back."""

    request: str
    recipient: str


class Enrolment(_Letter, frozen=True, kw_only=True, tag="auditor-app-enrolment-1", tag_field="format"):
    """The office's answer: the auditor's certificate (PEM) and the office's signed profile."""

    certificate: str
    profile: str


class ReceivedFile(_Letter, frozen=True, kw_only=True):
    """One file that the office holds."""

    name: str
    digest: Digest
    size: int


class Receipt(_Letter, frozen=True, kw_only=True, tag="auditor-app-receipt-1", tag_field="format"):
    """The office's word for every digest of a bundle: it holds these bytes and has opened and verified them."""

    bundle: Digest
    visit: str
    office: str
    auditor: str
    """Fingerprint of the certificate that signed the bundle."""
    received_at: str
    files: tuple[ReceivedFile, ...]
