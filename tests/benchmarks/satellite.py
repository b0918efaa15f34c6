"""Sends over a simulated satellite link (600 ms there and back, 1 % loss each way, 2 Mbit/s) beside `rclone copy` of the same files.

    .venv/bin/python tests/benchmarks/satellite.py [--rounds 3] [--cuts 10] [--megabytes 16] [--control reno] [--seed N]

Needs root on Linux (network namespaces and a TUN device) and rclone, which is also the WebDAV server for both. The two take turns on the
same link; what is compared is bytes a second of each turn. Afterwards the same bundle is sent over the link while the program is killed
again and again, and what was sent twice is counted.
"""

import argparse
import heapq
import os
import random
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fcntl import ioctl
from pathlib import Path
from struct import pack

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor_app.clock import SystemClock
from auditor_app.vault.keys import Secret
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.mailboxes import Place, keep_mailbox
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Me, create_workspace, open_workspace
from tests.quick_key import quick_key

ONE_WAY_SECONDS, LOSS, BYTES_A_SECOND = 0.3, 0.01, 250_000
QUEUE_SECONDS = 0.6
"""How long a packet may wait for its turn before the link drops it: as much as is under way."""
TUNSETIFF, TUN_WITHOUT_HEADER = 0x400454CA, 0x1001
NEAR, FAR = "sat-near", "sat-far"
USER, PASSWORD = "anna", "Zinkblende-7"
ROOT = Path(__file__).parents[2]


class Direction:
    """One way through the link: packets in at one end, out at the other, later, slower, and not all of them."""

    def __init__(self, source: int, target: int, chance: random.Random) -> None:
        self.source, self._target, self._chance = source, target, chance
        self._free_at = 0.0
        self._waiting: list[tuple[float, int, bytes]] = []
        self._count = 0

    def take(self, now: float) -> None:
        """Take a packet in."""
        packet = os.read(self.source, 65536)
        begins = max(now, self._free_at)
        if begins - now > QUEUE_SECONDS or self._chance.random() < LOSS:
            return
        self._free_at = begins + len(packet) / BYTES_A_SECOND
        self._count += 1
        heapq.heappush(self._waiting, (self._free_at + ONE_WAY_SECONDS, self._count, packet))

    def give(self, now: float) -> float:
        """Let out what is due; gives when the next one is."""
        while self._waiting and self._waiting[0][0] <= now:
            os.write(self._target, heapq.heappop(self._waiting)[2])
        return self._waiting[0][0] if self._waiting else now + 1


def relay(near: int, far: int, chance: random.Random, ended: threading.Event) -> None:
    """Pass packets on in both directions until it is over."""
    ways = (Direction(near, far, chance), Direction(far, near, chance))
    while not ended.is_set():
        now = time.monotonic()
        due = min(way.give(now) for way in ways)
        ready, _, _ = select.select([near, far], [], [], max(0.0, min(due - now, 0.2)))
        for way in ways:
            if way.source in ready:
                way.take(time.monotonic())


def device(name: str) -> int:
    """Make a TUN device and give its end."""
    end = os.open("/dev/net/tun", os.O_RDWR)
    ioctl(end, TUNSETIFF, pack("16sH", name.encode(), TUN_WITHOUT_HEADER))
    return end


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@contextmanager
def link(chance: random.Random, control: str) -> Iterator[None]:
    """Lay the link between two network namespaces, 10.99.0.1 and 10.99.0.2."""
    ended, ends, thread = threading.Event(), [], None
    try:
        for space, own, other in ((NEAR, "10.99.0.1", "10.99.0.2"), (FAR, "10.99.0.2", "10.99.0.1")):
            run("ip", "netns", "add", space)
            ends.append(device(space))
            run("ip", "link", "set", space, "netns", space)
            inside = ("ip", "netns", "exec", space)
            run(*inside, "ip", "addr", "add", own, "peer", other, "dev", space)
            run(*inside, "ip", "link", "set", space, "mtu", "1500", "up")
            run(*inside, "ip", "link", "set", "lo", "up")
            run(*inside, "sysctl", "-w", f"net.ipv4.tcp_congestion_control={control}")
        thread = threading.Thread(target=relay, args=(*ends, chance, ended), daemon=True)
        thread.start()
        yield
    finally:
        ended.set()
        if thread:
            thread.join()
        for space in (NEAR, FAR):
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)
        for end in ends:
            os.close(end)


@contextmanager
def server(folder: Path) -> Iterator[None]:
    """Serve a folder over WebDAV at the far end; what it is asked is written to `puts.log` beside it."""
    words = ["rclone", "serve", "webdav", str(folder), "--addr", "10.99.0.2:8080", "--user", USER, "--pass", PASSWORD]
    words += ["-v", "--dir-cache-time", "1s"]
    with (folder.parent / "puts.log").open("wb") as log, subprocess.Popen(["ip", "netns", "exec", FAR, *words], stderr=log) as running:
        try:
            time.sleep(2)
            yield
        finally:
            running.kill()


def puts(folder: Path) -> list[str]:
    """Give the parts that were put, each as often as it was, from the server's log."""
    lines = (folder.parent / "puts.log").read_text(errors="replace").splitlines()
    return [line.rsplit("/objects/", 1)[1].split(":")[0] for line in lines if "/objects/" in line and " PUT" in line]


class Laptop:
    """A workspace with one bundle of photos and films that waits."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self.installation = folder / "workspace", folder / "installation"
        self._secret: Secret = create_workspace(self.folder, "pass", me=Me(id="auditor-ana", name="Ana Núñez", organisation="Andes"))
        quick_key(self.folder, self._secret, "pass")
        office = found_office(folder / "office", "Office", SystemClock())
        with self.open() as workspace:
            import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
            visit, _ = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Río Seco", "site_type": "smelter"})
            (folder / "card").mkdir()
            for number, share in enumerate([0.25, 0.25] + [0.02] * 25):
                file = folder / "card" / f"{number}.bin"
                file.write_bytes(os.urandom(int(megabytes * 1e6 * share)))
                take_in(workspace, visit, file)
            make_report(workspace, visit, sign=True)
            self.bundle = make_bundle(workspace, visit).id
        self.files = self.folder / "outgoing" / self.bundle
        self.size = sum(path.stat().st_size for path in self.files.rglob("*") if path.is_file())

    def open(self):
        return open_workspace(self.folder, secret=self._secret, installation=self.installation)

    def send_to(self, url: str) -> None:
        """Name another mailbox, so that everything goes anew."""
        with self.open() as workspace:
            workspace.db.execute("UPDATE bundles SET sent_at = ''")
            workspace.db.conn.commit()
            keep_mailbox(workspace, Place(url=url, user=USER, password=PASSWORD))

    def sync(self) -> subprocess.Popen[bytes]:
        """Start the program as a person does, at the near end."""
        words = [sys.executable, "-c", "from auditor_app.cli.main import main; main()", "--workspace", str(self.folder), "sync"]
        inside = {"AUDITOR_PASSPHRASE": "pass", "AUDITOR_INSTALLATION": str(self.installation), "PYTHONPATH": str(ROOT)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(["ip", "netns", "exec", NEAR, *words], env={**os.environ, **inside}, cwd=ROOT, **pipes)


def main() -> None:
    """Take turns, then kill; print the ratio and what was sent twice."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--cuts", type=int, default=10)
    wanted.add_argument("--megabytes", type=int, default=16)
    wanted.add_argument("--seed", type=int, default=random.randrange(10**6))
    wanted.add_argument("--control", default="reno", help="TCP's congestion control: reno, cubic or bbr, as this system allows.")
    chosen = wanted.parse_args()
    chance, folder = random.Random(chosen.seed), Path(tempfile.mkdtemp())
    (folder / "server").mkdir()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        laptop = Laptop(folder, chosen.megabytes)
        stack.enter_context(link(random.Random(chosen.seed), chosen.control))
        stack.enter_context(server(folder / "server"))
        print(f"seed {chosen.seed}; {laptop.size / 1e6:.1f} MB in {len(list(laptop.files.rglob('*.age')))} sealed files", flush=True)
        ratio = compare(laptop, folder / "server", chosen.rounds)
        again = kill(laptop, folder / "server", chosen.cuts, chance)
    sys.exit(0 if ratio >= 1 and again <= chosen.cuts else 1)


def compare(laptop: Laptop, served: Path, rounds: int) -> float:
    """Send with each in turn; gives the ratio of the medians."""
    ours, theirs = [], []
    for number in range(rounds):
        ours.append(laptop.size / timed_sync(laptop, served, f"ours-{number}"))
        theirs.append(laptop.size / timed_rclone(laptop, f"theirs-{number}"))
        print(f"turn {number + 1}: {ours[-1] / 1e3:.0f} kB/s, rclone copy {theirs[-1] / 1e3:.0f} kB/s", flush=True)
    here, there = statistics.median(ours), statistics.median(theirs)
    print(f"goodput: {here / 1e3:.0f} kB/s beside {there / 1e3:.0f} of rclone copy: {here / there:.2f} (wanted 1.00)")
    return here / there


def timed_sync(laptop: Laptop, served: Path, name: str) -> float:
    (served / name).mkdir()
    laptop.send_to(f"http://10.99.0.2:8080/{name}")
    began = time.monotonic()
    with laptop.sync() as running:
        told = running.stdout.read().decode()
    assert running.returncode == 0, told
    seconds = time.monotonic() - began
    assert (served / name / "inbox" / laptop.bundle / "bundle.json").is_file(), told
    return seconds


def timed_rclone(laptop: Laptop, name: str) -> float:
    hidden = subprocess.run(["rclone", "obscure", PASSWORD], check=True, capture_output=True, text=True).stdout.strip()
    remote = f":webdav,url='http://10.99.0.2:8080',vendor=other,user={USER},pass='{hidden}':{name}"
    began = time.monotonic()
    run("ip", "netns", "exec", NEAR, "rclone", "copy", str(laptop.files), remote)
    return time.monotonic() - began


def kill(laptop: Laptop, served: Path, cuts: int, chance: random.Random) -> float:
    """Kill the program while it sends, again and again; gives how many parts' worth of bytes was sent twice."""
    (served / "killed").mkdir()
    laptop.send_to("http://10.99.0.2:8080/killed")
    before, killed = len(puts(served)), 0
    while killed < cuts:
        with laptop.sync() as running:
            try:
                running.wait(chance.uniform(4, 14))
                break
            except subprocess.TimeoutExpired:
                running.kill()
                killed += 1
    with laptop.sync() as running:
        told = running.stdout.read().decode()
    assert running.returncode == 0, told
    put = Counter(puts(served)[before:])
    sizes = {path.name: path.stat().st_size for path in (served / "killed").rglob("objects/*")}
    whole = sum(sizes.values())
    again = sum(sizes.get(name, 0) * (times - 1) for name, times in put.items())
    with laptop.open() as workspace:
        part = workspace.fact("line")["size"]
    told = f"{again / 1e3:.0f} kB were put twice: {again / part:.1f} parts of {part / 1e3:.0f} kB"
    print(f"{killed} kills: {whole / 1e6:.1f} MB in {len(sizes)} slices put; {told} (wanted at most {cuts})")
    return again / part


if __name__ == "__main__":
    main()
