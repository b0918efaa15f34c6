"""The lines above the grid: how many pieces, words to find, the filters, and the way to clear them."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _, plural
from auditor_app.ui.screens.evidence.filters import ALL, NAMES, Choices, Filter
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.steady import SteadyCombo

SPACE = 8
MOST_LINES = 2
"""Lines of filters above which they fold behind a button, so that the grid keeps its room."""


class FilterLine(QWidget):
    """`changed` tells that another filter is wanted; `cleared` that a person took all of them away."""

    changed = Signal()
    cleared = Signal()

    def __init__(self, title: str) -> None:
        """Begin with no filter."""
        super().__init__()
        self.count = label("", "muted")
        self.words = text_line(_("Find in captions, names, places, numbers"))
        self.words.setAccessibleName(_("Find evidence (Ctrl+F)"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(120)
        self.choices = {key: self._choice(key) for key in ALL}
        self.unlinked = button(_("Not linked"), self._chosen, role="choice")
        self.unlinked.setCheckable(True)
        self.clear_all = button(_("Clear"), self.clear, role="link", name=_("Clear all filters (Escape)"))
        self.clear_all.setToolTip(_("Clear all filters (Escape)"))
        self.fold = button("", self._fit, role="choice")
        self.fold.setCheckable(True)
        self._typed = QTimer(self, interval=120, singleShot=True)
        self._typed.timeout.connect(self._chosen)
        self.words.textChanged.connect(lambda _text: self._typed.start())
        self._lay_out(title)
        self._show_active()

    @property
    def wanted(self) -> Filter:
        """Give the filter as it is set."""
        keys = {key: str(box.currentData() or "") for key, box in self.choices.items()}
        return Filter(words=tuple(self.words.text().casefold().split()), unlinked=self.unlinked.isChecked(), **keys)

    def offer(self, choices: Choices, unlinked: int) -> None:
        """Offer what there is to choose from, and tell how many pieces are not linked; what is chosen stays as long as it is there."""
        for key, box in self.choices.items():
            offered = [("", _(ALL[key])), *((one.key, one.words) for one in choices[key])]
            if [(box.itemData(row), box.itemText(row)) for row in range(box.count())] != offered:
                chosen = box.currentData()
                box.clear()
                for value, words in offered:
                    box.addItem(words, value)
                box.setCurrentIndex(max(0, box.findData(chosen)))
            box.setEnabled(len(offered) > 1)
        self.unlinked.setText(f"{_('Not linked')}  {unlinked}")
        self.unlinked.setAccessibleName(_("Only what is not linked: {count}").format(count=unlinked))
        self._show_active()

    def choose(self, key: str, value: str) -> None:
        """Set one filter."""
        self.choices[key].setCurrentIndex(max(0, self.choices[key].findData(value)))
        self._chosen()

    def clear(self) -> None:
        """Take all filters away."""
        self.words.clear()
        self._typed.stop()
        for box in self.choices.values():
            box.setCurrentIndex(0)
        self.unlinked.setChecked(False)
        self._chosen()
        self.cleared.emit()

    def _chosen(self) -> None:
        self._show_active()
        self.changed.emit()

    def _show_active(self) -> None:
        """Mark what narrows the view, so that nothing is missed because of a filter forgotten."""
        for box in self.choices.values():
            dress(box, state="on" if box.currentIndex() > 0 else "")
            box.setToolTip(box.currentText())
        active = self.wanted.count
        self.clear_all.setVisible(active > 0)
        self.fold.setText(plural("{count} filter", "{count} filters", active) if active else _("Filters"))
        dress(self.fold, state="on" if active else "")

    def _choice(self, key: str) -> SteadyCombo:
        box = SteadyCombo()
        box.setAccessibleName(_(NAMES[key]))
        box.setMinimumContentsLength(10)
        box.addItem(_(ALL[key]), "")
        box.activated.connect(lambda _row: self._chosen())
        return box

    def _fit(self) -> None:
        """Fold the filters behind their button where they would take too many lines."""
        wide = self.width() - self.contentsMargins().left()
        line = self.choices["kind"].sizeHint().height() + SPACE
        folds = self._flow.heightForWidth(wide) > line * MOST_LINES
        self.fold.setVisible(folds)
        self._filters.setVisible(not folds or self.fold.isChecked())

    def _lay_out(self, title: str) -> None:
        self.line, names, finding = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self.line.setSpacing(SPACE)
        names.setSpacing(10)
        for part in (label(title, "title"), self.count, self.clear_all):
            names.addWidget(part)
        finding.setSpacing(10)
        finding.addWidget(self.words, 1)
        finding.addWidget(self.fold)
        names.addStretch(1)
        finding.addLayout(self.line)
        first = Beside(spacing=10)
        first.add(names)
        first.add(finding, 1)
        self._flow = Flow(spacing=SPACE)
        for widget in (*self.choices.values(), self.unlinked):
            self._flow.addWidget(widget)
        self._filters = QWidget()
        self._filters.setLayout(self._flow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(first)
        layout.addWidget(self._filters)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)
