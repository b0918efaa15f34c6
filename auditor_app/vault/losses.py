"""What a picture lost before it came to us, told by its bytes and name, so that the auditor can still ask for the original."""

import re

from auditor_app.vault.camera import Seen

NO_CAMERA_TIME, NO_PLACE, RECOMPRESSED, CONVERTED, SCREENSHOT = "no_camera_time", "no_place", "recompressed", "converted", "screenshot"

_MESSENGER = re.compile(
    r"(IMG|VID)-\d{8}-WA\d+|WhatsApp|signal-\d{4}|photo_\d{4}-\d\d-\d\d|telegram|mmexport\d+|received_\d+", re.IGNORECASE
)
"""How messengers name the pictures that they shrank."""
_SCREENSHOT = re.compile(r"screen ?shot|captura de pantalla|bildschirmfoto|截图|截屏|スクリーンショット", re.IGNORECASE)
_MESSENGER_EDGES = {1280, 1600, 2048}
"""Longest edges to which messengers shrink pictures; without camera data they betray one."""


def losses(name: str, media_type: str, seen: Seen) -> tuple[str, ...]:
    """List what a picture lost; other kinds of files lose nothing that we could tell."""
    if not media_type.startswith("image/"):
        return ()
    bare = not (seen.at or seen.device)
    found = {
        SCREENSHOT: bool(_SCREENSHOT.search(name)),
        RECOMPRESSED: bool(_MESSENGER.search(name))
        or (bare and media_type == "image/jpeg" and max(seen.width, seen.height) in _MESSENGER_EDGES),
        CONVERTED: name.lower().endswith((".heic", ".heif")) != (media_type == "image/heic"),
        NO_CAMERA_TIME: not seen.at,
        NO_PLACE: seen.latitude is None,
    }
    return tuple(key for key, lost in found.items() if lost)
