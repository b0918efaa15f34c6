"""What a camera wrote into a photo, and a small picture of it: JPEG, HEIC, PNG, TIFF, WebP, and the first page of a PDF.

Everything is read from bytes in memory and treated as hostile: what cannot be read gives nothing, never a failure of the intake.
"""

import io
import re
import warnings
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any

from auditor_app.pdfium import opened_pdf

THUMBNAIL_EDGE = 360
"""Longest edge of a small picture in pixels: sharp in the grid and in print at 4 cm."""

MAX_PIXELS = 200_000_000
"""The largest phones make 200 megapixels; larger pictures are kept as evidence but not opened."""

PAGES_ASKED = 5
"""Pages of a PDF that are asked for letters: enough to tell a scan from a document with a picture on its cover."""

PDF_PICTURE = 3
"""What PDF libraries call an object that is a picture."""

_ONE_LARGE = Lock()
"""Held while a picture is decoded at its full size: several at once would take hundreds of megabytes."""

_SIGNATURES = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"%PDF-", 0, "application/pdf"),
    (b"II*\x00", 0, "image/tiff"),
    (b"MM\x00*", 0, "image/tiff"),
    (b"WEBP", 8, "image/webp"),
    (b"WAVE", 8, "audio/wav"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypheix", 4, "image/heic"),
    (b"ftypmif1", 4, "image/heic"),
    (b"ftypM4A", 4, "audio/mp4"),
    (b"ftyp", 4, "video/mp4"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look into a file gave: camera's own time (canonical local text), offset, place in millionths of a degree, device, size."""

    at: str = ""
    offset: str = ""
    latitude: int | None = None
    longitude: int | None = None
    device: str = ""
    width: int = 0
    height: int = 0
    pages: int = 0
    scan: bool = False
    """A PDF of pictures without any text: paper that was scanned or photographed."""
    thumbnail: bytes | None = None


def media_type_of(head: bytes) -> str:
    """Tell the media type from a file's first bytes; empty when they do not say."""
    return next((kind for mark, at, kind in _SIGNATURES if head[at : at + len(mark)] == mark), "")


def look_into(data: bytes, media_type: str, *, drawn: bool = True) -> Seen:
    """Read camera data from a whole file in memory and, if it is to be `drawn`, make a thumbnail, which takes most of the time."""
    warnings.filterwarnings("ignore", module=r"(PIL|pi_heif)(\.|$)")  # for good: setting them aside for a while is not safe on workers
    try:
        if media_type == "application/pdf":
            return _look_into_pdf(data, drawn=drawn)
        return _look_into_picture(data, drawn=drawn) if media_type.startswith("image/") else Seen()
    except Exception:  # noqa: BLE001 - decoders of hostile files raise anything; the evidence itself is safe already
        return Seen()


def can_look_into(media_type: str) -> bool:
    """Say whether there is anything to see in files of a type."""
    return media_type.startswith("image/") or media_type == "application/pdf"


def _look_into_picture(data: bytes, *, drawn: bool) -> Seen:
    from PIL import Image  # noqa: PLC0415 - loads when the first picture comes

    allow_heic(data)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses what is more than twice this, before it decodes anything
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
        exif = picture.getexif()
        seen = Seen(width=width, height=height, **_camera_data(exif, exif.get_ifd(0x8769), exif.get_ifd(0x8825)))
        if not drawn:
            return seen
        with nullcontext() if _decodes_small(picture) else _ONE_LARGE:
            try:
                return replace(seen, thumbnail=_small(picture))
            except OSError:
                return seen  # cut short: what the camera wrote stands first in a file


def _decodes_small(picture: Any) -> bool:
    """Say whether a picture can be decoded at a fraction of its size, as most photos can, so that it takes little memory."""
    return picture.format == "JPEG" and not picture.info.get("progressive")


def allow_heic(data: bytes) -> None:
    """Let Pillow read HEIC, if these bytes are that: the decoder loads with the first such photo."""
    if media_type_of(data) == "image/heic":
        import pi_heif  # noqa: PLC0415

        pi_heif.register_heif_opener()


def _camera_data(base: Mapping[int, Any], exif: Mapping[int, Any], gps: Mapping[int, Any]) -> dict[str, Any]:
    latitude, longitude = _degrees(gps, 2, "S", 90), _degrees(gps, 4, "W", 180)
    both = latitude is not None and longitude is not None
    return {
        "at": _moment(str(exif.get(0x9003) or base.get(0x0132) or "")),
        "offset": _offset(str(exif.get(0x9011) or "")),
        "device": _clean(f"{base.get(0x010F, '')} {base.get(0x0110, '')}"),
        "latitude": latitude if both else None,
        "longitude": longitude if both else None,
    }


def _moment(text: str) -> str:
    """Turn EXIF's 2026:05:04 09:08:07 into 2026-05-04T09:08:07: the camera's local time, as it says it."""
    try:
        return datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007 - cameras write local time
    except ValueError:
        return ""


def _offset(text: str) -> str:
    return text if re.fullmatch(r"[+-][0-9]{2}:[0-9]{2}", text) else ""


def _clean(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable()).split())[:100]


def _degrees(gps: Mapping[int, Any], tag: int, negative: str, limit: int) -> int | None:
    """Turn degrees, minutes and seconds into millionths of a degree; the tag before theirs tells the half of the earth."""
    parts = gps.get(tag)
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    degrees = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    if not 0 <= degrees <= limit:
        return None
    return round(degrees * 1_000_000) * (-1 if str(gps.get(tag - 1, "")).upper().startswith(negative) else 1)


def _look_into_pdf(data: bytes, *, drawn: bool) -> Seen:
    with opened_pdf(data) as document:
        count = len(document)
        scan = count > 0 and all(_is_scanned(document[number]) for number in range(min(count, PAGES_ASKED)))
        thumbnail = _jpeg(_first_page(document)) if drawn else None
    return Seen(pages=count, scan=scan, thumbnail=thumbnail)


def _first_page(document: Any) -> Any:
    page = document[0]
    try:
        return page.render(scale=THUMBNAIL_EDGE * 2 / max(page.get_size())).to_pil()
    finally:
        page.close()


def _is_scanned(page: Any) -> bool:
    """Say whether a page has a picture and no letters; a scan that was read by a machine has letters, and is a document."""
    try:
        text = page.get_textpage()
        try:
            letters = bool(text.get_text_bounded().strip())
        finally:
            text.close()
        return not letters and any(one.type == PDF_PICTURE for one in page.get_objects(max_depth=3))
    finally:
        page.close()


def _small(picture: Any) -> bytes:
    """Give a thumbnail, upright. Always of the picture itself: the one that some cameras put beside it may show something else."""
    from PIL import ImageOps  # noqa: PLC0415

    picture.draft("RGB", (THUMBNAIL_EDGE, THUMBNAIL_EDGE))
    if picture.mode in {"RGB", "RGBA", "L", "CMYK"}:  # made small first, so that a large picture is in memory only once
        picture.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
    return _jpeg(ImageOps.exif_transpose(picture))


def _jpeg(picture: Any) -> bytes:
    picture = picture.convert("RGB")
    picture.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=80)
    return target.getvalue()
