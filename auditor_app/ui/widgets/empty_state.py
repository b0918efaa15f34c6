"""What an empty place shows: what it is for, and the one button that begins."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor_app.ui.widgets.labels import label


class EmptyState(QWidget):
    """A title, a few sentences and at most one button, in the middle of the place; `below` stands under it."""

    def __init__(self, title: str, text: str, begin: QPushButton | None = None, *, below: QWidget | None = None) -> None:
        """Teach what the place is for."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addStretch(1)
        words = label(text, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setMaximumWidth(520)
        middle = QHBoxLayout()  # no alignment here: the height of wrapped words follows from the width only without it
        middle.addStretch(1)
        middle.addWidget(words, 8)
        middle.addStretch(1)
        layout.addWidget(label(title, "section"), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(middle)
        if begin is not None:
            layout.addWidget(begin, 0, Qt.AlignmentFlag.AlignHCenter)
        if below is not None:
            layout.addWidget(below, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
