"""The list of interviews at the side, and the button that begins a new one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.reading import for_writing
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList


class InterviewsSide(QFrame):
    """`list` chooses what is in front; `new_wanted` asks for a new interview."""

    new_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Build button and list."""
        super().__init__()
        self.setObjectName("side")
        self.list = RowList(theme, name=_("Interviews by day"))
        self.counts = label("", "tiny", wrap=True)
        self.new = for_writing(button(_("New interview"), self.new_wanted.emit, role="first", key="Ctrl+Shift+I"))
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 14, 6)
        head.setSpacing(8)
        head.addWidget(self.new)
        head.addWidget(self.counts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
