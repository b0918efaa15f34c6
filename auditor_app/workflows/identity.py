"""Who signs: the auditor's key, the office's certificate for it, and the office that it came from."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from auditor_app.disk import write_file
from auditor_app.domain.office import Enrolment, EnrolmentRequest, OfficeProfile
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.certificates import read_certificate
from auditor_app.signing.keys import SigningIdentity, certificate_facts, certificate_request, check_fits, new_private_key
from auditor_app.signing.trust import trust_in
from auditor_app.vault.keys import OFFICE_FILE, read_recipient, wrap_for_recipient
from auditor_app.workflows.letters import read_kept, read_profile
from auditor_app.workspace import Workspace
from auditor_app.workspace.layout import KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs in this workspace, and on whose word."""

    name: str
    organisation: str
    office: str
    fingerprint: str
    valid_until: datetime


def enrolment_request(workspace: Workspace) -> bytes:
    """Make the file to give to the office: it asks for a certificate. The private key is made at the first call and never leaves."""
    if workspace.fact("private_key") is None:
        workspace.set_fact("private_key", new_private_key().decode())
    request = certificate_request(workspace.fact("private_key").encode(), workspace.me.name, workspace.me.organisation)
    letter = EnrolmentRequest(request=request.decode(), recipient=workspace.secret.recipient)
    return msgspec.json.format(msgspec.json.encode(letter), indent=1) + b"\n"


def import_enrolment(workspace: Workspace, data: bytes) -> Signer:
    """Take the office's answer in. From then on evidence is sealed to the office too, and reports and bundles can be signed.

    Raises Corrupted when the letter is not genuine, NotAllowed when the certificate is not for this workspace's key or has expired.
    """
    now = workspace.clock.now()
    try:
        enrolment = msgspec.json.decode(data, type=Enrolment)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Corrupted("letter_unreadable", place="enrolment", detail=str(error)) from error
    profile = read_profile(enrolment.profile.encode(), now, place="office profile")
    _check_certificate(workspace, enrolment, profile, now)
    read_recipient(profile.recipient)
    write_file(workspace.folder / KEYS / OFFICE_FILE, wrap_for_recipient(workspace.secret, profile.recipient))
    with workspace.transaction():
        workspace.set_fact("certificate", enrolment.certificate)
        workspace.set_fact("office_profile", enrolment.profile)
        workspace.set_fact("office_recipient", profile.recipient)
        if profile.mailbox and workspace.fact("mailbox") is None:
            workspace.set_fact("mailbox", {"url": profile.mailbox, "user": "", "password": ""})
    return _signer(enrolment.certificate, profile)


def signer(workspace: Workspace) -> Signer | None:
    """Tell who signs here, or None before the office has enrolled this auditor."""
    certificate = workspace.fact("certificate")
    return _signer(certificate, office_profile(workspace)) if certificate else None


def office_profile(workspace: Workspace) -> OfficeProfile:
    """Give the profile of the office that this auditor works for. Raises NotAllowed("office_unknown")."""
    data = workspace.fact("office_profile")
    if data is None:
        raise NotAllowed("office_unknown")
    return read_kept(data.encode(), OfficeProfile, place="office profile")


def signing_identity(workspace: Workspace) -> SigningIdentity:
    """Give the key and certificate to sign with. Raises NotAllowed when there is none, or it is not valid now."""
    key, certificate = workspace.fact("private_key"), workspace.fact("certificate")
    if not key or not certificate:
        raise NotAllowed("certificate_missing")
    identity = SigningIdentity(private_key=key.encode(), certificate=certificate.encode())
    check_fits(identity, workspace.clock.now())
    return identity


def _check_certificate(workspace: Workspace, enrolment: Enrolment, profile: OfficeProfile, now: datetime) -> None:
    certificate = enrolment.certificate.encode()
    key = (workspace.fact("private_key") or "").encode()
    if not key:
        raise NotAllowed("enrolment_not_asked_for")
    check_fits(SigningIdentity(private_key=key, certificate=certificate), now)
    verdict = trust_in(read_certificate(certificate), [profile.authority.encode()], [now], "auditor")
    if not verdict.holds:
        raise NotAllowed("certificate_not_trusted", reason=verdict.reason or "")


def _signer(certificate: str, profile: OfficeProfile) -> Signer:
    facts = certificate_facts(certificate.encode())
    return Signer(
        name=facts.name,
        organisation=facts.organisation,
        office=profile.office,
        fingerprint=facts.fingerprint,
        valid_until=facts.not_after,
    )
