"""A smart card made of software (SoftHSM) with keys and certificates on it, for tests: real PKCS#11, no reader."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

PIN = "123456"
_PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")
LIBRARY = next((Path(path) for path in _PLACES if Path(path).is_file()), None)
IS_HERE = LIBRARY is not None and shutil.which("softhsm2-util") is not None and shutil.which("pkcs11-tool") is not None
WHY_NOT = "softhsm2 and opensc are not installed: no card to sign with"


@dataclass(frozen=True)
class SoftCard:
    """A card with a label; `put` gives it a key and its certificate under an id (hexadecimal)."""

    folder: Path
    label: str
    serial: str

    @property
    def library(self) -> Path:
        assert LIBRARY is not None
        return LIBRARY

    def put(self, key: bytes, certificate: bytes, identifier: str) -> None:
        private = load_pem_private_key(key, None).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        for kind, data in (("privkey", private), ("cert", x509.load_pem_x509_certificate(certificate).public_bytes(Encoding.DER))):
            (self.folder / "object.der").write_bytes(data)
            words = ["pkcs11-tool", "--module", str(LIBRARY), "--token-label", self.label, "--login", "--pin", PIN]
            words += ["--write-object", str(self.folder / "object.der"), "--type", kind, "--id", identifier, "--usage-sign"]
            subprocess.run(words, check=True, capture_output=True)
        (self.folder / "object.der").unlink()


def soft_card(folder: Path, label: str = "Ana's card") -> SoftCard:
    """Make one; the environment says from then on that it is plugged in, and nothing else is."""
    (folder / "tokens").mkdir(parents=True, exist_ok=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    words = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"]
    subprocess.run(words, check=True, capture_output=True)
    slots = subprocess.run(["softhsm2-util", "--show-slots"], check=True, capture_output=True, text=True).stdout
    serials = [line.partition(":")[2].strip() for line in slots.splitlines() if line.strip().startswith("Serial number")]
    return SoftCard(folder=folder, label=label, serial=next(serial for serial in serials if serial))
