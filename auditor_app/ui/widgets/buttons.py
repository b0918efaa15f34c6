"""Buttons with a role, an accessible name and their key."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

SHORT = 2
"""Letters of a button that needs more width than its text has, to be hit: a sign such as ✕."""


def button(text: str, clicked: Callable[[], object] | None = None, *, role: str = "plain", key: str = "", name: str = "") -> QPushButton:
    """Make a button: roles are first (the one thing to do), plain, link, quiet, pill, tab. `key` is shown in the tip and works."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setProperty("short", "true" if 0 < len(text) <= SHORT else "")
    made.setAutoDefault(role == "first")
    made.setAccessibleName(name or text.replace("&", ""))
    if key:
        made.setShortcut(QKeySequence(key))
        made.setToolTip(f"{name or text} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})")
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made
