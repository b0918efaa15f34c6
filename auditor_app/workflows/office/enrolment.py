"""Enrolling auditors: a certificate for the key of their request, and a note of where to send letters."""

from datetime import datetime

import msgspec

from auditor_app.disk import disk_errors, write_file
from auditor_app.domain.office import Enrolment, EnrolmentRequest, Introduction
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.authority import issue
from auditor_app.signing.certificates import CertificateFacts
from auditor_app.signing.keys import certificate_facts
from auditor_app.vault.keys import read_recipient
from auditor_app.workflows.letters import read_letter
from auditor_app.workflows.office.folder import PROFILE, Office

AUDITOR_DAYS = 730


class EnrolledAuditor(msgspec.Struct, frozen=True, kw_only=True):
    """An auditor whom the office enrolled: name, organisation, certificate (PEM) and age key for letters."""

    name: str
    organisation: str
    certificate: str
    recipient: str
    enrolled_at: str


def enrol(office: Office, data: bytes, *, days: int = AUDITOR_DAYS) -> tuple[bytes, CertificateFacts]:
    """Give an auditor's request its certificate; the answer is the file to hand back.

    An introduction is answered too: its certificate stays as it is, and must come from an authority that the office trusts.
    Raises Corrupted for a request that is none, or for an introduction that is not genuine.
    """
    now = office.clock.now()
    if b'"signature"' in data[-10_000:]:
        certificate, recipient = _introduced(office, data, now)
    else:
        certificate, recipient = _asked_for(office, data, now, days)
    facts = certificate_facts(certificate)
    enrolled = EnrolledAuditor(
        name=facts.name,
        organisation=facts.organisation,
        certificate=certificate.decode(),
        recipient=recipient,
        enrolled_at=now.isoformat(),
    )
    write_file(office.folder / "auditors" / f"{facts.fingerprint}.json", msgspec.json.encode(enrolled))
    with disk_errors(office.folder):
        profile = (office.folder / PROFILE).read_text("utf-8")
    answer = Enrolment(certificate=certificate.decode(), profile=profile)
    return msgspec.json.format(msgspec.json.encode(answer), indent=1) + b"\n", facts


def _asked_for(office: Office, data: bytes, now: datetime, days: int) -> tuple[bytes, str]:
    try:
        asked = msgspec.json.decode(data, type=EnrolmentRequest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Corrupted("letter_unreadable", place="request", detail=str(error)) from error
    read_recipient(asked.recipient)
    return issue(office.authority, asked.request.encode(), now, days), asked.recipient


def _introduced(office: Office, data: bytes, now: datetime) -> tuple[bytes, str]:
    others = [one.encode() for one in office.profile.others]
    introduction, answers = read_letter(data, Introduction, others, now, place="introduction", purpose=None)
    certificate = introduction.certificate.encode()
    if answers.signer is None or answers.signer.fingerprint != certificate_facts(certificate).fingerprint:
        raise Corrupted("letter_not_genuine", place="introduction", reason="certificate_of_someone_else")
    read_recipient(introduction.recipient)
    return certificate, introduction.recipient


def find_auditor(office: Office, fingerprint: str) -> EnrolledAuditor:
    """Find an enrolled auditor by certificate fingerprint. Raises NotAllowed("auditor_not_enrolled")."""
    path = office.folder / "auditors" / f"{fingerprint}.json"
    if not path.is_file():
        raise NotAllowed("auditor_not_enrolled", fingerprint=fingerprint)
    with disk_errors(path):
        return msgspec.json.decode(path.read_bytes(), type=EnrolledAuditor)
