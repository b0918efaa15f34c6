"""The list of findings and limits at the side, and the buttons that begin new ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList


class FindingsSide(QFrame):
    """`list` chooses what is in front; the signals ask for a new finding or limit."""

    finding_wanted = Signal()
    limit_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Build buttons and list."""
        super().__init__()
        self.setObjectName("side")
        self.list = RowList(theme, name=_("Findings, and what was not seen"))
        self.counts = label("", "tiny", wrap=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 14, 6)
        head.setSpacing(8)
        head.addWidget(button(_("Raise a finding"), self.finding_wanted.emit, role="first", key="Ctrl+R"))
        self.limit = button(_("Not seen…"), self.limit_wanted.emit, name=_("Note what was not seen"))
        head.addWidget(self.limit)
        head.addWidget(self.counts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
