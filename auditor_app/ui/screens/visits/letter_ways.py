"""The ways to the office's letters: its mailbox, or a stick."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label


class LetterWays(QWidget):
    """One line with a button for each way that there is; nothing of it before an office is known."""

    def __init__(self, look: Callable[[], object], take: Callable[[], object]) -> None:
        """Build the line."""
        super().__init__()
        self.look = button(_("Look in the mailbox"), look, role="link")
        self.take = button(_("Letters from a stick…"), take, role="link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        words = label(_("Letters of the office:"), "muted")
        for widget in (words, self.look, self.take):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.hide()

    def show_ways(self, *, has_office: bool, has_mailbox: bool) -> None:
        """Show the ways that there are."""
        self.setVisible(has_office)
        self.look.setVisible(has_mailbox)
        for way in (self.look, self.take):
            way.setEnabled(True)

    def wait(self) -> None:
        """Take no second click until there is an answer."""
        for way in (self.look, self.take):
            way.setEnabled(False)
