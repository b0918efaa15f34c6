"""The accessibility tree as a screen reader walks it: everything that takes the focus says what it is and what it is called."""

import pytest
from PySide6.QtGui import QAccessible

from auditor_app.ui.screens.stages import STAGES
from tests.ui.test_filled_screens import filled as filled

NO_ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Grouping}
"""What only frames things."""


def walk(node):
    """Give the nodes under one that are not hidden, rows of lists too."""
    for at in range(node.childCount()):
        child = node.child(at)
        if child is not None and child.isValid() and not child.state().invisible:
            yield child
            yield from walk(child)


def wanting(window):
    """List what takes the focus and has no name, or no role that says what to do with it."""
    window.activateWindow()
    nodes = [node for node in walk(QAccessible.queryAccessibleInterface(window)) if node.state().focusable or node.state().selectable]
    assert len(nodes) > 6
    return [
        (node.role(), node.text(QAccessible.Text.Name), type(node.object()).__name__)
        for node in nodes
        if node.role() in NO_ROLES or not node.text(QAccessible.Text.Name).strip()
    ]


@pytest.mark.parametrize("stage", [stage.key for stage in STAGES])
def test_every_stage_says_to_a_screen_reader_what_everything_is(filled, settled, stage):
    filled.go_to(stage)
    settled(filled)
    assert wanting(filled) == []


def test_the_list_of_visits_and_the_form_for_a_new_one_say_it_too(filled, settled):
    filled.show_visits()
    settled(filled)
    assert wanting(filled) == []
    filled.navigation.begin_visit()
    settled(filled)
    assert wanting(filled) == []
