"""What stands in the place of a line that was taken out: what it was, and the way back."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from auditor_app.ids import EntryId
from auditor_app.translation import _
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.elided import Elided


class RemovedRow(QFrame):
    """Hidden until something was taken out."""

    def __init__(self, bring_back: Callable[[str, EntryId], object]) -> None:
        """Call `bring_back` with the line and the entry that took it out."""
        super().__init__()
        self.setProperty("card", "row")
        self._line, self._entry, self._bring_back = "", EntryId(""), bring_back
        self._said = Elided("", "muted")
        self.undo = button(_("Undo"), self._act, role="link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 8, 5)
        layout.addWidget(self._said, 1)
        layout.addWidget(self.undo)
        self.hide()

    def offer(self, name: str, line: str, entry: EntryId) -> None:
        """Say what was taken out, and go to the way back."""
        self._line, self._entry = line, entry
        self._said.setText(_("“{line}” was taken out.").format(line=name))
        self.undo.setAccessibleName(_("Bring “{line}” back").format(line=name))
        self.show()
        self.undo.setFocus()

    def _act(self) -> None:
        self.hide()
        self._bring_back(self._line, self._entry)
