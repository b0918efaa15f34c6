"""Kills a program at random moments while it records, and compares what it had said is saved with what is there afterwards."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from auditor_app.digests import sha256_of_file
from auditor_app.vault.keys import Secret
from auditor_app.workflows.history import history
from auditor_app.workflows.workspaces import check
from auditor_app.workspace import Workspace

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
RECORDER, WINDOW = "recording.py", "window_at_work.py"
LONGEST = {RECORDER: 0.6, WINDOW: 6.0}
"""Seconds after the opening within which the kill comes."""


@dataclass
class Killing:
    """One workspace whose programs are killed; `said` is all that they ever acknowledged."""

    folder: Path
    installation: Path
    visit: str
    card: Path
    secret: Secret
    open: Callable[[], Workspace]
    chance: random.Random
    said: list[list[str]] = field(default_factory=list)

    def kill(self, program: str) -> list[list[str]]:
        """Run a program, kill it, and see that nothing acknowledged is missing and nothing is left half; gives what it said."""
        said = self._run_until_killed(program)
        self.said += said
        with self.open() as opened:
            assert check(opened) == []
            missing = self._missing(opened)
        assert missing == [], missing
        return said

    def _run_until_killed(self, program: str) -> list[list[str]]:
        seed, moment = self.chance.randrange(10**6), self.chance.uniform(0.0, LONGEST[program])
        places = (self.folder, self.installation, self.visit, self.card)
        command = [sys.executable, str(HERE / program), *map(str, places), str(seed)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, **pipes) as running:
            running.stdin.write(f"{self.secret.identity}\n".encode())
            running.stdin.close()
            first = running.stdout.readline()
            assert first.startswith(b"open"), running.stderr.read().decode()
            time.sleep(moment)
            running.kill()
            rest = running.stdout.read()
            told = running.stderr.read().decode()
            assert not told.replace("This plugin does not support propagateSizeHints()", "").strip(), told
        lines = (first + rest).decode().splitlines(keepends=True)
        return [line.rstrip("\n").split("\t") for line in lines if line.endswith("\n")]

    def _missing(self, opened: Workspace) -> list[list[str]]:
        """List what was acknowledged and is not in the history, or does not stand although nothing replaced it."""
        told = history(opened, self.visit)
        written = {(one.subject_kind, one.subject_id, one.field, str(one.value)) for one in told}
        state = opened.visit(self.visit)
        standing, deleted = {one.id for one in state.findings}, {one.subject_id for one in told if one.field == "deleted"}

        def is_there(kind: str, name: str, *words: str) -> bool:
            if kind == "evidence":
                item = state.evidence.get(name)
                return item is not None and item.name == Path(words[0]).name and sha256_of_file(Path(words[0])) == name
            if kind == "finding":
                return ("finding", name, "title", words[0]) in written and (name in standing or name in deleted)
            if kind == "withdrawn":
                return name in deleted
            entry = {"because": ("criterion", "because"), "note": ("check", "note"), "answer": ("check", "answer")}.get(kind)
            return entry is None or (entry[0], name, entry[1], words[0]) in written

        return [line for line in self.said if not is_there(*line)]
