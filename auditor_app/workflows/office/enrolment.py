"""Enrolling auditors: a certificate for the key of their request, and a note of where to send letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from auditor_app.disk import disk_errors, write_file
from auditor_app.domain.office import Enrolment, EnrolmentRequest, Introduction
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.authority import issue
from auditor_app.signing.certificates import CertificateFacts, read_certificate
from auditor_app.signing.keys import certificate_facts
from auditor_app.signing.trust import trust_in
from auditor_app.signing.verdicts import Verdict
from auditor_app.vault.keys import read_recipient
from auditor_app.workflows.letters import read_letter, trusted_by
from auditor_app.workflows.office.folder import PROFILE, Office

AUDITOR_DAYS = 730
_SHORTEST = 6
"""Digits of a fingerprint that may stand for the whole of it."""


class EnrolledAuditor(msgspec.Struct, frozen=True, kw_only=True):
    """An auditor whom the office enrolled: name, organisation, certificate (PEM) and age key for letters."""

    name: str
    organisation: str
    certificate: str
    recipient: str
    enrolled_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditorLine:
    """An enrolled auditor as a list shows it; `reason` says why the certificate counts no more, "" while it does."""

    name: str
    organisation: str
    fingerprint: str
    until: datetime
    reason: str


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


def enrolled_auditors(office: Office) -> dict[str, EnrolledAuditor]:
    """Read everyone whom the office has enrolled, by the fingerprint of the certificate."""
    with disk_errors(office.folder):
        files = sorted((office.folder / "auditors").glob("*.json"))
        return {path.stem: msgspec.json.decode(path.read_bytes(), type=EnrolledAuditor) for path in files}


def auditors_named(known: Mapping[str, EnrolledAuditor], name: str) -> list[str]:
    """Find auditors by name, or by a fingerprint or its first digits; gives the fingerprints that fit."""
    wanted = " ".join(name.split())
    by_print = [one for one in known if one == wanted or (len(wanted) >= _SHORTEST and one.startswith(wanted.lower()))]
    return by_print or [one for one, auditor in known.items() if wanted and auditor.name.casefold() == wanted.casefold()]


def is_valid(office: Office, auditor: EnrolledAuditor) -> bool:
    """Say whether an auditor's certificate counts now."""
    return bool(_verdict(office, auditor).holds)


def list_auditors(office: Office) -> list[AuditorLine]:
    """List everyone whom the office has enrolled, by name."""
    known = sorted(enrolled_auditors(office).items(), key=lambda one: (one[1].name.casefold(), one[0]))
    return [_line(fingerprint, auditor, _verdict(office, auditor)) for fingerprint, auditor in known]


def _verdict(office: Office, auditor: EnrolledAuditor) -> Verdict:
    return trust_in(read_certificate(auditor.certificate.encode()), trusted_by(office.profile), [office.clock.now()], "auditor")


def _line(fingerprint: str, auditor: EnrolledAuditor, verdict: Verdict) -> AuditorLine:
    until = certificate_facts(auditor.certificate.encode()).not_after
    reason = "" if verdict.holds else verdict.reason or ""
    return AuditorLine(name=auditor.name, organisation=auditor.organisation, fingerprint=fingerprint, until=until, reason=reason)
