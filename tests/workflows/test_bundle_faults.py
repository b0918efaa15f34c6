"""More than two hundred random single faults in a bundle, by path and by mailbox: all refused, and nothing written outside quarantine."""

import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from auditor_app.digests import sha256_of
from auditor_app.domain.journal import Subject
from auditor_app.domain.office import Enrolment, EnrolmentRequest
from auditor_app.domain.visit import CRITERION
from auditor_app.register.register import open_register
from auditor_app.register.schema import TABLES
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key
from auditor_app.vault.keys import Secret
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment, signing_identity
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office, open_office
from auditor_app.workflows.office.quarantine import clear, held
from auditor_app.workflows.office.receiving import Received, receive_mailbox, receive_path
from auditor_app.workflows.office.trusting import revoke
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.visits import begin_visit, describe_visit
from tests.conftest import Laptop, TickingClock
from tests.workflows.bundle_faults import FAULTS, GOOD, Bench, Delivery

SEED = int(os.environ.get("AUDITOR_FAULT_SEED", "20260504"))
"""Chooses the faults; it stands in the name of every test."""


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything there is, in one folder: the office, which has received the visit once, and what faults are made of."""

    folder: Path
    bench: Bench


@pytest.fixture(scope="module")
def world(tmp_path_factory, secret, workspace_template):
    base, clock = tmp_path_factory.mktemp("faults"), TickingClock()
    office = found_office(base / "world" / "office", "Office of Assurance", clock)
    with Laptop(folder=base / "laptop", clock=clock, secret=secret, template=workspace_template).workspace() as workspace:
        import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
        visit, _ = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Río Seco", "site_type": "smelter"})
        for name in ("first", "second"):
            (base / f"{name}.txt").write_text(f"{name} piece of evidence")
            take_in(workspace, visit, base / f"{name}.txt", targets=[Subject(CRITERION, "17")])
        rate(workspace, visit, "17", "fully")
        make_report(workspace, visit, sign=True)
        make_bundle(workspace, visit, out=base / "first")
        describe_visit(workspace, visit, {"scope": "All areas"})
        make_bundle(workspace, visit, out=base / "second")
        make_report(workspace, visit, sign=True)
        make_bundle(workspace, visit, out=base / "received")
        describe_visit(workspace, visit, {"scope": "All areas and the port"})
        make_bundle(workspace, visit, out=base / "good")
        auditor, recipients = signing_identity(workspace), tuple(workspace.recipients())
    assert receive_path(office, base / "received").outcome == "received"
    others, office = _others(office, clock)
    bench = Bench(
        office=office,
        good=base / "good",
        older=(base / "first", base / "second"),
        auditor=auditor,
        others=others,
        secret=secret,
        recipients=recipients,
    )
    yield World(folder=base / "world", bench=bench)
    assert receive_path(office, base / "good").outcome == "received", "it was the fault each time, and none left anything behind"


def _others(office: Office, clock: TickingClock) -> tuple[dict[str, SigningIdentity], Office]:
    """Who else could sign: a stranger, two other auditors of the office, one of them revoked since, and the office itself."""
    people = {}
    for name in ("colleague", "revoked"):
        key = new_private_key()
        request = certificate_request(key, name, "Andes Field Audits").decode()
        answer, facts = enrol(office, msgspec.json.encode(EnrolmentRequest(request=request, recipient=Secret.new().recipient)))
        people[name] = SigningIdentity(private_key=key, certificate=msgspec.json.decode(answer, type=Enrolment).certificate.encode())
    authority, key = new_authority("Somebody CA", clock.now()), new_private_key()
    stranger = issue(authority, certificate_request(key, "Ana Núñez", "Andes Field Audits"), clock.now(), 100)
    others = {**people, "stranger": SigningIdentity(private_key=key, certificate=stranger), "office": office.identity}
    return others, revoke(office, facts.fingerprint, "compromised")[0]


def test_there_are_more_than_two_hundred():
    assert sum(map(len, FAULTS.values())) >= 200


@pytest.mark.parametrize("kind", FAULTS, ids=[f"{kind}, seed {SEED}" for kind in FAULTS])
def test_every_single_fault_is_refused_and_nothing_is_written_outside_quarantine(world, kind, tmp_path):
    before, problems = snapshot(world), []
    for number, fault in enumerate(FAULTS[kind]):
        out = tmp_path / str(number)
        out.mkdir()
        choose = random.Random(f"{SEED} {kind} {number}")
        for delivery in fault(world.bench, choose, out):
            results = received(world.bench.office, delivery)
            problems += [f"{number} by {delivery.way}: {one}" for one in wrong_with(world, delivery, results)]
            if (now := snapshot(world)) != before:
                problems.append(f"{number} by {delivery.way}: {sorted(now.items() ^ before.items())}")
        shutil.rmtree(out)
    assert problems == [], f"seed {SEED}"


@pytest.mark.parametrize("number", range(len(GOOD)))
def test_what_comes_in_the_same_ways_without_a_fault_is_received(world, number, tmp_path):
    for way, delivery in enumerate(GOOD[number](world.bench, random.Random(SEED), tmp_path)):
        copy = Path(shutil.copytree(world.bench.office.folder, tmp_path / f"office {way}"))
        assert [one.outcome for one in received(open_office(copy, world.bench.office.clock), delivery)] == ["received"]


def received(office: Office, delivery: Delivery) -> list[Received]:
    """Receive a delivery as the office does, beginning with an empty quarantine."""
    for one in held(office):
        clear(office, one.note.bundle)
    if delivery.way == "path":
        return [receive_path(office, delivery.place)]
    return receive_mailbox(office, url=str(delivery.place))


def wrong_with(world: World, delivery: Delivery, results: list[Received]) -> list[str]:
    """Say what is wrong with how a delivery was treated."""
    office, found = world.bench.office, []
    if [one.outcome in ("refused", "damaged") and bool(one.reason or one.answers) for one in results] != [True]:
        found.append(f"not refused with a reason: {results}")
    if [(note.note.bundle, note.note.outcome) for note in held(office)] != [(one.bundle, one.outcome) for one in results]:
        found.append(f"no reasons in quarantine: {held(office)}")
    strange = [path for path in office.quarantine.rglob("*") if path.is_symlink() or not (path.is_file() or path.is_dir())]
    letters = [path.name for path in delivery.place.rglob("outbox/*/*") if not path.name.startswith("refusal-")]
    return found + [f"in quarantine: {path}" for path in strange] + [f"in the mailbox: {name}" for name in letters]


def snapshot(world: World) -> dict[str, str]:
    """Digest everything around the office but quarantine, and the register but for its notes of what was refused."""
    register, quarantine = world.bench.office.register, world.bench.office.quarantine
    files = [path for path in world.folder.rglob("*") if quarantine not in (path, *path.parents) and path.name != "receiving.lock"]
    found = {
        path.relative_to(world.folder).as_posix(): sha256_of(path.read_bytes()) if path.is_file() else "folder"
        for path in files
        if not path.name.startswith(register.name)
    }
    with open_register(register) as db:
        tables = {table.name: repr(list(db.table(table.name).rows)) for table in TABLES if table.name != "refusal"}
    return {**found, **tables, **{str(path): "escaped" for path in escaped(world) if path.exists()}}


def escaped(world: World) -> list[Path]:
    """Name the files that would be there if a name had led out of the folder: at the root of the disk, or in the working folder."""
    return [Path("/evil.txt"), Path.home() / "evil.txt", Path.cwd() / "evil.txt", world.folder.parent / "evil.txt"]
