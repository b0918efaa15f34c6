"""`auditor-office receive --watch` as a program of its own: asked to stop, and killed, in the middle of fetching."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from auditor_app.clock import SystemClock
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.mailboxes import set_mailbox
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office
from auditor_app.workflows.office.receiving import receive_mailbox, registered
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import send
from auditor_app.workflows.visits import begin_visit
from tests.conftest import Laptop
from tests.webdav_server import PASSWORD, USER, WebdavServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals to another program are of other systems")

FETCHED_FIRST = 3
"""Parts that are fetched before the gate closes: the two that say whose the bundle is, and one more."""


class Gate(list[tuple[str, str]]):
    """What a server was asked; a request for a part waits here until it is let through."""

    def __init__(self) -> None:
        self.parts, self.reached, self.opened = 0, threading.Event(), threading.Event()
        super().__init__()

    def append(self, asked: tuple[str, str]) -> None:
        super().append(asked)
        if asked[0] == "GET" and "/objects/" in asked[1]:
            self.parts += 1
            if self.parts > FETCHED_FIRST:
                self.reached.set()
                self.opened.wait(60)


@dataclass
class Watched:
    """An office, a mailbox in which one bundle waits behind a gate, and the program that watches it."""

    office: Office
    server: WebdavServer
    gate: Gate
    password: Path
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str, url: str = "") -> subprocess.Popen[str]:
        code = "from auditor_app.cli.office import main; main()"
        place = ("--mailbox", url or f"{self.server.url}/", "--user", USER, "--password-file", str(self.password))
        line = [sys.executable, "-c", code, "--office", str(self.office.folder), "receive", *place, *words]
        self.running.append(subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        return self.running[-1]

    def quarantined(self) -> set[str]:
        return {path.name for path in self.office.quarantine.rglob("*") if path.is_file() and path.suffix != ".json"}


@pytest.fixture
def watched(tmp_path, secret, workspace_template) -> Iterator[Watched]:
    clock, gate = SystemClock(), Gate()
    (tmp_path / "mailbox").mkdir()
    office = found_office(tmp_path / "office", "Office of Assurance", clock, mailbox=str(tmp_path / "mailbox"))
    with Laptop(folder=tmp_path / "laptop", clock=clock, secret=secret, template=workspace_template).workspace() as workspace:
        import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
        visit, _ = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Río Seco", "site_type": "smelter"})
        (tmp_path / "note.txt").write_text("a piece of evidence")
        take_in(workspace, visit, tmp_path / "note.txt")
        make_report(workspace, visit, sign=True)
        set_mailbox(workspace, str(tmp_path / "mailbox"))
        send(workspace, make_bundle(workspace, visit).id)
    (tmp_path / "password").write_text(PASSWORD)
    server = WebdavServer(folder=tmp_path / "mailbox", requests=gate)
    serving = server.run()
    next(serving)
    found = Watched(office, server, gate, tmp_path / "password")
    yield found
    gate.opened.set()
    for one in found.running:
        one.kill()
        one.communicate()
    next(serving, None)


def until(holds) -> None:
    """Wait until something holds."""
    for _turn in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("it never came")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_in_the_middle_of_a_fetch_it_ends_well_and_the_next_call_goes_on(watched, how):
    program = watched.start("--watch")
    assert watched.gate.reached.wait(60)
    program.send_signal(how)
    time.sleep(0.3)
    watched.gate.opened.set()
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out) == (0, "")
    assert err == "Stopped. What was fetched is kept, and the next call goes on from there.\n"
    assert registered(watched.office) == []
    kept = watched.quarantined()
    assert len(kept) >= FETCHED_FIRST and not [name for name in kept if name.endswith(".part")]
    before = watched.gate.parts
    again = watched.start("--json")
    assert [one["outcome"] for one in json.loads(again.communicate(timeout=60)[0])] == ["received"]
    assert watched.gate.parts - before == len(list(watched.server.folder.glob("inbox/*/objects/*"))) - len(kept)
    assert watched.quarantined() == set()


def test_killed_in_the_middle_of_a_fetch_it_leaves_nothing_that_stands_in_the_way(watched):
    program = watched.start("--watch")
    assert watched.gate.reached.wait(60)
    program.kill()
    program.communicate()
    watched.gate.opened.set()
    assert [one.outcome for one in receive_mailbox(watched.office)] == ["received"]
    assert watched.quarantined() == set()


def test_it_goes_on_after_a_mailbox_that_cannot_be_reached_and_tells_so_once(watched):
    watched.gate.opened.set()
    mailbox, away = watched.server.folder, watched.server.folder.with_name("away")
    mailbox.rename(away)
    program = watched.start("--watch", "--every", "1", url=str(mailbox))
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.extend(program.stderr), daemon=True)
    reading.start()
    until(lambda: said)
    time.sleep(2.5)
    away.rename(mailbox)
    until(lambda: registered(watched.office))
    program.terminate()
    assert program.wait(60) == 0
    reading.join(10)
    assert [line.split(":")[0] for line in said] == [
        "Not now",
        "Stopped. What was fetched is kept, and the next call goes on from there.\n",
    ]
    assert "Río Seco" in program.stdout.read()
