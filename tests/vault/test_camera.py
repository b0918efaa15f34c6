"""What cameras wrote, read from their files; and hostile files, which give nothing and never stop an intake."""

import io
import random
import struct
import subprocess
import sys
import warnings
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from auditor_app.domain.fields import Captured
from auditor_app.install_paths import resources
from auditor_app.sample.camera import CAMERAS, Camera, Shot, camera_data, jpeg_bytes
from auditor_app.vault.camera import THUMBNAIL_EDGE, Seen, look_into, media_type_of
from auditor_app.vault.losses import losses

EVENING = datetime(2026, 11, 17, 20, 11, 5, tzinfo=timezone(timedelta(hours=-3)))
SHOT = Shot(camera=CAMERAS["phone"], taken_at=EVENING, latitude="-24.7331", longitude="-69.6229")


def picture(size=(1200, 900), color=(200, 120, 40)):
    return Image.new("RGB", size, color)


def encoded(kind, made=None, **more):
    target = io.BytesIO()
    (made or picture()).save(target, kind, **more)
    return target.getvalue()


def a_pdf():
    return encoded("PDF", picture((400, 300)))


def thumbnail_of(seen):
    made = Image.open(io.BytesIO(seen.thumbnail))
    assert made.format == "JPEG"
    return made


def test_a_photo_tells_when_where_and_with_what_it_was_taken():
    seen = look_into(jpeg_bytes(picture(), SHOT), "image/jpeg")
    assert (seen.at, seen.offset, seen.device) == ("2026-11-17T20:11:05", "-03:00", "Andina Campo 5")
    assert (seen.latitude, seen.longitude) == (-24733100, -69622900)
    assert (seen.width, seen.height) == (1200, 900)


def test_a_camera_whose_clock_is_slow_is_quoted_not_corrected():
    shot = Shot(camera=CAMERAS["ex_camera"], taken_at=EVENING, latitude="0.5", longitude="179.5")
    seen = look_into(jpeg_bytes(picture(), shot), "image/jpeg")
    assert (seen.at, seen.latitude, seen.longitude) == ("2026-11-17T19:24:05", 500000, 179500000)


def test_a_camera_that_writes_no_offset_has_none():
    shot = Shot(camera=Camera(make="Old", model="One", writes_offset=False), taken_at=EVENING, latitude="1", longitude="1")
    assert look_into(jpeg_bytes(picture(), shot), "image/jpeg").offset == ""


@pytest.mark.parametrize(
    ("name", "at", "latitude", "longitude"),
    [
        ("stack-dusk", "2026-11-17T20:11:05", -24734978, -69609108),
        ("slimes-seal", "2026-11-17T16:09:42", -24730950, -69619578),
        ("casting-barrier", "2026-11-17T10:31:18", -24733108, -69622900),
    ],
)
def test_a_heic_photo_of_a_phone_tells_the_same(name, at, latitude, longitude):
    data = (resources() / "sample" / "heic" / f"{name}.heic").read_bytes()
    assert media_type_of(data) == "image/heic"
    seen = look_into(data, "image/heic")
    assert (seen.at, seen.offset, seen.latitude, seen.longitude) == (at, "-03:00", latitude, longitude)
    assert (seen.device, seen.width, seen.height) == ("Andina Campo 7 Pro", 1600, 1200)
    assert thumbnail_of(seen).size == (360, 270)


@pytest.mark.parametrize(("turned", "upright"), [("", (360, 270)), ("portrait", (270, 360)), ("upside_down", (360, 270))])
def test_a_thumbnail_stands_upright_however_the_camera_was_held(turned, upright):
    made = picture((900, 1200) if turned == "portrait" else (1200, 900))
    made.paste((0, 0, 255), (0, 0, made.width, made.height // 3))  # the sky
    shot = Shot(camera=CAMERAS["phone"], taken_at=EVENING, latitude="1", longitude="1", turned=turned)
    small = thumbnail_of(look_into(jpeg_bytes(made, shot), "image/jpeg"))
    assert small.size == upright
    red, _green, blue = small.getpixel((small.width // 2, 5))
    assert blue > red


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "PDF"])
def test_every_kind_of_picture_is_recognised_by_its_bytes_and_gets_a_small_one(kind):
    data = encoded(kind)
    media_type = media_type_of(data)
    assert media_type == {"PDF": "application/pdf"}.get(kind, f"image/{kind.lower()}")
    assert max(thumbnail_of(look_into(data, media_type)).size) == THUMBNAIL_EDGE


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"", ""),
        (b"hello", ""),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"PK\x03\x04", ""),
    ],
)
def test_what_is_no_picture_is_told_by_its_first_bytes_and_has_no_small_picture(head, media_type):
    assert media_type_of(head) == media_type
    assert look_into(head, media_type) == Seen()


def test_a_small_picture_is_not_made_larger():
    assert thumbnail_of(look_into(encoded("PNG", picture((40, 30))), "image/png")).size == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_colour_mode_get_a_small_one(mode):
    made = picture().convert(mode) if mode != "I;16" else Image.new("I;16", (64, 48), 40000)
    assert look_into(encoded("TIFF", made), "image/tiff").thumbnail


# Hostile files

WHOLE = {
    "image/jpeg": jpeg_bytes(picture((64, 48)), SHOT),
    "image/png": encoded("PNG", picture((64, 48)), exif=camera_data(SHOT)),
    "image/tiff": encoded("TIFF", picture((64, 48)), exif=camera_data(SHOT)),
    "image/webp": encoded("WEBP", picture((64, 48)), exif=camera_data(SHOT)),
    "image/heic": (resources() / "sample" / "heic" / "stack-dusk.heic").read_bytes(),
    "application/pdf": a_pdf(),
}


def fits(seen):
    """What was seen must fit the journal, or the intake would stop."""
    Captured(at=seen.at, offset=seen.offset, latitude=seen.latitude, longitude=seen.longitude, device=seen.device)
    assert seen.at == "" or datetime.fromisoformat(seen.at).replace(tzinfo=UTC)
    assert seen.latitude is None or abs(seen.latitude) <= 90_000_000
    assert seen.longitude is None or abs(seen.longitude) <= 180_000_000
    assert (seen.latitude is None) == (seen.longitude is None)
    assert len(seen.device) <= 100 and seen.device.isprintable()
    assert seen.at.isascii() and seen.offset.isascii()
    return True


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 2**32), st.sampled_from(["cut", "flip", "zeros"]))
def test_a_damaged_file_never_stops_the_intake(media_type, seed, how):
    chance, data = random.Random(seed), bytearray(WHOLE[media_type])
    place = chance.randrange(len(data))
    if how == "cut":
        del data[place:]
    elif how == "zeros":
        data[place : place + chance.randrange(200)] = bytes(chance.randrange(200))
    else:
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(min(len(data), 1500))] ^= 1 << chance.randrange(8)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fits(look_into(bytes(data), media_type))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([*WHOLE, "image/gif", "image/svg+xml", "image/", "video/mp4", "text/plain", ""]))
def test_bytes_of_any_kind_under_any_name_give_nothing(data, media_type):
    assert look_into(data, media_type) == Seen()


def with_exif(**more):
    """A photo whose camera data has other values, by the number of the tag."""
    exif = camera_data(SHOT)
    for part, values in more.items():
        target = {"base": exif, "exif": exif.get_ifd(0x8769), "gps": exif.get_ifd(0x8825)}[part]
        for tag, value in values.items():
            target[tag] = value
    return encoded("JPEG", picture((64, 48)), exif=exif)


@pytest.mark.parametrize(
    "at", ["0000:00:00 00:00:00", "2026:02:30 09:00:00", "2026:13:01 25:61:61", "    :  :     :  :  ", "yesterday", "2026-05-04"]
)
def test_a_time_that_cannot_be_is_none(at):
    seen = look_into(with_exif(exif={0x9003: at}, base={0x0132: at}), "image/jpeg")
    assert fits(seen)
    assert seen.at == ""


def test_a_photo_without_the_moment_of_its_taking_quotes_that_of_its_file():
    seen = look_into(with_exif(exif={0x9003: ""}, base={0x0132: "2026:11:17 20:11:06"}), "image/jpeg")
    assert seen.at == "2026-11-17T20:11:06"


@pytest.mark.parametrize("offset", ["3", "-3:00", "\u0663\u0663:00", "-03:00:00", "UTC"])
def test_an_offset_that_is_none_is_left_out(offset):
    assert look_into(with_exif(exif={0x9011: offset}), "image/jpeg").offset == ""


@pytest.mark.parametrize(
    "gps",
    [
        {2: (91.0, 0.0, 0.0)},
        {2: (24.0, 90.0, 0.0), 4: (179.0, 90.0, 0.0)},
        {4: (181.0, 0.0, 0.0)},
        {2: (IFDRational(0, 0), 0.0, 0.0)},
        {2: (1.0,)},
        {2: ()},
    ],
)
def test_a_place_that_is_not_on_earth_is_none(gps):
    seen = look_into(with_exif(gps=gps), "image/jpeg")
    assert (seen.latitude, seen.longitude) == (None, None)
    assert seen.at


def test_the_name_of_a_device_is_plain_and_short():
    seen = look_into(with_exif(base={0x010F: "Evil\x07\u202e Corp \n", 0x0110: "M" * 500}), "image/jpeg")
    assert seen.device.startswith("Evil") and fits(seen)


def of_size(width, height):
    """A photo whose head says that it is of another size."""
    data = bytearray(jpeg_bytes(picture((64, 48)), SHOT))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def test_a_photo_of_200_megapixels_is_read_and_one_of_impossible_size_is_not():
    seen = look_into(of_size(16320, 12240), "image/jpeg")
    assert (seen.width, seen.height, seen.at) == (16320, 12240, "2026-11-17T20:11:05")
    assert look_into(of_size(65000, 65000), "image/jpeg") == Seen()


def test_a_photo_that_was_cut_short_still_tells_when_it_was_taken():
    data = jpeg_bytes(picture(), SHOT)
    seen = look_into(data[: len(data) // 2], "image/jpeg")
    assert (seen.at, seen.width, seen.thumbnail) == ("2026-11-17T20:11:05", 1200, None)


def test_a_pdf_without_pages_or_with_a_password_gives_nothing():
    from pikepdf import Encryption, Pdf

    for encryption in (None, Encryption(owner="x", user="y")):
        target = io.BytesIO()
        with Pdf.new() as pdf:
            if encryption:
                pdf.add_blank_page()
            pdf.save(target, encryption=encryption or False)
        assert look_into(target.getvalue(), "application/pdf") == Seen()


THREADS = """
import sys, threading
from pathlib import Path
from auditor_app.pdfium import opened_pdf
from auditor_app.vault.camera import look_into

pdf = Path(sys.argv[1]).read_bytes()

def take_in():
    for _round in range(60):
        assert look_into(pdf, "application/pdf").thumbnail

def preview():
    for _round in range(60):
        with opened_pdf(pdf) as document:
            document[0].render(scale=1).to_pil()

threads = [threading.Thread(target=work) for work in (take_in, preview, take_in, preview)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_pages_are_drawn_by_one_thread_at_a_time(tmp_path):
    """The library that draws them crashes the process otherwise, so it is asked in a process of its own."""
    pages = canvas.Canvas(str(tmp_path / "procedure.pdf"))
    for line in range(60):
        pages.drawString(40, 40 + line * 12, f"{line} Procedure for the tankhouse, revision seven")
        pages.bezier(0, line * 12, 200, 800 - line, 300, line, 590, 700)
    pages.save()
    ended = subprocess.run([sys.executable, "-c", THREADS, str(tmp_path / "procedure.pdf")], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr[-2000:]


# What was lost before it came to us


def lost(name, data):
    media_type = media_type_of(data)
    return losses(name, media_type, look_into(data, media_type))


PHOTO, HEIC_PHOTO = jpeg_bytes(picture(), SHOT), WHOLE["image/heic"]


@pytest.mark.parametrize("name", ["IMG_0007.JPG", "IMG_20260504_091214.jpg", "PXL_20260504_121409123.jpg", "DSC00012.JPG", "صورة.jpg"])
def test_a_photo_straight_from_a_camera_lost_nothing(name):
    assert lost(name, PHOTO) == ()


def test_a_heic_photo_under_its_own_name_lost_nothing():
    assert lost("IMG_0007.HEIC", HEIC_PHOTO) == ()


@pytest.mark.parametrize(
    "name",
    [
        "IMG-20260504-WA0007.jpg",
        "WhatsApp Image 2026-05-04 at 09.12.14.jpeg",
        "signal-2026-05-04-091214.jpg",
        "signal-2026-05-04-09-12-14-123.jpg",
        "photo_2026-05-04_09-12-14.jpg",
        "mmexport1777800000000.jpg",
        "微信图片_20260504091214.jpg",
        "received_1029384756.jpeg",
    ],
)
def test_a_picture_sent_through_a_messenger_is_known_by_its_name(name):
    assert lost(name, encoded("JPEG")) == ("recompressed", "no_camera_time", "no_place")


def test_a_picture_shrunk_by_a_messenger_is_known_by_its_size_even_renamed():
    assert "recompressed" in lost("guard.jpg", encoded("JPEG", picture((1600, 1200))))
    assert "recompressed" not in lost("guard.jpg", jpeg_bytes(picture((1600, 1200)), SHOT))
    assert "recompressed" not in lost("guard.jpg", encoded("JPEG", picture((1500, 1200))))


def test_a_film_sent_through_a_messenger_is_known_by_its_name():
    assert losses("VID-20260504-WA0001.mp4", "video/mp4", Seen()) == ("recompressed",)
    assert losses("MVI_0001.MP4", "video/mp4", Seen()) == losses("report.pdf", "application/pdf", Seen()) == ()


def test_a_photo_whose_data_was_stripped_lost_time_and_place():
    stripped = io.BytesIO()
    Image.open(io.BytesIO(PHOTO)).save(stripped, "JPEG")
    assert lost("IMG_0007.JPG", stripped.getvalue()) == ("no_camera_time", "no_place")


def test_a_photo_without_a_place_lost_only_that():
    shot = camera_data(SHOT)
    shot.get_ifd(0x8825).clear()
    assert lost("IMG_0007.JPG", encoded("JPEG", exif=shot)) == ("no_place",)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("IMG_0007.HEIC", PHOTO),  # renamed back
        ("IMG_0007.HEIC.jpg", PHOTO),
        ("IMG_0007.jpg", HEIC_PHOTO),
        ("IMG_0007.jpg", encoded("WEBP", exif=camera_data(SHOT))),
        ("IMG_0007.png", encoded("PNG", exif=camera_data(SHOT))),  # no camera writes PNG
    ],
)
def test_a_picture_that_was_converted_is_known(name, data):
    assert lost(name, data) == ("converted",)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Screenshot_20260504-091214.png", (300, 200)),
        ("Screen Shot 2026-05-04 at 09.12.14.png", (300, 200)),
        ("Captura de pantalla 2026-05-04.png", (300, 200)),
        ("截屏2026-05-04 09.12.14.png", (300, 200)),
        ("IMG_0412.PNG", (300, 200)),
        ("plan.png", (1170, 2532)),
        ("plan.png", (1920, 1080)),
    ],
)
def test_a_picture_of_a_screen_is_known(name, size):
    assert lost(name, encoded("PNG", picture(size))) == ("screenshot", "no_camera_time", "no_place")


def test_a_drawing_as_png_is_no_screenshot():
    assert lost("plan.png", encoded("PNG", picture((1000, 700)))) == ("no_camera_time", "no_place")


# Scanned documents


def pdf_pages(*pages):
    """Draw a PDF; each page is "scan", "text", "both" or "empty"."""
    target = io.BytesIO()
    made = canvas.Canvas(target)
    for kind in pages:
        if kind in {"scan", "both"}:
            made.drawImage(ImageReader(picture((300, 400))), 0, 0, 595, 842)
        if kind in {"text", "both"}:
            made.drawString(72, 700, "Permit No. 14")
        made.showPage()
    made.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("pages", "scan"),
    [
        (["scan"], True),
        (["scan", "scan", "scan"], True),
        (["text"], False),
        (["both"], False),  # read by a machine already
        (["scan", "text"], False),  # a picture on the cover
        (["empty"], False),
    ],
)
def test_a_pdf_of_pictures_without_text_is_a_scan(pages, scan):
    seen = look_into(pdf_pages(*pages), "application/pdf")
    assert (seen.pages, seen.scan) == (len(pages), scan)
    assert thumbnail_of(seen)
