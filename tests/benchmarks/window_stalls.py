"""How long the window ever stands still while evidence is taken in: 200 photos and a file of 1 GB, in a visit of 5,000 pieces.

    .venv/bin/python tests/benchmarks/window_stalls.py [--photos 200] [--megabytes 1000] [--stage evidence|criteria]

A timer ticks every 5 milliseconds in the window's thread; the longest gap between two ticks is how long it was blocked. Of each gap it is
told how long the thread was at work, how long it waited for our other threads, which hold Python's lock, and how long it was ready but
no processor was free. Only the last is not counted as our own making: it depends on how many processors there are and on who else uses
them. The same is measured with nothing to do. Ends with 1 when a gap of our own making was too long.
"""

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from intake import _large, _photos
from large_visit import make
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from auditor_app.ui.app import start
from auditor_app.ui.main_window import MainWindow
from auditor_app.workspace import open_workspace

MOST = 50
"""Milliseconds that the window may stand still."""


class Pulse:
    """Ticks in the window's thread and remembers the gaps; `good` says that none of our own making was too long."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=5)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        queue = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._queue = os.open(queue, os.O_RDONLY) if queue.exists() else None
        self._last = (0.0, 0.0, 0.0)
        self.gaps: list[tuple[float, ...]] = []
        self.good = True

    def measure(self, what: str, until: Callable[[], bool]) -> None:
        """Tick until something is true, and print the longest gaps."""
        self.gaps, self._last = [], self._now()
        self._timer.start()
        wait(until, 600_000)
        self._timer.stop()
        for gap, busy, queued in sorted(self.gaps, key=lambda one: one[2] - one[0])[:6]:
            rest = max(0.0, gap - busy - queued)
            print(f"  {gap:.0f} ms: {busy:.0f} at work, {rest:.0f} waiting for our other threads, {queued:.0f} for a processor")
        own = [gap - queued for gap, _busy, queued in self.gaps]
        over = sum(gap > MOST for gap in own)
        self.good = self.good and not over
        print(
            f"{what}: longest gap {max(own):.0f} ms of our own making (at most {MOST}), {over} of {len(own)} over;"
            f" {max(self.gaps)[0]:.0f} ms with the wait for a processor"
        )

    def _tick(self) -> None:
        now = self._now()
        self.gaps.append(tuple((new - old) * 1000 for new, old in zip(now, self._last, strict=True)))
        self._last = now

    def _now(self) -> tuple[float, float, float]:
        """Give the time, this thread's time at work, and its time waiting for a processor, in seconds."""
        queued = int(os.pread(self._queue, 99, 0).split()[1]) / 1e9 if self._queue is not None else 0.0
        return time.perf_counter(), time.thread_time(), queued


def wait(until: Callable[[], bool], most_ms: int) -> None:
    """Let the window work until something is true."""
    loop = QEventLoop()
    timer = QTimer(interval=50)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(most_ms, loop.quit)
    loop.exec()


def calm(window: MainWindow) -> Callable[[], bool]:
    """Give a question: is nothing under way in the window, three times in a row?"""
    rounds = [0]

    def is_calm() -> bool:
        rounds[0] = 0 if window.background.busy or window.navigation.intake.at_work else rounds[0] + 1
        return rounds[0] > 3

    return is_calm


def main() -> None:
    """Measure idle, photos, and the large file."""
    chosen = argparse.ArgumentParser()
    chosen.add_argument("--photos", type=int, default=200)
    chosen.add_argument("--megabytes", type=int, default=1000)
    chosen.add_argument("--stage", default="evidence")
    wanted = chosen.parse_args()
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("BENCHMARK_FOLDER")))
    os.environ["AUDITOR_INSTALLATION"] = str(folder / "installation")
    secret, visit = make(folder / "workspace", folder / "installation")
    photos, film = _photos(folder, wanted.photos, (4000, 3000)), _large(folder, wanted.megabytes)
    window = start(QApplication([]))
    window.background.open(
        lambda: open_workspace(folder / "workspace", secret=secret, installation=folder / "installation"),
        owner=window,
        done=lambda _none: None,
    )
    window.open_visit(visit, wanted.stage)
    wait(calm(window), 60_000)
    assert window.opened is not None, window.banner.text
    pulse, began = Pulse(), time.monotonic()
    pulse.measure("nothing to do", lambda: time.monotonic() - began > 3)
    window.navigation.intake.take_files(visit, photos)
    pulse.measure(f"{len(photos)} photos", calm(window))
    window.navigation.intake.take_files(visit, [film])
    pulse.measure(f"one file of {wanted.megabytes} MB", calm(window))
    print(window.banner.text)
    window.background.close()
    shutil.rmtree(folder)
    sys.exit(0 if pulse.good else 1)


if __name__ == "__main__":
    main()
