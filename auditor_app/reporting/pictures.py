"""Pictures as pages hold them: whether a JPEG can be drawn, and what its file says of itself, read once however often it is drawn."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

_KEPT = 1 << 14
_known: dict[bytes, "Measured | None"] = {}


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a picture: a name of its own, its size in pixels, and whether it has no colours."""

    name: str
    width: int
    height: int
    grey: bool


def measured(jpeg: bytes | None) -> Measured | None:
    """Measure a picture; nothing for one that cannot be drawn: it must not stop a report that lists its evidence anyway."""
    if not jpeg:
        return None
    digest = hashlib.sha256(jpeg).digest()
    if digest not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        _known[digest] = _read(jpeg, digest)
    return _known[digest]


def _read(jpeg: bytes, digest: bytes) -> Measured | None:
    try:
        with Image.open(BytesIO(jpeg)) as picture:
            (width, height), mode = picture.size, picture.mode
            usable = picture.format == "JPEG" and mode in {"RGB", "L"}
            # All of it is read, at an eighth of its size, which is quicker.
            picture.draft(mode, (1, 1))
            picture.load()
    except (OSError, ValueError, SyntaxError):
        return None
    return Measured(f"Im{digest.hex()[:20]}", width, height, mode == "L") if usable else None
