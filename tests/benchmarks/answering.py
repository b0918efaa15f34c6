"""From an answer to its durable commit: number of fsync calls, and time as a ratio to a bare SQLCipher commit in the same run.

.venv/bin/python tests/benchmarks/answering.py      (counts fsync with strace where it is installed)
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from large_visit import make

from auditor_app.sqlite_driver import Database, open_database
from auditor_app.vault.keys import read_secret
from auditor_app.workflows.criteria import answer
from auditor_app.workspace import open_workspace

ROUNDS, WARM = 600, 20


def in_turns(folder: Path, secret: str, visit: str) -> tuple[float, float]:
    """Give the median seconds of one answer and of one bare commit of one row, taken in turns because disks have moods."""
    bare = open_database(folder / "bare.db", bytes(32))
    bare.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, value TEXT)")
    ours, theirs = list[float](), list[float]()
    with open_workspace(folder / "workspace", secret=read_secret(secret), installation=folder / "installation") as workspace:
        for turn in range(ROUNDS):
            value = ("met", "partly")[turn % 2]
            ours.append(timed(lambda value=value: answer(workspace, visit, "17-d1", value)))
            theirs.append(timed(lambda value=value: commit(bare, value)))
    bare.close()
    return median(ours[WARM:]), median(theirs[WARM:])


def answers(folder: Path, secret: str, visit: str) -> None:
    """Answer and do nothing else, for counting."""
    with open_workspace(folder / "workspace", secret=read_secret(secret), installation=folder / "installation") as workspace:
        for turn in range(ROUNDS):
            answer(workspace, visit, "17-d1", ("met", "partly")[turn % 2])


def commit(bare: Database, value: str) -> None:
    """Commit one row to a bare SQLCipher database with the same durability."""
    with bare.atomic():
        bare.execute("INSERT INTO answers (value) VALUES (?)", [value])


def timed(act: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def count_fsyncs(arguments: list[str]) -> float | None:
    """Count fsync and fdatasync calls per answer of a process of its own."""
    if shutil.which("strace") is None:
        return None
    trace = ["strace", "-f", "-e", "trace=fsync,fdatasync", sys.executable, __file__, "--only-answers", *arguments]
    told = subprocess.run(trace, capture_output=True, text=True, check=True).stderr
    return sum("sync(" in line for line in told.splitlines()) / ROUNDS


def main() -> None:
    """Measure and print ratios."""
    folder = Path(tempfile.mkdtemp())
    secret, visit = make(folder / "workspace", folder / "installation")
    ours, bare = in_turns(folder, str(secret.identity), visit)
    print(f"answer to durable commit {ours * 1e3:.2f} ms, bare SQLCipher commit {bare * 1e3:.2f} ms")
    print(f"ratio {ours / bare:.2f} (at most 2)")
    print(f"fsync calls per answer {count_fsyncs([str(folder), str(secret.identity), visit])} (at most 2)")
    shutil.rmtree(folder)


if __name__ == "__main__":
    if "--only-answers" in sys.argv:
        answers(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        main()
