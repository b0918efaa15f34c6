"""The list of findings and limits at the side, and the buttons that begin new ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.findings.register_filter import RegisterFilter
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList
from auditor_app.workflows.visits import OpenVisit


class FindingsSide(QFrame):
    """`list` chooses what is in front; the signals ask for a new finding or limit, or the plan."""

    finding_wanted = Signal()
    limit_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Build buttons and list."""
        super().__init__()
        self.setObjectName("side")
        self.list = RowList(theme, name=_("Findings, and what was not seen"))
        self.counts = label("", "tiny", wrap=True)
        self.filter = RegisterFilter(theme)
        self.filter.hide()
        self.narrow = button(_("Filter"), self._turn, role="choice", name=_("Show only some findings"))
        self.narrow.setCheckable(True)
        self.plan = button(_("Improvement plan"), self.plan_wanted.emit)
        head, tools, narrowing = QVBoxLayout(), Flow(spacing=6), QHBoxLayout()
        head.setContentsMargins(16, 14, 14, 6)
        head.setSpacing(8)
        head.addWidget(for_writing(button(_("Raise a finding"), self.finding_wanted.emit, role="first", key="Ctrl+R")))
        self.limit = for_writing(button(_("Not seen…"), self.limit_wanted.emit, name=_("Note what was not seen")))
        for tool in (self.limit, self.plan):
            tools.addWidget(tool)
        narrowing.setSpacing(8)
        narrowing.addWidget(self.counts, 1)
        narrowing.addWidget(self.narrow)
        head.addLayout(tools)
        head.addLayout(narrowing)
        head.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    def offer(self, opened: OpenVisit) -> None:
        """Offer what there is to filter by, once there is more than one finding."""
        self.filter.offer(opened)
        self.plan.setVisible(bool(opened.state.findings))
        self.narrow.setVisible(len(opened.state.findings) > 1)

    def _turn(self) -> None:
        """Open the filter, or close it and show everything again."""
        self.filter.setVisible(self.narrow.isChecked())
        if self.narrow.isChecked():
            self.filter.grade.setFocus()
        else:
            self.filter.clear()
