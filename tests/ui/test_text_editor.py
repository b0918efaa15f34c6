"""A text that saves itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from auditor_app.ui.widgets.text_editor import TextEditor


@pytest.fixture
def page(qtbot, theme):
    page = QWidget()
    page.asked = []
    page.unsaved = {}
    page.editor = TextEditor(lambda *what: page.asked.append(what), name="Because", unsaved=page.unsaved)
    page.other = QLineEdit()
    layout = QVBoxLayout(page)
    layout.addWidget(page.editor)
    layout.addWidget(page.other)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.editor.show_text("v/17", "")
    page.editor.setFocus()
    return page


def _saved(page, at=-1):
    key, text, done, _failed = page.asked[at]
    done(None)
    return key, text


def test_it_is_saved_soon_after_the_last_key_and_once(page, qtbot):
    qtbot.keyClicks(page.editor, "Two of four stations")
    assert page.asked == []
    qtbot.waitUntil(lambda: bool(page.asked), timeout=1_000)
    assert _saved(page) == ("v/17", "Two of four stations")
    page.editor.commit()
    assert len(page.asked) == 1
    assert not page.editor.has_unsaved


def test_it_is_saved_when_the_focus_goes_and_before_another_text_is_shown(page, qtbot):
    qtbot.keyClicks(page.editor, "one")
    page.other.setFocus()
    assert _saved(page) == ("v/17", "one")
    page.editor.setFocus()
    qtbot.keyClicks(page.editor, "two")
    page.editor.show_text("v/18", "")
    assert page.asked[-1][0] == "v/17"


def test_what_is_typed_stays_when_an_older_state_arrives(page, qtbot):
    qtbot.keyClicks(page.editor, "typed")
    page.editor.show_text("v/17", "older")
    assert page.editor.toPlainText() == "typed"


def test_a_text_that_could_not_be_saved_stays_and_comes_back_with_its_page(page, qtbot):
    qtbot.keyClicks(page.editor, "kept")
    page.editor.commit()
    _key, _text, _done, failed = page.asked[-1]
    failed(OSError("disk full"))
    assert page.unsaved == {"v/17": "kept"}
    page.editor.show_text("v/18", "another")
    assert page.editor.toPlainText() == "another"
    page.editor.show_text("v/17", "")
    assert page.editor.toPlainText() == "kept"
    page.editor.commit()
    assert _saved(page) == ("v/17", "kept")
    assert page.unsaved == {}


def test_a_single_line_takes_no_line_end_and_wraps_instead_of_being_cut(qtbot, theme):
    saved = []
    editor = TextEditor(lambda *what: saved.append(what), name="Document", one_line=True)
    qtbot.addWidget(editor)
    editor.resize(200, 40)
    editor.show()
    qtbot.waitExposed(editor)
    before = editor.height()
    qtbot.keyClicks(editor, "Letter of the authority")
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        qtbot.keyClick(editor, Qt.Key.Key_Return, modifier)
    assert saved[0][1] == "Letter of the authority", "Enter saves"
    QApplication.clipboard().setText(" on the\nstorage time\r\nof flue dust")
    editor.paste()
    assert editor.toPlainText() == "Letter of the authority on the storage time of flue dust"
    qtbot.waitUntil(lambda: editor.height() > before)


def test_a_hint_that_is_longer_than_the_field_is_wide_is_shown_whole(qtbot, theme):
    editor = TextEditor(lambda *_what: None, name="Other names", lines=1, placeholder="Names that the site had, or has in other languages")
    qtbot.addWidget(editor)
    editor.resize(180, 40)
    editor.show()
    qtbot.waitUntil(lambda: editor.height() >= 3 * editor.fontMetrics().lineSpacing())
    tall = editor.height()
    qtbot.keyClicks(editor, "x")
    assert editor.height() < tall
