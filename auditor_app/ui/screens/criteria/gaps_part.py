"""What is missing in a criterion before sign-off, each line a jump to its place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.screens.criteria.source_state import gap_place, gap_rows
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList
from auditor_app.workflows.triangulation import Conclusion


class GapsPart(Card):
    """`wanted` carries the part of the page where a gap is mended."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Begin hidden: without gaps there is nothing to say."""
        super().__init__(margin=0, spacing=0)
        self._one: Conclusion | None = None
        self.list = RowList(theme, name=_("Before sign-off"), dense=True)
        self.list.fit_rows()
        self.list.opened.connect(self._go)
        self.list.clicked.connect(lambda index: self._go(self.list.key_at(index)))
        title, lines = label(_("Before sign-off"), "field"), QVBoxLayout()
        title.setContentsMargins(16, 8, 16, 2)
        lines.setContentsMargins(1, 0, 1, 6)
        lines.addWidget(self.list)
        self.content.addWidget(title)
        self.content.addLayout(lines)
        self.hide()

    def show_conclusion(self, one: Conclusion) -> None:
        """Show the gaps of a criterion."""
        self._one = one
        rows = gap_rows(one)
        self.list.show_rows(rows, "")
        self.setVisible(bool(rows))

    def _go(self, key: str) -> None:
        if key and self._one is not None:
            self.wanted.emit(gap_place(key, self._one))
