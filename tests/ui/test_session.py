"""The next start opens the same place; after a kill one message says what was recovered."""

import re
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.preferences import Preferences
from auditor_app.workflows.sessions import Place, begin_session, note_place
from auditor_app.workflows.workspaces import back_up, restore
from auditor_app.workspace import open_workspace
from tests.quick_key import quick_key


@pytest.fixture
def start(qtbot, theme, made, tmp_path, monkeypatch, settled):
    """Start windows one after the other over the copied workspace of `window`; each begins its session."""
    _folder, secret, _visit = made
    windows = []

    def begin(folder=None):
        fresh = MainWindow(theme, Preferences(workspace=str(tmp_path / "copy")))
        windows.append(fresh)
        qtbot.addWidget(fresh)
        fresh.show()
        qtbot.waitExposed(fresh)
        fresh.background.open(
            lambda: open_workspace(folder or tmp_path / "copy", secret=secret, installation=tmp_path / "installation"),
            owner=fresh,
            done=lambda _none: fresh.session.begin(),
        )
        qtbot.waitUntil(lambda: "session" in fresh.__dict__ and fresh.stack.currentWidget() is not fresh.first_start, timeout=10_000)
        settled(fresh)
        return fresh

    yield begin
    for one in windows:
        one.background.close()


def die(window):
    """End a window as a kill does for its session: it is never ended."""
    window.background.close()
    window.hide()


def at_work(window, settled, qtbot):
    """Open the visit at the reason of criterion 17, and write something."""
    window.session.begin()
    qtbot.waitUntil(lambda: window.navigation.visits is not None)
    settled(window)
    visit = window.navigation.visits.list.row_model.rows[0].key
    window.open_visit(visit)
    settled(window)
    window.go_to("criteria", "17")
    because = window.current_screen.page.rating.because
    because.setFocus()
    qtbot.keyClicks(because, "Two of five records were missing.")
    qtbot.waitUntil(lambda: not because.has_unsaved, timeout=3_000)
    settled(window)
    qtbot.wait(1_300)  # longer than a place needs to be noted
    settled(window)
    return visit


def test_after_a_kill_the_next_start_opens_the_same_field_and_one_dated_message_says_what_was_recovered(window, settled, qtbot, start):
    visit = at_work(window, settled, qtbot)
    die(window)
    after = start()
    assert after.opened.state.id == visit
    assert (after.navigation.stage, after.current_screen.shown_item) == ("criteria", "17")
    assert after.opened.state.criteria["17"].because == "Two of five records were missing."
    assert QApplication.focusWidget().accessibleName() == "Because"
    assert "ended unexpectedly" in after.banner.text
    assert re.search(r"\d{1,2} \w+ \d{4}, \d\d:\d\d", after.banner.text)
    assert after.navigation.header.saved.text in after.banner.text.replace("saved until", "Saved")
    assert re.search(r"until \d\d:\d\d:\d\d is here; last was 17 .* · ", after.banner.text)


def test_after_a_close_in_peace_the_next_start_opens_the_same_place_and_says_nothing(window, settled, qtbot, start):
    visit = at_work(window, settled, qtbot)
    window.go_to("plan", "areas")
    window.close()
    qtbot.waitUntil(window.isHidden, timeout=5_000)
    after = start()
    assert (after.opened.state.id, after.navigation.stage, after.current_screen.shown_item) == (visit, "plan", "areas")
    assert after.banner.text == ""


def test_a_rating_that_waits_for_its_reason_waits_still_after_a_close_and_after_a_kill(window, settled, qtbot, start):
    at_work(window, settled, qtbot)
    window.go_to("criteria", "4")
    window.current_screen.page.rating.choose(1)
    window.close()
    qtbot.waitUntil(window.isHidden, timeout=5_000)
    again = start()
    assert "Say why first" in again.current_screen.page.rating.said.text()
    again.go_to("criteria", "5")
    again.current_screen.page.rating.choose(1)
    qtbot.wait(1_300)
    settled(again)
    die(again)
    after = start()
    card = after.current_screen.page.rating
    assert [one.isChecked() for one in card.buttons][:2] == [False, True]
    qtbot.keyClicks(card.because, "Half the shift had no permit.")
    qtbot.keyClick(card.because, Qt.Key.Key_Tab)
    settled(after)
    assert after.opened.state.criteria["5"].rating == "partially"
    assert after.navigation.desk.waiting.keys() == {f"{after.opened.state.id}/4"}


def test_half_taken_in_files_are_counted_once_for_the_person_who_must_take_them_in_again(window, settled, qtbot, start, tmp_path):
    at_work(window, settled, qtbot)
    die(window)
    vault = tmp_path / "copy" / "vault"
    (vault / "ab").mkdir(parents=True)
    (vault / "intake.17.a").write_bytes(b"half")
    (vault / "ab" / f"ab{'0' * 62}.age").write_bytes(b"sealed, never recorded")
    (tmp_path / "copy" / "keys" / "passphrase.age.0011.part").write_bytes(b"half")
    with_message = start()
    assert "2 files were only half taken in" in with_message.banner.text
    assert not list((tmp_path / "copy").rglob("*.part"))
    with_message.close()
    qtbot.waitUntil(with_message.isHidden, timeout=5_000)
    assert start().banner.text == ""


def test_a_backup_made_while_the_window_is_open_does_not_say_that_the_program_died(made, tmp_path):
    folder, secret, _visit = made
    shutil.copytree(folder, tmp_path / "workspace")
    quick_key(tmp_path / "workspace", secret, "pass")
    with open_workspace(tmp_path / "workspace", secret=secret, installation=tmp_path / "installation") as workspace:
        begin_session(workspace)
        back_up(workspace, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "restored", "pass")
    with open_workspace(tmp_path / "restored", secret=secret, installation=tmp_path / "installation") as workspace:
        assert begin_session(workspace).recovery is None


@pytest.mark.parametrize(("gone", "stage", "shown"), [(False, "a stage of tomorrow", "criteria"), (True, "criteria", "")])
def test_a_visit_that_is_gone_or_a_stage_that_is_unknown_does_not_lead_astray(window, settled, qtbot, start, gone, stage, shown):
    visit = at_work(window, settled, qtbot)
    there = Place(visit="gone" if gone else visit, stage=stage)
    window.background.run(lambda workspace: note_place(workspace, there), owner=window)
    settled(window)
    die(window)
    after = start()
    assert after.navigation.stage == shown
    assert after.stack.currentWidget() is (after.navigation.visits if gone else after.current_screen)
