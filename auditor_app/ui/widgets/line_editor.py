"""A line of text that saves itself, like `TextEditor`: soon after the last key, on Enter, when the focus goes, before the page goes."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from auditor_app.ui.reading import text_only
from auditor_app.ui.widgets.labels import dress
from auditor_app.ui.widgets.text_editor import PAUSE_MS, Save


class LineEditor(QLineEdit):
    """An editor for one line at a time, known by a key; a line that could not be saved stays under its key and is marked.

    Keys name a line among all texts of all visits, so that `unsaved` can be shared (Desk.unsaved).
    """

    def __init__(self, save: Save, *, name: str, placeholder: str = "", unsaved: dict[str, str] | None = None) -> None:
        """Edit with `save` as the way to keep a line; `name` is its accessible name."""
        super().__init__()
        self._save, self._key = save, ""
        self._saved, self._sent, self._wrong = dict[str, str](), dict[str, str](), set[str]()
        self._unsaved = {} if unsaved is None else unsaved
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        text_only(self)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self.commit)

    @property
    def has_unsaved(self) -> bool:
        """Say whether the line shown waits to be saved."""
        return self._key in self._unsaved

    def show_text(self, key: str, text: str) -> None:
        """Show the line of a key as it was saved; what a person typed since and is not saved yet stays."""
        self.commit()
        self._key, self._saved[key] = key, text
        shown = self._unsaved.get(key, text)
        if shown != self.text():
            self.blockSignals(True)
            self.setText(shown)
            self.setCursorPosition(0)
            self.blockSignals(False)
        self._mark()

    def commit(self) -> None:
        """Save now if anything is not saved."""
        self._pause.stop()
        key, text = self._key, self._unsaved.get(self._key)
        if text is not None and self._sent.get(key) != text:
            self._sent[key] = text
            self._save(key, text, partial(self._is_saved, key, text), partial(self._is_not_saved, key))

    def _changed(self, text: str) -> None:
        if text == self._saved.get(self._key, ""):
            self._unsaved.pop(self._key, None)
            self._pause.stop()
            self._wrong.discard(self._key)
            self._mark()
        else:
            self._unsaved[self._key] = text
            self._pause.start()

    def _is_saved(self, key: str, text: str, _result: object) -> None:
        self._saved[key] = text
        self._sent.pop(key, None)
        self._wrong.discard(key)
        self._mark()
        if self._unsaved.get(key) == text:
            del self._unsaved[key]

    def _is_not_saved(self, key: str, _error: object) -> None:
        """Keep the line and mark it; it is tried again with the next key, on Enter, and when the focus goes."""
        self._sent.pop(key, None)
        self._wrong.add(key)
        self._mark()

    def _mark(self) -> None:
        wrong = self._key in self._wrong
        if (self.property("state") == "wrong") != wrong:
            dress(self, state="wrong" if wrong else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the focus goes."""
        super().focusOutEvent(event)
        self.commit()
