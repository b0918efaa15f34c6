"""A text that saves itself: soon after the last key, when the focus goes, and before the page or the window goes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from auditor_app.ui.background import Done
from auditor_app.ui.reading import text_only

_BAR, _NO_BAR = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff

PAUSE_MS = 700
"""Milliseconds without a key before a text is saved."""

Kept = dict[str, str] | None
Save = Callable[[str, str, Done, Done], object]
"""Called with the key of the text, the text, and what to call when it is saved or not (with the error)."""


class TextEditor(QPlainTextEdit):
    """An editor for one text at a time, known by a key such as "17" or a finding's id and field.

    A text that could not be saved stays: in the editor, and under its key when another text was shown meanwhile.
    Keys name a text among all texts of all visits, such as "<visit>/17", so that `unsaved` can be shared (Desk.unsaved).
    """

    def __init__(self, save: Save, *, name: str, placeholder: str = "", lines: int = 4, unsaved: Kept = None, is_own: bool = False) -> None:
        """Edit with `save` as the way to keep a text; `name` is its accessible name; its `is_own` where the window otherwise only reads."""
        super().__init__()
        self._save, self._key, self._lines = save, "", lines
        self._saved, self._sent = dict[str, str](), dict[str, str]()
        self._unsaved = {} if unsaved is None else unsaved
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        if not is_own:
            text_only(self)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def key(self) -> str:
        """Tell which text is shown."""
        return self._key

    @property
    def has_unsaved(self) -> bool:
        """Say whether the text shown waits to be saved."""
        return self._key in self._unsaved

    def show_text(self, key: str, text: str) -> None:
        """Show the text of a key as it was saved; what a person typed since and is not saved yet stays."""
        self.commit()
        self._key = key
        self._saved[key] = text
        shown = self._unsaved.get(key, text)
        if shown != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(shown)
            self.blockSignals(False)
            self._fit()

    def commit(self) -> None:
        """Save now if anything is not saved."""
        self._pause.stop()
        key, text = self._key, self._unsaved.get(self._key)
        if text is not None and self._sent.get(key) != text:
            self._sent[key] = text
            self._save(key, text, partial(self._is_saved, key, text), partial(self._is_not_saved, key))

    def _changed(self) -> None:
        text = self.toPlainText()
        if text == self._saved.get(self._key, ""):
            self._unsaved.pop(self._key, None)
            self._pause.stop()
        else:
            self._unsaved[self._key] = text
            self._pause.start()

    def _is_saved(self, key: str, text: str, _result: object) -> None:
        self._saved[key] = text
        self._sent.pop(key, None)
        if self._unsaved.get(key) == text:
            del self._unsaved[key]

    def _is_not_saved(self, key: str, _error: object) -> None:
        """Keep the text; it is tried again with the next key, focus change or visit to the page."""
        self._sent.pop(key, None)

    def _fit(self, *_size: object) -> None:
        """Grow with the text, up to a limit."""
        line, wanted = self.fontMetrics().lineSpacing(), int(self.document().size().height())
        if self.isReadOnly():
            self.setFixedHeight(max(wanted, 1) * line + 4)
            return
        most = max(self._lines * 5, 6)
        self.setVerticalScrollBarPolicy(_BAR if wanted > most else _NO_BAR)  # a bar would narrow the text and so make it longer
        self.setFixedHeight(min(max(wanted, self._lines), most) * line + line * 3 // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the text as it is wrapped now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the focus goes."""
        super().focusOutEvent(event)
        self.commit()
