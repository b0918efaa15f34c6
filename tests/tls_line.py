"""A TLS line to the WebDAV server of the tests, under an authority that no system knows."""

import http.server
import ipaddress
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(name, issued_by=None, *, days=30):
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, issuer_key = issued_by or (subject, key)
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=60)).not_valid_after(now + timedelta(days=days))
    made = made.add_extension(x509.BasicConstraints(ca=issued_by is None, path_length=None), critical=True)
    if issued_by:
        made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    return key, made.sign(issuer_key, hashes.SHA256())


@pytest.fixture
def authority(tmp_path):
    key, made = certificate("Office authority")
    (tmp_path / "authority.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return tmp_path / "authority.pem", (made.subject, key)


@pytest.fixture
def tls_line(authority, webdav_server, tmp_path):
    """Make a TLS line to the WebDAV server: its certificate lasts so many days from now."""
    listeners = []

    def line(days=30):
        key, made = certificate("store", authority[1], days=days)
        pem = tmp_path / f"server{days}.pem"
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), forwarding_to(webdav_server.port))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        listeners.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"https://127.0.0.1:{server.server_port}/"

    yield line
    for each in listeners:
        each.shutdown()
        each.server_close()


def forwarding_to(port):
    """Give a handler that passes each request on to the plain server and its answer back."""

    class Forward(http.server.BaseHTTPRequestHandler):
        def pass_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if target := self.headers.get("Destination"):
                self.headers.replace_header("Destination", urlsplit(target).path)
            with socket.create_connection(("127.0.0.1", port)) as there:
                head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items() if name.lower() != "connection")
                there.sendall(f"{self.command} {self.path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode() + body)
                while data := there.recv(65536):
                    self.wfile.write(data)
            self.close_connection = True

        do_PROPFIND = do_GET = do_HEAD = do_PUT = do_MKCOL = do_MOVE = do_DELETE = pass_on  # noqa: N815 - the names that http.server calls

        def log_message(self, *_args):
            pass

        def finish(self):
            super().finish()
            self.connection.unwrap()

    return Forward
