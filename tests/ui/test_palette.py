"""The palette on Ctrl+K reaches every action: whatever can be pressed in the window is among its lines, under the same words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDateEdit, QLineEdit

from auditor_app.ui.screens.stages import STAGES
from auditor_app.ui.theme import MODE_NAMES, TEXT_SIZES
from auditor_app.workflows.findings import raise_finding


def _titles(window):
    """List what the palette offers when it is opened now, with nothing typed."""
    window.navigation.quick_jump.open()
    titles = [row.title for row in window.navigation.quick_jump.rows]
    window.navigation.quick_jump.hide()
    return titles


def _pressable(window):
    """List the words of every button that a person could press now."""
    found = set()
    for button in window.findChildren(QAbstractButton):
        inside = isinstance(button.parent(), QComboBox | QDateEdit) or window.navigation.quick_jump.isAncestorOf(button)
        has_menu = callable(getattr(button, "menu", None)) and button.menu() is not None
        if button.isVisible() and button.isEnabled() and not inside and not has_menu and button.property("role") != "jump":
            found.add(" ".join((button.accessibleName() or button.text()).split()))
    return found


@pytest.mark.parametrize("stage", [stage.key for stage in STAGES])
def test_the_palette_reaches_every_button_of_every_stage(window, settled, stage):
    visit = window.opened.state.id
    window.background.change(lambda workspace: raise_finding(workspace, visit, "17", "Eyewash without flow"), owner=window)
    settled(window)
    window.go_to(stage)
    settled(window)
    assert _pressable(window) - set(_titles(window)) == set()


def test_the_palette_reaches_every_button_of_the_list_of_visits_and_of_the_form_for_a_new_one(window, settled):
    window.show_visits()
    settled(window)
    assert _pressable(window) - set(_titles(window)) == set()
    window.navigation.visits.show_new()
    settled(window)
    assert _pressable(window) - set(_titles(window)) == set()


def test_the_palette_reaches_what_has_a_place_in_a_menu_or_on_a_key_alone(window, settled):
    titles = _titles(window)
    looks = {f"Look: {name}" for name in MODE_NAMES.values()} | {f"Look: Text {size} %" for size in TEXT_SIZES}
    assert looks <= set(titles)
    assert {"All visits", "New visit", "Undo the last change", "Paste evidence"} <= set(titles)
    assert len(titles) == len(set(titles)), "nothing is listed twice"


def test_an_action_is_run_from_the_palette_by_a_few_letters_of_its_name(window, settled, qtbot):
    window.go_to("findings")
    settled(window)
    window.navigation.quick_jump.open()
    search = window.navigation.quick_jump.findChild(QLineEdit)
    qtbot.keyClicks(search, "not seen")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.current_screen.new_limit.isVisible()
