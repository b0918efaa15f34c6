import io

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from auditor_app.digests import sha256_of
from auditor_app.errors import NotAllowed
from auditor_app.install_paths import resources
from auditor_app.sample.camera import CAMERAS, Shot, camera_data
from auditor_app.workflows.copies import Editing, edit, make_copy
from auditor_app.workflows.evidence import describe_evidence, original_bytes, small_picture
from auditor_app.workflows.intake import take_in

FACE = (200, 140, 560, 240)
"""Where the words are that must not be read."""


def written(words: str) -> Image.Image:
    picture = Image.new("RGB", (800, 600), "#c8bfa9")
    font = ImageFont.truetype(str(resources() / "fonts" / "NotoSans-Bold.ttf"), 56)
    ImageDraw.Draw(picture).text((210, 150), words, fill="black", font=font)
    ImageDraw.Draw(picture).text((210, 400), "Tank 4, level 2", fill="black", font=font)
    return picture


def jpeg(picture: Image.Image, **more) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=95, **more)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def largest_difference(one: Image.Image, other: Image.Image) -> int:
    return max(high for _low, high in ImageChops.difference(one, other).getextrema())


@pytest.fixture
def photo(workspace, visit, tmp_path, clock):
    """A photo with words, camera data and a small picture inside, taken in."""
    path = tmp_path / "IMG_0007.jpg"
    shot = Shot(camera=CAMERAS["phone"], taken_at=clock.now(), latitude="-22.4567", longitude="-68.9012")
    path.write_bytes(jpeg(written("Rosa Mamani"), exif=camera_data(shot)))
    digest, _changes = take_in(workspace, visit, path)
    describe_evidence(workspace, visit, digest, caption="The name on the board")
    return digest


def test_a_copy_is_evidence_of_its_own_and_the_original_stays_byte_for_byte(workspace, visit, photo):
    before = original_bytes(workspace, photo, limit=1 << 30)
    editing = Editing(quarter_turns=1, blur=(FACE,), boxes=((10, 10, 90, 90),), crop=(0, 0, 500, 700))
    copy, changes = make_copy(workspace, visit, photo, editing)
    state = workspace.visit(visit)
    assert changes.saved_at
    assert set(state.evidence) == {photo, copy}
    assert original_bytes(workspace, photo, limit=1 << 30) == before
    assert sha256_of(before) == photo
    assert state.evidence[photo].derived_from == ""
    made = state.evidence[copy]
    assert (made.derived_from, made.derived_by) == (photo, "rotated, blurred, annotated, cropped")
    assert made.caption == "The name on the board"
    assert opened(original_bytes(workspace, copy, limit=1 << 30)).size == (500, 700)


def test_nothing_that_the_camera_wrote_is_left_in_a_copy(workspace, visit, photo):
    assert workspace.visit(visit).evidence[photo].captured["device"] == "Andina Campo 5"
    copy, _changes = make_copy(workspace, visit, photo, Editing(blur=(FACE,)))
    data = original_bytes(workspace, copy, limit=1 << 30)
    assert b"Exif" not in data
    assert b"Andina" not in data
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
    captured = workspace.visit(visit).evidence[copy].captured
    assert not any(captured.get(key) for key in ("device", "at", "latitude", "longitude"))


def test_what_is_blurred_is_gone_and_the_rest_is_as_it_was():
    """At most 36 squares of colour are left of the part: taking it apart again gives those squares and nothing more."""
    one = opened(edit(jpeg(written("Rosa Mamani")), Editing(blur=(FACE,)), "photo"))
    part = one.crop(FACE)
    squares = part.resize((6, 6), Image.Resampling.BOX)
    assert largest_difference(squares.resize(part.size, Image.Resampling.BICUBIC), part) < 40
    neighbours = ImageChops.difference(part, ImageChops.offset(part, 1, 0)).crop((1, 0, *part.size))
    assert max(high for _low, high in neighbours.getextrema()) < 16, "no edge of a letter is left"
    sharp = written("Rosa Mamani").crop(FACE)
    assert max(high for _low, high in ImageChops.difference(sharp, ImageChops.offset(sharp, 1, 0)).getextrema()) > 100
    below = (180, 380, 780, 500)
    assert max(ImageStat.Stat(ImageChops.difference(one.crop(below), written("").crop(below))).mean) < 2


def test_two_names_that_are_blurred_cannot_be_told_apart_by_their_letters():
    names = [opened(edit(jpeg(written(name)), Editing(blur=(FACE,)), "photo")).crop(FACE) for name in ("Rosa Mamani", "Rosa Mamami")]
    clear = [written(name).crop(FACE) for name in ("Rosa Mamani", "Rosa Mamami")]
    assert largest_difference(*clear) > 150
    assert max(ImageStat.Stat(ImageChops.difference(*names)).mean) < 4


def test_the_small_picture_of_a_copy_shows_the_copy(workspace, visit, photo):
    copy, _changes = make_copy(workspace, visit, photo, Editing(blur=((0, 0, 800, 600),)))
    small = opened(small_picture(workspace, copy))
    assert max(ImageStat.Stat(small).stddev) < max(ImageStat.Stat(opened(small_picture(workspace, photo))).stddev) / 2


def test_marks_are_where_they_were_drawn_on_the_picture_as_it_is_seen():
    plain = Image.new("RGB", (400, 300), "white")
    marked = opened(edit(jpeg(plain), Editing(quarter_turns=1, boxes=((50, 60, 200, 160),), arrows=((20, 380, 150, 300),)), "photo"))
    assert marked.size == (300, 400)
    red, _green, blue = marked.getpixel((125, 61))
    assert red > 180 > 110 > blue
    assert min(marked.getpixel((125, 110))) > 240, "a box is empty"
    assert min(marked.getpixel((250, 350))) > 240


def test_nothing_to_do_and_files_that_are_no_pictures_are_refused_and_leave_nothing(workspace, visit, photo, tmp_path):
    (tmp_path / "notes.txt").write_text("no picture")
    notes, _changes = take_in(workspace, visit, tmp_path / "notes.txt")
    for digest, editing, code in ((photo, Editing(), "nothing_to_edit"), (notes, Editing(quarter_turns=1), "picture_unreadable")):
        with pytest.raises(NotAllowed) as error:
            make_copy(workspace, visit, digest, editing)
        assert error.value.code == code
    assert set(workspace.visit(visit).evidence) == {photo, notes}
