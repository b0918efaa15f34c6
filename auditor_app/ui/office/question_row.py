"""One question of the office: its words, the auditor's reply, and what can be done to it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.glyphs import MarkSign
from auditor_app.ui.office.question_words import question_mark, question_state, reply_words
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.office.review_state import DRAFT, OPEN, SETTLED, QuestionLine

if TYPE_CHECKING:
    from auditor_app.ui.office.room import Room


class QuestionRow(QWidget):
    """A question that was sent is read; one that was not can be worded otherwise. `wanted` asks for its place, where one is named."""

    wanted = Signal()

    def __init__(self, theme: Theme, room: "Room", one: QuestionLine, place: str = "") -> None:
        """Show a question; `place` names what it is about, where that is not in sight."""
        super().__init__()
        self._theme, self._room, self.question = theme, room, one
        head, words = QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(10)
        head.addWidget(MarkSign(theme, question_mark(one), size=16))
        if place:
            head.addWidget(label(place, "strong", wrap=True), 1)
            head.addWidget(button(_("Go there ›"), self.wanted.emit, role="link", name=_("Go to {what}").format(what=place)))
        else:
            head.addWidget(label(question_state(one), "tiny", wrap=True), 1)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(6)
        words.addLayout(head)
        if place:
            words.addWidget(label(question_state(one), "tiny", wrap=True))
        self.editor: TextEditor | None = None
        if one.state == DRAFT:
            self.editor = TextEditor(self._word, name=_("Question"), lines=1, is_own=True)
            self.editor.show_text(one.id, one.text)
            words.addWidget(self.editor)
            head.addWidget(button(_("Take it out"), self._drop, role="link", name=_("Take out: {what}").format(what=one.text)))
        else:
            words.addWidget(label(one.text, wrap=True, selectable=True))
        self._add_reply(words)

    def commit(self) -> None:
        """Save what is typed."""
        if self.editor is not None:
            self.editor.commit()

    def _add_reply(self, words: QVBoxLayout) -> None:
        one = self.question
        if one.reply:
            card = Card("soft", margin=10, spacing=2)
            card.content.addWidget(label(reply_words(one), "tiny", wrap=True))
            card.content.addWidget(label(one.reply, wrap=True, selectable=True))
            words.addWidget(card)
        if one.state == SETTLED:
            said = QHBoxLayout()
            said.addWidget(label(_("Needs no reply: {why}").format(why=one.settled), "muted", wrap=True, selectable=True), 1)
            said.addWidget(button(_("Ask for it again"), partial(self._settle, ""), role="link"))
            words.addLayout(said)
        if one.state == OPEN:
            words.addWidget(self._settling())

    def _settling(self) -> Beside:
        why, line = text_line(_("Why it needs no reply any more")), Beside(least=self._theme.look.px(420))
        why.setAccessibleName(_("Why it needs no reply any more"))
        settle = button(_("It needs no reply"), lambda: self._settle(why.text()))
        settle.setEnabled(False)
        why.textChanged.connect(lambda text: settle.setEnabled(bool(text.strip())))
        why.returnPressed.connect(settle.click)
        line.add(why, 1)
        line.add(settle)
        return line

    def _word(self, question: str, text: str, done: Done, failed: Done) -> None:
        """Save other words; a question without any waits for some, or to be taken out."""
        if text.strip():
            self._room.word(question, text, done=done, failed=partial(self._not_done, failed))
        else:
            failed(None)

    def _not_done(self, failed: Done, error: BaseException) -> None:
        failed(error)
        self._room.told.emit(error)

    def _drop(self) -> None:
        self._room.drop(self.question.id, done=lambda _none: None, failed=self._room.told.emit)

    def _settle(self, because: str) -> None:
        self._room.settle(self.question.id, because, done=lambda _none: None, failed=self._room.told.emit)
