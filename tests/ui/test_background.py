"""Work beside the window: in order, told in the window's thread, dropped when nobody is left to be told."""

import threading

import pytest
from PySide6.QtCore import QObject

from auditor_app.domain.changes import Changes
from auditor_app.errors import Cancelled, NotAllowed
from auditor_app.ui.background import Background, Beside


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    made.close()


class _Place:
    """Stands for a workspace where only its being opened and closed matters."""

    def __init__(self):
        self.closed = False

    def close(self):
        self.closed = True


@pytest.fixture
def place(background, qtbot):
    place, owner, opened = _Place(), QObject(), []
    background.open(lambda: place, owner=owner, done=opened.append)
    qtbot.waitUntil(lambda: bool(opened))
    return place


def test_work_runs_in_the_order_of_asking_and_is_told_in_the_windows_thread(background, place, qtbot):
    told, owner = [], QObject()
    for number in range(200):
        background.run(lambda _place, number=number: number, owner=owner, done=lambda n: told.append((n, threading.current_thread())))
    qtbot.waitUntil(lambda: len(told) == 200)
    assert [number for number, _thread in told] == list(range(200))
    assert {thread for _number, thread in told} == {threading.main_thread()}


def test_a_result_for_a_widget_that_is_gone_is_dropped_but_its_changes_are_still_announced(background, place, qtbot):
    changes, told, announced, owner = Changes(visit="v", subjects=frozenset(), saved_at="now"), [], [], QObject()
    background.changed.connect(announced.append)
    background.change(lambda _place: ("id", changes), owner=owner, done=told.append)
    owner.deleteLater()
    qtbot.waitUntil(lambda: bool(announced))
    assert announced == [changes]
    assert told == []


def test_saving_is_counted_until_it_is_committed_and_a_failure_is_told_twice_over(background, place, qtbot):
    waiting, not_saved, problems, owner = [], [], [], QObject()
    background.waiting.connect(waiting.append)
    background.not_saved.connect(not_saved.append)
    background.problem.connect(problems.append)

    def refuse(_place):
        raise NotAllowed("reason_missing", criterion="17")

    background.change(refuse, owner=owner)
    assert waiting == [1]
    qtbot.waitUntil(lambda: bool(problems))
    assert waiting == [1, 0]
    assert not_saved == problems


def test_cancelled_work_ends_at_its_next_report_and_tells_only_who_asked(background, qtbot):
    begun, ended, problems, owner = threading.Event(), [], [], QObject()
    background.problem.connect(problems.append)

    def endless(progress):
        while True:
            progress("sealing", 1, 2)
            begun.set()

    job = background.work(endless, owner=owner, failed=ended.append)
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert isinstance(ended[0], Cancelled)
    assert problems == []


def test_progress_is_passed_on_at_a_bearable_pace_and_always_at_the_end(background, qtbot):
    told, ended, owner = [], [], QObject()

    def busy(progress):
        for number in range(20_000):
            progress("sealing", number, 20_000)
        progress("sealing", 20_000, 20_000)
        return True

    background.work(busy, owner=owner, done=ended.append, progress=lambda _step, done, _total: told.append(done))
    qtbot.waitUntil(lambda: bool(ended), timeout=10_000)
    assert told[-1] == 20_000
    assert len(told) < 60


def test_closing_lets_a_running_write_finish_and_closes_the_workspace(qapp, qtbot):
    background, place, owner, written, opened = Background(), _Place(), QObject(), [], []
    background.open(lambda: place, owner=owner, done=opened.append)
    background.run(lambda _place: (threading.Event().wait(0.2), written.append(True)), owner=owner)
    background.close()
    assert written
    assert place.closed


def test_saving_goes_on_while_something_very_long_runs_beside_the_workspace(background, place, qtbot):
    go_on, saved, told, owner = threading.Event(), [], [], QObject()
    steps = Beside(lambda _place: "plan", lambda plan, _progress: (go_on.wait(5), plan + " done")[1], lambda _place, _plan, result: result)
    background.run_beside(steps, owner=owner, done=told.append)
    background.change(lambda _place: "saved", owner=owner, done=saved.append)
    qtbot.waitUntil(lambda: saved == ["saved"])
    assert told == []
    go_on.set()
    qtbot.waitUntil(lambda: told == ["plan done"])


def test_how_far_it_came_is_noted_when_something_beside_the_workspace_is_stopped(background, place, qtbot):
    began, noted, failed, owner = threading.Event(), [], [], QObject()

    def work(_plan, progress):
        while True:
            began.set()
            progress("sending", 1, 2)
            threading.Event().wait(0.01)

    steps = Beside(lambda _place: "plan", work, lambda _place, plan, result: noted.append((plan, result)))
    job = background.run_beside(steps, owner=owner, failed=failed.append)
    qtbot.waitUntil(began.is_set)
    job.cancel()
    qtbot.waitUntil(lambda: bool(failed))
    assert noted == [("plan", None)]
    assert isinstance(failed[0], Cancelled)
