"""The workspace's one secret, an age identity, and how it is kept: only wrapped, in age files.

The database key is derived from it, so whoever opens the identity opens the workspace, and nobody else.
"""

from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import passphrase, x25519

from auditor_app.errors import Corrupted, NotAllowed, Unavailable

PASSPHRASE_FILE = "passphrase.age"  # noqa: S105 - a file's name
OFFICE_FILE = "office.age"


class Secret:
    """An age identity in memory, and the former ones that it took over from; a workspace's is never printed or written unwrapped."""

    def __init__(self, identity: x25519.Identity, former: tuple[x25519.Identity, ...] = ()) -> None:
        """Hold an identity; what was sealed to a former one still opens."""
        self.identity, self.former = identity, former

    @property
    def identities(self) -> list[x25519.Identity]:
        """List all identities, the present one first."""
        return [self.identity, *self.former]

    @classmethod
    def new(cls) -> "Secret":
        """Make a random secret."""
        return cls(x25519.Identity.generate())

    @property
    def recipient(self) -> str:
        """Give the public half, to which anyone can seal."""
        return str(self.identity.to_public())

    def database_key(self) -> bytes:
        """Derive the 32 raw bytes for SQLCipher."""
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"auditor-app database 1")
        return derive.derive(str(self.identity).encode())


def wrap_for_passphrase(secret: Secret, words: str) -> bytes:
    """Wrap the secret in an age file under a passphrase; slow on purpose (scrypt). Raises NotAllowed for an empty one."""
    if not words.strip():
        raise NotAllowed("passphrase_empty")
    return bytes(passphrase.encrypt(str(secret.identity).encode(), words))


def wrap_for_recipient(secret: Secret, recipient: str) -> bytes:
    """Wrap the secret for an office's key, so that a forgotten passphrase does not lose an audit."""
    return bytes(pyrage.encrypt(str(secret.identity).encode(), [read_recipient(recipient)]))


def unwrap_with_passphrase(wrapped: bytes, words: str) -> Secret:
    """Open the secret with the passphrase; takes a second or more.

    Raises NotAllowed for a wrong one, Corrupted for a damaged file, Unavailable("computer_too_busy") where there is no time to try it.
    """
    try:
        opened = passphrase.decrypt(wrapped, words)
    except pyrage.DecryptError as error:
        if "Decryption failed" in str(error):
            raise NotAllowed("passphrase_wrong") from error
        if "Excessive work" in str(error):  # the library refuses what would take too long, by how fast it finds the machine just now
            raise Unavailable("computer_too_busy") from error
        raise Corrupted("key_file_damaged", file=PASSPHRASE_FILE) from error
    return read_secret(opened.decode())


def unwrap_with_secret(wrapped: bytes, secret: Secret) -> Secret:
    """Open a workspace's secret with the office's. Raises NotAllowed("workspace_of_other_office"), Corrupted for a damaged file."""
    try:
        return read_secret(bytes(pyrage.decrypt(wrapped, secret.identities)).decode())
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise NotAllowed("workspace_of_other_office") from error
        raise Corrupted("key_file_damaged", file=OFFICE_FILE) from error


def read_secret(text: str) -> Secret:
    """Read an identity from its text form, e.g. an office's identity file, where former ones may follow. Raises Corrupted."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-")]
    try:
        first, *former = [x25519.Identity.from_str(line) for line in lines or [""]]
        return Secret(first, tuple(former))
    except pyrage.IdentityError as error:
        raise Corrupted("identity_unreadable") from error


def read_recipient(text: str) -> x25519.Recipient:
    """Read a public age key from its text form. Raises Corrupted."""
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise Corrupted("recipient_unreadable", recipient=text[:80]) from error


def read_key_file(path: Path) -> bytes:
    """Read a wrapped key. Raises Unavailable naming the file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unavailable("file_unreadable", path=str(path), detail=error.strerror or "") from error
