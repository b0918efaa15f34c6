"""Wraps a workspace's secret under a passphrase as any age file does, but with little work, so that tests need not wait a second.

Written from the age specification (age-encryption.org/v1), so it also shows that key files are plain age files.
"""

import hashlib
import hmac
import secrets
from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from auditor_app.vault.keys import PASSPHRASE_FILE, Secret

LITTLE_WORK = 10
"""Binary logarithm of scrypt's work factor; the program's own files have 17 and more."""


def quick_key(workspace: Path, secret: Secret, passphrase: str) -> None:
    """Replace the key file of a workspace folder by one that opens in a moment."""
    (workspace / "keys" / PASSPHRASE_FILE).write_bytes(_wrapped(str(secret.identity).encode(), passphrase))


def _wrapped(data: bytes, passphrase: str) -> bytes:
    file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    work = {"n": 1 << LITTLE_WORK, "r": 8, "p": 1, "dklen": 32}
    wrapping = hashlib.scrypt(passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, **work)
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %b %d\n%b\n" % (_base64(salt), LITTLE_WORK, _base64(body))
    header = b"age-encryption.org/v1\n" + stanza + b"---"
    seal = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    only_chunk = bytes(11) + b"\x01"
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(only_chunk, data, None)
    return header + b" " + _base64(seal) + b"\n" + nonce + payload


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _base64(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")
