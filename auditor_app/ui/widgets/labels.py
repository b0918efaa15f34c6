"""Text in one of the few roles that the style sheet knows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def label(text: str, role: str = "body", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Make a label: roles are title, number, section, strong, body, muted, field, tiny, group, copper, fully, warning, error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    return made


def dress(widget: QWidget, **properties: str) -> None:
    """Set properties that the style sheet looks at, and put its style on anew if any of them is another one."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def say(words: QLabel, text: str, role: str = "") -> None:
    """Say something in place, in a role's colour if one is given; nothing to say hides the label."""
    words.setText(text)
    words.setVisible(bool(text))
    if role:
        dress(words, role=role)
