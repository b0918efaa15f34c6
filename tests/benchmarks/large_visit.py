"""Makes a large visit for the benchmarks: 5,000 pieces of evidence with small pictures, more than 20,000 entries.

The entries and the evidence are recorded through the program's own recorder and tables; only the sealing of 5,000 photos is left out.
"""

import hashlib
import io
import sys
from pathlib import Path

from PIL import Image

from auditor_app.clock import SystemClock, moment_text
from auditor_app.domain.fields import Captured, Intake, Original
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION, EVIDENCE, INTAKE, LINK, link_id
from auditor_app.ids import Digest, VisitId, new_id
from auditor_app.store.records import Sealed, add_sealed, add_thumbnail
from auditor_app.vault.keys import Secret
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Me, Workspace, create_workspace, open_workspace

PIECES = 5_000
PASSPHRASE = "benchmark"


def make(folder: Path, installation: Path, pieces: int = PIECES) -> tuple[Secret, VisitId]:
    """Make the workspace; gives its secret and the visit."""
    secret = create_workspace(folder, PASSPHRASE, me=Me(id=new_id(SystemClock()), name="Ana Núñez"))
    with open_workspace(folder, secret=secret, installation=installation) as workspace:
        facts = {"site": "Quebrada Grande", "site_type": "smelter"}
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", facts)
        for first in range(0, pieces, 500):
            _add(workspace, visit, range(first, min(first + 500, pieces)))
    return secret, visit


def _add(workspace: Workspace, visit: VisitId, numbers: range) -> None:
    now = moment_text(workspace.clock.now())
    with workspace.recording(visit) as recorder:
        for number in numbers:
            digest = Digest(hashlib.sha256(str(number).encode()).hexdigest())
            captured = Captured(at="2026-05-04T09:08:07", device="Fieldphone 7", latitude=-24_732_000, longitude=-69_621_000)
            recorder.set(Subject(EVIDENCE, digest), "original", Original(size=3_000_000, media_type="image/jpeg", captured=captured))
            intake = Intake(evidence=digest, name=f"IMG_{number:04}.JPG", at=now, offset="-03:00")
            recorder.set(Subject(INTAKE, new_id(workspace.clock)), "what", intake)
            recorder.set(Subject(EVIDENCE, digest), "caption", f"Photo {number} of the tankhouse")
            target = Subject(CRITERION, str(number % 33 + 1))
            recorder.set(Subject(LINK, link_id(digest, target)), "stance", "supports")
            add_sealed(workspace.db, Sealed(original=digest, sealed=digest, size=3_000_000, sealed_size=3_000_200, recipients=()))
            add_thumbnail(workspace.db, digest, _picture(number))


def _picture(number: int) -> bytes:
    target = io.BytesIO()
    colour = (number * 7 % 200 + 30, number * 13 % 200 + 30, number * 29 % 200 + 30)
    Image.effect_noise((360, 270), 30).convert("RGB").point(lambda value: value // 2 + colour[0] // 2).save(target, "JPEG", quality=80)
    return target.getvalue()


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
