"""Reading codes from what a camera saw: a photo, a screenshot, the pages of a PDF, or a picture that is watched live."""

import io
from typing import Any

from auditor_app.errors import AuditorAppError
from auditor_app.pdfium import opened_pdf
from auditor_app.vault.camera import MAX_PIXELS, allow_heic, media_type_of

MOST_BYTES = 64 << 20
MOST_PAGES = 10
_PAGE_EDGE = 2400
"""Longest edge in pixels of a page that is drawn for reading: about 200 dots per inch of A4."""
_LARGE_EDGE = 4200
"""Photos are read at this size at most: more pixels take time and say no more."""

_SMALL_EDGE = 2000


def codes_in_file(data: bytes) -> list[bytes]:
    """Read every code in a picture or a PDF; empty where there are none, and for what is neither, or larger than `MOST_BYTES`."""
    if len(data) > MOST_BYTES:
        return []
    try:
        if media_type_of(data) == "application/pdf":
            return _codes_in_pdf(data)
        return _codes_in_picture(data)
    except AuditorAppError:
        return []
    except Exception:  # noqa: BLE001 - decoders of hostile files raise anything; what cannot be decoded holds no codes
        return []


def codes_in_frame(gray: bytes, width: int, height: int) -> list[bytes]:
    """Read every code in a live picture: one byte of brightness for each pixel, rows without gaps."""
    from PIL import Image  # noqa: PLC0415 - loads with the first picture

    return _codes_in(Image.frombytes("L", (width, height), gray))


def _codes_in_picture(data: bytes) -> list[bytes]:
    from PIL import Image  # noqa: PLC0415

    allow_heic(data)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses what is more than twice this, before it decodes anything
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("L", (_LARGE_EDGE, _LARGE_EDGE))
        gray = _on_white(picture)
        gray.thumbnail((_LARGE_EDGE, _LARGE_EDGE))
        return _codes_in(gray)


def _on_white(picture: Any) -> Any:
    """Give the brightness alone; what is transparent is paper."""
    from PIL import Image  # noqa: PLC0415

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("L")
    whole = picture.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    paper.alpha_composite(whole)
    return paper.convert("L")


def _codes_in_pdf(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    with opened_pdf(data) as document:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            try:
                found += _codes_in(page.render(scale=_PAGE_EDGE / max(page.get_size()), grayscale=True).to_pil())
            finally:
                page.close()
    return found


def _codes_in(picture: Any) -> list[bytes]:
    """Look twice, at two sizes: where modules fall between pixels at the one, they do not at the other."""
    other = 2.0 if max(picture.size) <= _SMALL_EDGE else 0.6
    again = picture.resize((max(1, int(picture.width * other)), max(1, int(picture.height * other))))
    return list(dict.fromkeys((*_seen(picture), *_seen(again))))


def _seen(picture: Any) -> list[bytes]:
    import zxingcpp  # noqa: PLC0415 - loads with the first picture

    return [bytes(one.bytes) for one in zxingcpp.read_barcodes(picture) if one.format == zxingcpp.BarcodeFormat.QRCode]
