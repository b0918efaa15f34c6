"""A line of text that saves itself: soon after the last key, on Enter, when the focus goes, before the page goes."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from auditor_app.ui.reading import text_only
from auditor_app.ui.widgets.autosave import Autosave, Kept, Save


class LineEditor(QLineEdit):
    """An editor for one short line at a time, known by a key (see `Autosave`); long ones want a `TextEditor` of one line, which wraps."""

    def __init__(self, save: Save, *, name: str, placeholder: str = "", unsaved: Kept = None) -> None:
        """Edit with `save` as the way to keep a line; `name` is its accessible name."""
        super().__init__()
        self._texts = Autosave(self, save, read=self.text, write=self._put, unsaved=unsaved)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        text_only(self)
        self.textChanged.connect(lambda _text: self._texts.changed())
        self.returnPressed.connect(self.commit)

    @property
    def has_unsaved(self) -> bool:
        """Say whether the line shown waits to be saved."""
        return self._texts.has_unsaved

    def show_text(self, key: str, text: str) -> None:
        """Show the line of a key as it was saved; what a person typed since and is not saved yet stays."""
        self._texts.show_text(key, text)

    def commit(self) -> None:
        """Save now if anything is not saved."""
        self._texts.commit()

    def _put(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the focus goes."""
        super().focusOutEvent(event)
        self.commit()
