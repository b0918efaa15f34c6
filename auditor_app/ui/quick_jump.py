"""The palette on Ctrl+K: a few letters find a criterion, a stage or a command."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.rows import Row, RowList

Command = tuple[Row, Callable[[], object]]
"""A line of the palette, and what to do."""


class QuickJump(QFrame):
    """Lies over the window while it is open; Enter goes, Escape closes."""

    def __init__(self, window: QWidget, theme: Theme, commands: Callable[[], list[Command]]) -> None:
        """Begin hidden; `commands` is asked anew at every opening."""
        super().__init__(window)
        self.setObjectName("jump")
        self._window, self._commands, self._shown = window, commands, list[Command]()
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("A number, a name or a command"))
        self._search.setAccessibleName(_("Search or run a command"))
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._go)
        self._search.installEventFilter(self)
        self._list = RowList(theme, name=_("What fits"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(lambda _index: self._go())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._search)
        layout.addWidget(self._list)
        self.hide()

    def open(self) -> None:
        """Show all commands and take the focus."""
        window = self._window
        width, height = min(600, window.width() - 80), min(440, window.height() - 120)
        self.setGeometry((window.width() - width) // 2, 64, width, height)
        self._search.clear()
        self._filter("")
        self.show()
        self.raise_()
        self._search.setFocus()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self._shown = [one for one in self._commands() if all(word in f"{one[0].number} {one[0].title}".casefold() for word in words)]
        if text.strip().isdecimal():
            self._shown.sort(key=lambda one: one[0].number != text.strip())
        self._list.show_rows(tuple(row for row, _act in self._shown), self._shown[0][0].key if self._shown else "")

    def _go(self) -> None:
        row = self._list.currentIndex().row()
        self.hide()
        if 0 <= row < len(self._shown):
            self._shown[row][1]()

    def _move(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        if 0 <= row < len(self._shown):
            self._list.show_current(self._shown[row][0].key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list with the arrows while the search keeps the focus; close when it goes."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._move(step)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                self._window.setFocus()
                return True
        return super().eventFilter(watched, event)
