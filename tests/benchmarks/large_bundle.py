"""A visit with gigabytes of sealed evidence, for the benchmarks of bundles: half in four films, half in photos of 4 MB."""

import os
from pathlib import Path

from auditor_app.clock import SystemClock
from auditor_app.ids import new_id
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Me, create_workspace, open_workspace

PHOTO = 4_000_000


class Laptop:
    """A workspace with a signed report and so much evidence, half in four films and half in photos."""

    def __init__(self, folder: Path, size: int) -> None:
        secret = create_workspace(folder / "workspace", "pass", me=Me(id=new_id(SystemClock()), name="Ana Núñez", organisation="Andes"))
        office = found_office(folder / "office", "Office", SystemClock())
        self.workspace = open_workspace(folder / "workspace", secret=secret, installation=folder / "installation")
        import_enrolment(self.workspace, enrol(office, enrolment_request(self.workspace))[0])
        self.visit, _ = begin_visit(self.workspace, "copper-mark-rra-3.0", {"site": "Río Seco", "site_type": "smelter"})
        make_report(self.workspace, self.visit, sign=True)
        self._fill(folder / "card.bin", [size // 8] * 4 + [PHOTO] * (size // 2 // PHOTO))

    def _fill(self, file: Path, sizes: list[int]) -> None:
        """Take files in; each differs from the others, and none can be made smaller."""
        block = os.urandom(PHOTO)
        for size in sizes:
            with file.open("wb") as stream:
                stream.write(os.urandom(32))
                for _piece in range(size // PHOTO):
                    stream.write(block)
            take_in(self.workspace, self.visit, file)
        file.unlink()

    def make(self) -> Path:
        """Make the bundle and give its folder."""
        return self.workspace.outgoing / make_bundle(self.workspace, self.visit).id
