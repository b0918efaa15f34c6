"""Kills at random moments while answers and evidence come in: nothing that was said to be saved may be missing, no row be left over.

.venv/bin/python tests/benchmarks/kills.py [--kills 200] [--seed N]

Every second kill hits a real window at which texts are typed, checks answered and files dropped; the others hit the workflows without
a window, which change far more in the same time. After each kill the workspace is opened, checked and compared with all that was said.
"""

import argparse
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor_app.clock import SystemClock
from auditor_app.ids import new_id
from auditor_app.workflows.visits import begin_visit
from auditor_app.workflows.workspaces import check
from auditor_app.workspace import Me, create_workspace, open_workspace
from tests.journeys.killing import RECORDER, WINDOW, Killing


def main() -> None:
    """Kill, and print what was lost: nothing."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--kills", type=int, default=200)
    wanted.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    chosen = wanted.parse_args()
    folder = Path(tempfile.mkdtemp())
    killing = prepared(folder, random.Random(chosen.seed))
    began, told = time.monotonic(), Counter[str]()
    for kill in range(chosen.kills):
        said = killing.kill((RECORDER, WINDOW)[kill % 2])
        told.update(line[0] for line in said)
        told["message after a kill"] += any(line[0] == "told" and "ended unexpectedly" in line[1] for line in said)
        if (kill + 1) % 20 == 0:
            print(f"{kill + 1} kills, {len(killing.said)} lines said, {time.monotonic() - began:.0f} s", flush=True)
    with killing.open() as opened:
        faults = check(opened, deep=True)
    shutil.rmtree(folder)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(told.items()))
    print(f"seed {chosen.seed}: {chosen.kills} kills; said and found again: {counts}; faults of the deep check at the end: {faults}")
    sys.exit(1 if faults else 0)


def prepared(folder: Path, chance: random.Random) -> Killing:
    """Make a workspace with one visit to be killed over."""
    installation, card = folder / "installation", folder / "card"
    card.mkdir()
    secret = create_workspace(folder / "workspace", "killed", me=Me(id=new_id(SystemClock()), name="Ana Núñez"))
    with open_workspace(folder / "workspace", secret=secret, installation=installation) as workspace:
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Quebrada Grande", "site_type": "smelter"})
    reopen = lambda: open_workspace(folder / "workspace", secret=secret, installation=installation)  # noqa: E731
    return Killing(folder / "workspace", installation, visit, card, secret, open=reopen, chance=chance)


if __name__ == "__main__":
    main()
