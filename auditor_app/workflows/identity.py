"""Who signs: the auditor's key, the office's certificate for it or one of the auditor's own, and the office that trusts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from cryptography import x509

from auditor_app.disk import write_file
from auditor_app.domain.office import Enrolment, EnrolmentRequest, Introduction, OfficeProfile
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.cards import CardSigner
from auditor_app.signing.certificates import facts_of, read_certificate
from auditor_app.signing.keys import (
    CanSign,
    SigningIdentity,
    certificate_facts,
    certificate_request,
    check_fits,
    check_period,
    new_private_key,
)
from auditor_app.signing.trust import trust_in
from auditor_app.vault.keys import OFFICE_FILE, read_recipient, wrap_for_recipient
from auditor_app.workflows.letters import is_profile, read_kept, read_profile, sign_letter, signed_at, trusted_by
from auditor_app.workspace import Workspace
from auditor_app.workspace.layout import KEYS

OFFERED = "office_profile_offered"
"""The fact that keeps a profile whose changed key nobody has confirmed yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs in this workspace, and on whose word; `card` names the smart card that the key is on, which asks for a PIN each time."""

    name: str
    organisation: str
    office: str
    fingerprint: str
    valid_until: datetime
    valid_since: datetime
    issuer: str
    card: str = ""
    is_own: bool = False


def enrolment_request(workspace: Workspace, *, pin: str | None = None) -> bytes:
    """Make the file to give to the office: it asks for a certificate. The private key is made at the first call and never leaves.

    With a key of one's own it introduces that certificate instead, signed with it (a card needs its `pin`).
    """
    if own := workspace.fact("own_key"):
        introduction = Introduction(certificate=own["certificate"], recipient=workspace.secret.recipient)
        return sign_letter(introduction, signing_identity(workspace, pin=pin), workspace.clock.now())
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
    profile, letter = read_profile(enrolment.profile.encode(), now, place="office profile"), enrolment.profile
    if is_older(workspace, profile, letter):  # an answer may have been under way for long
        profile, letter = office_profile(workspace), workspace.fact("office_profile")
    own = workspace.fact("own_key")
    is_own = bool(own) and own["certificate"] == enrolment.certificate
    _check_certificate(workspace, enrolment, profile, now, is_own=is_own)
    _refuse_changed_key(workspace, profile, letter)
    _keep_profile(workspace, profile, letter, certificate="" if is_own else enrolment.certificate)
    return _signer(enrolment.certificate, profile, is_own=is_own)


def import_letter(workspace: Workspace, data: bytes) -> Signer | None:
    """Take in what the office handed over: its answer, or its profile (then None). Raises like the two."""
    if is_profile(data):
        import_profile(workspace, data)
        return None
    return import_enrolment(workspace, data)


def import_profile(workspace: Workspace, data: bytes) -> OfficeProfile:
    """Take an office's profile in: to know it before a key of one's own can sign for it, or to learn whom it trusts no more.

    Raises Corrupted when the letter is not genuine, NotAllowed "office_differs" when another office is known here,
    "office_profile_older" for one that a newer one has replaced, which knows of fewer revocations, and "office_key_changed" for a new
    key, which then waits until someone confirms it (`office_news.confirm_key`).
    """
    profile = read_profile(data, workspace.clock.now(), place="office profile")
    known = known_office(workspace)
    if known is not None and known.authority != profile.authority:
        raise NotAllowed("office_differs", office=profile.office)
    if is_older(workspace, profile, data.decode()):
        raise NotAllowed("office_profile_older", office=profile.office)
    _refuse_changed_key(workspace, profile, data.decode())
    _keep_profile(workspace, profile, data.decode(), certificate="")
    return profile


def signer(workspace: Workspace) -> Signer | None:
    """Tell who signs here, or None before the office has enrolled this auditor."""
    if own := workspace.fact("own_key"):
        return signer_of(own, office_profile(workspace))
    return own_signer(workspace)


def own_signer(workspace: Workspace) -> Signer | None:
    """Tell who signs here with the office's own certificate, or None."""
    certificate = workspace.fact("certificate")
    return _signer(certificate, office_profile(workspace)) if certificate else None


def signer_of(kept: dict[str, Any], profile: OfficeProfile) -> Signer:
    """Tell who signs with a key of one's own, as it is kept."""
    return _signer(kept["certificate"], profile, is_own=True, card=kept.get("label", ""))


def office_profile(workspace: Workspace) -> OfficeProfile:
    """Give the profile of the office that this auditor works for. Raises NotAllowed("office_unknown")."""
    data = workspace.fact("office_profile")
    if data is None:
        raise NotAllowed("office_unknown")
    return read_kept(data.encode(), OfficeProfile, place="office profile")


def known_office(workspace: Workspace) -> OfficeProfile | None:
    """Give the profile of the office that this auditor works for, or None."""
    return office_profile(workspace) if workspace.fact("office_profile") else None


def is_older(workspace: Workspace, profile: OfficeProfile, letter: str) -> bool:
    """Say whether a newer profile of the same office is known here; an older one, which anybody may have, knows of fewer revocations."""
    known = known_office(workspace)
    if known is None or known.authority != profile.authority:
        return False
    return _signed_at(letter) < _signed_at(workspace.fact("office_profile"))


def signing_identity(workspace: Workspace, *, pin: str | None = None, may_lock: bool = False) -> CanSign:
    """Give what to sign with, tried and valid. A card needs its `pin` (not where its reader has a PIN pad); wrong ones are counted.

    Raises NotAllowed when there is none, when it is not valid now or revoked, and what `CardSigner.check_key` raises.
    """
    own = workspace.fact("own_key")
    key, certificate = workspace.fact("private_key"), workspace.fact("certificate")
    if not own and not (key and certificate):
        raise NotAllowed("certificate_missing")
    if own and own["kind"] == "card":
        return _card_identity(workspace, own, pin, may_lock=may_lock)
    kept = own or {"private_key": key, "certificate": certificate}
    identity = SigningIdentity(private_key=kept["private_key"].encode(), certificate=kept["certificate"].encode())
    check_fits(identity, workspace.clock.now())
    _refuse_revoked(workspace, read_certificate(identity.certificate))
    return identity


def refusal(workspace: Workspace) -> NotAllowed | None:
    """Tell why the certificate of whoever signs here would be refused now, without asking a card; None when nothing does, or nobody signs.

    The codes: `certificate_expired`, `certificate_not_yet_valid`, `certificate_revoked`.
    """
    own = workspace.fact("own_key")
    pem = own["certificate"] if own else workspace.fact("certificate")
    if not pem:
        return None
    certificate = read_certificate(pem.encode())
    try:
        check_period(facts_of(certificate), workspace.clock.now())
        _refuse_revoked(workspace, certificate)
    except NotAllowed as error:
        return error
    return None


def wrong_tries(workspace: Workspace, secret: str) -> int:
    """Count the wrong tries in a row at a PIN or a password."""
    return int((workspace.fact("wrong_tries") or {}).get(secret, 0))


@contextmanager
def tries_counted(workspace: Workspace, secret: str) -> Iterator[int]:
    """Count wrong tries in a row at a PIN or a password; gives those before. A right one sets the count to nothing."""
    counts = workspace.fact("wrong_tries") or {}
    before = wrong_tries(workspace, secret)
    after = 0
    try:
        yield before
    except NotAllowed as error:
        after = int(str(error.values.get("wrong", before)))
        raise
    finally:
        if after != before:
            with workspace.transaction():
                workspace.set_fact("wrong_tries", {**counts, secret: after})


def _card_identity(workspace: Workspace, own: dict[str, Any], pin: str | None, *, may_lock: bool) -> CanSign:
    with tries_counted(workspace, own["serial"]) as before:
        identity = CardSigner(
            library=Path(own["library"]),
            serial=own["serial"],
            key=own["key"],
            certificate=own["certificate"].encode(),
            pin=pin,
            wrong_before=before,
            may_lock=may_lock,
        )
        _refuse_revoked(workspace, read_certificate(identity.certificate))
        check_fits(identity, workspace.clock.now())
    return identity


def _refuse_revoked(workspace: Workspace, certificate: x509.Certificate) -> None:
    """Refuse to sign with what the office has revoked, as far as this workspace has heard."""
    verdict = trust_in(certificate, trusted_by(office_profile(workspace)), [workspace.clock.now()], "auditor")
    if verdict.reason == "certificate_revoked":
        raise NotAllowed("certificate_revoked", name=facts_of(certificate).name, since=verdict.detail)


def keep_offered(workspace: Workspace) -> OfficeProfile:
    """Take in the profile whose changed key was confirmed."""
    letter = workspace.fact(OFFERED)
    profile = read_kept(letter.encode(), OfficeProfile, place="office profile")
    _keep_profile(workspace, profile, letter, certificate="")
    workspace.set_fact(OFFERED, None)
    return profile


def _refuse_changed_key(workspace: Workspace, profile: OfficeProfile, letter: str) -> None:
    """Let a new key of the office that is known here wait: whoever could slip it in would read all evidence from then on."""
    before = workspace.fact("office_recipient")
    if before in {None, profile.recipient} or office_profile(workspace).authority != profile.authority:
        return
    waits = workspace.fact(OFFERED)
    if waits is None or _signed_at(waits) <= _signed_at(letter):  # another place of the mailbox may still have an older one
        workspace.set_fact(OFFERED, letter)
    raise NotAllowed("office_key_changed", office=profile.office, before=before, now=profile.recipient)


def _signed_at(letter: str) -> datetime:
    return signed_at(letter.encode(), place="office profile")


def _keep_profile(workspace: Workspace, profile: OfficeProfile, letter: str, *, certificate: str) -> None:
    read_recipient(profile.recipient)
    write_file(workspace.folder / KEYS / OFFICE_FILE, wrap_for_recipient(workspace.secret, profile.recipient))
    with workspace.transaction():
        if certificate:
            workspace.set_fact("certificate", certificate)
        workspace.set_fact("office_profile", letter)
        workspace.set_fact("office_recipient", profile.recipient)


def _check_certificate(workspace: Workspace, enrolment: Enrolment, profile: OfficeProfile, now: datetime, *, is_own: bool) -> None:
    certificate = enrolment.certificate.encode()
    if not is_own:
        key = (workspace.fact("private_key") or "").encode()
        if not key:
            raise NotAllowed("enrolment_not_asked_for")
        check_fits(SigningIdentity(private_key=key, certificate=certificate), now)
    verdict = trust_in(read_certificate(certificate), trusted_by(profile), [now], "auditor")
    if not verdict.holds:
        raise NotAllowed("certificate_not_trusted", reason=verdict.reason or "")


def _signer(certificate: str, profile: OfficeProfile, *, is_own: bool = False, card: str = "") -> Signer:
    facts = certificate_facts(certificate.encode())
    return Signer(
        name=facts.name,
        organisation=facts.organisation,
        office=profile.office,
        fingerprint=facts.fingerprint,
        valid_until=facts.not_after,
        valid_since=facts.not_before,
        issuer=facts.issuer,
        card=card,
        is_own=is_own,
    )
