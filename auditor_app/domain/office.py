"""What auditor and office hand each other beside bundles: profile, request, enrolment, receipt."""

import msgspec

from auditor_app.ids import Digest


class _Letter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document of a fixed form."""


class FormInUse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form that the office wants visits to be made with: its key, and the digest that names its version exactly."""

    form: str
    digest: Digest


class Retention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many months the office keeps what it received, and after how many its auditors' laptops shall release it; 0: not said."""

    office_months: int = 0
    laptop_months: int = 0


class OfficeProfile(_Letter, frozen=True, kw_only=True, tag="auditor-app-office-1", tag_field="format"):
    """Who the office is: name, authority and own certificate (PEM), age key for sealing to it, and where its mailbox is.

    `places` are the places of its mailbox, the preferred one first; profiles of former versions have one `mailbox` instead. `others`
    are authorities (PEM) that auditors may have a certificate of their own from, `timestampers` those that may vouch for time, and
    `revocations` is the list of certificates that the office's authority has revoked.
    """

    office: str
    authority: str
    certificate: str
    recipient: str
    mailbox: str = ""
    places: tuple[str, ...] = ()
    forms: tuple[FormInUse, ...] = ()
    retention: Retention = Retention()
    others: tuple[str, ...] = ()
    timestampers: tuple[str, ...] = ()
    revocations: str = ""

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """Give the places of the office's mailbox, the preferred one first."""
        return self.places or ((self.mailbox,) if self.mailbox else ())


class EnrolmentRequest(_Letter, frozen=True, kw_only=True, tag="auditor-app-request-1", tag_field="format"):
    """What an auditor asks of an office: a certificate for a key (PEM request), and the age key for letters back."""

    request: str
    recipient: str


class Introduction(_Letter, frozen=True, kw_only=True, tag="auditor-app-introduction-1", tag_field="format"):
    """What an auditor with a certificate of another authority gives to the office, signed with it: certificate (PEM) and age key."""

    certificate: str
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
