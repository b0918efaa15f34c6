"""A timestamp authority, a CRL and an OCSP responder on loopback: OpenSSL does the work, a small HTTP server hands it over.

No name is looked up and nothing leaves this machine.
"""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

_KINDS = {
    "stamp": ExtendedKeyUsageOID.TIME_STAMPING,
    "sign": ExtendedKeyUsageOID.EMAIL_PROTECTION,
    "tls": ExtendedKeyUsageOID.SERVER_AUTH,
}
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
HAVE_OPENSSL = shutil.which("openssl") is not None
_TSA = """[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/{name}.pem
certs = {folder}/root.pem
signer_key = {folder}/{name}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
ess_cert_id_alg = sha256
"""


@dataclass
class Responders:
    """Addresses of what runs, and the authority behind it; `behave` makes the timestamp server misbehave in a named way."""

    folder: Path
    port: int
    ocsp_port: int
    root: bytes
    key: ec.EllipticCurvePrivateKey
    behave: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def timestamps(self) -> str:
        return f"http://127.0.0.1:{self.port}/timestamp"

    @property
    def lists(self) -> str:
        return f"http://127.0.0.1:{self.port}/root.crl"

    def issue(self, name: str, *, usage: str, days: tuple[int, int] = (-1, 365), ocsp: bool = False) -> tuple[bytes, bytes]:
        """Issue a certificate that says where its revocation is answered; gives key and certificate as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer, now = x509.load_pem_x509_certificate(self.root), datetime.now(UTC)
        builder = draft(name, issuer.subject, key.public_key(), (now + timedelta(days=days[0]), now + timedelta(days=days[1])))
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(usages("digital_signature", "content_commitment"), critical=True)
        kinds = {
            "stamp": ExtendedKeyUsageOID.TIME_STAMPING,
            "sign": ExtendedKeyUsageOID.EMAIL_PROTECTION,
            "tls": ExtendedKeyUsageOID.SERVER_AUTH,
        }
        builder = builder.add_extension(x509.ExtendedKeyUsage([kinds[usage]]), critical=usage == "stamp")
        address = (
            x509.UniformResourceIdentifier(f"http://127.0.0.1:{self.ocsp_port}") if ocsp else x509.UniformResourceIdentifier(self.lists)
        )
        if ocsp:
            where = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, address)
            builder = builder.add_extension(x509.AuthorityInformationAccess([where]), critical=False)
        else:
            point = x509.DistributionPoint(full_name=[address], relative_name=None, reasons=None, crl_issuer=None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        with (self.folder / "index.txt").open("a") as index:  # what `openssl ocsp` answers from
            until = certificate.not_valid_after_utc.strftime("%y%m%d%H%M%SZ")
            index.write(f"V\t{until}\t\t{certificate.serial_number:X}\tunknown\t/CN={name}\n")
        return pem_of(key), certificate.public_bytes(Encoding.PEM)


def pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def usages(*allowed: str) -> x509.KeyUsage:
    kinds = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
    ]
    return x509.KeyUsage(**{kind: kind in allowed for kind in [*kinds, "encipher_only", "decipher_only"]})


def draft(name: str, issuer: x509.Name | None, key, period) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer or subject).public_key(key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(period[0]).not_valid_after(period[1])
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


@contextmanager
def responders(folder: Path) -> Iterator[Responders]:
    """Run all three."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    root = draft("Root of the responders", None, key.public_key(), (now - timedelta(days=3000), now + timedelta(days=3000)))
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = root.add_extension(usages("key_cert_sign", "crl_sign", "digital_signature"), critical=True).sign(key, hashes.SHA256())
    (folder / "root.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "root.key").write_bytes(pem_of(key))
    (folder / "serial").write_text("01")
    (folder / "index.txt").touch()
    lists = x509.CertificateRevocationListBuilder().issuer_name(certificate.subject)
    lists = lists.last_update(now - timedelta(hours=1)).next_update(now + timedelta(days=7)).sign(key, hashes.SHA256())
    (folder / "root.crl").write_bytes(lists.public_bytes(Encoding.DER))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    made = Responders(folder=folder, port=server.server_port, ocsp_port=_free_port(), root=certificate.public_bytes(Encoding.PEM), key=key)
    server.responders = made  # type: ignore[attr-defined]
    for name, days in (("tsa", (-1, 365)), ("old", (-365, -1))):
        key_pem, pem = made.issue(name, usage="stamp", days=days)
        (folder / f"{name}.key").write_bytes(key_pem)
        (folder / f"{name}.pem").write_bytes(pem)
        (folder / f"{name}.cnf").write_text(_TSA.format(folder=folder, name=name))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def ocsp_responder(made: Responders) -> Iterator[None]:
    """Run OpenSSL's own OCSP responder over what was issued so far."""
    words = ["openssl", "ocsp", "-index", "index.txt", "-CA", "root.pem", "-rsigner", "root.pem", "-rkey", "root.key"]
    words += ["-ndays", "7", "-port", str(made.ocsp_port)]
    process = subprocess.Popen(words, cwd=made.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while "waiting" not in (line := process.stdout.readline()):  # a connection without a question would keep it busy
            assert line, "the OCSP responder did not start"
        yield
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        made: Responders = self.server.responders  # type: ignore[attr-defined]
        made.asked.append(self.path)
        self._answer((made.folder / "root.crl").read_bytes(), "application/pkix-crl", 200 if self.path == "/root.crl" else 404)

    def do_POST(self) -> None:
        made: Responders = self.server.responders  # type: ignore[attr-defined]
        made.asked.append(self.path)
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if made.behave == "error":
            return self._answer(b"broken", "text/plain", 500)
        if made.behave == "rubbish":
            return self._answer(b"\x30\x03rub", "application/timestamp-reply")
        return self._answer(stamped(made, query), "application/timestamp-reply")

    def _answer(self, data: bytes, kind: str, code: int = 200) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def stamped(made: Responders, query: bytes) -> bytes:
    """Let OpenSSL answer a request, or the last one again ("replayed": another nonce, other bytes)."""
    stem = made.folder / f"query-{time.monotonic_ns()}"
    if made.behave == "replayed":
        return (made.folder / "last.tsr").read_bytes()
    stem.with_suffix(".tsq").write_bytes(query)
    name = "old" if made.behave == "expired" else "tsa"
    words = f"openssl ts -reply -config {name}.cnf -queryfile {stem}.tsq -out {stem}.tsr".split()
    subprocess.run(words, cwd=made.folder, capture_output=True, check=True)
    data = stem.with_suffix(".tsr").read_bytes()
    if made.behave == "tampered":
        return data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]
    (made.folder / "last.tsr").write_bytes(data)
    return data


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
