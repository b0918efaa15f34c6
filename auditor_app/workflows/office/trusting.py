"""Whom the office trusts: other authorities for auditors and for time, and certificates that it trusts no more. All in its profile."""

from datetime import datetime
from typing import Literal

import msgspec

from auditor_app.errors import NotAllowed
from auditor_app.signing.certificates import facts_of, may_issue, read_certificate
from auditor_app.signing.keys import certificate_facts
from auditor_app.signing.revocation import Revoke, Why, write_revocations
from auditor_app.workflows.office.enrolment import EnrolledAuditor, auditors_named, enrolled_auditors
from auditor_app.workflows.office.folder import Office, sign_profile

Role = Literal["auditors", "timestamps"]


def trust(office: Office, pem: bytes, role: Role) -> tuple[Office, str]:
    """Trust another authority: for certificates that auditors bring along, or for timestamps. Gives the office and the authority's name.

    Raises Corrupted `certificate_unreadable`, NotAllowed `certificate_may_not_issue`.
    """
    certificate = read_certificate(pem)
    name = facts_of(certificate).name
    if not may_issue(certificate):
        raise NotAllowed("certificate_may_not_issue", name=name)
    profile, text = office.profile, pem.decode("ascii")
    if role == "auditors":
        changed = msgspec.structs.replace(profile, others=tuple(dict.fromkeys((*profile.others, text))))
    else:
        changed = msgspec.structs.replace(profile, timestampers=tuple(dict.fromkeys((*profile.timestampers, text))))
    return sign_profile(office, changed), name


def revoke(office: Office, name: str, why: Why, *, since: datetime | None = None) -> tuple[Office, EnrolledAuditor]:
    """Trust an auditor's certificate no more, from now or an earlier moment on. The profile then says so to all who have it.

    `name` is the auditor's, or the fingerprint or its first digits. Raises NotAllowed `auditor_not_enrolled`, `auditor_not_unique`,
    `certificate_of_other_authority`, `certificate_revoked_already`.
    """
    known = enrolled_auditors(office)
    if not (fits := auditors_named(known, name)):
        raise NotAllowed("auditor_not_enrolled", fingerprint=name)
    if len(fits) > 1:
        raise NotAllowed("auditor_not_unique", name=name)
    auditor, now = known[fits[0]], office.clock.now()
    certificate = auditor.certificate.encode()
    if certificate_facts(certificate).issuer != certificate_facts(office.authority.certificate).name:
        raise NotAllowed("certificate_of_other_authority", name=auditor.name)
    before = office.profile.revocations.encode()
    wanted = Revoke(certificate=certificate, since=min(since or now, now), why=why)
    made = write_revocations(office.authority, now, before=before, revoke=wanted)
    return sign_profile(office, msgspec.structs.replace(office.profile, revocations=made.decode())), auditor


def fresh_revocations(office: Office) -> bytes:
    """Write the office's list of revoked certificates as of now (PEM), for proofs that shall last. Nothing is kept."""
    return write_revocations(office.authority, office.clock.now(), before=office.profile.revocations.encode())
