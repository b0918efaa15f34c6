"""A bundle on its way from an assignment to the receipt over a mailbox that is cut, killed and spoiled at chosen moments.

The server is a process of its own, the client is `auditor sync`, and between them is a line that can be cut after any byte.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from auditor_app.digests import sha256_of_file
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.storage import Storage
from auditor_app.workflows.hand_over import find_bundle
from auditor_app.workflows.mailboxes import keep_mailbox
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.receiving import receive_mailbox, registered
from auditor_app.workflows.workspaces import check
from auditor_app.workspace import Workspace
from tests.object_stores import ACCESS_KEY, SECRET_KEY, wait_for_port
from tests.webdav_server import CuttingLine

ROOT = Path(__file__).parents[2]
BOX = "box"
UNAVAILABLE = 3
"""The exit code that says: try again."""


@dataclass
class Server:
    """A mailbox's server: it may be killed, and comes back at the same port with what it keeps on its disk (S3 here: with nothing)."""

    kind: str
    folder: Path
    port: int = 0
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not self.port:
            with socket.create_server(("127.0.0.1", 0)) as found:
                self.port = found.getsockname()[1]
        (self.folder / BOX).mkdir(parents=True, exist_ok=True)
        if self.kind == "folder":
            return
        self.running = subprocess.Popen(self._words(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
        wait_for_port(self.port)
        if self.kind == "s3":
            asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/{BOX}", method="PUT", headers={"Content-Length": "0"})
            urllib.request.urlopen(asked).close()  # noqa: S310

    def _words(self) -> list[str]:
        port = str(self.port)
        if self.kind == "rclone":
            return ["rclone", "serve", "webdav", str(self.folder), "--addr", f"127.0.0.1:{port}"]
        if self.kind == "s3":
            return [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port]
        own = ["--host=127.0.0.1", f"--port={port}", f"--root={self.folder}", "--auth=anonymous", "--no-config", "-q"]
        return [sys.executable, "-m", "wsgidav.server.server_cli", *own]

    def kill(self) -> None:
        if self.running:
            self.running.kill()
            self.running.wait()
            self.running = None

    @property
    def forgets(self) -> bool:
        """Say whether it loses everything when it is killed."""
        return self.kind == "s3"

    def place(self, port: int) -> Place:
        """Give its address, over a port of another."""
        if self.kind == "folder":
            return Place(url=str(self.folder / BOX))
        if self.kind == "s3":
            return Place(url=f"s3+http://127.0.0.1:{port}/{BOX}", user=ACCESS_KEY, password=SECRET_KEY)
        return Place(url=f"http://127.0.0.1:{port}/{BOX}")


@dataclass
class Journey:
    """One bundle of a laptop on its way to an office; `said` tells what was done to it, `costs` how many parts may have gone twice."""

    laptop: "LaptopFolder"
    office: Office
    server: Server
    line: CuttingLine
    bundle: str
    size: int
    chance: random.Random
    said: list[str] = field(default_factory=list)
    costs: int = 0
    spoiled: int = 0

    TROUBLES = ("cut up", "cut down", "cut all", "kill client", "kill server", "sleep", "spoil", "office early")

    def go(self, troubles: Sequence[str], *, spoiled_at_the_end: int = 1) -> None:
        """Meet troubles on the way there, then some more once everything is there, and arrive."""
        for kind in troubles:
            self.trouble(kind)
        self.sync()
        for _turn in range(spoiled_at_the_end):
            self.spoil()
            assert self.receive() != ["received"], self.said
            self.see_that_receipts_are_true()
        self.arrive()
        assert self.sent_again <= self.costs + self.spoiled, self.said

    def trouble(self, kind: str) -> None:
        """Let one sync meet one trouble, and see that nothing untrue is said afterwards."""
        self.said.append(kind)
        if kind == "spoil":
            self.spoil()
        elif kind == "office early":
            self.receive()
        elif self.server.kind == "folder":
            self._unplug() if kind != "kill client" else self._kill_while_it_writes()
        else:
            self._cut(kind)
        self.line.mend()
        self.see_that_receipts_are_true()

    def _cut(self, kind: str) -> None:
        left = self.size - sum(size for _path, size in self._inbox(self.storage()))
        after = self.chance.randrange(1, 6000 if kind == "cut down" else max(left, 0) + 5000)
        before = self.line.cuts
        with self._sync() as running:
            then = {"kill client": running.kill, "kill server": self.server.kill, "sleep": lambda: fall_asleep(running)}.get(kind)
            self.line.cut_after(after, downwards=kind == "cut down", all_of_it=kind not in ("cut up", "cut down"), then=then)
            told = running.communicate(timeout=150)[0].decode()
        self.said.append(f"after {after}: {running.returncode} {told}")
        assert running.returncode in (0, 3, -signal.SIGKILL), self.said
        assert running.returncode != UNAVAILABLE or "what was sent stays sent" in told.lower(), self.said
        if self.server.running is None:
            self.server.start()
        if kind == "kill server" and self.server.forgets:
            self.line.puts.clear()
            self.costs = self.spoiled = 0
        elif self.line.cuts > before:
            self.costs += 1

    def _unplug(self) -> None:
        """Take the folder away while a sync runs."""
        box, away = self.server.folder / BOX, self.server.folder / "away"
        wanted = self.chance.randrange(self.size)
        with self._sync() as running:
            while running.poll() is None and size_of(box) < wanted:
                time.sleep(0.002)
            box.rename(away)
            running.wait(120)
        if box.is_dir():  # made again by what was being written at that moment
            self.said.append(f"left behind: {size_of(box)}")
            shutil.rmtree(box)
        away.rename(box)

    def _kill_while_it_writes(self) -> None:
        wanted = self.chance.randrange(self.size)
        with self._sync() as running:
            while running.poll() is None and size_of(self.server.folder / BOX) < wanted:
                time.sleep(0.002)
            running.kill()

    def spoil(self) -> None:
        """Truncate, corrupt or delete something in the inbox, as a server does that lost its last seconds or its disk."""
        storage = self.storage()
        things = [path for path, _size in self._inbox(storage)]
        if not things:
            return
        victim, how = self.chance.choice(things), self.chance.choice(["truncated", "corrupted", "gone"])
        data = storage.read(victim, 64 << 20)
        self.said.append(f"{how}: {victim[-30:]}")
        if how == "gone":
            storage.delete(victim)
        else:
            storage.write(victim, data[: len(data) // 2] if how == "truncated" else bytes(len(data)))
        self.spoiled += 1

    def _inbox(self, storage: Storage) -> list[tuple[str, int]]:
        folders = [path for path, _size in storage.list("inbox/") if path.endswith("/")]
        found = [one for folder in folders for one in (*storage.list(folder), *storage.list(f"{folder}objects/"))]
        return [one for one in found if not one[0].endswith("/")]

    def storage(self) -> Storage:
        """Open the mailbox beside the line."""
        return open_place(self.server.place(self.server.port))

    def receive(self) -> list[str]:
        """Let the office receive, beside the line; gives the outcomes."""
        place = self.server.place(self.server.port)
        found = receive_mailbox(self.office, url=place.url, user=place.user, password=place.password)
        self.said += [f"office: {one.outcome}" for one in found]
        return [one.outcome for one in found]

    def sync(self) -> int:
        """Send and fetch once without trouble; gives the exit code."""
        with self._sync() as running:
            told = running.communicate(timeout=120)[0].decode()
        self.said.append(f"sync: {running.returncode} {told if running.returncode else ''}")
        return running.returncode

    @contextmanager
    def _sync(self):
        words = [sys.executable, "-c", "from auditor_app.cli.main import main; main()", "--workspace", str(self.laptop.folder), "sync"]
        inside = {"AUDITOR_PASSPHRASE": "pass", "AUDITOR_INSTALLATION": str(self.laptop.installation), "PYTHONPATH": str(ROOT)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        with subprocess.Popen(words, env={**os.environ, **inside}, cwd=ROOT, **pipes) as running:
            watch = threading.Timer(180, running.kill)
            watch.start()
            try:
                yield running
            finally:
                watch.cancel()

    def arrive(self) -> None:
        """Sync and receive without trouble until the receipt is here, and see that everything is as it was when the bundle was made."""
        self.sync()
        for _turn in range(5):
            self.receive()
            self.sync()
            with self.laptop.open() as workspace:
                record = find_bundle(workspace, self.bundle)
                if record.received_at:
                    assert check(workspace, deep=True) == [], self.said
                    self._see_that_it_is_the_same(record)
                    return
        raise AssertionError(f"no receipt came: {self.said}")

    def _see_that_it_is_the_same(self, record) -> None:
        made = {(one["name"], one["digest"]) for one in record.listing}
        folder = self.office.received / self.bundle
        held = {(path.relative_to(folder).as_posix(), sha256_of_file(path)) for path in folder.rglob("*") if path.is_file()}
        assert held == made, self.said

    def see_that_receipts_are_true(self) -> None:
        """A receipt, here or there, speaks only of what the office holds."""
        entered = {row["bundle"] for row in registered(self.office)}
        with self.laptop.open() as workspace:
            record = find_bundle(workspace, self.bundle)
        assert not record.received_at or self.bundle in entered, self.said
        if self.bundle in entered:
            self._see_that_it_is_the_same(record)

    @property
    def sent_again(self) -> int:
        """Tell how often a part went that had gone before."""
        return len(self.line.puts) - len(set(self.line.puts))


@dataclass(frozen=True)
class LaptopFolder:
    """A workspace that programs open, one after the other."""

    folder: Path
    installation: Path
    open: Callable[[], Workspace]

    def send_to(self, place: Place) -> None:
        with self.open() as workspace:
            keep_mailbox(workspace, place)


def fall_asleep(running: subprocess.Popen[bytes]) -> None:
    """Stop a program as a closed lid does; it goes on a while later and finds its connections gone."""
    if sys.platform == "win32":
        return
    running.send_signal(signal.SIGSTOP)
    threading.Timer(1.0, running.send_signal, [signal.SIGCONT]).start()


def size_of(folder: Path) -> int:
    """Add up a folder that others write to meanwhile."""
    total = 0
    for path, _folders, files in os.walk(folder):
        for name in files:
            try:
                total += (Path(path) / name).stat().st_size
            except OSError:
                continue
    return total
