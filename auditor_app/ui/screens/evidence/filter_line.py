"""The line above the grid: how many pieces, words to find, kind, not linked, and the way to add."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from auditor_app.translation import _
from auditor_app.ui.screens.evidence.view_state import Filter
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.steady import SteadyCombo


class FilterLine(Beside):
    """`changed` tells that another filter is wanted."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        """Begin with no filter."""
        super().__init__(spacing=14)
        self.count = label("", "muted")
        self.words = text_line(_("Find in captions, names, kinds, numbers"))
        self.words.setAccessibleName(_("Find evidence"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(170)
        self.kind = SteadyCombo()
        self.kind.setAccessibleName(_("Kind"))
        self.unlinked = button(_("Not linked"), self.changed.emit, role="pill")
        self.unlinked.setCheckable(True)
        self._typed = QTimer(self, interval=120, singleShot=True)
        self._typed.timeout.connect(self.changed)
        self.words.textChanged.connect(lambda _text: self._typed.start())
        self.kind.activated.connect(lambda _row: self.changed.emit())
        names, self.line = QHBoxLayout(), QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(label(title, "title"))
        names.addWidget(self.count, 1)
        self.line.setSpacing(10)
        self.line.addWidget(self.kind)
        self.line.addWidget(self.unlinked)
        finding = Beside(spacing=14)
        finding.add(names)
        finding.add(self.words, 1)
        self.add(finding, 1)
        self.add(self.line)

    @property
    def wanted(self) -> Filter:
        """Give the filter as it is set."""
        return Filter(
            words=tuple(self.words.text().casefold().split()), kind=str(self.kind.currentData() or ""), unlinked=self.unlinked.isChecked()
        )

    def offer(self, kinds: Sequence[str], unlinked: int) -> None:
        """Offer the kinds that there are, and tell how many pieces are not linked."""
        if [self.kind.itemData(row) for row in range(1, self.kind.count())] != list(kinds):
            chosen = self.kind.currentData()
            self.kind.clear()
            self.kind.addItem(_("All kinds"), "")
            for kind in kinds:
                self.kind.addItem(kind, kind)
            self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.unlinked.setText(f"{_('Not linked')}  {unlinked}")
        self.unlinked.setAccessibleName(_("Only what is not linked: {count}").format(count=unlinked))

    def clear(self) -> None:
        """Take the filter away."""
        self.words.clear()
        self.kind.setCurrentIndex(0)
        self.unlinked.setChecked(False)
        self.changed.emit()
