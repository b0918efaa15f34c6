"""One of a few states, as a table shows it: the mark and the word of the chosen one, and a list with the words of all."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent

from auditor_app.translation import _
from auditor_app.ui.glyphs import mark_icon
from auditor_app.ui.lines.cell import Option
from auditor_app.ui.reading import shown_only
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.steady import SteadyCombo

STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down}


class StateChoice(SteadyCombo):
    """Shows the state of a line; `chosen` carries the key of the option that a person takes from the list."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, options: tuple[Option, ...], *, what: str = "") -> None:
        """Offer the options; `what` they are of is said to screen readers."""
        super().__init__()
        self._theme, self._options, self._what = theme, options, what
        for option in options:
            self.addItem(_(option.words), option.key)
        self._draw_marks()
        theme.changed.connect(self._draw_marks)
        self.activated.connect(lambda _row: self.chosen.emit(self.key))
        shown_only(self)

    @property
    def key(self) -> str:
        """Tell which option is shown as chosen."""
        return str(self.currentData())

    def show_key(self, key: str) -> None:
        """Show an option as chosen, without telling."""
        self.setCurrentIndex(self.findData(key))

    def choose(self, key: str) -> None:
        """Choose an option as a person does."""
        self.show_key(key)
        self.activated.emit(self.currentIndex())

    def name_for(self, line: str) -> None:
        """Say to screen readers what the state is of."""
        self.setAccessibleName(_("{field} of {line}").format(field=self._what, line=line) if self._what else line)

    def _draw_marks(self) -> None:
        """Draw the marks in the colours of the look."""
        with QSignalBlocker(self):
            for at, option in enumerate(self._options):
                if option.mark is not None:
                    self.setItemIcon(at, mark_icon(option.mark, self._theme.look))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Up and Down to the line: they go to its neighbours."""
        if event.key() in STEPS and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)
