"""Buttons with a role, an accessible name and their key."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QKeySequence
from PySide6.QtWidgets import QPushButton

from auditor_app.install_paths import resources

if TYPE_CHECKING:
    from auditor_app.ui.theme import Look

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


def show_arrow(made: QPushButton, look: "Look") -> None:
    """Show after a button's words that it opens a list, in the colours of the look."""
    made.setIcon(QIcon(str(resources() / "look" / f"arrow-{look.mode}.svg")))
    made.setIconSize(QSize(look.px(12), look.px(12)))
    forward = QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft if forward else Qt.LayoutDirection.LeftToRight)  # the icon comes last
