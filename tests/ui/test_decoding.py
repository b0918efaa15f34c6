"""Large pictures and PDF pages from bytes of any kind, hostile ones too."""

import io

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from auditor_app.install_paths import resources
from auditor_app.ui.decoding import decode_picture, draw_page

EDGE = 800


def _jpeg(size, orientation=1):
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    Image.new("RGB", size, (200, 30, 30)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _pdf(*sizes):
    out = io.BytesIO()
    canvas = Canvas(out)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.drawString(20, 20, "page")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_photo_is_shown_upright_and_not_larger_than_asked():
    shown = decode_picture(_jpeg((1600, 1200), orientation=6), "image/jpeg", EDGE)
    assert (shown.width(), shown.height()) == (600, 800)
    assert shown.pixelColor(300, 400).red() > 180


def test_a_heic_photo_of_a_phone_is_shown():
    photo = next((resources() / "sample" / "heic").glob("*.heic")).read_bytes()
    shown = decode_picture(photo, "image/heic", EDGE)
    assert max(shown.width(), shown.height()) == EDGE


def test_a_drawing_that_could_name_other_files_is_not_opened_whatever_it_is_called():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert decode_picture(drawing, "image/svg+xml", EDGE).isNull()
    assert decode_picture(drawing, "image/png", EDGE).isNull()


def test_damaged_bytes_give_no_picture():
    assert decode_picture(_jpeg((900, 900))[:300], "image/jpeg", EDGE).isNull()
    assert decode_picture(b"%PDF-1.7 nothing", "application/pdf", EDGE).isNull()
    assert decode_picture(b"", "image/jpeg", EDGE).isNull()


def test_pages_are_drawn_to_a_width_and_the_last_one_stands_for_those_beyond_it():
    data = _pdf((200, 100), (300, 600))
    first, beyond = draw_page(data, 0, width=400), draw_page(data, 7, width=300)
    assert (first.image.width(), first.image.height(), first.pages) == (400, 200, 2)
    assert (beyond.page, beyond.image.height()) == (1, 600)
