"""The office's folder: its authority, its keys, its profile, its register, and what it received."""

from dataclasses import dataclass
from pathlib import Path

from auditor_app.clock import Clock
from auditor_app.disk import disk_errors, write_file
from auditor_app.domain.office import OfficeProfile
from auditor_app.errors import NotAllowed
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key
from auditor_app.vault.keys import Secret, read_secret
from auditor_app.workflows.letters import read_profile, sign_letter

AUTHORITY_CERTIFICATE, AUTHORITY_KEY = "ca.pem", "ca-key.pem"
CERTIFICATE, KEY, IDENTITY, PROFILE, REGISTER = "office.pem", "office-key.pem", "identity.txt", "office.profile", "register.db"
PRIVATE = (AUTHORITY_KEY, KEY, IDENTITY)
OFFICE_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An opened office folder."""

    folder: Path
    profile: OfficeProfile
    authority: SigningIdentity
    identity: SigningIdentity
    secret: Secret
    clock: Clock

    @property
    def received(self) -> Path:
        """Give the folder of bundles that were received and verified."""
        return self.folder / "received"

    @property
    def quarantine(self) -> Path:
        """Give the folder of bundles that are being received or were refused."""
        return self.folder / "quarantine"

    @property
    def reading(self) -> Path:
        """Give the folder of reading copies of what was received."""
        return self.folder / "reading"

    @property
    def register(self) -> Path:
        """Give the register's file."""
        return self.folder / REGISTER


def found_office(folder: Path, name: str, clock: Clock, *, mailbox: str = "") -> Office:
    """Found an office: a small authority, the office's own certificate, its age identity and its signed profile.

    `mailbox` is the first place of its mailbox; further ones are named later (`profile.set_profile`). Private keys are written readable
    by their owner alone. Raises NotAllowed("folder_not_empty").
    """
    with disk_errors(folder):
        if folder.exists() and any(folder.iterdir()):
            raise NotAllowed("folder_not_empty", path=str(folder))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now, secret = clock.now(), Secret.new()
    authority, key = new_authority(f"{name} CA", now), new_private_key()
    certificate = issue(authority, certificate_request(key, name, name), now, OFFICE_DAYS, purpose="office")
    profile = OfficeProfile(
        office=name,
        authority=authority.certificate.decode(),
        certificate=certificate.decode(),
        recipient=secret.recipient,
        places=(mailbox,) if mailbox else (),
    )
    identity = SigningIdentity(private_key=key, certificate=certificate)
    for file, data in (
        (AUTHORITY_CERTIFICATE, authority.certificate),
        (AUTHORITY_KEY, authority.private_key),
        (CERTIFICATE, certificate),
        (KEY, key),
        (IDENTITY, identity_file(secret)),
        (PROFILE, sign_letter(profile, identity, now)),
    ):
        write_file(folder / file, data)
        (folder / file).chmod(0o600 if file in PRIVATE else 0o644)
    return open_office(folder, clock)


def sign_profile(office: Office, profile: OfficeProfile) -> Office:
    """Put a changed profile in the place of the one before, signed; gives the office with it."""
    write_file(office.folder / PROFILE, sign_letter(profile, office.identity, office.clock.now()))
    return open_office(office.folder, office.clock)


def profile_letter(office: Office) -> bytes:
    """Give the office's signed profile, as it is handed out."""
    with disk_errors(office.folder):
        return (office.folder / PROFILE).read_bytes()


def identity_file(secret: Secret) -> bytes:
    """Write the office's age identities as the `age` tool reads them: the present one first, then former ones."""
    lines = [f"# public key: {one.to_public()}\n{one}\n" for one in secret.identities]
    return "# former keys, for what was sealed to them\n".join((lines[0], "".join(lines[1:]))).encode() if lines[1:] else lines[0].encode()


def open_office(folder: Path, clock: Clock) -> Office:
    """Open an office's folder. Raises NotAllowed("office_missing"), Corrupted when a key or the profile is damaged."""
    if not (folder / PROFILE).is_file():
        raise NotAllowed("office_missing", path=str(folder))
    files = (AUTHORITY_CERTIFICATE, AUTHORITY_KEY, CERTIFICATE, KEY, IDENTITY, PROFILE)
    with disk_errors(folder):
        ca, ca_key, certificate, key, identity, profile = ((folder / file).read_bytes() for file in files)
    return Office(
        folder=folder,
        profile=read_profile(profile, clock.now(), place=PROFILE),
        authority=SigningIdentity(private_key=ca_key, certificate=ca),
        identity=SigningIdentity(private_key=key, certificate=certificate),
        secret=read_secret(identity.decode(errors="replace")),
        clock=clock,
    )
