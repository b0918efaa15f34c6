"""The photos of a report at the chosen quality: from the small pictures that a workspace keeps, or from the originals for print."""

from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.ids import Digest
from auditor_app.reporting.photos import DEFAULT, KEPT_EDGE, QUALITIES, prepared, wanted_quality
from auditor_app.vault.camera import allow_heic
from auditor_app.workflows.evidence import original_bytes, small_picture
from auditor_app.workflows.report_content import Thumbnails
from auditor_app.workspace import Workspace

PHOTO_QUALITIES = tuple(QUALITIES)
"""What may be chosen: "mail" (small), "screen", "print" (sharp, made from the originals)."""
USUAL = DEFAULT
LARGEST = 64 << 20
"""Bytes of an original that is opened to be printed sharply; of a larger one the small picture is printed."""


def printed_pictures(workspace: Workspace, quality: str, *, large: bool = False) -> Thumbnails:
    """Give what prints the photo of a piece of evidence, `large` where it has a quarter of a page; None for a piece without a picture.

    Raises NotAllowed("choice_unknown").
    """
    if quality not in QUALITIES:
        raise NotAllowed("choice_unknown", field="photos", value=quality, choices=", ".join(PHOTO_QUALITIES))
    wants_original = wanted_quality(quality, large=large).edge > KEPT_EDGE

    def picture(digest: Digest) -> bytes | None:
        kept = small_picture(workspace, digest)
        if kept is None:
            return None
        sharp = _from_original(workspace, digest, quality, large) if wants_original else None
        return sharp or prepared(kept, quality, large=large)

    return picture


def _from_original(workspace: Workspace, digest: Digest, quality: str, large: bool) -> bytes | None:
    """Make it from the original, where that is a picture and still here."""
    try:
        data = original_bytes(workspace, digest, limit=LARGEST)
    except (NotAllowed, Unavailable, Corrupted):
        return None  # too large, or released after its receipt: the small picture stays
    allow_heic(data)
    return prepared(data, quality, large=large)
