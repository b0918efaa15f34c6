"""What was captured as the bytes of a file, in memory: a photo as JPEG with its time and device, sound as WAV."""

import io
import wave
from array import array
from datetime import datetime
from typing import Any

from PySide6.QtGui import QImage

from auditor_app.clock import offset_text

QUALITY = 92
MAKE = "This laptop"


def photo_bytes(image: QImage, taken_at: datetime, device: str) -> bytes:
    """Encode a picture as JPEG that says when and with what it was taken, as any camera does; it says no place, for a laptop knows none."""
    from PIL import ExifTags, Image  # noqa: PLC0415 - loads with the first picture

    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    picture: Any = Image.frombuffer("RGB", (plain.width(), plain.height()), bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine(), 1)
    exif, base, stamp = Image.Exif(), ExifTags.Base, taken_at.strftime("%Y:%m:%d %H:%M:%S")
    exif[base.Make], exif[base.Model], exif[base.DateTime] = MAKE, _ascii(device), stamp
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[base.DateTimeOriginal] = details[base.DateTimeDigitized] = stamp
    details[base.OffsetTime] = details[base.OffsetTimeOriginal] = offset_text(taken_at)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, exif=exif)
    return target.getvalue()


def sound_bytes(samples: bytes, rate: int, channels: int) -> bytes:
    """Put 16-bit samples into a WAV file, which every program opens."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return target.getvalue()


def loudness(samples: bytes) -> int:
    """Tell how loud 16-bit samples are at most, from 0 to 100."""
    heard = array("h", samples[: len(samples) // 2 * 2])
    return max(abs(max(heard)), abs(min(heard))) * 100 // 32768 if heard else 0


def _ascii(text: str) -> str:
    """Camera data knows only plain letters."""
    return text.encode("ascii", "replace").decode()[:60]
