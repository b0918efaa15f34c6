"""What every part of the plan is to its screen."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.ui.desk import Desk
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from auditor_app.workflows.visits import OpenVisit


class Part(QWidget):
    """One tab: a sentence, and what stands below it; `content` takes the widgets."""

    def __init__(self, desk: Desk, words: str) -> None:
        """Say what the part is for."""
        super().__init__()
        self.desk = desk
        inside = QWidget()
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(32, 14, 32, 28)
        self.content.setSpacing(14)
        self.words = label(words, "muted", wrap=True)
        self.content.addWidget(self.words)
        self.area = scrolled(inside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_visit(self, opened: "OpenVisit") -> None:
        """Show a visit."""
        raise NotImplementedError

    def show_item(self, item: str) -> bool:
        """Bring a line to the front; says whether it is here."""
        return False

    def commit(self) -> None:
        """Save what is typed."""

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return False
