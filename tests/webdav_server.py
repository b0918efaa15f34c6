"""A real WebDAV server on loopback, and a line to it that can be cut: for tests of sync and for journeys.

Use it by importing the fixtures into a conftest: `from tests.webdav_server import cutting_line, webdav, webdav_server`.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pytest
from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp

USER = "anna"
PASSWORD = "Zinkblende-7"
HTML = "<html><body>Datacenter 12 internal error page</body></html>"


@dataclass
class WebdavServer:
    """A running server: `folder` is what it keeps, `url` its address, `requests` what it was asked (method, path)."""

    folder: Path
    port: int = 0
    requests: list[tuple[str, str]] = field(default_factory=list)
    answer: str = ""
    """A status line (e.g. "507 Insufficient Storage") to give instead of doing what is asked, with a page of HTML."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def puts(self) -> list[str]:
        """Names of the objects that were put, in order, each as often as it was put."""
        return [path.rsplit("/", 1)[1] for method, path in self.requests if method == "PUT"]

    def run(self) -> Iterator["WebdavServer"]:
        app = WsgiDAVApp(
            {
                "provider_mapping": {"/": str(self.folder)},
                "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
                "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
                "logging": {"enable": False},
                "verbose": 0,
            }
        )

        def watched(environ, start_response):
            self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
            if self.answer:
                start_response(self.answer, [("Content-Type", "text/html"), ("Connection", "close")])
                return [HTML.encode()]
            return app(environ, start_response)

        server = wsgi.Server(("127.0.0.1", 0), watched, numthreads=4, shutdown_timeout=0.2)
        server.error_log = lambda *_, **__: None  # a cut line is no news here
        server.prepare()
        self.port = server.bind_addr[1]
        thread = threading.Thread(target=server.serve, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.stop()
            thread.join(5)


class CuttingLine:
    """A TCP line to a port that is cut once, after a number of bytes went through it one way; then it works again."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._left: int | None = None
        self._cut_upwards = True
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int, *, downwards: bool = False) -> None:
        """Cut after this many more bytes towards the server, or from it."""
        self._cut_upwards, self._left = not downwards, count

    def close(self) -> None:
        self._listener.close()
        for each in self._open:
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                server = socket.create_connection(("127.0.0.1", self._target))
                self._open += [client, server]
                threading.Thread(target=self._pump, args=(client, server, True), daemon=True).start()
                threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, upwards: bool) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                counted = upwards == self._cut_upwards and self._left is not None
                if counted:
                    data, self._left = data[: self._left], self._left - len(data)
                target.sendall(data)
                if counted and self._left <= 0:
                    self._left = None
                    self.cuts += 1
                    break
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="session")
def webdav_server(tmp_path_factory) -> Iterator[WebdavServer]:
    """One server for the whole run; tests use `webdav`."""
    yield from WebdavServer(folder=tmp_path_factory.mktemp("webdav")).run()


@dataclass
class WebdavFolder:
    """A test's own folder on the server."""

    server: WebdavServer
    name: str
    user: str = USER
    password: str = PASSWORD

    @property
    def url(self) -> str:
        return f"{self.server.url}/{self.name}/"

    @property
    def folder(self) -> Path:
        return self.server.folder / self.name


@pytest.fixture
def webdav(webdav_server: WebdavServer) -> Iterator[WebdavFolder]:
    """A new folder on a real WebDAV server with a user and a password."""
    own = WebdavFolder(webdav_server, f"mailbox {token_hex(4)}")  # the space: addresses must survive it
    own.folder.mkdir()
    webdav_server.requests.clear()
    yield own
    webdav_server.answer = ""


@pytest.fixture
def cutting_line(webdav_server: WebdavServer) -> Iterator[CuttingLine]:
    """A line to that server that can be cut."""
    line = CuttingLine(webdav_server.port)
    yield line
    line.close()
