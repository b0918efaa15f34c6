"""The fields that cells are filled in with."""

from collections.abc import Iterable

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QWidget

from auditor_app.translation import _
from auditor_app.ui.lines.cell import DATE, HINTS, NUMBER, TYPING, Cell
from auditor_app.ui.lines.state_choice import StateChoice
from auditor_app.ui.lines.tick import Tick
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.text_editor import TextEditor

Editor = LineEditor | TextEditor | StateChoice | Tick | QLabel


def restrict(field: QLineEdit, cell: Cell) -> None:
    """Let only be typed what the cell's kind can hold, and hint at it."""
    if cell.kind in TYPING:
        field.setValidator(QRegularExpressionValidator(QRegularExpression(TYPING[cell.kind]), field))
    if cell.kind in {NUMBER, DATE}:
        field.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
    if cell.kind in HINTS and not field.placeholderText():
        field.setPlaceholderText(_(HINTS[cell.kind]))


def suggest(field: QLineEdit, words: Iterable[str]) -> None:
    """Offer words while something is typed."""
    completer = QCompleter(list(words), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    if (popup := completer.popup()) is not None:
        popup.setProperty("framed", "true")
        popup.setAccessibleName(_("Suggestions"))
    field.setCompleter(completer)


def focus_on(editor: QWidget) -> None:
    """Go to a field, with what is in it selected as the Tab key does."""
    editor.setFocus(Qt.FocusReason.TabFocusReason)
