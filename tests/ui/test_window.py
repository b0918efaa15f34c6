"""The window around the screens: welcome, visits, names for screen readers, closing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QScrollArea

from auditor_app.errors import Unavailable
from auditor_app.ui.screens.first_start.passphrase_advice import advise
from auditor_app.ui.screens.stages import STAGES
from auditor_app.workflows.visits import open_visit
from auditor_app.workspace import open_workspace

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QAbstractItemView)


def _nameless(window):
    """List the visible controls that a person can reach by keyboard or mouse and that say nothing to a screen reader."""
    found = []
    for kind in CONTROLS:
        for widget in window.findChildren(kind):
            inside = isinstance(widget.parent(), (QComboBox, QDateEdit)) or widget.objectName().startswith("qt_")
            if widget.isVisible() and not inside:
                words = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                if not words.strip():
                    found.append((type(widget).__name__, widget.objectName(), type(widget.parent()).__name__))
    return found


@pytest.mark.parametrize("stage", [stage.key for stage in STAGES])
def test_every_control_of_every_stage_has_a_name(window, settled, stage):
    window.go_to(stage)
    settled(window)
    assert _nameless(window) == []


def test_every_control_of_the_welcome_page_and_of_the_visits_has_a_name(empty_window, window, settled):
    window.show_first_start()
    assert _nameless(window) == []
    window.show_visits()
    settled(window)
    assert _nameless(window) == []
    window.navigation.visits.show_new()
    settled(window)
    assert _nameless(window) == []


def test_a_visit_is_begun_by_keyboard_and_opens_at_its_criteria(window, settled, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.navigation.visits is not None and window.navigation.visits.list.hasFocus())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.navigation.visits.form is not None and window.navigation.visits.form.site.hasFocus())
    qtbot.keyClicks(QApplication.focusWidget(), "Los Alerces refinery")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Metales del Sur")
    window.navigation.visits.form.begin.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settled(window)
    assert window.opened.state.facts["site"] == "Los Alerces refinery"
    assert window.opened.state.facts["company"] == "Metales del Sur"
    assert window.current_screen is not None


@pytest.mark.parametrize(("mode", "text_size"), [("light", 100), ("field", 100), ("dark", 150), ("light", 200)])
@pytest.mark.parametrize("width", [1280, 1480])
def test_nothing_of_the_criterion_page_is_cut_off_at_any_text_size(window, theme, settled, qtbot, mode, text_size, width):
    window.go_to("criteria", "13")
    window.resize(width, 720)
    theme.wear(mode, text_size)
    area = window.current_screen.page.findChild(QScrollArea)
    qtbot.waitUntil(lambda: window.current_screen.page.width() > 0)
    QApplication.processEvents()
    needed, there, window_width = area.widget().minimumSizeHint().width(), area.viewport().width(), window.width()
    theme.wear("light", 100)
    assert needed <= there
    assert window_width == width


def test_closing_the_window_saves_what_was_just_typed(window, settled, qtbot, made, tmp_path):
    window.go_to("criteria", "17")
    because = window.current_screen.page.rating.because
    because.setFocus()
    qtbot.keyClicks(because, "last words")
    window.close()
    qtbot.waitUntil(lambda: window.isHidden(), timeout=5_000)
    _folder, secret, visit = made
    with open_workspace(tmp_path / "copy", secret=secret, installation=tmp_path / "installation") as workspace:
        assert open_visit(workspace, visit).state.criteria["17"].because == "last words"


def test_the_window_stays_open_while_a_text_could_not_be_saved_and_says_so(window, settled, qtbot, monkeypatch):
    window.go_to("criteria", "17")
    because = window.current_screen.page.rating.because

    def full(*_args, **_more):
        raise Unavailable("disk_full", path="journal.db")

    monkeypatch.setattr("auditor_app.ui.screens.criteria.screen.explain", full)
    because.setFocus()
    qtbot.keyClicks(because, "not lost")
    window.close()
    qtbot.waitUntil(lambda: bool(window.banner.text), timeout=5_000)
    settled(window)
    assert window.isVisible()
    assert because.toPlainText() == "not lost"
    assert window.navigation.header.saved.text == "Not saved"
    monkeypatch.undo()
    because.commit()
    settled(window)
    assert window.navigation.desk.unsaved == {}


def test_a_workspace_is_created_on_the_welcome_page_and_opened_again_with_its_passphrase(empty_window, settled, qtbot, tmp_path):
    window, words = empty_window, "copper anode slime tank"
    settled(window)
    form = window.first_start.creating
    qtbot.keyClicks(form.name, "Rosa Vidal")
    qtbot.keyClicks(form.first.field, words)
    assert not form.do.isEnabled()
    qtbot.keyClicks(form.second.field, words)
    qtbot.mouseClick(form.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.navigation.visits is not None, timeout=30_000)
    settled(window)
    assert (tmp_path / "workspace" / "workspace.json").is_file()
    assert form.first.text == ""
    window.show_first_start()
    window.first_start.turn_to_open()
    qtbot.keyClicks(window.first_start.unlocking.passphrase.field, "wrong")
    qtbot.keyClick(window.first_start.unlocking.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.first_start.unlocking.do.isEnabled(), timeout=30_000)
    assert "passphrase" in window.first_start.unlocking.said.text()


def test_the_advice_on_passphrases_is_honest():
    assert not advise("", "").enough
    assert advise("gold", "").role == "warning"
    assert not advise("four words are better", "four words are bettor").enough
    assert advise("four words are better", "four words are better").enough
    assert "Very short" in advise("gold", "gold").text
