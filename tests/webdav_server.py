"""A real WebDAV server on loopback, and a line to it that can be cut: for tests of sync and for journeys.

Use it by importing the fixtures into a conftest: `from tests.webdav_server import cutting_line, webdav, webdav_server`.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pytest
from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp

USER = "anna"
PASSWORD = "Zinkblende-7"
_PUT = re.compile(rb"PUT /\S*/objects/(\S+?)(?:\?\S*)? HTTP/1\.1\r\n")
HTML = "<html><body>Datacenter 12 internal error page</body></html>"


@dataclass
class WebdavServer:
    """A running server: `folder` is what it keeps, `url` its address, `requests` what it was asked (method, path)."""

    folder: Path
    port: int = 0
    requests: list[tuple[str, str]] = field(default_factory=list)
    users: dict[str, dict[str, str]] = field(default_factory=lambda: {USER: {"password": PASSWORD}})
    answer: str = ""
    """A status line (e.g. "507 Insufficient Storage") to give instead of doing what is asked, with a page of HTML."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def other_password(self, password: str) -> Iterator[None]:
        """Take another password for a while, and no more the usual one."""
        self.users[USER]["password"] = password
        try:
            yield
        finally:
            self.users[USER]["password"] = PASSWORD

    def puts(self) -> list[str]:
        """Names of the objects that were put, in order, each as often as it was put."""
        return [path.rsplit("/", 1)[1] for method, path in self.requests if method == "PUT"]

    def run(self) -> Iterator["WebdavServer"]:
        app = WsgiDAVApp(
            {
                "provider_mapping": {"/": str(self.folder)},
                "simple_dc": {"user_mapping": {"*": self.users}},
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
        self._cut_all = False
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.cuts = 0
        self.puts: list[str] = []
        """Names of the objects that anybody began to put over this line, each as often as it was begun."""
        self._then: Callable[[], object] | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int, *, downwards: bool = False, all_of_it: bool = False, then: Callable[[], object] | None = None) -> None:
        """Cut after this many more bytes towards the server, or from it: the connection that carries the last, or all that are open.

        `then` is called at that moment, before the cut.
        """
        with self._lock:
            self._cut_upwards, self._cut_all, self._left, self._then = not downwards, all_of_it, count, then

    def cut(self) -> None:
        """Cut every connection now."""
        with self._lock:
            self._left, self.cuts, ended = None, self.cuts + 1, list(self._open)
        for each in ended:
            _end(each)

    def mend(self) -> None:
        """Cut no more."""
        with self._lock:
            self._left = None

    def close(self) -> None:
        self._listener.close()
        for each in list(self._open):
            _end(each)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._target))
        except OSError:  # nobody is at home
            _end(client)
            client.close()
            return
        self._open |= {client, server}
        back = threading.Thread(target=self._pump, args=(server, client, False), daemon=True)
        back.start()
        self._pump(client, server, True)
        back.join()
        self._open -= {client, server}
        for each in (client, server):
            each.close()

    def _pump(self, source: socket.socket, target: socket.socket, upwards: bool) -> None:
        tail = b""
        with suppress(OSError):
            while data := source.recv(16384):
                passed, cut = self._counted(data, upwards)
                target.sendall(passed)
                tail = self._noted(tail + passed) if upwards else b""
                if cut:
                    if self._then:
                        self._then()
                    self.cut() if self._cut_all else self._count_cut()
                    break
        for each in (source, target):
            _end(each)

    def _counted(self, data: bytes, upwards: bool) -> tuple[bytes, bool]:
        """Give what may still pass, and whether the line is cut after it."""
        with self._lock:
            if upwards != self._cut_upwards or self._left is None:
                return data, False
            passed, self._left = data[: self._left], self._left - len(data)
            if self._left > 0:
                return passed, False
            self._left = None
            return passed, True

    def _noted(self, data: bytes) -> bytes:
        """Note the puts in a piece of what goes up, and give its end, in which another may begin."""
        found = list(_PUT.finditer(data))
        with self._lock:
            self.puts += [each[1].decode() for each in found]
        return data[max(found[-1].end() if found else 0, len(data) - 400) :]

    def _count_cut(self) -> None:
        with self._lock:
            self.cuts += 1


def _end(each: socket.socket) -> None:
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
