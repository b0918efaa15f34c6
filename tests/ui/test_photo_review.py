"""Showing photos to the site: a real window over a real workspace, by keyboard."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from auditor_app.domain.photo_review import tally, withheld
from auditor_app.workflows.evidence import describe_evidence
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.visits import describe_visit

SECRET = "What nobody but the team may read"


@pytest.fixture
def photos(window, settled, tmp_path):
    """Three photos with captions, and a film."""
    made = []
    for name, colour in (("Rosa Mamani.jpg", "#405060"), ("b.jpg", "#a08060"), ("c.jpg", "#609040")):
        Image.new("RGB", (640, 480), colour).save(tmp_path / name)
    (tmp_path / "walk.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"x" * 100)

    def take(workspace):
        visit = window.opened.state.id
        for name in ("Rosa Mamani.jpg", "b.jpg", "c.jpg", "walk.mp4"):
            digest, changes = take_in(workspace, visit, tmp_path / name)
            made.append(digest)
            changes = describe_evidence(workspace, visit, digest, caption=f"{SECRET} {name}")
        return changes

    window.background.change(take, owner=window)
    settled(window)
    return made


@pytest.fixture
def screen(window, settled, photos):
    window.activateWindow()
    window.go_to("photo_review")
    settled(window)
    return window.current_screen


@pytest.fixture
def shown(screen, window, settled, qtbot):
    """Begin a session by keyboard; gives the window for the eyes of the site."""
    screen.show_photos.click()
    qtbot.keyClicks(screen.form.present, "Head of security")
    qtbot.keyClick(screen.form.present, Qt.Key.Key_Return)
    settled(window)
    qtbot.waitUntil(lambda: screen.window_shown.isVisible() and not screen.window_shown.picture.image.isNull(), timeout=5_000)
    return screen.window_shown


def _press(qtbot, shown, key):
    qtbot.keyClick(shown, key)


def _counts(window):
    counted = tally(window.opened.state)
    return counted.shown, counted.no_objection, counted.objected, counted.left


def test_photos_are_gone_through_by_one_key_each_and_what_was_only_shown_is_recorded_too(window, screen, shown, photos, settled, qtbot):
    assert window.opened.state.reviews[0].present == "Head of security"
    assert shown.photo.digest == photos[0]
    _press(qtbot, shown, Qt.Key.Key_N)
    settled(window)
    assert shown.photo.digest == photos[1]
    assert _counts(window) == (1, 1, 0, 3)
    qtbot.waitUntil(lambda: shown._looked.isActive(), timeout=5_000)
    _press(qtbot, shown, Qt.Key.Key_Right)  # at once: what only flits by was not shown
    settled(window)
    assert _counts(window) == (1, 1, 0, 3)
    qtbot.waitUntil(lambda: _counts(window)[0] == 2, timeout=5_000)  # the third stays on the screen
    assert {one.evidence for one in window.opened.state.shown} == {photos[0], photos[2]}
    assert "2 shown · 1 without objection · 0 objected to · 2 left" in shown.head.counts.text()
    _press(qtbot, shown, Qt.Key.Key_Left)
    _press(qtbot, shown, Qt.Key.Key_Left)
    assert not shown.foot.forget.isHidden()
    shown.foot.forget.click()
    settled(window)
    assert _counts(window) == (2, 0, 0, 2)


def test_an_objection_is_written_by_keyboard_and_the_blurred_copy_made_right_there(window, screen, shown, photos, settled, qtbot):
    _press(qtbot, shown, Qt.Key.Key_O)
    qtbot.keyClicks(shown.form.by, "Head of security")
    shown.form.record.click()
    assert window.opened.state.objections == (), "why is missing"
    qtbot.keyClicks(shown.form.why, "No lock")  # N and O are letters here
    shown.form.decisions["blurred"].click()
    assert not shown.form.copies.isHidden()
    shown.form.copies.make.click()
    assert shown.copying.isVisible()
    shown.copying.canvas.mark(0.1, 0.1, 0.5, 0.5)
    shown.copying.make.click()
    settled(window)
    copy = next(one.digest for one in window.opened.state.evidence.values() if one.derived_from == photos[0])
    assert shown.form.copies.chosen == copy
    assert shown.form.copies.tiles[copy].isChecked()
    qtbot.keyClick(shown.form.why, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    (objection,) = window.opened.state.objections
    assert (objection.by, objection.why, objection.decision, objection.instead) == ("Head of security", "No lock", "blurred", copy)
    assert withheld(window.opened.state) == {photos[0]: copy}
    assert _counts(window) == (1, 0, 1, 3)
    assert shown.form.isHidden() or not shown._panel.isVisible()


def test_a_session_is_paused_by_escape_and_gone_on_with_at_what_is_left(window, screen, shown, photos, settled, qtbot):
    _press(qtbot, shown, Qt.Key.Key_N)
    settled(window)
    _press(qtbot, shown, Qt.Key.Key_O)
    _press(qtbot, shown, Qt.Key.Key_Escape)
    assert shown.isVisible(), "the first Escape closes the objection"
    _press(qtbot, shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    review = window.opened.state.reviews[0].id
    assert "1 photo shown" in screen.sessions.rows[review].counts.text()
    screen.sessions.rows[review].on.click()
    settled(window)
    assert [one.digest for one in shown.photos] == [*photos[1:], photos[0]]
    assert shown.photo.digest == photos[1]
    shown.close()


def test_nothing_but_the_photo_is_before_the_eyes_of_the_site(window, screen, shown, photos, settled, qtbot):
    qtbot.waitUntil(lambda: not shown.picture.image.isNull(), timeout=5_000)
    _press(qtbot, shown, Qt.Key.Key_O)
    shown.form.decisions["blurred"].click()
    shown.form.copies.make.click()
    words = [shown.windowTitle()]
    for kind in (QLabel, QAbstractButton, QLineEdit):
        words += [one.text() for one in shown.findChildren(kind)]
    words += [one.toPlainText() for one in shown.findChildren(QPlainTextEdit)]
    words += [one.itemText(at) for one in shown.findChildren(QComboBox) for at in range(one.count())]
    words += [text for one in shown.findChildren(QWidget) for text in (one.toolTip(), one.accessibleName())]
    told = " ".join(words)
    for secret in (SECRET, "Rosa Mamani", window.opened.state.facts["site"]):
        assert secret not in told
    assert shown.isModal(), "the rest of the visit is out of reach meanwhile"
    qtbot.keyClick(shown.copying, Qt.Key.Key_Escape)
    assert shown.isVisible()


def test_a_film_is_said_to_be_one_and_answered_all_the_same(window, screen, shown, photos, settled, qtbot):
    for _photo in photos[:3]:
        _press(qtbot, shown, Qt.Key.Key_Right)
    settled(window)
    assert shown.photo.digest == photos[3]
    assert "A film" in shown.picture.words
    _press(qtbot, shown, Qt.Key.Key_N)
    settled(window)
    assert _counts(window)[1] == 1
    assert "last photo" in shown.banner.text


def test_what_the_site_has_not_seen_it_does_not_agree_to_by_a_key(window, screen, photos, settled, qtbot, tmp_path):
    whole = (tmp_path / "b.jpg").read_bytes()
    (tmp_path / "torn.jpg").write_bytes(whole[: len(whole) // 3])
    visit = window.opened.state.id
    window.background.change(lambda workspace: take_in(workspace, visit, tmp_path / "torn.jpg"), owner=window)
    settled(window)
    torn = next(one.digest for one in window.opened.state.evidence.values() if one.name == "torn.jpg")
    screen.show_photos.click()
    qtbot.keyClicks(screen.form.present, "Head of security")
    qtbot.keyClick(screen.form.present, Qt.Key.Key_Return)
    settled(window)
    shown = screen.window_shown
    while shown.photo.digest != torn:
        assert shown.foot.elsewhere.isHidden()
        _press(qtbot, shown, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: shown.photo.digest == torn and shown.foot.elsewhere.isVisible(), timeout=5_000)
    assert shown.picture.image.isNull()
    _press(qtbot, shown, Qt.Key.Key_N)
    shown.foot.no_objection.click()
    settled(window)
    assert torn not in {one.evidence for one in window.opened.state.shown}
    assert "has not seen this photo" in shown.banner.text
    shown.foot.elsewhere.click()
    settled(window)
    assert {one.said for one in window.opened.state.shown if one.evidence == torn} == {"seen"}
    assert shown.foot.elsewhere.isHidden()
    _press(qtbot, shown, Qt.Key.Key_N)
    settled(window)
    assert {one.said for one in window.opened.state.shown if one.evidence == torn} == {"no_objection"}
    shown.close()


def test_a_gap_leads_to_the_review_and_an_objection_opens_with_its_photo(window, screen, shown, photos, settled, qtbot):
    _press(qtbot, shown, Qt.Key.Key_O)
    qtbot.keyClicks(shown.form.by, "Head of security")
    qtbot.keyClicks(shown.form.why, "The lock")
    shown.form.record.click()
    settled(window)
    shown.close()
    visit = window.opened.state.id
    window.background.change(lambda workspace: describe_visit(workspace, visit, {"photo_review": "yes"}), owner=window)
    settled(window)
    assert screen.demanded.key == "yes"
    (objection,) = window.opened.state.objections
    window.go_to("coverage")
    settled(window)
    gaps = window.current_screen.gaps
    assert {"photos_not_shown photo_review left", f"objection_open objection {objection.id}"} <= {row.key for row in gaps.row_model.rows}
    gaps.opened.emit(f"objection_open objection {objection.id}")
    settled(window)
    assert window.current_screen is screen
    assert shown.isVisible()
    assert (shown.photo.digest, shown.form.why.toPlainText()) == (photos[0], "The lock")
    shown.form.decisions["withdrawn"].click()
    shown.form.record.click()
    settled(window)
    assert window.opened.state.objections[0].decision == "withdrawn"
    assert len(window.opened.state.objections) == 1, "it was revised, not made anew"


def test_a_session_taken_out_does_not_count_and_can_be_brought_back(window, screen, shown, settled, qtbot):
    _press(qtbot, shown, Qt.Key.Key_N)
    settled(window)
    shown.close()
    (row,) = screen.sessions.rows.values()
    row.fields["present"].moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(row.fields["present"], "; shift chief")
    row.commit()
    settled(window)
    assert window.opened.state.reviews[0].present == "Head of security; shift chief"
    row.remove.click()
    settled(window)
    assert (_counts(window)[0], screen.sessions.rows) == (0, {})
    window.banner._action.click()
    settled(window)
    assert _counts(window)[0] == 1


def test_the_picture_of_another_photo_that_comes_late_counts_for_nothing(shown):
    shown._looked.stop()
    shown._there(shown.photos[1].digest, QImage(10, 10, QImage.Format.Format_RGB32), "")
    assert not shown._looked.isActive()
