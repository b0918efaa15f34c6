"""Scrolls 5,000 small pictures in a real window by wheel, by page and by the bar, and prints the longest frame of the UI thread.

QT_QPA_PLATFORM=offscreen .venv/bin/python tests/benchmarks/scrolling.py [--workspace DIR]    (xvfb-run -a: on a real platform)

A frame is one turn of the UI thread's event loop: handling events, laying out, painting, and waiting for other threads of the program.
A timer that fires once in each turn measures it; on Linux, what other programs took of the processor is told apart and not counted.
`--workspace` keeps the large visit for the next time.
"""

import argparse
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from large_visit import PASSPHRASE, PIECES, make
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyleOptionSlider, QWidget

from auditor_app.ids import VisitId
from auditor_app.ui.app import start
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.screens.evidence.tiles import KEPT
from auditor_app.workflows.visits import list_visits
from auditor_app.workflows.workspaces import open_existing

MOST_MS = 50
STEP_MS = 16


class Frame(NamedTuple):
    """How many milliseconds a frame took, how many of them the thread was at work, and how many other programs had its processor."""

    whole: float
    work: float
    taken: float

    @property
    def own(self) -> float:
        """Give what the frame takes where no other program wants the processor: work, and waiting for threads of this one."""
        return self.whole - self.taken


class Frames:
    """Notes the time between two turns of the UI thread's event loop."""

    def __init__(self) -> None:
        """Let a timer call once in each turn, at most every millisecond."""
        self._frames: list[Frame] = []
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last = self._now()
        self._timer = QTimer(interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def take(self) -> list[Frame]:
        """Give the frames since the last time."""
        taken, self._frames = self._frames, []
        return taken

    def _turn(self) -> None:
        now, last = self._now(), self._last
        self._frames.append(Frame(*(new - old for new, old in zip(now, last, strict=True))))
        self._last = now

    def _now(self) -> Frame:
        taken = int(self._schedule.read_text().split()[1]) / 1e6 if self._schedule.exists() else 0.0
        return Frame(time.perf_counter() * 1e3, time.thread_time() * 1e3, taken)


def wait(until: Callable[[], bool], most_ms: int = 120_000) -> None:
    """Let the window work until something is so."""
    loop, timer = QEventLoop(), QTimer(interval=20)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(most_ms, loop.quit)
    loop.exec()


def rest(milliseconds: int = 300) -> None:
    """Let the window finish what came of the last step."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def at_pace(steps: Iterator[object]) -> None:
    """Do a step each time a screen would show the next frame."""
    loop, timer = QEventLoop(), QTimer(interval=STEP_MS)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: loop.quit() if next(steps, loop) is loop else None)
    timer.start()
    loop.exec()


def in_window(widget: QWidget, at: QPoint) -> QPoint:
    """Turn a point of a widget into one of its window, which gets the events as from a hand."""
    return widget.mapTo(widget.window(), at)


def by_wheel(grid: QListView, notch: int = 120) -> Iterator[object]:
    """Turn the wheel one notch per frame, from the top to the end and back."""
    bar, handle = grid.verticalScrollBar(), grid.window().windowHandle()
    middle = in_window(grid.viewport(), grid.viewport().rect().center())
    for way, end in ((-notch, bar.maximum()), (notch, 0)):
        while bar.value() != end:
            yield QTest.wheelEvent(handle, middle, QPoint(0, way))


def by_page(grid: QListView) -> Iterator[object]:
    """Press Page Down to the end, and Page Up back."""
    handle = grid.window().windowHandle()
    for key, end in ((Qt.Key.Key_PageDown, PIECES - 1), (Qt.Key.Key_PageUp, 0)):
        before = -1
        while grid.currentIndex().row() not in {end, before}:
            before = grid.currentIndex().row()
            yield QTest.keyClick(handle, key)


def by_dragging(grid: QListView) -> Iterator[object]:
    """Drag the handle of the bar down and up in 300 moves."""
    bar, window = grid.verticalScrollBar(), grid.window().windowHandle()
    bar.setValue(0)
    option = QStyleOptionSlider()
    bar.initStyleOption(option)
    handle = bar.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar).center()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(window, left, none, in_window(bar, handle))
    for move in (*range(150), *range(150, -1, -1)):
        at = QPoint(handle.x(), handle.y() + (bar.height() - handle.y()) * move // 150)
        yield QTest.mouseMove(window, in_window(bar, at))
    QTest.mouseRelease(window, left, none, in_window(bar, handle))


def tell(name: str, frames: list[Frame]) -> bool:
    """Print the longest frame; says whether all were short enough."""
    over, longest = sum(one.own > MOST_MS for one in frames), max(frames, key=lambda one: one.own)
    share = 100 * sum(one.work for one in frames) / sum(one.whole for one in frames)
    print(
        f"{name}: longest frame {longest.own:.0f} ms ({longest.work:.0f} at work; other programs took {longest.taken:.0f} more),"
        f" {over} of {len(frames)} over {MOST_MS} ms (none may be); at work {share:.0f} % of the time",
        flush=True,
    )
    return not over


def open_window(folder: Path) -> MainWindow:
    """Open the window over the large visit, at another stage than that of evidence."""
    window, visits = start(QApplication([])), list[VisitId]()
    window.background.open(lambda: open_existing(folder / "workspace", PASSPHRASE), owner=window, done=lambda _none: None)
    window.background.run(lambda workspace: [one.id for one in list_visits(workspace)], owner=window, done=visits.extend)
    wait(lambda: bool(visits))
    window.open_visit(visits[0], "plan")
    wait(lambda: window.opened is not None and not window.background.busy)
    return window


def go_there(window: MainWindow, frames: Frames) -> bool:
    """Go to the evidence twice: the first time its widgets are built, which counts for no scrolling."""
    for name in ("building the stage, once (not counted)", "going to the stage"):
        window.go_to("plan")
        rest()
        frames.take()
        QTimer.singleShot(0, window, lambda: window.go_to("evidence"))
        rest()
        wait(lambda: window.current_screen.grid.tiles.rowCount() == PIECES and not window.background.busy)
        good = tell(name, frames.take())
    return good


def scroll(window: MainWindow, frames: Frames) -> bool:
    """Scroll in the three ways, and tell how many pictures came meanwhile."""
    grid, good = window.current_screen.grid, True
    for name, steps in (("wheel", by_wheel(grid)), ("page keys", by_page(grid)), ("dragging the bar", by_dragging(grid))):
        grid.setFocus()
        before = set(grid.tiles.pictures)
        at_pace(steps)
        wait(lambda: not window.background.busy)
        rest()
        good = tell(name, frames.take()) and good
        print(f"  pictures loaded since: {len(set(grid.tiles.pictures) - before)} of at most {KEPT} kept", flush=True)
    return good


def save(window: MainWindow, frames: Frames) -> bool:
    """Save a caption, after which the whole visit is read anew beside the window."""
    screen = window.current_screen
    QTimer.singleShot(0, window, lambda: screen.details.caption.setPlainText("said while all 5,000 are shown"))
    wait(lambda: any(piece.title.startswith("said while") for piece in screen.grid.tiles.pieces))
    return tell("saving a caption", frames.take())


def measure(folder: Path) -> bool:
    """Measure everything; says whether no frame was too long."""
    window = open_window(folder)
    frames = Frames()
    good = all([go_there(window, frames), scroll(window, frames), save(window, frames)])
    window.background.close()
    return good


def main() -> None:
    """Make the visit if need be, measure, and end with 1 when a frame was too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, help="keep the large visit in this folder")
    kept = parser.parse_args().workspace
    with tempfile.TemporaryDirectory() as name:
        folder = kept or Path(name)
        os.environ["AUDITOR_INSTALLATION"] = str(folder / "installation")
        if not (folder / "workspace").exists():
            make(folder / "workspace", folder / "installation")
        work = Path(name) / "work"
        shutil.copytree(folder / "workspace", work / "workspace")
        good = measure(work)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
