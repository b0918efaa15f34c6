"""The laptop and the office that the journeys over cut lines begin with: an assignment, a visit made from it, and its bundle."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor_app.vault.keys import Secret
from auditor_app.workflows.assignments import open_assignment
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.assigning import Wish, assign
from auditor_app.workflows.office.assignment_post import Target
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.reports import make_report
from auditor_app.workspace import Workspace
from tests.journeys.cutting import Journey, LaptopFolder, Server
from tests.quick_key import quick_key
from tests.webdav_server import CuttingLine

ASSIGNMENT = """
form: copper-mark-rra-3.0
visit: {site: Fundición Río Seco, company: Cobres del Sur, country: CL, site_type: smelter}
team:
  - {auditor: ana núñez, role: lead}
"""
FILM = 3_000_000
"""Bytes: several parts."""


@contextmanager
def journey_of(
    kind: str, folder: Path, office: Office, workspace: Workspace, laptop, secret: Secret, chance: random.Random
) -> Iterator[Journey]:
    """Begin a journey over one kind of place; the workspace is closed and opened by programs from then on."""
    if kind == "rclone" and not shutil.which("rclone"):
        pytest.skip("rclone is not installed")
    server = Server(kind, folder / "served")
    server.start()
    line = CuttingLine(server.port or 1)
    place = LaptopFolder(workspace.folder, laptop.installation, lambda: laptop.open(workspace.folder))
    try:
        bundle, size = assigned_and_made(folder, office, workspace, server, line, chance)
        workspace.close()
        quick_key(workspace.folder, secret, "pass")
        place.send_to(server.place(line.port))
        yield Journey(place, office, server, line, bundle, size, chance)
    finally:
        line.close()
        server.kill()


def assigned_and_made(folder: Path, office: Office, workspace: Workspace, server: Server, line: CuttingLine, chance: random.Random):
    """Assign a visit over the mailbox, make it, and make its bundle; gives the bundle's id and size."""
    from auditor_app.workflows.mailboxes import keep_mailbox

    (folder / "visit.yaml").write_text(ASSIGNMENT, "utf-8")
    place = server.place(server.port)
    assign(office, Wish(path=folder / "visit.yaml", target=Target(url=place.url, user=place.user, password=place.password)))
    keep_mailbox(workspace, place)
    (news,) = (one for one in fetch(workspace).news if one.kind == "assignment")
    visit, _changes = open_assignment(workspace, "last")
    assert visit == news.about
    for name, size in (("film.mp4", FILM), ("photo.jpg", 150_000), ("note.txt", 40)):
        file = folder / "card" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(hashlib.shake_256(f"{chance.random()}".encode()).digest(size))
        take_in(workspace, visit, file)
    rate(workspace, visit, "1", "fully")
    make_report(workspace, visit, sign=True)
    made = make_bundle(workspace, visit)
    return made.id, sum(one["size"] for one in made.listing)
