"""Saving what is typed into an editor: soon after the last key, when it is asked for, and before another text is shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from auditor_app.ui.background import Done
from auditor_app.ui.widgets.labels import dress

PAUSE_MS = 700
"""Milliseconds without a key before a text is saved."""

Kept = dict[str, str] | None
Save = Callable[[str, str, Done, Done], object]
"""Called with the key of the text, the text, and what to call when it is saved or not (with the error)."""


class Autosave:
    """The texts of one editor, one shown at a time, each known by a key such as "<visit>/17" or a finding's id and field.

    A text that could not be saved stays: in the editor, and under its key when another text was shown meanwhile. Keys name a text
    among all texts of all visits, so that `unsaved` can be shared (Desk.unsaved). An editor that shows one is marked.
    """

    def __init__(self, editor: QWidget, save: Save, *, read: Callable[[], str], write: Callable[[str], object], unsaved: Kept) -> None:
        """Save by `save` what `read` gives of the editor; `write` puts a text into it."""
        self._editor, self._save, self._read, self._write = editor, save, read, write
        self.key = ""
        self._saved, self._sent = dict[str, str](), dict[str, str]()
        self._wrong, self._marked = set[str](), False
        self._unsaved = {} if unsaved is None else unsaved
        self._pause = QTimer(editor, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.commit)

    @property
    def has_unsaved(self) -> bool:
        """Say whether the text shown waits to be saved."""
        return self.key in self._unsaved

    def show_text(self, key: str, text: str) -> None:
        """Show the text of a key as it was saved; what a person typed since and is not saved yet stays."""
        self.commit()
        self.key, self._saved[key] = key, text
        shown = self._unsaved.get(key, text)
        if shown != self._read():
            self._editor.blockSignals(True)
            self._write(shown)
            self._editor.blockSignals(False)
        self._mark()

    def changed(self) -> None:
        """Wait for the pause after a key; what is as it was saved needs none."""
        text = self._read()
        if text == self._saved.get(self.key, ""):
            self._unsaved.pop(self.key, None)
            self._pause.stop()
            self._say_right(self.key)
        else:
            self._unsaved[self.key] = text
            self._pause.start()

    def commit(self) -> None:
        """Save now if anything is not saved."""
        self._pause.stop()
        key, text = self.key, self._unsaved.get(self.key)
        if text is not None and self._sent.get(key) != text:
            self._sent[key] = text
            self._save(key, text, partial(self._is_saved, key, text), partial(self._is_not_saved, key))

    def _is_saved(self, key: str, text: str, _result: object) -> None:
        self._saved[key] = text
        self._sent.pop(key, None)
        if self._unsaved.get(key) == text:
            del self._unsaved[key]
        self._say_right(key)

    def _is_not_saved(self, key: str, _error: object) -> None:
        """Keep the text and mark it; it is tried again with the next key, focus change or visit to the page."""
        self._sent.pop(key, None)
        self._wrong.add(key)
        self._mark()

    def _say_right(self, key: str) -> None:
        self._wrong.discard(key)
        self._mark()

    def _mark(self) -> None:
        wrong = self.key in self._wrong
        if wrong != self._marked:
            self._marked = wrong
            dress(self._editor, state="wrong" if wrong else "")
