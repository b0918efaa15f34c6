"""The choice of photo quality: from what the workspace keeps, or from the originals; and the choice in reports."""

import io

import pikepdf
import pytest
from PIL import Image

from auditor_app.errors import NotAllowed
from auditor_app.reporting.photos import QUALITIES, prepared
from auditor_app.workflows.intake import plan_intake, record_intake, seal_file
from auditor_app.workflows.reports import make_report, report_bytes


def scene(size=(1600, 1200), **more):
    target = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(target, "JPEG", quality=80, **more)
    return target.getvalue()


def test_each_quality_is_sharper_and_larger_than_the_one_before():
    photo = scene()
    sizes = [Image.open(io.BytesIO(prepared(photo, quality))).size for quality in ("mail", "screen", "print")]
    assert [max(size) for size in sizes] == [QUALITIES[quality].edge for quality in ("mail", "screen", "print")]
    lengths = [len(prepared(photo, quality)) for quality in ("mail", "screen", "print")]
    assert lengths == sorted(lengths)


def test_a_photo_that_was_held_upright_stays_upright_and_loses_its_camera_data():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Fieldphone"
    made = Image.open(io.BytesIO(prepared(scene(exif=exif), "mail")))
    assert made.size[1] > made.size[0]
    assert not made.getexif()


def test_what_is_no_picture_is_not_made_one():
    assert prepared(b"%PDF-1.7", "mail") is None
    assert prepared(scene()[:2000], "print") is None


@pytest.mark.parametrize(("quality", "edge"), [("mail", 216), ("screen", 360), ("print", 720)])
def test_a_report_has_its_photos_at_the_chosen_quality(workspace, visit, tmp_path, quality, edge):
    (tmp_path / "photo.jpg").write_bytes(scene())
    record_intake(workspace, visit, [seal_file(plan_intake(workspace), tmp_path / "photo.jpg")])
    pdf = report_bytes(workspace, make_report(workspace, visit, photos=quality))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (image,) = {name: image for page in document.pages for name, image in page.get_images().items()}.values()
    assert max(int(image.Width), int(image.Height)) == edge


def test_another_quality_is_refused_before_the_work(workspace, visit):
    with pytest.raises(NotAllowed) as refusal:
        make_report(workspace, visit, photos="best")
    assert refusal.value.code == "choice_unknown"
