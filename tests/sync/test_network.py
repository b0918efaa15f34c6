"""TLS is verified, an authority of the office's own can be added, a proxy is honoured: in processes of their own, since it counts once."""

import http.server
import ipaddress
import os
import socket
import ssl
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from auditor_app.errors import NotAllowed
from auditor_app.sync.network import check_authority
from auditor_app.sync.places import Place, open_place
from tests.webdav_server import PASSWORD

TRY = """
import sys
from auditor_app.errors import AuditorAppError
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.storage import probe
authorities = [open(name).read() if name else "" for name in sys.argv[3:]]
for authority in authorities:
    try:
        open_place(Place(url=sys.argv[1], user="anna", password=sys.argv[2], authority=authority)).list("")
        print("reached")
    except AuditorAppError as error:
        print(error.code)
"""


def attempt(url, *authorities, **environment):
    clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    words = [sys.executable, "-c", TRY, url, PASSWORD, *map(str, authorities or ("",))]
    run = subprocess.run(words, capture_output=True, text=True, timeout=60, env=clean | environment, check=True)
    return run.stdout.split()


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
            with socket.create_connection(("127.0.0.1", port)) as there:
                head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items() if name.lower() != "connection")
                there.sendall(f"{self.command} {self.path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode() + body)
                while data := there.recv(65536):
                    self.wfile.write(data)
            self.close_connection = True

        do_PROPFIND = do_GET = do_HEAD = do_PUT = pass_on  # noqa: N815 - the names that http.server calls

        def log_message(self, *_args):
            pass

        def finish(self):
            super().finish()
            self.connection.unwrap()

    return Forward


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_is_trusted_only_with_its_authority_and_then_the_systems_are_still_trusted_too(tls_line, authority):
    url = tls_line()
    assert attempt(url) == ["place_certificate_unknown"]
    assert attempt(url, authority[0]) == ["reached"]


def test_a_certificate_that_expired_is_told_as_that(tls_line, authority):
    assert attempt(tls_line(days=-1), authority[0]) == ["place_certificate_expired"]


def test_an_authority_that_comes_after_the_first_use_counts_after_a_restart(tls_line, authority):
    assert attempt(tls_line(), "", authority[0]) == ["place_certificate_unknown", "place_authority_later"]


def test_a_file_that_holds_no_certificate_is_refused():
    with pytest.raises(NotAllowed, match="place_authority_unreadable"):
        check_authority("no certificate")
    with pytest.raises(NotAllowed, match="place_authority_unreadable"):
        open_place(Place(url="https://127.0.0.1:1/", authority="-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n"))


@pytest.fixture
def proxy():
    """A proxy that lets nobody through; `asked` is what it was asked."""
    asked, listener = [], socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            with client:
                asked.append(client.recv(4096).split(b"\r\n")[0].decode())
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")

    threading.Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    listener.close()


def test_a_proxy_is_honoured_and_its_refusal_is_told_as_its(proxy):
    address, asked = proxy
    assert attempt("https://cloud.office.example/dav/box", HTTPS_PROXY=address) == ["place_proxy_refused"]
    assert asked[0] == "CONNECT cloud.office.example:443 HTTP/1.1"


def test_a_proxy_is_left_out_where_the_system_says_so(webdav_server, proxy):
    address, asked = proxy
    assert attempt(webdav_server.url, HTTP_PROXY=address, NO_PROXY="127.0.0.1") == ["reached"]
    assert asked == []
