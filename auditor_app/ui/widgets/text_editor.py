"""A text that saves itself: soon after the last key, when the focus goes, and before the page or the window goes."""

import re
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from auditor_app.ui.reading import text_only
from auditor_app.ui.widgets.autosave import Autosave, Kept, Save

_BAR, _NO_BAR = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class TextEditor(QPlainTextEdit):
    """An editor for one text at a time, known by a key (see `Autosave`). It grows with its text, or with the hint in place of one."""

    def __init__(
        self,
        save: Save,
        *,
        name: str,
        placeholder: str = "",
        lines: int = 4,
        unsaved: Kept = None,
        is_own: bool = False,
        one_line: bool = False,
        least: Callable[[], int] = lambda: 0,
    ) -> None:
        """Edit with `save` as the way to keep a text; `name` is its accessible name; its `is_own` where the window otherwise only reads.

        `one_line` holds a single line, which is wrapped and never cut; `least` tells the least height of a cell of a table.
        """
        super().__init__()
        self._texts = Autosave(self, save, read=self.toPlainText, write=self._put, unsaved=unsaved)
        self._lines, self._one_line, self._least = 1 if one_line else lines, one_line, least
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        if not is_own:
            text_only(self)
        self.textChanged.connect(self._texts.changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def key(self) -> str:
        """Tell which text is shown."""
        return self._texts.key

    @property
    def has_unsaved(self) -> bool:
        """Say whether the text shown waits to be saved."""
        return self._texts.has_unsaved

    def show_text(self, key: str, text: str) -> None:
        """Show the text of a key as it was saved; what a person typed since and is not saved yet stays."""
        self._texts.show_text(key, text)

    def commit(self) -> None:
        """Save now if anything is not saved."""
        self._texts.commit()

    def _put(self, text: str) -> None:
        self.setPlainText(text)
        self._fit()

    def _fit(self, *_size: object) -> None:
        """Grow with the text, up to a limit."""
        line, wanted = self.fontMetrics().lineSpacing(), max(int(self.document().size().height()), self._lines_of_hint())
        if self.isReadOnly():
            self.setFixedHeight(max(wanted, 1) * line + 4)
            return
        most = max(self._lines * 5, 6)
        self.setVerticalScrollBarPolicy(_BAR if wanted > most else _NO_BAR)  # a bar would narrow the text and so make it longer
        around = line * 2 // 3 if self._least() else line * 3 // 2  # a cell has no room between its frame and its words
        self.setFixedHeight(max(min(max(wanted, self._lines), most) * line + around, self._least()))

    def _lines_of_hint(self) -> int:
        """Count the lines that the hint takes; none once there is a text."""
        hint = self.placeholderText()
        if not hint or not self.document().isEmpty():
            return 0
        room = QRect(0, 0, self.viewport().width() - 2 * round(self.document().documentMargin()), 10_000)
        return round(self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), hint).height() / self.fontMetrics().lineSpacing())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; into one line what was several lines comes as one."""
        if self._one_line and source.hasText():
            self.insertPlainText(LINE_ENDS.sub(" ", source.text()))
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Enter is for whatever is around a single line."""
        if self._one_line and event.key() in ENTER:
            self.commit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the text as it is wrapped now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the focus goes."""
        super().focusOutEvent(event)
        self.commit()
