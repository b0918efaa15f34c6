"""What a part of a screen is that stands behind a tab: a sentence, and what is below it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.ui.desk import Desk
from auditor_app.ui.reading import for_writing
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.labels import label


class Part(QWidget):
    """One tab: a sentence, and what stands below it; `content` takes the widgets."""

    def __init__(self, desk: Desk, words: str) -> None:
        """Say what the part is for to whoever fills it in."""
        super().__init__()
        self.desk = desk
        inside = QWidget()
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(32, 14, 32, 28)
        self.content.setSpacing(14)
        self.words = for_writing(label(words, "muted", wrap=True))
        self.content.addWidget(self.words)
        self.area = scrolled(inside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def commit(self) -> None:
        """Save what is typed."""

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return False
