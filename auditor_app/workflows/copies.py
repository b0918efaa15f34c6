"""Derived copies of pictures: rotated, cropped, annotated, blurred. The original stays; the copy is evidence of its own that names it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import EVIDENCE
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.install_paths import resources
from auditor_app.vault.camera import allow_heic
from auditor_app.workflows.evidence import find_evidence, original_bytes
from auditor_app.workflows.intake import plan_intake, record_intake, seal_stream
from auditor_app.workspace import Workspace

MAX_PICTURE = 128 << 20
MARK_COLOUR = "#e0531f"

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the picture as it is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """What to do to a picture, in this order: turn (quarter turns clockwise), blur, draw, crop."""

    quarter_turns: int = 0
    blur: tuple[Box, ...] = ()
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Box, ...] = ()
    """Each from its first to its second point."""
    texts: tuple[tuple[int, int, str], ...] = ()
    crop: Box | None = field(default=None)

    def words(self) -> str:
        """Name what is done, in stable keys: what the copy says of itself."""
        done = {
            "rotated": bool(self.quarter_turns % 4),
            "blurred": bool(self.blur),
            "annotated": bool(self.boxes or self.arrows or self.texts),
            "cropped": self.crop is not None,
        }
        return ", ".join(key for key, is_done in done.items() if is_done)


def make_copy(workspace: Workspace, visit: VisitId, digest: Digest, editing: Editing) -> tuple[Digest, Changes]:
    """Make an edited copy of a picture as new evidence of the visit; gives its digest. Raises NotAllowed when nothing is to be done."""
    if not editing.words():
        raise NotAllowed("nothing_to_edit")
    original = find_evidence(workspace, visit, digest)
    edited = edit(original_bytes(workspace, digest, limit=MAX_PICTURE), editing, original.name)
    name = f"{original.name.rpartition('.')[0] or original.name} ({editing.words()}).jpg"
    sealed = seal_stream(plan_intake(workspace), io.BytesIO(edited), name, size=len(edited))
    with workspace.transaction():
        record_intake(workspace, visit, [sealed], provided_by=original.provided_by)
        with workspace.recording(visit) as recorder:
            copy = Subject(EVIDENCE, sealed.object.original)
            for field_name, value in {"derived_from": digest, "derived_by": editing.words(), "caption": original.caption}.items():
                recorder.set(copy, field_name, value)
    return sealed.object.original, recorder.changes


def edit(data: bytes, editing: Editing, name: str) -> bytes:
    """Edit a picture and give it as JPEG, without the camera's data. Raises NotAllowed("picture_unreadable")."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - loads with the first picture

    allow_heic(data)
    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture: Any = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise NotAllowed("picture_unreadable", name=name) from error
    picture = picture.rotate(-90 * editing.quarter_turns, expand=True)
    _blur(picture, editing.blur)
    _draw(picture, editing)
    target = io.BytesIO()
    (picture.crop(editing.crop) if editing.crop else picture).save(target, "JPEG", quality=90)
    return target.getvalue()


def _blur(picture: Any, boxes: Sequence[Box]) -> None:
    """Blur so that nothing can be brought back: the part is reduced to a few squares first."""
    from PIL import Image, ImageFilter  # noqa: PLC0415

    for box in boxes:
        part = picture.crop(box)
        few = part.resize((max(1, min(6, part.width // 8)), max(1, min(6, part.height // 8))), Image.Resampling.BOX)
        picture.paste(few.resize(part.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3)), box[:2])


def _draw(picture: Any, editing: Editing) -> None:
    from PIL import ImageDraw, ImageFont  # noqa: PLC0415

    pen, width = ImageDraw.Draw(picture), max(3, max(picture.size) // 250)
    for box in editing.boxes:
        pen.rectangle(box, outline=MARK_COLOUR, width=width)
    for left, top, right, bottom in editing.arrows:
        pen.line((left, top, right, bottom), fill=MARK_COLOUR, width=width)
        pen.polygon(_head(left, top, right, bottom, width * 5), fill=MARK_COLOUR)
    font = ImageFont.truetype(str(resources() / "fonts" / "NotoSans-Bold.ttf"), max(18, max(picture.size) // 45))
    for x, y, text in editing.texts:
        pen.text((x, y), text, fill=MARK_COLOUR, font=font, stroke_width=max(2, width // 2), stroke_fill="white")


def _head(left: int, top: int, right: int, bottom: int, size: int) -> list[tuple[float, float]]:
    """Give the triangle at the end of an arrow."""
    length = max(1.0, ((right - left) ** 2 + (bottom - top) ** 2) ** 0.5)
    along = ((right - left) / length * size, (bottom - top) / length * size)
    base = (right - along[0], bottom - along[1])
    return [(right, bottom), (base[0] - along[1] / 2, base[1] + along[0] / 2), (base[0] + along[1] / 2, base[1] - along[0] / 2)]
