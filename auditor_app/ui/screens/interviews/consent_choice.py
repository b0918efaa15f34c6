"""What was agreed to: three choices with glyph and word, none of them chosen for anybody."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import mark_icon
from auditor_app.ui.reading import shown_only
from auditor_app.ui.screens.interviews.field_grid import FieldGrid
from auditor_app.ui.screens.interviews.view_state import CONSENT_CHOICES, CONSENT_MARKS
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button


class ConsentChoice(QWidget):
    """`chosen` carries the key; choosing what is chosen already takes it back ("")."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self._theme, self._consent = theme, ""
        self.choices: dict[str, QPushButton] = {}
        grid = FieldGrid(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(grid)
        for key, words in CONSENT_CHOICES.items():
            choice = button(f" {_(words)}", partial(self._choose, key), role="choice", name=_("Consent: {what}").format(what=_(words)))
            choice.setCheckable(True)
            shown_only(choice)
            self.choices[key] = choice
            grid.add(choice, 2)
        theme.changed.connect(self._paint)
        self._paint()

    def show_consent(self, consent: str) -> None:
        """Show what is recorded."""
        self._consent = consent
        for key, choice in self.choices.items():
            choice.setChecked(key == consent)

    def setAccessibleName(self, name: str) -> None:
        """Leave the names to the choices: each says what it is a choice of."""

    def _choose(self, key: str) -> None:
        self.show_consent(self._consent)
        self.chosen.emit("" if key == self._consent else key)

    def _paint(self) -> None:
        side = self._theme.look.px(16)
        for key, choice in self.choices.items():
            choice.setIcon(mark_icon(CONSENT_MARKS[key], self._theme.look))
            choice.setIconSize(QSize(side, side))
