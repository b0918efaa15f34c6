"""One small bundle as an auditor handed it over, as a folder and as a zip, and what its receivers know."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.ids import VisitId
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.verifying import Trust, Verification, verify_bundle
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Workspace
from tests.conftest import Laptop, TickingClock


@dataclass(frozen=True)
class HandedOver:
    """An office, an auditor's open workspace, and the bundle of its visit; nothing of it is changed by a test."""

    office: Office
    workspace: Workspace
    visit: VisitId
    folder: Path
    zip: Path

    def trust(self, *, key: bool = True) -> Trust:
        return Trust(at=self.office.clock.now(), profile=self.office.profile, secret=self.office.secret if key else None)


@pytest.fixture(scope="session")
def handed_over(tmp_path_factory, secret, workspace_template) -> Iterator[HandedOver]:
    base, clock = tmp_path_factory.mktemp("handed-over"), TickingClock()
    office = found_office(base / "office", "Office of Assurance", clock)
    with Laptop(folder=base / "laptop", clock=clock, secret=secret, template=workspace_template).workspace() as workspace:
        import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
        visit, _ = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Río Seco", "site_type": "smelter"})
        for name in ("first", "second"):
            (base / f"{name}.txt").write_text(f"{name} piece of evidence")
            take_in(workspace, visit, base / f"{name}.txt", targets=[Subject(CRITERION, "17")])
        rate(workspace, visit, "17", "fully")
        make_report(workspace, visit, sign=True)
        make_bundle(workspace, visit, out=base / "bundle")
        make_bundle(workspace, visit, out=base / "bundle.zip")
        yield HandedOver(office=office, workspace=workspace, visit=visit, folder=base / "bundle", zip=base / "bundle.zip")


@pytest.fixture
def bundle(handed_over: HandedOver, tmp_path: Path) -> Path:
    """A copy of the bundle folder, to be tampered with."""
    return Path(shutil.copytree(handed_over.folder, tmp_path / "bundle"))


@pytest.fixture
def verified(handed_over: HandedOver) -> Callable[..., Verification]:
    """Verify a path as the office does, or as someone without its key."""
    return lambda path, *, key=True: verify_bundle(path, handed_over.trust(key=key))
