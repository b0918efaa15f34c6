"""From an answer to its durable commit: number of fsync calls, and time as a ratio to a bare SQLCipher commit in the same run.

.venv/bin/python tests/benchmarks/answering.py      (counts fsync with strace where it is installed)
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from large_visit import make

from auditor_app.sqlite_driver import open_database
from auditor_app.vault.keys import read_secret
from auditor_app.workflows.criteria import answer
from auditor_app.workspace import open_workspace

ROUNDS = 300


def answers(folder: Path, secret: str, visit: str) -> float:
    """Give the seconds of one answer, averaged."""
    with open_workspace(folder / "workspace", secret=read_secret(secret), installation=folder / "installation") as workspace:
        answer(workspace, visit, "17-d1", "not_seen")
        began = time.perf_counter()
        for round_ in range(ROUNDS):
            answer(workspace, visit, "17-d1", ("met", "partly")[round_ % 2])
        return (time.perf_counter() - began) / ROUNDS


def bare_commits(folder: Path) -> float:
    """Give the seconds of one commit of one row to a bare SQLCipher database with the same durability."""
    db = open_database(folder / "bare.db", bytes(32))
    db.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, value TEXT)")
    began = time.perf_counter()
    for round_ in range(ROUNDS):
        with db.atomic():
            db.execute("INSERT INTO answers (value) VALUES (?)", [("met", "partly")[round_ % 2]])
    return (time.perf_counter() - began) / ROUNDS


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
    ours = [answers(folder, str(secret.identity), visit) for _ in range(3)]
    bare = [bare_commits_fresh(folder) for _ in range(3)]
    print(f"answer to durable commit {min(ours) * 1e3:.2f} ms, bare SQLCipher commit {min(bare) * 1e3:.2f} ms")
    print(f"ratio {min(ours) / min(bare):.2f} (at most 2)")
    print(f"fsync calls per answer {count_fsyncs([str(folder), str(secret.identity), visit])} (at most 2)")
    shutil.rmtree(folder)


def bare_commits_fresh(folder: Path) -> float:
    """Measure bare commits on a fresh file."""
    (folder / "bare.db").unlink(missing_ok=True)
    return bare_commits(folder)


if __name__ == "__main__":
    if "--only-answers" in sys.argv:
        answers(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        main()
