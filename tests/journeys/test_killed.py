"""Nothing acknowledged is lost: a program is killed again and again while it records."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from auditor_app.digests import sha256_of_file
from auditor_app.workflows.history import history
from auditor_app.workflows.workspaces import check

KILLS = 15
ROOT = Path(__file__).parents[2]


def test_what_was_acknowledged_before_a_kill_is_there_after_it(workspace, visit, laptop, secret, tmp_path):
    folder, card = workspace.folder, tmp_path / "card"
    card.mkdir()
    workspace.close()
    said: list[list[str]] = []
    devices = set()
    for _ in range(KILLS):
        said += record_until_killed(folder, laptop.installation, visit, card, secret)
        devices |= {line[1] for line in said if line[0] == "open"}
        with laptop.open(folder) as opened:
            assert check(opened) == []
            compare(opened, visit, said)
    assert len(said) > KILLS * 5, "there was something to lose"
    assert len(devices) == 1, "a kill makes no new device"
    with laptop.open(folder) as opened:
        assert check(opened, deep=True) == []


def record_until_killed(folder: Path, installation: Path, visit: str, card: Path, secret) -> list[list[str]]:
    """Run recording.py and kill it at a random moment after it opened; gives what it said in whole lines."""
    command = [sys.executable, str(Path(__file__).with_name("recording.py")), str(folder), str(installation), visit, str(card)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, **pipes) as running:
        running.stdin.write(f"{secret.identity}\n".encode())
        running.stdin.close()
        first = running.stdout.readline()
        assert first.startswith(b"open"), running.stderr.read().decode()
        time.sleep(random.uniform(0.0, 0.5))
        running.kill()
        rest = running.stdout.read()
        assert running.stderr.read() == b""
    lines = (first + rest).decode().splitlines(keepends=True)
    return [line.rstrip("\n").split("\t") for line in lines if line.endswith("\n")]


def compare(opened, visit: str, said: list[list[str]]) -> None:
    """See that every acknowledged value is in the history and the last of each is what stands."""
    told = history(opened, visit)
    becauses = {(one.subject_id, one.value) for one in told if one.field == "because"}
    titles = {one.subject_id: one.value for one in told if one.field == "title"}
    deleted = {one.subject_id for one in told if one.field == "deleted"}
    evidence = opened.visit(visit).evidence
    for kind, name, *words in said:
        if kind == "because":
            assert (name, words[0]) in becauses
        elif kind == "finding":
            assert titles[name] == words[0]
        elif kind == "withdrawn":
            assert name in deleted
        elif kind == "evidence":
            assert sha256_of_file(Path(words[0])) == name
            assert evidence[name].name == Path(words[0]).name
    standing = {one.id for one in opened.visit(visit).findings}
    assert {name for kind, name, *_ in said if kind == "finding"} - deleted <= standing
