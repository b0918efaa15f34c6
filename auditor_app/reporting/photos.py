"""Photos made ready for a report: as sharp as their use needs and not larger, so that a report can be mailed or printed well."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How photos are kept: the longer edge in pixels, and JPEG's own measure from 1 to 95."""

    edge: int
    jpeg: int


QUALITIES = {
    "mail": Quality(edge=216, jpeg=62),
    "screen": Quality(edge=360, jpeg=75),
    "print": Quality(edge=720, jpeg=85),
}
"""For a tile of 3.6 cm: 150 dots an inch, enough to zoom in on a screen, and enough for print with room to enlarge."""
LARGE = {
    "mail": Quality(edge=360, jpeg=62),
    "screen": Quality(edge=800, jpeg=72),
    "print": Quality(edge=1400, jpeg=82),
}
"""For a picture of a quarter of a page, 8.3 cm: about 110, 250 and 430 dots an inch."""
DEFAULT = "mail"
KEPT_EDGE = 360
"""The longer edge of the small pictures that a workspace keeps; what is to be sharper is made from the original."""


def wanted_quality(quality: str, *, large: bool = False) -> Quality:
    """Tell how a photo is kept for a use."""
    return (LARGE if large else QUALITIES)[quality]


def prepared(picture: bytes, quality: str, *, large: bool = False) -> bytes | None:
    """Make a photo ready in one of the QUALITIES, or as LARGE, upright and without camera data; None for what cannot be drawn."""
    wanted, target = wanted_quality(quality, large=large), BytesIO()
    try:
        with Image.open(BytesIO(picture)) as opened:
            opened.draft("RGB", (wanted.edge, wanted.edge))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            upright.thumbnail((wanted.edge, wanted.edge))
            upright.save(target, "JPEG", quality=wanted.jpeg, optimize=True)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return target.getvalue()
