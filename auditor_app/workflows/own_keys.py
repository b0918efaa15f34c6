"""Signing with a key of one's own, from a PKCS#12 file or on a smart card, issued by an authority that the office trusts."""

from pathlib import Path
from typing import Any

from auditor_app.digests import sha256_of
from auditor_app.domain.office import OfficeProfile
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.signing.cards import Card, CardKey, CardSigner, cards, certificates_on, default_library
from auditor_app.signing.certificates import read_certificate
from auditor_app.signing.keys import CanSign, SigningIdentity, check_fits, read_pkcs12
from auditor_app.signing.trust import trust_in
from auditor_app.workflows.identity import Signer, office_profile, own_signer, signer_of, tries_counted, wrong_tries
from auditor_app.workflows.letters import trusted_by
from auditor_app.workspace import Workspace


def import_pkcs12(workspace: Workspace, data: bytes, password: str) -> Signer:
    """Take a key and its certificate in from a PKCS#12 file; from then on it signs here. The password is not kept.

    Raises NotAllowed `office_unknown`, `pkcs12_not_opened` (counting wrong passwords), `key_not_accepted`,
    `certificate_expired`, `certificate_not_yet_valid`, `certificate_may_not_sign`, `certificate_revoked` or
    `certificate_not_trusted`; Corrupted `pkcs12_incomplete`. Nothing is changed then.
    """
    profile = office_profile(workspace)
    with tries_counted(workspace, sha256_of(data)) as before:
        identity = read_pkcs12(data, password, wrong_before=before)
    kept = {"kind": "file", "private_key": identity.private_key.decode(), "certificate": identity.certificate.decode()}
    return _use(workspace, identity, profile, kept)


def use_card(workspace: Workspace, library: Path, serial: str, key: str, pin: str | None, *, may_lock: bool = False) -> Signer:
    """Sign with a card's key from now on; the PIN is tried once and not kept (None where the reader has a PIN pad).

    Raises like `import_pkcs12`, and what `CardSigner.check_key` raises.
    """
    profile = office_profile(workspace)
    found = next((one for one in certificates_on(library, serial) if one.id == key), None)
    if found is None:
        raise NotAllowed("card_key_unknown", key=key)
    label = next((card.label for card in cards(library) if card.serial == serial), serial)
    with tries_counted(workspace, serial) as before:
        identity = CardSigner(
            library=library, serial=serial, key=key, certificate=found.certificate, pin=pin, wrong_before=before, may_lock=may_lock
        )
        check_fits(identity, workspace.clock.now())
    kept = {
        "kind": "card",
        "library": str(library),
        "serial": serial,
        "label": label,
        "key": key,
        "certificate": found.certificate.decode(),
    }
    return _use(workspace, identity, profile, kept)


def card_library() -> Path:
    """Give the library that knows most cards, where it is installed. Raises Unavailable("card_library_missing")."""
    found = default_library()
    if found is None:
        raise Unavailable("card_library_missing")
    return found


def plugged_in(library: Path) -> list[Card]:
    """List the cards that are plugged in, with how many tries their PINs have left."""
    return cards(library)


def keys_on_card(library: Path, serial: str) -> list[CardKey]:
    """List what could sign on a card."""
    return certificates_on(library, serial)


def card_in_use(workspace: Workspace) -> tuple[Card, int]:
    """Give the card that signs here as it is plugged in now, and how many PINs in a row were wrong.

    Raises NotAllowed("certificate_missing") where no card signs, Unavailable `card_missing` and what `plugged_in` raises.
    """
    own = workspace.fact("own_key")
    if not own or own["kind"] != "card":
        raise NotAllowed("certificate_missing")
    found = next((card for card in cards(Path(own["library"])) if card.serial == own["serial"]), None)
    if found is None:
        raise Unavailable("card_missing", serial=own["label"] or own["serial"])
    return found, wrong_tries(workspace, own["serial"])


def stop_using_own_key(workspace: Workspace) -> Signer | None:
    """Sign with the office's certificate again, if there is one; a key that came from a file is forgotten."""
    with workspace.transaction():
        workspace.set_fact("own_key", None)
    return own_signer(workspace)


def _use(workspace: Workspace, identity: CanSign, profile: OfficeProfile, kept: dict[str, Any]) -> Signer:
    now = workspace.clock.now()
    if isinstance(identity, SigningIdentity):
        check_fits(identity, now)
    verdict = trust_in(read_certificate(identity.certificate), trusted_by(profile), [now], "auditor")
    if verdict.reason == "certificate_revoked":
        raise NotAllowed("certificate_revoked", name=signer_of(kept, profile).name, since=verdict.detail)
    if not verdict.holds:
        raise NotAllowed("certificate_not_trusted", reason=verdict.reason or "")
    with workspace.transaction():
        workspace.set_fact("own_key", kept)
    return signer_of(kept, profile)
