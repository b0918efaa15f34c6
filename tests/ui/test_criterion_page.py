"""The criterion page in a real window over a real workspace, worked with keys and drops as an auditor does."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def screen(window, settled):
    window.go_to("criteria", "17")
    window.activateWindow()
    window.current_screen.side.list.setFocus()
    settled(window)
    return window.current_screen


def _state(window):
    return window.opened.state


def _press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_digits_rate_and_the_header_says_saved_after_the_commit(window, screen, qtbot, settled):
    assert not window.navigation.header.saved.text.startswith("Saved")
    _press(qtbot, window, Qt.Key.Key_1)
    assert window.navigation.header.saved.text == "Saving…"
    settled(window)
    assert _state(window).criteria["17"].rating == "fully"
    assert window.navigation.header.saved.text.startswith("Saved ")
    assert "1/33" in window.navigation.rail.count_of("criteria")
    _press(qtbot, window, Qt.Key.Key_1)
    settled(window)
    assert _state(window).criteria["17"].rating == ""


def test_a_rating_that_needs_a_reason_waits_for_it_and_both_are_saved_together(window, screen, qtbot, settled):
    _press(qtbot, window, Qt.Key.Key_2)
    settled(window)
    assert "17" not in _state(window).criteria
    assert screen.page.rating.because.hasFocus()
    assert "Say why first" in screen.page.rating.said.text()
    qtbot.keyClicks(screen.page.rating.because, "2 of 4 eyewash stations had no flow")
    qtbot.waitUntil(lambda: "17" in _state(window).criteria, timeout=5_000)
    settled(window)
    assert _state(window).criteria["17"].rating == "partially"
    assert _state(window).criteria["17"].because == "2 of 4 eyewash stations had no flow"
    assert "finding" in screen.page.rating.said.text()


def test_a_reason_emptied_while_the_rating_needs_it_stays_saved_and_the_page_says_so(window, screen, qtbot, settled):
    screen.page.rating.because.setPlainText("seen")
    screen.page.commit()
    settled(window)
    _press(qtbot, window, Qt.Key.Key_2)
    settled(window)
    screen.page.rating.because.setPlainText("")
    screen.page.commit()
    settled(window)
    assert _state(window).criteria["17"].because == "seen"
    assert "needs its reason" in screen.page.rating.said.text()


def test_answers_and_notes_are_kept_and_the_page_says_what_they_suggest(window, screen, qtbot, settled):
    row = screen.page.rows["17-d1"]
    row.answer.setFocus()
    _press(qtbot, window, Qt.Key.Key_M)
    settled(window)
    row.write_note()
    qtbot.keyClicks(row.note, "Renewed in May")
    screen.leave()
    settled(window)
    kept = _state(window).checks["17-d1"]
    assert (kept.answer, kept.note) == ("met", "Renewed in May")
    assert screen.page.rating.suggestion.text().startswith("The answers suggest Fully Meets")


def test_typed_text_is_saved_when_the_next_criterion_is_shown(window, screen, qtbot, settled):
    screen.page.rating.because.setFocus()
    qtbot.keyClicks(screen.page.rating.because, "Crews know the rule")
    _press(qtbot, window, Qt.Key.Key_Right, ALT)
    assert screen.number == "18"
    settled(window)
    assert _state(window).criteria["17"].because == "Crews know the rule"
    assert screen.page.rating.because.toPlainText() == ""


def test_files_dropped_on_the_page_or_on_a_check_are_sealed_recorded_and_linked(window, screen, qtbot, settled, tmp_path):
    for name, target in (("eyewash.txt", screen), ("register.txt", screen.page.rows["17-d1"])):
        file = tmp_path / name
        file.write_bytes(name.encode() * 100)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        action, no_keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        target.dropEvent(QDropEvent(QPointF(5, 5), action, data, Qt.MouseButton.LeftButton, no_keys))
        settled(window)
    assert {one.name for one in _state(window).evidence.values()} == {"eyewash.txt", "register.txt"}
    assert {link.target for link in _state(window).links} == {Subject(CRITERION, "17"), Subject(CHECK, "17-d1")}
    assert len(screen.page.evidence.tiles) == 2
    assert window.navigation.intake.isHidden()


def test_a_pasted_picture_becomes_evidence_with_a_small_picture(window, screen, settled):
    picture, data = QImage(64, 48, QImage.Format.Format_RGB32), QMimeData()
    picture.fill(0xFF884422)
    data.setImageData(picture)
    screen.paste(data)
    settled(window)
    (one,) = _state(window).evidence.values()
    assert one.media_type == "image/png"
    shown = []
    window.navigation.desk.pictures.ask(one.digest, owner=window, done=shown.append)
    settled(window)
    assert not shown[0].isNull()


def test_a_file_that_cannot_be_taken_in_is_named_and_the_others_are_taken_in(window, screen, settled, tmp_path):
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("seen")
    empty.touch()
    screen.take_files([empty, tmp_path / "gone.txt", good])
    settled(window)
    assert [one.name for one in _state(window).evidence.values()] == ["good.txt"]
    assert "empty.txt" in window.banner.text
    assert "gone.txt" in window.banner.text
    assert "1 was taken in, 2 were refused" in window.banner.text


def test_a_finding_is_raised_in_place_and_counted(window, screen, qtbot, settled):
    _press(qtbot, window, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(screen.page.findings.title.hasFocus)
    qtbot.keyClicks(screen.page.findings.title, "Two showers without water")
    _press(qtbot, window, Qt.Key.Key_Return)
    settled(window)
    assert [(one.criterion, one.title) for one in _state(window).findings] == [("17", "Two showers without water")]
    assert screen.page.findings.count.text() == "1 raised"


def test_the_last_change_is_taken_back_with_one_key(window, screen, qtbot, settled):
    _press(qtbot, window, Qt.Key.Key_1)
    settled(window)
    _press(qtbot, window, Qt.Key.Key_Z, CTRL)
    settled(window)
    assert _state(window).criteria["17"].rating == ""
    assert "taken back" in window.banner.text


def test_the_filters_count_and_the_quick_jump_finds(window, screen, qtbot, settled):
    _press(qtbot, window, Qt.Key.Key_1)
    settled(window)
    screen.side.show_only("open")
    assert "17" not in [row.key for row in screen.side.rows]
    _press(qtbot, window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "greenhouse")
    _press(qtbot, window, Qt.Key.Key_Return)
    assert screen.number == "27"
