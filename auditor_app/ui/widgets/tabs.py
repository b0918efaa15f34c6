"""A line of tabs, one of them in front; Ctrl+PgUp and Ctrl+PgDn turn to the next one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QWidget

from auditor_app.translation import _
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.flow import Flow


class Tabs(QWidget):
    """`turned` carries the key of the tab that a person turns to."""

    turned = Signal(str)

    def __init__(self, theme: Theme, titles: dict[str, str], screen: QWidget) -> None:
        """Make a tab for each key with its title; the keys work everywhere on the screen."""
        super().__init__()
        self._theme, self._titles = theme, titles
        self._group, line = QButtonGroup(self), Flow(spacing=10)
        self.setLayout(line)
        self.buttons = {key: button(_(title), partial(self.turned.emit, key), role="tab") for key, title in titles.items()}
        for one in self.buttons.values():
            one.setCheckable(True)
            self._group.addButton(one)
            line.addWidget(one)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), screen).activated.connect(partial(self._step, step))
        theme.changed.connect(self._fit)
        self._fit()

    def show_key(self, key: str, counts: dict[str, str]) -> None:
        """Show which tab is in front, and a short count beside each title."""
        for name, one in self.buttons.items():
            one.setText("  ".join(part for part in (_(self._titles[name]), counts.get(name, "")) if part))
        self.buttons[key].setChecked(True)
        self._fit()

    def _fit(self) -> None:
        """Keep room for the bold words of the tab in front, so that turning moves nothing."""
        measure = QFontMetrics(self._theme.font(bold=True))
        for one in self.buttons.values():
            one.setMinimumWidth(measure.horizontalAdvance(one.text()) + self._theme.look.px(16))

    def _step(self, step: int) -> None:
        keys = list(self.buttons)
        at = next(place for place, one in enumerate(self.buttons.values()) if one.isChecked())
        key = keys[(at + step) % len(keys)]
        self.turned.emit(key)
        self.buttons[key].setFocus()
