"""Checking signatures within a visit: beside Report & sign, with the visit's own reports at hand."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.screens.verification.view import VerificationView

if TYPE_CHECKING:
    from auditor_app.domain.changes import Changes
    from auditor_app.workflows.visits import OpenVisit

REPORT, FILE = "report:", "file:"
"""How an item of this stage begins: a kept report by its id, or a file by its path."""


class VerificationScreen(Screen):
    """The view that checks, as a stage under Report & sign."""

    def __init__(self, desk: Desk) -> None:
        """Begin without a result."""
        super().__init__(desk)
        self.view = VerificationView(desk, _("Reports") if desk.room else _("Report & sign"), lambda: desk.go_to("report", ""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)

    def show_visit(self, opened: "OpenVisit") -> None:
        """Begin anew for another visit; otherwise the last result stays."""
        if self.opened is None or opened.state.id != self.opened.state.id:
            self.view.clear()
        self.opened = opened
        QTimer.singleShot(0, self, self.view.choose.setFocus)

    def refresh(self, opened: "OpenVisit", changes: "Changes") -> None:
        """Keep the result: it tells of a file, not of the visit."""

    def show_item(self, item: str) -> None:
        """Check a kept report or a file."""
        if item.startswith(REPORT):
            self.view.check_report(self._visit, item.removeprefix(REPORT))
        elif item.startswith(FILE):
            self.view.check_file(Path(item.removeprefix(FILE)))
