"""TLS is verified, an authority of the office's own can be added, a proxy is honoured: in processes of their own, since it counts once."""

import os
import socket
import subprocess
import sys
import threading

import pytest

from auditor_app.errors import NotAllowed
from auditor_app.sync.network import check_authority
from auditor_app.sync.places import Place, open_place
from tests.tls_line import authority, tls_line  # noqa: F401 - fixtures
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


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_is_trusted_only_with_its_authority_and_then_the_systems_are_still_trusted_too(tls_line, authority):  # noqa: F811
    url = tls_line()
    assert attempt(url) == ["place_certificate_unknown"]
    assert attempt(url, authority[0]) == ["reached"]


def test_a_certificate_that_expired_is_told_as_that(tls_line, authority):  # noqa: F811
    assert attempt(tls_line(days=-1), authority[0]) == ["place_certificate_expired"]


def test_an_authority_that_comes_after_the_first_use_counts_after_a_restart(tls_line, authority):  # noqa: F811
    assert attempt(tls_line(), "", authority[0]) == ["place_certificate_unknown", "place_authority_later"]


TRY_TWO = """
import sys
from auditor_app.sync.network import expect
from auditor_app.sync.places import Place, open_place
plain, secure, password, name = sys.argv[1:]
authority = open(name).read()
expect(["", authority])
for url, own in ((plain, ""), (secure, authority)):
    open_place(Place(url=url, user="anna", password=password, authority=own)).list("")
"""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_authority_that_is_expected_counts_also_where_another_place_is_opened_first(tls_line, authority, webdav_server):  # noqa: F811
    words = [sys.executable, "-c", TRY_TWO, webdav_server.url, tls_line(), PASSWORD, str(authority[0])]
    subprocess.run(words, timeout=60, check=True)


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
