"""The journeys of `tests/journeys/test_cut_links.py` for as long as one likes: a bundle from its assignment to the receipt.

    .venv/bin/python tests/benchmarks/cut_links.py [--rounds 20] [--seed N] [--kind folder|wsgidav|rclone|s3]

Each round takes another kind of place in turn and meets a dozen troubles at chosen moments: cuts after any byte in both directions,
killed clients and servers, parts that are truncated, corrupted or gone. It ends at the first untrue receipt, other digest or part that
was sent once too often.
"""

import argparse
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor_app.clock import SystemClock
from auditor_app.ids import new_id
from auditor_app.vault.keys import Secret
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office
from auditor_app.workspace import Me, create_workspace, open_workspace
from tests.journeys.cutting import Journey
from tests.journeys.cutting_laptop import journey_of

KINDS = ("folder", "wsgidav", "rclone", "s3")
TROUBLES = 12


@dataclass(frozen=True)
class Laptop:
    """An installation whose workspaces open without a passphrase."""

    installation: Path
    secret: Secret

    def open(self, folder: Path):
        return open_workspace(folder, secret=self.secret, installation=self.installation)


def main() -> None:
    """Go the way again and again; print what was met."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--rounds", type=int, default=20)
    wanted.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    wanted.add_argument("--kind", choices=KINDS)
    chosen = wanted.parse_args()
    met, again, began = Counter[str](), 0, time.monotonic()
    for number in range(chosen.rounds):
        kind = chosen.kind or KINDS[number % len(KINDS)]
        journey = go(kind, random.Random(f"{chosen.seed} {number}"))
        met.update(each for each in journey.said if each in Journey.TROUBLES)
        met.update(each.partition(":")[0] for each in journey.said if each.startswith(("truncated", "corrupted", "gone", "office")))
        again += journey.sent_again
        print(f"round {number + 1} ({kind}): {len(journey.said)} steps, {time.monotonic() - began:.0f} s", flush=True)
    counts = ", ".join(f"{count} {each}" for each, count in sorted(met.items()))
    print(f"seed {chosen.seed}: {chosen.rounds} bundles arrived with the same digests; {counts}")
    print(f"{again} parts went twice, never more than one a trouble")


def go(kind: str, chance: random.Random) -> Journey:
    """Go the way once."""
    folder = Path(tempfile.mkdtemp())
    laptop = Laptop(folder / "installation", secret := Secret.new())
    create_workspace(folder / "workspace", "pass", secret=secret, me=Me(id=new_id(SystemClock()), name="Ana Núñez", organisation="Andes"))
    office = found_office(folder / "office", "Office of Assurance", SystemClock())
    workspace = laptop.open(folder / "workspace")
    import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
    with journey_of(kind, folder, office, workspace, laptop, secret, chance) as journey:
        journey.go([chance.choice(Journey.TROUBLES) for _trouble in range(TROUBLES)], spoiled_at_the_end=3)
    shutil.rmtree(folder)
    return journey


if __name__ == "__main__":
    main()
