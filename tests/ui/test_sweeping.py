"""Python's search for circular garbage waits until nobody touches the window."""

import gc
import time
import weakref

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from auditor_app.ui.sweeping import REST, Sweeper


class _Circle:
    def __init__(self):
        self.itself = self


@pytest.fixture
def sweeper(window):
    yield Sweeper(window, window.background)
    gc.enable()
    gc.unfreeze()


def _garbage():
    gone = weakref.ref(_Circle())
    kept = [[] for _number in range(2_000)]  # more new objects than Python lets pass by itself
    return gone, kept


def test_garbage_stays_while_the_window_is_touched_and_goes_when_it_rests(sweeper, window):
    gone, kept = _garbage()
    QTest.mouseMove(window.windowHandle(), QPoint(30, 30))
    sweeper._look()
    assert gone() is not None, "a search now would be felt"
    assert len(kept) == 2_000
    sweeper._touched = time.monotonic() - REST - 1
    sweeper._look()
    assert gone() is None


def test_later_searches_leave_the_program_itself_out(sweeper, window, settled):
    settled(window)
    sweeper._touched = 0.0
    assert not gc.get_freeze_count()
    all_kept = []
    for _time in range(2):
        gone, kept = _garbage()
        all_kept.append(kept)
        sweeper._look()
        assert gone() is None
        assert len(gc.get_objects()) < gc.get_freeze_count()


def test_a_touch_is_noticed_wherever_it_goes(sweeper, window):
    sweeper._touched = 0.0
    QTest.mouseMove(window.windowHandle(), QPoint(40, 60))
    assert time.monotonic() - sweeper._touched < 1


def test_nothing_is_searched_while_something_is_under_way(sweeper, window, settled):
    gone, _kept = _garbage()
    sweeper._touched = 0.0
    window.background.work(lambda _progress: time.sleep(0.05), owner=window)
    sweeper._look()
    assert gone() is not None
    settled(window)
    sweeper._look()
    assert gone() is None
