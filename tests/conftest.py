"""What most tests begin with: a clock that ticks, and the real thing for everything else — workspace, visit, office, photo."""

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from auditor_app.ids import VisitId
from auditor_app.sample.camera import CAMERAS, Shot, camera_data
from auditor_app.vault.keys import Secret
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Workspace, create_workspace, open_workspace
from auditor_app.workspace.opening import say_who_i_am

PASSPHRASE = "pass"
"""Opens every workspace made here."""

FORM = "copper-mark-rra-3.0"
MORNING_ON_SITE = datetime(2026, 5, 4, 9, 8, 7, tzinfo=timezone(timedelta(hours=-4)))


@dataclass
class TickingClock:
    """The only fake: each look at it is one tick later; `moment` may be set, also backwards, as field clocks are."""

    moment: datetime = MORNING_ON_SITE
    tick: timedelta = timedelta(seconds=1)

    def now(self) -> datetime:
        self.moment += self.tick
        return self.moment


@dataclass(frozen=True)
class Laptop:
    """One person's installation: where it keeps its device marks, and workspaces opened there."""

    folder: Path
    clock: TickingClock
    secret: Secret
    template: Path

    @property
    def installation(self) -> Path:
        return self.folder / "installation"

    def workspace(self, name: str = "workspace", *, auditor: str = "Ana Núñez", auditor_id: str = "auditor-ana") -> Workspace:
        """Open a new empty workspace of a person; close it yourself, or use it in a with-block."""
        shutil.copytree(self.template, self.folder / name)
        workspace = self.open(self.folder / name)
        say_who_i_am(workspace, auditor_id, auditor, "Andes Field Audits")
        return workspace

    def open(self, folder: Path) -> Workspace:
        """Open a workspace folder on this laptop, without its passphrase (which takes a second)."""
        return open_workspace(folder, secret=self.secret, clock=self.clock, installation=self.installation)


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture(scope="session")
def secret() -> Secret:
    """The secret of all workspaces of this run."""
    return Secret.new()


@pytest.fixture(scope="session")
def workspace_template(tmp_path_factory: pytest.TempPathFactory, secret: Secret) -> Path:
    """A workspace as it was created, never opened: copy it (creating one takes seconds)."""
    folder = tmp_path_factory.mktemp("template") / "workspace"
    create_workspace(folder, PASSPHRASE, secret=secret)
    return folder


@pytest.fixture
def make_laptop(tmp_path: Path, clock: TickingClock, secret: Secret, workspace_template: Path) -> Callable[[str], Laptop]:
    """Make a further laptop, with an installation of its own."""
    return lambda name: Laptop(folder=tmp_path / name, clock=clock, secret=secret, template=workspace_template)


@pytest.fixture
def laptop(make_laptop: Callable[[str], Laptop]) -> Laptop:
    return make_laptop("laptop")


@pytest.fixture
def workspace(laptop: Laptop) -> Iterator[Workspace]:
    """Ana Núñez's workspace, opened; its passphrase is PASSPHRASE."""
    with laptop.workspace() as opened:
        yield opened


@pytest.fixture
def visit(workspace: Workspace) -> VisitId:
    """A visit to a smelter, begun."""
    facts = {"site": "Fundición Río Seco", "company": "Cobres del Sur", "country": "CL", "site_type": "smelter"}
    return begin_visit(workspace, FORM, facts)[0]


@pytest.fixture
def office(tmp_path: Path, clock: TickingClock) -> Office:
    """An assurance office with a mailbox in a folder."""
    (tmp_path / "mailbox").mkdir()
    return found_office(tmp_path / "office", "Office of Assurance", clock, mailbox=str(tmp_path / "mailbox"))


@pytest.fixture
def enrolled(workspace: Workspace, office: Office) -> Workspace:
    """The workspace once its auditor has a certificate of that office."""
    answer, _facts = enrol(office, enrolment_request(workspace))
    import_enrolment(workspace, answer)
    return workspace


@pytest.fixture
def sample_photo() -> Callable[..., Path]:
    """Make a small JPEG with camera data at a path; another `shade` (0 to 255) gives other bytes."""

    def photo(path: Path, shade: int = 128) -> Path:
        shot = Shot(camera=CAMERAS["phone"], taken_at=MORNING_ON_SITE, latitude="-22.4567", longitude="-68.9012")
        data = io.BytesIO()
        Image.new("RGB", (64, 48), (shade, 120, 90)).save(data, "JPEG", exif=camera_data(shot))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.getvalue())
        return path

    return photo
