"""Every action that is in sight, as commands of the palette: found in the window itself, so that none can be forgotten."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDateEdit, QMenu, QToolButton, QWidget
from shiboken6 import isValid

from auditor_app.ui.found_words import Command
from auditor_app.ui.jump_commands import command, without_doubles
from auditor_app.ui.widgets.icon_button import IconButton

Action = tuple[str, str, Callable[[], object]]
"""Words, keys, and what to do."""


def actions_in(*parts: QWidget) -> list[Command]:
    """List what can be done in parts of the window now: buttons in sight that are enabled, entries of their menus, named shortcuts.

    Each says the words that a screen reader says of it; what says the same twice is listed once.
    """
    return without_doubles(command(words, act, keys) for part in parts for words, keys, act in _actions(part))


def words_of(button: QAbstractButton) -> str:
    """Give the words by which the palette lists a button."""
    return " ".join((button.accessibleName() or button.text().replace("&&", "&")).split())


def _actions(part: QWidget) -> Iterator[Action]:
    buttons = [one for one in part.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled() and _is_action(one)]
    of_lines = [one for one in buttons if isinstance(one, IconButton)]  # one for each line of the page: they come last
    for button in [one for one in buttons if one not in of_lines]:
        menu = button.menu() if isinstance(button, QToolButton) else None
        if menu is not None:
            yield from _entries(button.text(), menu)
        elif words := words_of(button):
            yield words, _keys(button.shortcut()), partial(_click, button)
    for shortcut in part.findChildren(QShortcut):
        if shortcut.whatsThis() and shortcut.isEnabled():
            yield shortcut.whatsThis(), _keys(shortcut.key()), shortcut.activated.emit
    yield from ((words_of(one), _keys(one.shortcut()), partial(_click, one)) for one in of_lines if words_of(one))


def _entries(title: str, menu: QMenu) -> Iterator[Action]:
    for one in menu.actions():
        if one.isEnabled() and one.text():
            yield f"{title}: {one.text().replace('&', '')}", _keys(one.shortcut()), partial(_trigger, one)


def _is_action(button: QAbstractButton) -> bool:
    """Leave out the arrows of fields, and the palette's own button."""
    return not isinstance(button.parent(), QComboBox | QDateEdit) and button.property("role") != "jump"


def _click(button: QAbstractButton) -> None:
    """Do what a click does, unless the button is gone or shut off meanwhile."""
    if isValid(button) and button.isVisible() and button.isEnabled():
        button.setFocus()
        button.click()


def _trigger(action: QAction) -> None:
    if isValid(action):
        action.trigger()


def _keys(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
