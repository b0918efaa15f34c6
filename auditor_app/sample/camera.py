"""The two invented cameras: picture in, JPEG with EXIF time, offset and place out.

A slow camera clock is part of the story: its EXIF time is wrong by a fixed amount while the satellite time beside it is right.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

_QUALITY = 82
_UPRIGHT, _UPSIDE_DOWN, _TURNED = 1, 3, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """One invented camera; `slow_by` is how far its clock is behind."""

    make: str
    model: str
    slow_by: timedelta = timedelta()
    writes_offset: bool = True


CAMERAS: Mapping[str, Camera] = {
    "phone": Camera(make="Andina", model="Campo 5"),
    "ex_camera": Camera(make="Lumira", model="EX-20 intrinsically safe", slow_by=timedelta(minutes=47)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """When and where a picture was taken: aware time, degrees as decimal texts, metres above the sea."""

    camera: Camera
    taken_at: datetime
    latitude: str
    longitude: str
    altitude: int = 1480
    turned: str = ""
    """How the camera was held: "", "portrait" or "upside_down"."""


def camera_data(shot: Shot) -> Image.Exif:
    """Make the EXIF block of a shot."""
    exif = Image.Exif()
    shown = shot.taken_at - shot.camera.slow_by
    stamp = shown.strftime("%Y:%m:%d %H:%M:%S")
    base = ExifTags.Base
    exif[base.Make], exif[base.Model] = shot.camera.make, shot.camera.model
    exif[base.Software] = "Auditor App sample (invented picture)"
    exif[base.DateTime] = stamp
    exif[base.Orientation] = {"portrait": _TURNED, "upside_down": _UPSIDE_DOWN}.get(shot.turned, _UPRIGHT)
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[base.DateTimeOriginal] = details[base.DateTimeDigitized] = stamp
    if shot.camera.writes_offset:
        details[base.OffsetTime] = details[base.OffsetTimeOriginal] = shown.isoformat()[-6:]
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(_place(shot))
    return exif


def jpeg_bytes(picture: Image.Image, shot: Shot) -> bytes:
    """Encode a picture as that camera would, turned as it was held."""
    held = {"portrait": Image.Transpose.ROTATE_90, "upside_down": Image.Transpose.ROTATE_180}.get(shot.turned)
    out = io.BytesIO()
    (picture.transpose(held) if held is not None else picture).save(out, "JPEG", quality=_QUALITY, exif=camera_data(shot))
    return out.getvalue()


def _place(shot: Shot) -> dict[int, Any]:
    tag = ExifTags.GPS
    utc = shot.taken_at.astimezone(UTC)
    return {
        tag.GPSLatitudeRef: "S" if shot.latitude.startswith("-") else "N",
        tag.GPSLatitude: _degrees(shot.latitude),
        tag.GPSLongitudeRef: "W" if shot.longitude.startswith("-") else "E",
        tag.GPSLongitude: _degrees(shot.longitude),
        tag.GPSAltitudeRef: b"\0",
        tag.GPSAltitude: _whole(shot.altitude),
        tag.GPSTimeStamp: (_whole(utc.hour), _whole(utc.minute), _whole(utc.second)),
        tag.GPSDateStamp: utc.strftime("%Y:%m:%d"),
    }


def _degrees(text: str) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Turn a decimal text into degrees, minutes and hundredths of seconds."""
    hundredths = int(abs(Decimal(text)) * 360000)
    return _whole(hundredths // 360000), _whole(hundredths // 6000 % 60), IFDRational(hundredths % 6000, 100)


def _whole(value: int) -> IFDRational:
    return IFDRational(value, 1)
