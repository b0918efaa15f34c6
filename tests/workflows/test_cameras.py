import io
from datetime import UTC, timedelta

import pytest
from PIL import Image, ImageFilter

from auditor_app.clock import moment_text
from auditor_app.errors import NotAllowed
from auditor_app.sample.camera import CAMERAS, Shot, camera_data
from auditor_app.workflows.cameras import clock_code, learn_clock, read_code
from auditor_app.workflows.history import undo
from auditor_app.workflows.intake import take_in

PLACE = {"latitude": "-22.4567", "longitude": "-68.9012"}


@pytest.fixture
def take_photo(workspace, visit, tmp_path):
    """Take a photo at a moment with an invented camera, of a code if one is shown, and take it in; gives its digest."""

    def taken(moment, *, camera="ex_camera", code=None, name="IMG_0001.jpg", exif=True):
        picture = Image.new("RGB", (1600, 1200), (96, 90, 84))
        if code is not None:
            shown = Image.open(io.BytesIO(code)).convert("RGB")
            picture.paste(shown.resize((560, 560)).rotate(7, expand=True, fillcolor=(96, 90, 84)), (500, 300))
            picture = picture.filter(ImageFilter.GaussianBlur(1.5))
        path = tmp_path / name
        data = camera_data(Shot(camera=CAMERAS[camera], taken_at=moment, **PLACE)) if exif else None
        picture.save(path, "JPEG", quality=80, **({"exif": data} if data else {}))
        return take_in(workspace, visit, path)[0]

    return taken


def test_a_photographed_code_tells_how_far_a_camera_is_off_and_all_its_photos_are_put_right(workspace, visit, clock, take_photo):
    shown_at = clock.now().replace(microsecond=0)
    before = take_photo(shown_at - timedelta(hours=3), name="before.jpg")
    photo = take_photo(shown_at, code=clock_code(shown_at), name="code.jpg")
    other = take_photo(shown_at, camera="phone", name="phone.jpg")
    learn_clock(workspace, visit, photo)
    state = workspace.visit(visit)
    (camera,) = state.cameras
    assert camera.id == "Lumira EX-20 intrinsically safe"
    assert camera.evidence == photo
    assert camera.offset_seconds == (4 * 60 + 47) * 60, "four hours to UTC and 47 minutes slow"
    assert camera.utc_offset == "-04:00"
    assert state.evidence[before].corrected_at == moment_text(shown_at - timedelta(hours=3))
    assert state.evidence[before].captured["at"] == (shown_at - timedelta(hours=3, minutes=47)).replace(tzinfo=None).isoformat()
    assert state.evidence[photo].corrected_at == moment_text(shown_at)
    assert state.evidence[other].corrected_at == "", "another camera's clock is another clock"


def test_a_clock_that_is_unlearnt_by_undo_is_not_taken_for_right(workspace, visit, clock, take_photo):
    now = clock.now().replace(microsecond=0)
    digest = take_photo(now, code=clock_code(now))
    learn_clock(workspace, visit, digest)
    assert workspace.visit(visit).evidence[digest].corrected_at
    undo(workspace, visit)
    state = workspace.visit(visit)
    assert (state.cameras, state.evidence[digest].corrected_at) == ((), "")


def test_a_clock_that_was_learnt_anew_takes_the_place_of_the_old_one(workspace, visit, clock, take_photo):
    for minutes, name in ((0, "first.jpg"), (30, "second.jpg")):
        now = clock.now().replace(microsecond=0)
        wrong_by = timedelta(minutes=minutes)
        photo = take_photo(now - wrong_by, code=clock_code(now), name=name)
        learn_clock(workspace, visit, photo)
    (camera,) = workspace.visit(visit).cameras
    assert camera.offset_seconds == (4 * 60 + 47 + 30) * 60
    assert camera.evidence == photo


def test_a_photo_without_a_code_or_without_camera_data_teaches_nothing_and_says_why(workspace, visit, clock, take_photo):
    now = clock.now()
    without_code, sent_on = take_photo(now), take_photo(now, code=clock_code(now), name="sent.jpg", exif=False)
    for photo, code in ((without_code, "code_not_found"), (sent_on, "camera_unknown")):
        with pytest.raises(NotAllowed) as error:
            learn_clock(workspace, visit, photo)
        assert error.value.code == code
    assert workspace.visit(visit).cameras == ()


def test_the_code_is_read_to_the_second_and_another_code_is_not_taken_for_it(clock):
    now = clock.now()
    assert read_code(clock_code(now)) == (now, "-04:00")
    assert read_code(clock_code(now.astimezone(UTC)))[1] == "+00:00"
    import segno

    target = io.BytesIO()
    segno.make("https://example.org/AUDITOR-APP-CLOCK").save(target, kind="png", scale=8, border=4)
    assert read_code(target.getvalue()) is None
