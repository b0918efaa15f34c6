"""What became of the bundles that were looked for just now, the refused ones with their reasons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import MarkSign
from auditor_app.ui.office.received_words import outcome_mark, outcome_reasons, outcome_words
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.office.refusing import Received


class Outcomes(QWidget):
    """Hidden while there is nothing to tell."""

    def __init__(self, theme: Theme) -> None:
        """Begin with nothing to tell."""
        super().__init__()
        self._theme = theme
        self.lines: tuple[str, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_results(self, results: list[Received]) -> None:
        """Tell what became of each bundle."""
        self.clear()
        if not results:
            return
        self.lines = tuple(line for one in results for line in (outcome_words(one), *outcome_reasons(one)))
        card = RowCard()
        for one in results:
            card.add_row(self._row(one, closes=one is results[0]))
        self._rows.addWidget(card)
        self.show()

    def clear(self) -> None:
        """Tell nothing any more."""
        self.lines = ()
        empty_layout(self._rows)
        self.hide()

    def _row(self, one: Received, *, closes: bool) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(MarkSign(self._theme, outcome_mark(one), size=16), 0, Qt.AlignmentFlag.AlignTop)
        words.setSpacing(2)
        words.addWidget(label(outcome_words(one), "strong", wrap=True, selectable=True))
        for reason in outcome_reasons(one):
            words.addWidget(label(reason, wrap=True, selectable=True))
        row.addLayout(words, 1)
        if closes:
            row.addWidget(button("✕", self.clear, role="quiet", name=_("Close what was told of receiving")), 0, Qt.AlignmentFlag.AlignTop)
        return row
