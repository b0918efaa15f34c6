"""The sample's evidence: real files of real kinds that other programs open."""

import csv
import json
import wave
import zipfile
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from xml.etree import ElementTree

import pi_heif
import pypdfium2
import pytest
from PIL import ExifTags, Image

from auditor_app.digests import sha256_of, sha256_of_file
from auditor_app.errors import Cancelled, Unavailable
from auditor_app.sample.catalogue import EvidenceItem, catalogue
from auditor_app.sample.making import bytes_of
from auditor_app.sample.pieces import SamplePiece, make_evidence

ITEMS = {item.key: item for item in catalogue().pieces}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SamplePiece]:
    """Make all evidence once."""
    return {piece.key: piece for piece in make_evidence(tmp_path_factory.mktemp("evidence"))}


def details(path: Path) -> dict[int, object]:
    """Read the EXIF block of a picture."""
    with Image.open(path) as picture:
        return dict(picture.getexif().get_ifd(ExifTags.IFD.Exif))


def test_the_evidence_is_of_many_kinds_and_of_bearable_size(made: dict[str, SamplePiece]) -> None:
    """At least sixty pieces, under 60 MB."""
    kinds = Counter(piece.path.suffix.lower() for piece in made.values())
    assert len(made) >= 64
    assert kinds[".jpg"] >= 40
    assert kinds[".heic"] == 3
    assert set(kinds) >= {".pdf", ".tif", ".wav", ".txt", ".csv", ".xlsx", ".json", ".eml", ".svg", ".geojson"}
    assert sum(piece.path.stat().st_size for piece in made.values()) < 60_000_000


def test_camera_pictures_tell_time_offset_and_place(made: dict[str, SamplePiece]) -> None:
    """Read with Pillow, as intake does."""
    for piece in made.values():
        if piece.path.suffix != ".JPG":
            continue
        with Image.open(piece.path) as picture:
            exif = picture.getexif()
            place = exif.get_ifd(ExifTags.IFD.GPSInfo)
            assert sorted(picture.size) == [1500, 2000]
        assert details(piece.path)[ExifTags.Base.OffsetTimeOriginal] == "-03:00"
        assert exif[ExifTags.Base.Make] in ("Andina", "Lumira")
        assert place[ExifTags.GPS.GPSLatitudeRef] == "S"
        assert [int(part) for part in place[ExifTags.GPS.GPSLatitude][:2]] in ([24, 41], [24, 43], [24, 44])
        assert [int(part) for part in place[ExifTags.GPS.GPSLongitude][:1]] == [69]


def test_one_camera_is_47_minutes_slow_and_the_piece_tells_the_true_time(made: dict[str, SamplePiece]) -> None:
    """The satellite time beside it is right."""
    piece = made["converter-haze"]
    assert piece.happened_at is not None
    shown = (piece.happened_at - timedelta(minutes=47)).strftime("%Y:%m:%d %H:%M:%S")
    assert details(piece.path)[ExifTags.Base.DateTimeOriginal] == shown
    right = made["eyewash-d02"]
    assert right.happened_at is not None
    assert details(right.path)[ExifTags.Base.DateTimeOriginal] == right.happened_at.strftime("%Y:%m:%d %H:%M:%S")


def test_some_pictures_were_held_turned(made: dict[str, SamplePiece]) -> None:
    """Viewers must obey the orientation."""
    turns = []
    for piece in made.values():
        if piece.path.suffix == ".JPG":
            with Image.open(piece.path) as picture:
                turns.append(picture.getexif()[ExifTags.Base.Orientation])
    assert Counter(turns)[6] == 2
    assert Counter(turns)[3] == 2


def test_pictures_are_scenes_and_not_flat(made: dict[str, SamplePiece]) -> None:
    """A painter that draws nothing would leave one colour."""
    for piece in made.values():
        if piece.path.suffix == ".JPG":
            with Image.open(piece.path) as picture:
                picture.draft("RGB", (250, 250))
                assert len(set(picture.quantize(64).convert("RGB").resize((50, 50)).get_flattened_data())) > 20, piece.key


def test_heic_files_open_and_carry_camera_data(made: dict[str, SamplePiece]) -> None:
    """They are shipped, small, and decode with the program's own decoder."""
    for key in ("stack-dusk", "slimes-seal", "casting-barrier"):
        piece = made[key]
        assert piece.path.stat().st_size < 150_000
        picture = pi_heif.open_heif(piece.path)
        assert picture.size == (1600, 1200)
        exif = Image.Exif()
        exif.load(picture.info["exif"])
        assert piece.happened_at is not None
        assert exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] == piece.happened_at.strftime("%Y:%m:%d %H:%M:%S")
        assert exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] == "S"


def test_papers_open_as_pdf(made: dict[str, SamplePiece]) -> None:
    """PDFium draws every page, and there is ink on it."""
    papers = [piece.path for piece in made.values() if piece.path.suffix == ".pdf"]
    assert len(papers) >= 8
    for path in papers:
        with pypdfium2.PdfDocument(path) as document:
            assert document[0].get_size() == pytest.approx((595, 842), abs=1)
            darkest, _lightest = document[0].render(scale=0.5).to_pil().convert("L").getextrema()
            assert darkest < 120


def test_the_scan_is_grey_and_askew(made: dict[str, SamplePiece]) -> None:
    """A dark edge and grain, unlike a clean page."""
    with Image.open(made["waste-manifest"].path) as scan:
        assert scan.mode == "L"
        assert scan.getpixel((5, 900)) < 120
        assert len(set(scan.crop((400, 1200, 600, 1400)).get_flattened_data())) > 8


def test_spreadsheets_have_the_parts_of_a_workbook(made: dict[str, SamplePiece]) -> None:
    """The cells are where a spreadsheet program looks for them."""
    with zipfile.ZipFile(made["ghg-inventory"].path) as archive:
        assert archive.testzip() is None
        assert {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(archive.namelist())
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    cells = {cell.get("r"): "".join(cell.itertext()) for cell in sheet.iter(f"{space}c")}
    assert cells["A2"] == "Natural gas, anode furnace"
    assert cells["E2"] == "28136"


def test_sounds_play_for_their_seconds_and_are_not_silent(made: dict[str, SamplePiece]) -> None:
    """Sixteen bit, one channel."""
    with wave.open(str(made["alarm-test"].path)) as sound:
        assert sound.getnframes() == 5 * sound.getframerate()
        assert len(set(sound.readframes(800))) > 50


def test_data_files_read_with_ordinary_tools(made: dict[str, SamplePiece]) -> None:
    """Tables have as many cells in each row as in the head; JSON, mail and drawing parse."""
    for key, mark in (("wastewater-record", ","), ("so2-hourly", ";"), ("clock-records", ";")):
        rows = list(csv.reader(made[key].path.read_text(encoding="utf-8").splitlines(), delimiter=mark))
        assert len({len(row) for row in rows}) == 1, key
    assert json.loads(made["fence-walk"].path.read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    assert json.loads(made["detector-log"].path.read_text(encoding="utf-8"))["gas"] == "SO2"
    assert message_from_bytes(made["scope3-mail"].path.read_bytes())["Subject"].startswith("RE:")
    assert ElementTree.fromstring(made["site-plan"].path.read_bytes()).tag.endswith("svg")  # noqa: S314 - our own file


def test_file_names_are_those_of_the_field(made: dict[str, SamplePiece]) -> None:
    """Spaces, accents and other scripts must survive intake."""
    names = {piece.path.name for piece in made.values()}
    assert {"IMG_2041.JPG", "SOP-114 rev 7.pdf", "Carta comunidad Ñuñoa.pdf", "废水监测记录.csv"} <= names
    assert not [name for name in names if set(name) & set('<>:"/\\|?*') or name.endswith((".", " "))]


@pytest.mark.parametrize("key", ["muster-3", "sop-acid", "drill-attendance", "waste-manifest", "ghg-inventory", "pump-hum", "note-lead"])
def test_the_same_item_gives_the_same_bytes(key: str, made: dict[str, SamplePiece]) -> None:
    """The sample's digests can be written down."""
    item: EvidenceItem = ITEMS[key]
    assert sha256_of(bytes_of(item, catalogue())) == sha256_of_file(made[key].path)


def test_no_two_pieces_have_the_same_bytes(made: dict[str, SamplePiece]) -> None:
    """A visit holds one item for each digest."""
    assert len({sha256_of_file(piece.path) for piece in made.values()}) == len(made)


def test_making_can_be_stopped_between_pieces(tmp_path: Path) -> None:
    """What was made before stays whole."""

    def stop_after_one(_step: str, done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_evidence(tmp_path, stop_after_one)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where the folder should be."""
    blocked = tmp_path / "taken"
    blocked.write_text("a file")
    with pytest.raises(Unavailable) as caught:
        make_evidence(blocked)
    assert caught.value.code == "sample_not_written"
