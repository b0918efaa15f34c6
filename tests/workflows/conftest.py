"""A colleague's laptop, photos on a card, and how two laptops' journals become one."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor_app.ids import VisitId
from auditor_app.store.journal import add_entry, entries_of_visit, entry_ids
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.reports import make_report
from auditor_app.workspace import Workspace
from auditor_app.workspace.opening import say_who_i_am


@pytest.fixture
def colleague(workspace: Workspace, visit: VisitId, make_laptop) -> Iterator[Workspace]:
    """Bo Lindqvist's copy of the workspace, on another laptop, as it was when the visit had just begun."""
    laptop = make_laptop("colleague")
    workspace.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(workspace.folder, laptop.folder / "workspace", ignore=shutil.ignore_patterns("lock"))
    with laptop.open(laptop.folder / "workspace") as opened:
        say_who_i_am(opened, "auditor-bo", "Bo Lindqvist", "Andes Field Audits")
        yield opened


@pytest.fixture
def unite(visit: VisitId) -> Callable[..., None]:
    """Let every laptop have the entries of all."""

    def united(*workspaces: Workspace) -> None:
        journals = [entries_of_visit(one.db, visit) for one in workspaces]
        for one in workspaces:
            known = entry_ids(one.db, visit)
            with one.transaction() as db:
                for entry in {entry.id: entry for journal in journals for entry in journal if entry.id not in known}.values():
                    add_entry(db, entry)

    return united


@pytest.fixture
def photo(tmp_path: Path, sample_photo) -> Path:
    """A photo on the camera's card."""
    return sample_photo(tmp_path / "card" / "IMG_0001.jpg")


@pytest.fixture
def with_photo(enrolled: Workspace, visit: VisitId, photo: Path) -> Workspace:
    """An enrolled auditor's workspace, whose visit has one photo."""
    take_in(enrolled, visit, photo)
    return enrolled


@pytest.fixture
def reported(with_photo: Workspace, visit: VisitId) -> Workspace:
    """A workspace whose visit has a photo, a rating, a finding and a signed report: ready to hand over."""
    rate(with_photo, visit, "2", "does_not", because="No register was shown.")
    raise_finding(with_photo, visit, "2", "No risk register")
    make_report(with_photo, visit, sign=True)
    return with_photo
