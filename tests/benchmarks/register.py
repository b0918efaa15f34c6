"""Measures the register with 1,000 and with 10,000 visits: one more bundle received, and each ready query.

    .venv/bin/python tests/benchmarks/register.py [visits]

Both sizes are made and measured in turn in the same run; the ratio must stay below 2 for a ten times larger register. A visit has all 33
criteria rated, 8 improvement items, 40 pieces of evidence and 50 files. The bundle that is received is a real one, with one photo.
"""

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from auditor_app.clock import SystemClock
from auditor_app.ids import AuditorId
from auditor_app.register.queries import QUERIES, ReadyQuery, answer
from auditor_app.register.register import OF_VISIT, Reception, enter, open_register
from auditor_app.sample.camera import CAMERAS, Shot, camera_data
from auditor_app.sqlite_driver import Database
from auditor_app.vault.keys import Secret
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office, open_office
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Me, Workspace, create_workspace, open_workspace

MOST = 2.0
ROUNDS = 9
RATINGS = ("fully", "partially", "does_not", "not_applicable")
STATES = ("open", "replied", "in_progress", "closed")


def row_set(number: int, chance: random.Random) -> Reception:
    """The rows of one visit, as large as a real one."""
    visit, bundle = f"visit-{number:06}", f"bundle-{number:058}"
    left = date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    moment = f"{left}T18:30:00.000000Z"
    head = {"visit": visit, "bundle": bundle, "auditor": "f" * 64, "auditor_name": "Ana Núñez", "received_at": moment}
    site = {"site": f"Site {number % 5000}", "company": f"Company {number % 300}", "country": "CL", "location": "", "site_type": "mine"}
    days = {"starts_on": f"{left - timedelta(days=3)}", "ends_on": f"{left}", "reported_at": moment, "days_to_report": chance.randrange(40)}
    items = [
        {"visit": visit, "finding": f"finding-{one}", "criterion": str(one + 1), "title": f"Gap {one}", "state": chance.choice(STATES)}
        for one in range(8)
    ]
    digest = f"{number:06}".ljust(60, "0")
    return Reception(
        bundle=bundle,
        visit=visit,
        rows={
            "bundle": [{**head, "entries": 900}],
            "visit": [{**head, **site, **days, "kind": "first", "form": "copper", "form_digest": "d" * 64, "state": "closed"}],
            "criterion": [
                {"visit": visit, "criterion": str(one), "form": "copper", "name": f"Criterion {one}", "because": "Seen and asked. " * 8}
                | rated(chance.randrange(4))
                for one in range(1, 34)
            ],
            "finding": [{**one, "number": at, "grade": "gap", "statement": "It was found that. " * 20} for at, one in enumerate(items)],
            "improvement_item": [
                {**one, "action": "Write it down. " * 4, "owner": "Manager", "due": f"{left + timedelta(days=chance.randrange(720))}"}
                for one in items
            ],
            "evidence": [
                {
                    "visit": visit,
                    "original": f"{digest}{one:04}",
                    "sealed": f"{digest}{one:04}",
                    "size": 3_000_000,
                    "media_type": "image/jpeg",
                }
                for one in range(40)
            ],
            "file": [
                {"bundle": bundle, "name": f"data/evidence/{digest}{one:04}", "digest": digest, "size": 3_000_200} for one in range(50)
            ],
            "chain": [{"bundle": bundle, "visit": visit, "device": "laptop", "sequence": 900, "digest": digest}],
            "receipt": [{"bundle": bundle, "visit": visit, "made_at": moment, "files": 50, "size": 10**8, "letter": b"x" * 8000}],
        },
    )


def rated(level: int) -> dict[str, str | int]:
    return {"rating": RATINGS[level], "rating_label": RATINGS[level], "level": level + 1}


def fill(office: Office, visits: range) -> None:
    chance = random.Random(7)
    with open_register(office.register) as db:
        for first in range(visits.start, visits.stop, 500):
            with db.atomic():
                for number in range(first, min(first + 500, visits.stop)):
                    enter(db, row_set(number, chance))


def auditor(folder: Path, office: Office) -> Workspace:
    secret = Secret.new()
    create_workspace(
        folder / "workspace", "benchmark", secret=secret, me=Me(id=AuditorId("auditor-ana"), name="Ana Núñez", organisation="Audits")
    )
    workspace = open_workspace(folder / "workspace", secret=secret, installation=folder / "installation")
    import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
    return workspace


def bundles(workspace: Workspace, folder: Path) -> list[Path]:
    """Make a real bundle of a visit of its own for each round, and one to warm up."""
    made = []
    for number in range(ROUNDS + 1):
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", {"site": f"Puerto {number}", "site_type": "mine"})
        take_in(workspace, visit, photo(folder / f"photo-{number}.jpg", number))
        make_report(workspace, visit, sign=True)
        made.append(folder / f"bundle-{number}")
        make_bundle(workspace, visit, out=made[-1])
    return made


def photo(path: Path, shade: int) -> Path:
    from PIL import Image

    shot = Shot(camera=CAMERAS["phone"], taken_at=SystemClock().now(), latitude="-22.4567", longitude="-68.9012")
    Image.new("RGB", (640, 480), (shade * 9, 120, 90)).save(path, "JPEG", exif=camera_data(shot))
    return path


def medians(acts: dict[int, Callable[[], object]]) -> dict[int, float]:
    """The median for each register in milliseconds, after a warming up; asked in turn, so that all else the machine does hits both."""
    found: dict[int, list[float]] = {size: [] for size in acts}
    for act in acts.values():
        act()
    for _round in range(ROUNDS):
        for size, act in acts.items():
            begun = time.perf_counter()
            act()
            found[size].append((time.perf_counter() - begun) * 1000)
    return {size: statistics.median(times) for size, times in found.items()}


def receiving(office: Office, waiting: list[Path]) -> Callable[[], object]:
    paths = iter(waiting)
    return lambda: receive_path(office, next(paths))


def entering(db: Database) -> Callable[[], object]:
    numbers = iter(range(10**6, 10**6 + 1000))
    return lambda: enter(db, row_set(next(numbers), random.Random(1)))


def asking(db: Database, query: ReadyQuery) -> Callable[[], object]:
    given = {"company": "Company 7", "site": "Site 7"} if query.parameters else {}
    return lambda: answer(db, query, "2026-01-01", **given)


def measured(offices: dict[int, Office], waiting: list[Path]) -> dict[str, dict[int, float]]:
    found = {"receive one more (real bundle)": medians({size: receiving(office, waiting) for size, office in offices.items()})}
    with ExitStack() as stack:
        registers = {size: stack.enter_context(open_register(office.register)) for size, office in offices.items()}
        found["enter one more (register alone)"] = medians({size: entering(db) for size, db in registers.items()})
        for query in QUERIES:
            found[query.name] = medians({size: asking(db, query) for size, db in registers.items()})
    return found


def main() -> int:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = found_office(folder / "office", "Office", SystemClock())
        with auditor(folder, office) as workspace:
            waiting = bundles(workspace, folder)
        offices = {}
        for size in (most // 10, most):
            shutil.copytree(office.folder, folder / str(size))
            offices[size] = open_office(folder / str(size), SystemClock())
            fill(offices[size], range(size))
            with open_register(offices[size].register) as db:
                rows = sum(db.table(table).count for table in OF_VISIT)
            print(f"{size:,} visits: {rows:,} rows of visits, {offices[size].register.stat().st_size / 1e6:,.0f} MB")
        results = measured(offices, waiting)
    print(f"\n{'median of ' + str(ROUNDS) + ', ms':34}{most // 10:>10,}{most:>10,}   ratio")
    ratios = {step: found[most] / found[most // 10] for step, found in results.items()}
    for step, found in results.items():
        print(f"{step:34}{found[most // 10]:10.2f}{found[most]:10.2f}   {ratios[step]:5.2f}")
    slow = [step for step, ratio in ratios.items() if ratio >= MOST]
    print("every step grows less than twofold" if not slow else f"too slow: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
