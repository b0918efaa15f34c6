"""What an empty place shows: what it is for, and the one button that begins."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from auditor_app.ui.widgets.labels import label


class EmptyState(QWidget):
    """A title, a few sentences and at most one button, in the middle of the place."""

    def __init__(self, title: str, text: str, begin: QPushButton | None = None) -> None:
        """Teach what the place is for."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addStretch(1)
        words = label(text, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setMaximumWidth(520)
        words.setMinimumWidth(320)
        for widget in (label(title, "section"), words, begin):
            if widget is not None:
                layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
