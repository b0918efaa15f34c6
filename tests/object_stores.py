"""Real object stores on loopback for tests: an S3 server (moto) and, where it is installed, Azure's own emulator (azurite)."""

import base64
import hashlib
import hmac
import logging
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from urllib.parse import quote

import pytest

from auditor_app.sync.places import Place

ACCESS_KEY = "anna"
SECRET_KEY = "Zinkblende-7-Zinkblende-7"
ACCOUNT = "devstoreaccount1"
ACCOUNT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The emulator's well-known account."""


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Where a real S3 server listens, as host and port."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def s3_place(s3_server: str) -> Place:
    """A folder in a new bucket."""
    bucket = f"mailbox-{token_hex(4)}"
    _put(f"http://{s3_server}/{bucket}", {})
    return Place(url=f"s3+http://{s3_server}/{bucket}/copper mark", user=ACCESS_KEY, password=SECRET_KEY)


@dataclass
class AnsweringS3:
    """A real S3 server that can be told to refuse as stores do."""

    port: int = 0
    status: int = 0
    code: str = ""
    bucket: str = field(default_factory=lambda: f"mailbox-{token_hex(4)}")

    @property
    def url(self) -> str:
        return f"s3+http://127.0.0.1:{self.port}/{self.bucket}"

    def refuse(self, status: int, code: str) -> None:
        """Refuse everything with a status and a store's own code; 0 to serve again."""
        self.status, self.code = status, code


@contextmanager
def answering_s3() -> Iterator[AnsweringS3]:
    """Run one, with a bucket."""
    from cheroot import wsgi
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    app, own = DomainDispatcherApplication(create_backend_app), AnsweringS3()

    def answered(environ, start_response):
        if not own.status:
            return app(environ, start_response)
        environ["wsgi.input"].read()
        start_response(f"{own.status} Refused", [("Content-Type", "application/xml")])
        return [f"<Error><Code>{own.code}</Code><Message>Datacenter 12</Message><RequestId>1</RequestId></Error>".encode()]

    server = wsgi.Server(("127.0.0.1", 0), answered, numthreads=10, shutdown_timeout=0.2)
    server.prepare()
    own.port = server.bind_addr[1]
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        _put(f"http://127.0.0.1:{own.port}/{own.bucket}", {})
        yield own
    finally:
        server.stop()
        thread.join(5)


@pytest.fixture(scope="session")
def azure_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Azure's emulator listens; skipped where it is not installed (npm install azurite, or AZURITE=path of azurite-blob)."""
    program = os.environ.get("AZURITE") or shutil.which("azurite-blob")
    if not program:
        pytest.skip("Azure's emulator azurite-blob is not installed")
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    words = [program, "--silent", "--skipApiVersionCheck", "--inMemoryPersistence", "--disableTelemetry", "--blobPort", str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=tmp_path_factory.mktemp("azurite")) as running:
        try:
            wait_for_port(port)
            yield f"127.0.0.1:{port}"
        finally:
            running.kill()


@pytest.fixture
def azure_place(azure_server: str) -> Place:
    """A folder in a new container."""
    container = f"mailbox-{token_hex(4)}"
    at = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    head = {"x-ms-date": at, "x-ms-version": "2021-08-06"}
    asked = "\n".join(["PUT", *[""] * 11, *(f"{name}:{value}" for name, value in head.items())])
    asked += f"\n/{ACCOUNT}/{ACCOUNT}/{container}\nrestype:container"
    signature = base64.b64encode(hmac.new(base64.b64decode(ACCOUNT_KEY), asked.encode(), hashlib.sha256).digest()).decode()
    _put(f"http://{azure_server}/{ACCOUNT}/{container}?restype=container", head | {"Authorization": f"SharedKey {ACCOUNT}:{signature}"})
    return Place(url=f"azblob+http://{azure_server}/{ACCOUNT}/{container}/copper mark", user="", password=ACCOUNT_KEY)


@pytest.fixture(scope="session")
def rclone_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A second maker's WebDAV server; skipped where rclone is not installed."""
    if not (program := shutil.which("rclone")):
        pytest.skip("rclone is not installed")
    folder = tmp_path_factory.mktemp("rclone")
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    words = [program, "serve", "webdav", str(folder), "--addr", f"127.0.0.1:{port}", "--user", ACCESS_KEY, "--pass", SECRET_KEY]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            wait_for_port(port)
            yield Place(url=f"http://127.0.0.1:{port}/", user=ACCESS_KEY, password=SECRET_KEY)
        finally:
            running.kill()


@pytest.fixture
def rclone_place(rclone_server: Place) -> Place:
    """A folder of its own there."""
    from auditor_app.sync.places import open_place

    name = f"mailbox {token_hex(4)}"
    open_place(rclone_server).make_folder(f"{name}/")
    return Place(url=rclone_server.url + quote(name), user=rclone_server.user, password=rclone_server.password)


def wait_for_port(port: int) -> None:
    """Wait until something listens there."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}")


def _put(url: str, head: dict[str, str]) -> None:
    assert url.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(urllib.request.Request(url, method="PUT", headers=head | {"Content-Length": "0"})):  # noqa: S310
        pass
