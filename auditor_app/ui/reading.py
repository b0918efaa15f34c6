"""One mechanism for a window that only reads, as the office's: what writes is left out, what holds a text or a choice shows it alone.

The application says once, before its window is built, that it only reads; widgets ask when they are made. Nothing depends on it
but what is seen: the workspace of such a window refuses every change by itself.
"""

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from auditor_app.translation import _

W = TypeVar("W", bound=QWidget)

_PROPERTY = "only_reads"


def let_only_read(application: QCoreApplication, only_reads: bool = True) -> None:
    """Say whether the windows of the application that are built from now on only read."""
    application.setProperty(_PROPERTY, only_reads)


def only_reads() -> bool:
    """Say whether what is being built is for reading alone."""
    application = QCoreApplication.instance()
    return application is not None and bool(application.property(_PROPERTY))


def for_writing(widget: W) -> W:
    """Leave a widget out for good where nothing can be written, whatever its screen says later; gives the widget."""
    if only_reads():
        widget.hide()
        widget.setEnabled(False)  # nor do its keys work
        widget.installEventFilter(_Stays(widget, hidden=True))
    return widget


def shown_only(widget: W) -> W:
    """Let a widget that holds a choice show it without taking another, in the colours of a text; gives the widget."""
    if only_reads():
        widget.setProperty("reads", "true")
        widget.setEnabled(False)
        widget.installEventFilter(_Stays(widget, hidden=False))
    return widget


def read_value(value: str, words: str, title: QLabel, name: str) -> str:
    """Give what a field of codes shows: its words where it is only read, otherwise the code, with the words in the title above it."""
    if only_reads():
        return words
    title.setText(name if words == value else f"{name} · {words}")
    return value


def text_only(editor: QLineEdit | QPlainTextEdit) -> None:
    """Let an editor show its text to be read and copied, without a frame to type in."""
    if only_reads():
        editor.setReadOnly(True)
        editor.setPlaceholderText(_("not said"))
        editor.setProperty("reads", "true")
        if isinstance(editor, QPlainTextEdit):
            editor.document().setDocumentMargin(0)
            editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it is as high as its text
            editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            editor.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)


class _Stays(QObject):
    """Keeps a widget as it is whatever its screen asks for: not enabled, and not seen if it is left out."""

    def __init__(self, widget: QWidget, *, hidden: bool) -> None:
        super().__init__(widget)
        self._hidden = hidden

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if self._hidden and event.type() == QEvent.Type.ShowToParent:
                watched.hide()
            elif event.type() == QEvent.Type.EnabledChange and watched.isEnabled():
                watched.setEnabled(False)
        return False
