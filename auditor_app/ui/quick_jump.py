"""The palette on Ctrl+K: a few letters find a criterion, a stage, a command, or words anywhere in the visit."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.found_words import Command, WordFinder
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList

PAUSE_MS = 180
"""Milliseconds without a key before the visit is searched."""


class QuickJump(QFrame):
    """Lies over the window while it is open; Enter goes, Escape closes."""

    def __init__(self, window: QWidget, theme: Theme, commands: Callable[[], list[Command]], finder: WordFinder) -> None:
        """Begin hidden; `commands` is asked at every opening, `finder` while a person types."""
        super().__init__(window)
        self.setObjectName("jump")
        self._window, self._commands, self._finder = window, commands, finder
        self._offered, self._shown = list[Command](), list[Command]()
        self._found, self._found_for = list[Command](), ""
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("A number, a command, or words from anywhere in this visit"))
        self._search.setAccessibleName(_("Search or run a command"))
        self._search.textChanged.connect(self._filter)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._find)
        self._search.textChanged.connect(lambda _text: self._pause.start())
        self._search.returnPressed.connect(self._go)
        self._search.installEventFilter(self)
        self._list = RowList(theme, name=_("What fits"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(lambda _index: self._go())
        self._nothing = label(_("Nothing fits"), "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._search)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing, 1)
        self.hide()

    def open(self) -> None:
        """Show all commands and take the focus."""
        window = self._window
        width, height = min(600, window.width() - 80), min(440, window.height() - 120)
        self.setGeometry((window.width() - width) // 2, 64, width, height)
        self._offered = self._commands()
        self._search.clear()
        self._filter("")
        self.show()
        self.raise_()
        self._search.setFocus()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give the lines shown."""
        return self._list.row_model.rows

    @property
    def found_count(self) -> int:
        """Count what was found in the visit."""
        return len(self._found)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self._shown = [one for one in self._offered if all(word in f"{one[0].number} {one[0].title}".casefold() for word in words)]
        if text.strip().isdecimal():
            self._shown.sort(key=lambda one: one[0].number != text.strip())
        if self._found and self._found_for == text:
            heading = Row(key="found", title=_("FOUND IN THIS VISIT"), side=str(len(self._found)))
            self._shown += [(heading, self._stay), *self._found]
        first = next((row.key for row, _act in self._shown if row.mark), "")
        self._list.show_rows(tuple(row for row, _act in self._shown), first)
        self._list.setVisible(bool(self._shown) or self._found_for != text)  # nothing is said before the visit was searched
        self._nothing.setHidden(not self._list.isHidden())
        self._search.setAccessibleDescription(self._nothing.text() if self._list.isHidden() else "")

    def _find(self) -> None:
        text = self._search.text()
        self._finder.ask(text, done=lambda found: self._show_found(text, found))

    def _show_found(self, text: str, found: list[Command]) -> None:
        """Show what was found below the rest, if it is still wanted; the chosen line stays chosen."""
        if text != self._search.text() or self.isHidden():
            return
        chosen = self._list.key_at(self._list.currentIndex())
        self._found, self._found_for = found, text
        self._filter(text)
        self._list.show_current(chosen)

    def _stay(self) -> None:
        """Do nothing: a heading leads nowhere."""

    def _go(self) -> None:
        row = self._list.currentIndex().row()
        self.hide()
        if 0 <= row < len(self._shown):
            self._shown[row][1]()

    def _move(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        while 0 <= row < len(self._shown) and self._shown[row][0].mark is None:
            row += step
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
