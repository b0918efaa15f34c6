"""Turns one item of the list of evidence into the bytes of its file."""

from decimal import Decimal
from typing import assert_never

from auditor_app.install_paths import resources
from auditor_app.sample import camera, pages, records
from auditor_app.sample.catalogue import Catalogue, EvidenceItem, Paper, Photo, Recording, Sheet, Shipped
from auditor_app.sample.painters import LANDSCAPE, PORTRAIT, painted
from auditor_app.sample.seeds import seed_of, seeded

_LINES_A_PAGE = 36
_SPREAD = 40
"""Pictures of one area differ by up to so many hundred-thousandths of a degree, about forty metres."""


def bytes_of(item: EvidenceItem, whole: Catalogue) -> bytes:
    """Make the file's bytes; the same item gives the same bytes. Raises OSError when a shipped file cannot be read."""
    made_from = item.photo or item.shipped or item.paper or item.sound or item.sheet or (item.text or "")
    match made_from:
        case Photo():
            return _photo(made_from, item.key, whole)
        case Shipped():
            return (resources() / "sample" / "heic" / made_from.source).read_bytes()
        case Paper():
            return _paper(made_from, item.key)
        case Recording():
            return records.wav_bytes(records.SOUNDS[made_from.kind], made_from.seconds, seed_of(item.key))
        case Sheet():
            return records.xlsx_bytes(made_from.name, made_from.rows)
        case str():
            return made_from.encode("utf-8")
        case _:
            assert_never(made_from)


def _photo(photo: Photo, key: str, whole: Catalogue) -> bytes:
    size = PORTRAIT if photo.turned == "portrait" else LANDSCAPE
    picture = painted(photo.scene, photo.words, mood=photo.mood, size=size, seed=seed_of(key))
    return camera.jpeg_bytes(picture, shot_of(photo, key, whole))


def shot_of(photo: Photo, key: str, whole: Catalogue) -> camera.Shot:
    """Tell the camera's part of a picture: the area's place, moved a little, and the true time."""
    near = seeded(seed_of(key))
    latitude, longitude = (str(Decimal(part) + Decimal(near.randint(-_SPREAD, _SPREAD)) / 100_000) for part in whole.areas[photo.area])
    return camera.Shot(
        camera=camera.CAMERAS[photo.camera], taken_at=photo.taken_at, latitude=latitude, longitude=longitude, turned=photo.turned
    )


def _paper(paper: Paper, key: str) -> bytes:
    parts = [paper.lines[start : start + _LINES_A_PAGE] for start in range(0, len(paper.lines), _LINES_A_PAGE)]
    sheets = [pages.page(paper.title, paper.letterhead, lines, number, len(parts)) for number, lines in enumerate(parts, start=1)]
    if paper.form == "pdf":
        return pages.pdf_bytes(sheets, paper.title)
    scans = [pages.scanned(sheet, seed_of(key)) for sheet in sheets]
    return pages.tiff_bytes(scans) if paper.form == "scan_tiff" else pages.pdf_bytes(scans, paper.title)
