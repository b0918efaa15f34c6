"""Nothing acknowledged is lost: programs are killed again and again while they record. More kills: tests/benchmarks/kills.py."""

import random

import pytest

from auditor_app.workflows.workspaces import check
from tests.journeys.killing import RECORDER, WINDOW, Killing

KILLS = 12
WINDOW_KILLS = 3


@pytest.fixture
def killing(workspace, visit, laptop, secret, tmp_path):
    folder, card = workspace.folder, tmp_path / "card"
    card.mkdir()
    workspace.close()
    return Killing(folder, laptop.installation, visit, card, secret, open=lambda: laptop.open(folder), chance=random.Random())


def test_what_was_acknowledged_before_a_kill_is_there_after_it(killing):
    devices = {killing.kill(RECORDER)[0][1] for _ in range(KILLS)}
    assert len(killing.said) > KILLS * 5, "there was something to lose"
    assert len(devices) == 1, "a kill makes no new device"
    with killing.open() as opened:
        assert check(opened, deep=True) == []


def test_what_the_window_called_saved_is_there_after_a_kill_and_the_next_start_says_so(killing):
    starts = [{line[0]: line[1:] for line in killing.kill(WINDOW)} for _ in range(WINDOW_KILLS)]
    told = [start["told"][0] for start in starts if "told" in start]
    assert told[0] == ""
    assert all("ended unexpectedly" in words for words in told[1:]), told
