"""One line of a list: its cells, each saved by itself, its note, and the button that takes it out."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auditor_app.errors import NotAllowed
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import CHOICE, HINTS, LINE, TICK, WORDS, Cell, ListPlan, shown, typed
from auditor_app.ui.lines.editors import Editor, focus_on, restrict
from auditor_app.ui.lines.state_choice import StateChoice
from auditor_app.ui.lines.tick import Tick
from auditor_app.ui.lines.tools import Tools
from auditor_app.ui.reading import for_writing, only_reads, shown_only
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.icon_button import NOTE, IconButton
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.text_editor import TextEditor

Revise = Callable[[str, str, Any, Done, Done], object]
"""Called with a line's id, a field, its value, and what to call afterwards."""

NOTHING = "–"
"""What an empty cell shows."""


class LineRow(QFrame):
    """Shows a line as fields; Enter goes on to the next new line, Up and Down go to the same cell of the neighbours."""

    entered = Signal()
    stepped = Signal(str, int)
    removed = Signal(str)
    chosen = Signal(str, str, str)
    wanted = Signal(str)

    def __init__(self, desk: Desk, plan: ListPlan, revise: Revise) -> None:
        """Make the fields; `revise` saves one."""
        super().__init__()
        self.setProperty("card", "row")
        self._desk, self._plan, self._revise = desk, plan, revise
        self.line: Any = None
        self.editors = {cell.field: self._editor(cell) for cell in plan.cells}
        self._cells = {cell.field: cell for cell in plan.cells}
        self.note = TextEditor(self._save_note, name=_("Note"), placeholder=_("Note"), lines=1, unsaved=desk.unsaved)
        self.note_button = for_writing(IconButton(desk.theme, NOTE))
        self.note_button.clicked.connect(lambda _checked=False: self.write_note())
        self.way = button("›", lambda: self.wanted.emit(self.line.id), role="quiet")
        self.remove = for_writing(button("✕", lambda: self.removed.emit(self.line.id), role="quiet"))
        there = ((self.way, plan.way is not None), (self.note_button, plan.with_note), (self.remove, True))
        self._tools = tuple(tool for tool, wanted in there if wanted)
        self._lay_out()

    @property
    def name(self) -> str:
        """Give the words that the line is known by."""
        return shown(getattr(self.line, self._plan.first.field))

    def show_line(self, line: Any) -> None:
        """Show a line as it is now; what was typed and is not saved yet stays."""
        self.line = line
        for field, editor in self.editors.items():
            self._show_cell(self._cells[field], editor)
        self._name_all()
        if self._plan.way is not None:
            self.way.setVisible(bool(self._plan.way(line)))
        if self._plan.with_note:
            self.note.show_text(f"{line.id}/note", line.note)
            there = bool(line.note) or self.note.has_unsaved or self.note.hasFocus()
            self.note.setVisible(there)
            self.note_button.setVisible(not there)

    def write_note(self) -> None:
        """Open the note and go there."""
        self.note.show()
        self.note_button.hide()
        self.note.setFocus()

    def focus_on(self, field: str = "") -> None:
        """Go to a cell, by default the first."""
        focus_on(self.editors[field or self._plan.first.field])

    def commit(self) -> None:
        """Save what is typed."""
        for editor in (*self.editors.values(), self.note):
            if isinstance(editor, (LineEditor, TextEditor)):
                editor.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return any(isinstance(editor, LineEditor) and editor.has_unsaved for editor in self.editors.values())

    def _show_cell(self, cell: Cell, editor: Editor) -> None:
        if isinstance(editor, StateChoice):
            editor.show_key(cell.read(self.line))
        elif isinstance(editor, Tick):
            editor.setChecked(bool(cell.read(self.line)))
        elif isinstance(editor, QLabel):
            editor.setText(cell.read(self.line))
        else:
            value = shown(getattr(self.line, cell.field))
            if not (editor.hasFocus() and self._says_the_same(cell, editor)):
                editor.show_text(f"{self.line.id}/{cell.field}", value)

    def _says_the_same(self, cell: Cell, editor: LineEditor | TextEditor) -> bool:
        """Say whether what is being typed is what was saved, only written another way, so that the cursor stays."""
        try:
            now = typed(cell, editor.text() if isinstance(editor, LineEditor) else editor.toPlainText())
        except NotAllowed:
            return False
        before = getattr(self.line, cell.field)
        return bool(now == (list(before) if isinstance(before, tuple) else before) and not editor.has_unsaved)

    def _name_all(self) -> None:
        """Tell screen readers which line each control belongs to."""
        name = self.name
        for field, editor in self.editors.items():
            title = _(self._cells[field].title)
            if isinstance(editor, StateChoice):
                editor.name_for(name)
            elif not isinstance(editor, QLabel):
                editor.setAccessibleName(_("{field} of {line}").format(field=title, line=name))
                kind = self._cells[field].kind
                hint = shown(getattr(self.line, field)) or (_(HINTS[kind]) if kind in HINTS else "")
                editor.setToolTip(": ".join(part for part in (title, hint) if part))
        self.note.setAccessibleName(_("Note on {line}").format(line=name))
        self.note_button.name(_("Write a note on {line}").format(line=name))
        self.way.setAccessibleName(_("Go to where it belongs: {line}").format(line=name))
        self.way.setToolTip(_("Go to where it belongs"))
        self.remove.setAccessibleName(_("Remove {line}").format(line=name))
        self.remove.setToolTip(self.remove.accessibleName())

    def _editor(self, cell: Cell) -> Editor:
        if cell.kind == CHOICE:
            choice = StateChoice(self._desk.theme, cell.options, what=_(cell.title))
            choice.chosen.connect(lambda key: self.chosen.emit(self.line.id, cell.field, key))
            return choice
        if cell.kind == TICK:
            tick = shown_only(Tick(self._desk.theme))
            tick.clicked.connect(lambda checked: self.chosen.emit(self.line.id, cell.field, "yes" if checked else ""))
            return tick
        if cell.kind == WORDS:
            return label("", "tiny", wrap=True)
        if cell.wraps or only_reads():  # in a text, nothing of it is cut off
            save, one_line = partial(self._save, cell), cell.kind == LINE
            text = TextEditor(
                save, name=_(cell.title), placeholder=NOTHING, lines=1, unsaved=self._desk.unsaved, one_line=one_line, least=self._least
            )
            text.setProperty("quiet", "true")
            text.setPlaceholderText(NOTHING)
            text.installEventFilter(self)
            return text
        line = LineEditor(partial(self._save, cell), name=_(cell.title), placeholder=NOTHING)
        line.setProperty("quiet", "true")
        line.setPlaceholderText(NOTHING)
        restrict(line, cell)
        line.returnPressed.connect(self.entered)
        return line

    def _save(self, cell: Cell, key: str, text: str, done: Done, failed: Done) -> None:
        """Save a cell; while something half typed is none of its values yet, wait until the cell is left."""
        line = key.partition("/")[0]
        try:
            value = typed(cell, text)
        except NotAllowed as error:
            if not self.editors[cell.field].hasFocus():
                failed(error)
                self._desk.tell_error(error)
            return
        self._revise(line, cell.field, value, done, failed)

    def _least(self) -> int:
        """Give the height that a finger hits."""
        return self._desk.theme.look.measures["control"]

    def _save_note(self, key: str, text: str, done: Done, failed: Done) -> None:
        self._revise(key.partition("/")[0], "note", text, done, failed)

    def _lay_out(self) -> None:
        columns = Columns(self._desk.theme)
        for cell in self._plan.cells:
            columns.add(self.editors[cell.field], cell.width, cell.stretch)
        tools = Tools(self._desk.theme, self._plan.tools, *self._tools)
        self.note.hide()
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addLayout(columns, 1)
        across.addWidget(tools)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 5, 8, 5)
        layout.setSpacing(6)
        layout.addLayout(across)
        layout.addWidget(self.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighbours."""
        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        if event.key() in steps:
            self.stepped.emit(self._focused(), steps[event.key()])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go on to the next line from a text too; Shift+Enter begins a new line of the text."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_plain_enter(event):
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def _focused(self) -> str:
        return next((field for field, one in self.editors.items() if one.hasFocus() or one.isAncestorOf(_focus(self))), "")


def is_plain_enter(event: QKeyEvent) -> bool:
    """Say whether a key is Enter alone."""
    plain = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() in plain


def _focus(row: QWidget) -> QWidget:
    return row.focusWidget() or row
