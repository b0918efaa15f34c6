"""What a picture or film lost before it came to us, told by its bytes and name, so that the auditor can still ask for the original."""

import re
from pathlib import PurePath

from auditor_app.vault.camera import Seen

NO_CAMERA_TIME, NO_PLACE, RECOMPRESSED, CONVERTED, SCREENSHOT = "no_camera_time", "no_place", "recompressed", "converted", "screenshot"

_MESSENGER = re.compile(
    r"(IMG|VID)-\d{8}-WA\d+|WhatsApp|signal-\d{4}|photo_\d{4}-\d\d-\d\d|video_\d{4}-\d\d-\d\d|telegram|mmexport\d+|微信|received_\d+|viber",
    re.IGNORECASE,
)
"""How messengers name the pictures and films that they shrank."""
_SCREENSHOT = re.compile(
    r"screen[ _-]?shot|captura[ _-]de[ _-]pantalla|capture d.écran|bildschirmfoto|截图|截屏|屏幕|スクリーンショット|^IMG_\d{4}\.PNG$",
    re.IGNORECASE,
)
"""How systems name pictures of the screen; phones of one maker number them like photos, but as PNG."""
_SCREENS = {
    *((750, 1334), (828, 1792), (1080, 2340), (1080, 2400), (1125, 2436), (1170, 2532), (1179, 2556), (1206, 2622), (1242, 2688)),
    *((1284, 2778), (1290, 2796), (1320, 2868), (1440, 3120), (1440, 3200), (768, 1366), (900, 1440), (1080, 1920), (1200, 1920)),
    *((1440, 2560), (1600, 2560), (2160, 3840)),
}
"""Sizes of screens, the shorter side first; a PNG of just that size without camera data is a picture of one."""
_MESSENGER_EDGES = {1280, 1600, 2048}
"""Longest edges to which messengers shrink pictures; without camera data they betray one."""
_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".heif": "image/heic",
}
_NO_CAMERA_WRITES = {"image/png", "image/webp"}


def losses(name: str, media_type: str, seen: Seen) -> tuple[str, ...]:
    """List what a picture lost; of films only a messenger's name tells, and other kinds of files lose nothing that we could tell."""
    if media_type.startswith("video/"):
        return (RECOMPRESSED,) if _MESSENGER.search(name) else ()
    if not media_type.startswith("image/"):
        return ()
    found = {
        SCREENSHOT: _is_screenshot(name, media_type, seen),
        RECOMPRESSED: _is_recompressed(name, media_type, seen),
        CONVERTED: _is_converted(name, media_type, seen),
        NO_CAMERA_TIME: not seen.at,
        NO_PLACE: seen.latitude is None,
    }
    return tuple(key for key, lost in found.items() if lost)


def _is_screenshot(name: str, media_type: str, seen: Seen) -> bool:
    of_screen = media_type == "image/png" and tuple(sorted((seen.width, seen.height))) in _SCREENS
    return not seen.device and (of_screen or bool(_SCREENSHOT.search(name)))


def _is_recompressed(name: str, media_type: str, seen: Seen) -> bool:
    bare = not (seen.at or seen.device)
    return bool(_MESSENGER.search(name)) or (bare and media_type == "image/jpeg" and max(seen.width, seen.height) in _MESSENGER_EDGES)


def _is_converted(name: str, media_type: str, seen: Seen) -> bool:
    """Tell by an ending that does not fit the bytes (also IMG_7.HEIC.jpg), or by a camera that writes no such file."""
    endings = [_TYPES[ending] for ending in PurePath(name.lower()).suffixes if ending in _TYPES]
    return any(ending != media_type for ending in endings) or (bool(seen.device) and media_type in _NO_CAMERA_WRITES)
