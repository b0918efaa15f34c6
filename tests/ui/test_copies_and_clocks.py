"""Copies of pictures, and cameras' clocks, in a real window: drawn with mouse and keys, learnt from a photographed code."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from auditor_app.clock import SystemClock, moment_text
from auditor_app.domain.photos import CameraClock
from auditor_app.sample.camera import CAMERAS, Shot, camera_data
from auditor_app.ui.screens.evidence.clock_words import offset_words
from auditor_app.ui.screens.evidence.copy_plan import ARROW, BLUR, BOX, CROP, TEXT, CopyPlan, editing_of, turned, with_mark, without_last
from auditor_app.workflows.cameras import clock_code
from auditor_app.workflows.evidence import original_bytes


@pytest.fixture
def photo(tmp_path):
    """Write a photo of the camera whose clock is 47 minutes slow, of a code if one is given."""

    def written(name, code=None, moment=None):
        picture = Image.new("RGB", (1000, 800), (150, 120, 90))
        if code is not None:
            picture.paste(Image.open(io.BytesIO(code)).convert("RGB").resize((500, 500)), (250, 150))
        shot = Shot(camera=CAMERAS["ex_camera"], taken_at=moment or SystemClock().now(), latitude="-22.4567", longitude="-68.9012")
        picture.save(tmp_path / name, "JPEG", quality=90, exif=camera_data(shot))
        return tmp_path / name

    return written


@pytest.fixture
def screen(window, settled):
    window.activateWindow()
    window.go_to("evidence")
    settled(window)
    return window.current_screen


def _drag(qtbot, canvas, start, end):
    place = canvas._place()
    points = [QPoint(round(place.left() + x * place.width()), round(place.top() + y * place.height())) for x, y in (start, end)]
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    qtbot.mouseMove(canvas, points[1])
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[1])


def _size_of(window, settled, digest):
    made = []
    window.background.run(lambda workspace: original_bytes(workspace, digest, limit=1 << 30), owner=window, done=made.append)
    settled(window)
    return Image.open(io.BytesIO(made[0])).size


def test_a_copy_is_drawn_with_the_mouse_made_and_names_its_original(window, screen, photo, qtbot, settled):
    screen.take_files([photo("IMG_1.jpg")])
    settled(window)
    (original,) = window.opened.state.evidence
    screen.details.copy.click()
    settled(window)
    page = screen.tools.copying
    assert page.isVisible()
    assert not page.make.isEnabled()
    _drag(qtbot, page.canvas, (0.1, 0.1), (0.3, 0.3))
    page.tools[CROP].click()
    _drag(qtbot, page.canvas, (0.0, 0.0), (0.5, 1.0))
    assert [mark.kind for mark in page.canvas.plan.marks] == [BLUR, CROP]
    page.make.click()
    settled(window)
    assert not page.isVisible()
    assert set(window.opened.state.evidence) > {original}
    copy = next(one for one in window.opened.state.evidence.values() if one.digest != original)
    assert (copy.derived_from, copy.derived_by) == (original, "blurred, cropped")
    width, height = _size_of(window, settled, copy.digest)
    assert abs(width - 500) <= 3
    assert abs(height - 800) <= 3


def test_from_a_copy_one_press_leads_to_its_original_and_back(window, screen, photo, settled):
    screen.take_files([photo("IMG_1.jpg")])
    settled(window)
    (original,) = window.opened.state.evidence
    screen.details.copy.click()
    settled(window)
    screen.tools.copying.canvas.turn()
    screen.tools.copying.make.click()
    settled(window)
    copy = next(one for one in window.opened.state.evidence.values() if one.digest != original)
    window.banner._action.click()
    settled(window)
    assert screen.details.digest == copy.digest
    jump = next(one for one in screen.details.origin.findChildren(QPushButton) if not one.isHidden())
    assert "Copy (turned) of" in jump.accessibleName()
    jump.click()
    settled(window)
    assert screen.details.digest == original


def test_a_copy_is_drawn_and_taken_back_with_keys_and_the_last_change_of_the_visit_stays(window, screen, photo, qtbot, settled):
    screen.take_files([photo("IMG_1.jpg")])
    settled(window)
    screen.details.copy.click()
    settled(window)
    canvas = screen.tools.copying.canvas
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(canvas, key)
    assert [mark.kind for mark in canvas.plan.marks] == [BLUR]
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert canvas.plan.marks == ()
    assert len(window.opened.state.evidence) == 1, "Ctrl+Z took the mark back, not the photo"
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not screen.tools.in_front
    assert len(window.opened.state.evidence) == 1


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_every_tool_works_with_the_mouse_and_with_keys_alone(window, screen, photo, qtbot, settled, by):
    screen.take_files([photo("IMG_1.jpg")])
    settled(window)
    screen.details.copy.click()
    settled(window)
    page, press = screen.tools.copying, Qt.Key.Key_Return
    for tool in (BLUR, BOX, ARROW, TEXT, CROP):
        if by == "mouse":
            page.tools[tool].click()
        else:
            page.tools[tool].setFocus()
            qtbot.keyClick(page.tools[tool], Qt.Key.Key_Space)
        if tool == TEXT:
            qtbot.keyClicks(page.words, "no guard here")
        if by == "mouse":
            _drag(qtbot, page.canvas, (0.2, 0.2), (0.5, 0.6))
            continue
        page.canvas.setFocus()
        for key in (press, *[Qt.Key.Key_Right] * 4, *[Qt.Key.Key_Down] * 3, *([] if tool == TEXT else [press])):
            qtbot.keyClick(page.canvas, key)
    assert [mark.kind for mark in page.canvas.plan.marks] == [BLUR, BOX, ARROW, TEXT, CROP]
    page.canvas.turn()
    page.make.click()
    settled(window)
    (copy,) = [one for one in window.opened.state.evidence.values() if one.derived_from]
    assert copy.derived_by == "rotated, blurred, annotated, cropped"


def test_marks_turn_with_the_picture_and_what_is_too_small_is_no_mark():
    plan = CopyPlan(width=400, height=300)
    plan = with_mark(with_mark(plan, BOX, (60, 50, 10, 20)), ARROW, (0, 0, 400, 300))
    plan = with_mark(with_mark(plan, TEXT, (5, 6, 5, 6), " here "), CROP, (-50, 0, 200, 900))
    assert [mark.box for mark in plan.marks] == [(10, 20, 60, 50), (0, 0, 400, 300), (5, 6, 5, 6), (0, 0, 200, 300)]
    assert with_mark(with_mark(plan, BLUR, (10, 10, 12, 200)), TEXT, (1, 1, 1, 1), "  ") == plan
    once = turned(plan)
    assert (once.width, once.height, once.turns) == (300, 400, 1)
    assert [mark.box for mark in once.marks] == [(250, 10, 280, 60), (300, 0, 0, 400), (294, 5, 294, 5), (0, 0, 300, 200)]
    assert turned(once, 3) == plan
    assert without_last(plan).crop is None
    assert without_last(CopyPlan(width=300, height=400, turns=1)) == CopyPlan(width=400, height=300)
    assert with_mark(plan, CROP, (1, 1, 99, 99)).crop == (1, 1, 99, 99)
    assert editing_of(once).words() == "rotated, annotated, cropped"
    assert editing_of(once).texts == ((294, 5, "here"),)


def test_a_camera_is_learnt_in_three_steps_and_its_photos_show_the_right_time(window, screen, photo, qtbot, settled):
    now = SystemClock().now().replace(microsecond=0)
    window.navigation.quick_jump.open()
    qtbot.keyClicks(QApplication.focusWidget(), "camera clock")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    page = screen.tools.clock
    assert page.isVisible()
    qtbot.waitUntil(lambda: not page.code._code.isNull(), timeout=5_000)
    assert page.no_cameras.isVisible()
    page.files_wanted.emit([photo("old.jpg", moment=now - timedelta(days=1)), photo("code.jpg", code=clock_code(now), moment=now)])
    settled(window)
    assert page.isVisible(), "taking the photo in does not leave the page"
    code = next(one for one in window.opened.state.evidence.values() if one.name == "code.jpg")
    page.grid.go_to(code.digest)
    page.learn.click()
    settled(window)
    (row,) = page.cameras.row_model.rows
    assert row.title == "Lumira EX-20 intrinsically safe"
    assert row.hint.startswith("47 min 0 s slow")
    old = next(one for one in window.opened.state.evidence.values() if one.name == "old.jpg")
    assert old.corrected_at == moment_text(now - timedelta(days=1))
    page.photo_wanted.emit(old.digest)
    settled(window)
    assert not page.isVisible()
    assert any("put right" in name for name in screen.details.words)


def test_the_code_fills_the_window_until_a_key_is_pressed(window, screen, qtbot, settled):
    window.go_to("evidence", "clock")
    screen.tools.clock._fill_window()
    over = screen.tools.clock._over
    assert over.size() == window.size()
    qtbot.waitUntil(lambda: not over._code.isNull(), timeout=5_000)
    with qtbot.waitSignal(over.destroyed, timeout=2_000):
        qtbot.keyClick(over, Qt.Key.Key_Space)
    screen.tools.close()
    settled(window)


@pytest.mark.parametrize(
    ("seconds", "local", "words"),
    [
        (4 * 3600 + 47 * 60 + 12, "-04:00", "47 min 12 s slow"),
        (-90, "+00:00", "1 min 30 s fast"),
        (0, "+00:00", "right to the second"),
        (5 * 3600, "-05:00", "right to the second"),
        (-(5 * 3600 + 45 * 60) - 3600, "+05:45", "1 h 0 min 0 s fast"),
    ],
)
def test_how_far_a_clock_is_off_is_said_against_local_time(seconds, local, words):
    assert offset_words(CameraClock(id="x", offset_seconds=seconds, utc_offset=local)) == words


def test_the_rail_leads_from_the_cameras_clock_back_to_the_evidence_but_not_out_of_a_copy(window, screen, photo, qtbot, settled):
    screen.take_files([photo("IMG_1.jpg")])
    settled(window)
    screen.show_item("clock")
    assert screen.tools.clock.isVisible()
    stage = window.navigation.rail._buttons["evidence"]
    stage.click()
    assert screen.grid.isVisible() and not screen.tools.in_front
    screen.tools.make_copy()
    qtbot.waitUntil(lambda: screen.tools.copying.isVisible(), timeout=3_000)
    stage.click()
    assert screen.tools.copying.isVisible(), "what was drawn would be lost"
