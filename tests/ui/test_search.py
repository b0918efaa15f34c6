"""The palette on Ctrl+K finds words anywhere in the visit and goes there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from auditor_app.ui.found_words import snippet
from auditor_app.workflows.criteria import answer, rate
from auditor_app.workflows.findings import note_limit, raise_finding
from auditor_app.workflows.lists import add_line


@pytest.fixture
def filled(window, settled):
    """Say the word in many places."""

    def fill(workspace):
        visit = window.opened.state.id
        rate(workspace, visit, "17", "fully", because="Every eyewash station on level 2 had flow.")
        answer(workspace, visit, "17-d1", "met", note="eyewash register seen")
        finding, changes = raise_finding(workspace, visit, "17", "Showers", statement="One eyewash was blocked by drums.")
        note_limit(workspace, visit, "The eyewash of the night shift", "nobody there")
        line, _changes = add_line(workspace, visit, "interview", group="line workers")
        add_line(workspace, visit, "quote", interview=line, original="El lavaojos, the eyewash, sí funciona", stance="contradicts")
        return finding, line, changes

    made = []
    window.background.change(fill, owner=window, done=made.append)
    settled(window)
    window.activateWindow()
    return made[0]


def _rows(window):
    return window.navigation.quick_jump._list.row_model.rows


def _look_for(window, qtbot, text):
    window.navigation.quick_jump.open()
    qtbot.keyClicks(window.navigation.quick_jump.findChild(QLineEdit), text)
    qtbot.waitUntil(lambda: window.navigation.quick_jump.found_count > 0, timeout=5_000)


def test_everything_with_the_word_is_listed_with_its_kind_and_the_words_around(window, filled, qtbot):
    _look_for(window, qtbot, "eyew")
    found = {row.side: row for row in _rows(window) if row.mark}
    assert set(found) == {"Criterion", "Check", "Finding", "Not seen", "Quote"}
    assert "One eyewash was blocked" in found["Finding"].hint
    assert found["Criterion"].title.startswith("17 Occupational")
    assert found["Quote"].title == "line workers"
    assert all(row.spoken.startswith(row.side) for row in found.values())
    assert [row.title for row in _rows(window) if row.mark is None] == ["FOUND IN THIS VISIT"]


@pytest.mark.parametrize(("words", "stage"), [("blocked by drums", "findings"), ("lavaojos", "interviews"), ("level 2", "criteria")])
def test_enter_goes_to_the_place(window, filled, qtbot, settled, words, stage):
    window.go_to("history")
    settled(window)
    _look_for(window, qtbot, words)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled(window)
    assert window.navigation.stage == stage
    finding, interview, _changes = filled
    at = window.current_screen
    assert (at.number if stage == "criteria" else at.item) == {"findings": finding, "interviews": interview, "criteria": "17"}[stage]


def test_arrows_step_over_the_heading_and_commands_stay_first(window, filled, qtbot, settled):
    window.navigation.quick_jump.open()
    search = window.navigation.quick_jump.findChild(QLineEdit)
    qtbot.keyClicks(search, "health")
    settled(window)
    first = next(row for row in _rows(window) if row.mark)
    assert first.number, "criteria come first"
    search.setText("")
    _look_for(window, qtbot, "eyewash")
    keys = [row.key for row in _rows(window) if row.mark]
    for _step in keys:
        qtbot.keyClick(search, Qt.Key.Key_Down)
    view = window.navigation.quick_jump._list
    assert view.key_at(view.currentIndex()) == keys[-1]


def test_a_piece_of_text_begins_before_the_word_and_is_cut_to_one_line():
    text = "A long beginning that nobody needs to read, " + "then\nthe eyewash\tat last " + "and very much more " * 20
    piece = snippet(text, "eyewash")
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert "the eyewash at last" in piece
    assert len(piece) < 115
    assert snippet("short", "absent") == "short"


def test_where_nothing_fits_it_says_so_once_the_visit_was_searched(window, filled, qtbot):
    palette = window.navigation.quick_jump
    palette.open()
    field, words = palette.findChild(QLineEdit), palette.findChild(QLabel)
    qtbot.keyClicks(field, "xyzzy")
    qtbot.waitUntil(words.isVisible, timeout=3_000)
    assert words.text() == field.accessibleDescription() == "Nothing fits"
    field.clear()
    assert not words.isVisible()
    assert palette.rows
