"""Camera clocks: the laptop shows a code with the time, the camera photographs it, and from then on its times are put right.

The code holds the true moment and the laptop's local offset. The photo holds the camera's own time; the difference is that
camera's offset. Raw times stay beside the corrected ones.
"""

import io
import re
from datetime import UTC, datetime

from auditor_app.clock import moment_text, offset_text, parse_moment
from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.photos import CAMERA
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.workflows.evidence import find_evidence, original_bytes
from auditor_app.workspace import Workspace

PREFIX = "AUDITOR-APP-CLOCK"
_CODE = re.compile(PREFIX + r" (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([+-]\d\d:\d\d)")
MAX_PHOTO = 64 << 20


def clock_code(now: datetime, *, scale: int = 8) -> bytes:
    """Draw the code of a moment as PNG bytes; to be shown anew every second."""
    import segno  # noqa: PLC0415 - only this screen needs it

    target = io.BytesIO()
    segno.make(f"{PREFIX} {moment_text(now)} {offset_text(now)}", error="m").save(target, kind="png", scale=scale, border=4)
    return target.getvalue()


def learn_clock(workspace: Workspace, visit: VisitId, digest: Digest) -> Changes:
    """Read the code from a photo that was taken in, and note how far its camera's clock is off.

    Raises NotAllowed: no code in the photo, or the photo does not say which camera took it and when.
    """
    photo = find_evidence(workspace, visit, digest)
    device, told = photo.captured.get("device", ""), photo.captured.get("at", "")
    if not device or not told:
        raise NotAllowed("camera_unknown", name=photo.name)
    shown = read_code(original_bytes(workspace, digest, limit=MAX_PHOTO))
    if shown is None:
        raise NotAllowed("code_not_found", name=photo.name)
    moment, utc_offset = shown
    offset = round((moment - datetime.fromisoformat(told).replace(tzinfo=UTC)).total_seconds())
    with workspace.recording(visit) as recorder:
        camera = Subject(CAMERA, device)
        for name, value in {"offset_seconds": offset, "utc_offset": utc_offset, "evidence": digest}.items():
            recorder.set(camera, name, value)
        recorder.set(camera, "learnt_at", moment_text(workspace.clock.now()))
    return recorder.changes


def read_code(photo: bytes) -> tuple[datetime, str] | None:
    """Find the code in a photo: the true moment and the laptop's offset; None when there is none."""
    import zxingcpp  # noqa: PLC0415 - only this screen needs it
    from PIL import Image  # noqa: PLC0415

    from auditor_app.vault.camera import allow_heic  # noqa: PLC0415

    allow_heic(photo)
    with Image.open(io.BytesIO(photo)) as picture:
        found = [_CODE.fullmatch(code.text) for code in zxingcpp.read_barcodes(picture.convert("L"))]
    match = next((one for one in found if one), None)
    return (parse_moment(match[1], match[2]), match[2]) if match else None
