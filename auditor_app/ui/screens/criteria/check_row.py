"""One check on the criterion page: the question, the answer, the note, and how much evidence it has."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from auditor_app.form_engine.definition import Form
from auditor_app.translation import _, plural
from auditor_app.ui.dropping import dropped_files
from auditor_app.ui.glyphs import BAD, OPEN, PARTLY, mark_icon
from auditor_app.ui.marks import answer_mark
from auditor_app.ui.reading import for_writing, only_reads, shown_only
from auditor_app.ui.screens.criteria.answer_keys import answer_keys, keys_words
from auditor_app.ui.screens.criteria.view_state import check_evidence_text, follows_text
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.icon_button import CLIP, FLAG, NOTE, IconButton
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.criteria import CheckLine


class CheckRow(QFrame):
    """Answers one check. `answered` carries the check and the answer, `evidence_wanted` the check, `dropped` the check and files,
    `stepped` the check and how many rows to go, `finding_wanted` the check that showed something."""

    answered = Signal(str, str)
    evidence_wanted = Signal(str, object)
    dropped = Signal(str, list)
    stepped = Signal(str, int)
    finding_wanted = Signal(str)

    def __init__(self, theme: Theme, form: Form, line: CheckLine, note: TextEditor) -> None:
        """Build the row for a check with the editor of its note."""
        super().__init__()
        self.setProperty("card", "row")
        self.setAcceptDrops(True)
        self._theme, self._form = theme, form
        self.check, words = line.check.id, line.check.prompt
        self.prompt = label(words, wrap=True)
        self.follows = label(follows_text(form, line.check), "tiny", wrap=True)
        self.answer = shown_only(_AnswerCombo(self._key_pressed))
        self._keys = answer_keys(form)
        self.answer.setAccessibleName(_("Answer to: {prompt}").format(prompt=words))
        self.answer.setToolTip(keys_words(form))
        self.answer.activated.connect(lambda _row: self.answered.emit(self.check, str(self.answer.currentData())))
        self.evidence = shown_only(IconButton(theme, CLIP, room="2"))
        self.evidence.clicked.connect(lambda _checked=False: self.evidence_wanted.emit(self.check, self.evidence))
        self.note = note
        self.note_button = for_writing(IconButton(theme, NOTE))
        self.note_button.name(_("Write a note to: {prompt}").format(prompt=words))
        self.note_button.clicked.connect(lambda _checked=False: self.write_note())
        self.flag = for_writing(IconButton(theme, FLAG))
        self.flag.name(_("Raise a finding from: {prompt}").format(prompt=words))
        self.flag.clicked.connect(lambda _checked=False: self.finding_wanted.emit(self.check))
        self._fill()
        theme.changed.connect(self._fill)
        self._lay_out()
        self.follows.setVisible(bool(self.follows.text()))

    def show_line(self, visit: str, line: CheckLine) -> None:
        """Show answer, note and evidence as they are now."""
        self.answer.setCurrentIndex(max(0, self.answer.findData(line.state.answer)))
        self.note.show_text(f"{visit}/{self.check}", line.state.note)
        there = bool(line.state.note) or self.note.has_unsaved or self.note.hasFocus()
        self.note.setVisible(there)
        self.note_button.setVisible(not there)
        self.flag.setVisible(answer_mark(self._form, line.state.answer) in {BAD, PARTLY})
        self.evidence.setText(check_evidence_text(line))
        self.evidence.setVisible(bool(line.links) or not only_reads())
        count = plural("{count} evidence", "{count} evidence", len(line.links)) if line.links else _("Add evidence")
        self.evidence.name(_("{count} for: {prompt}").format(count=count, prompt=line.check.prompt))

    def write_note(self) -> None:
        """Open the note and go there."""
        self.note.show()
        self.note_button.hide()
        self.note.setFocus()

    def _key_pressed(self, event: QKeyEvent) -> bool:
        """Answer with a letter, take the answer back with Backspace or Delete, go to other checks; says whether the key meant that."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
        key, letter = Qt.Key(event.key()), event.text().casefold()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and key in steps:
            self.stepped.emit(self.check, steps[key])
        elif plain and (letter in self._keys or key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}):
            self._give(self._keys.get(letter, ""))
        else:
            return plain and letter.isalpha()  # no other letter may choose by the beginning of the words
        return True

    def _give(self, answer: str) -> None:
        self.answer.setCurrentIndex(max(0, self.answer.findData(answer)))
        self.answered.emit(self.check, answer)

    def _fill(self) -> None:
        """Offer the form's answers, each with its mark in the colours of the look."""
        current = self.answer.currentData()
        self.answer.clear()
        self.answer.addItem(mark_icon(OPEN, self._theme.look), _("Open"), "")
        for choice in self._form.rating.check_answers:
            self.answer.addItem(mark_icon(answer_mark(self._form, choice.key), self._theme.look), choice.label, choice.key)
        self.answer.setCurrentIndex(max(0, self.answer.findData(current)))
        self.answer.setFixedWidth(self._theme.look.px(146))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.follows)
        words.addWidget(self.prompt)
        words.addWidget(self.note)
        tools = QHBoxLayout()
        tools.setSpacing(2)
        tools.addStretch(1)
        for widget in (self.flag, self.note_button, self.evidence, self.answer):
            tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(16, 8, 14, 8)
        self._layout.setSpacing(10)
        self._layout.addLayout(words, 1)
        self._layout.addLayout(tools)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answer under the question where there is little room beside it."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.look.px(430)
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files as evidence of this check."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            dress(self, drop="here")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that nothing would be taken."""
        dress(self, drop="")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        event.acceptProposedAction()
        dress(self, drop="")
        self.dropped.emit(self.check, dropped_files(event.mimeData()))


class _AnswerCombo(SteadyCombo):
    """The answers; keys go to the row first."""

    def __init__(self, pressed: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._pressed = pressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pressed(event):
            super().keyPressEvent(event)
