"""What the office asks about one thing, in its place, each question with the reply, which saves itself."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.domain.reviews import Question
from auditor_app.domain.visit import CHECK
from auditor_app.ids import VisitId
from auditor_app.translation import _, plural
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import GOOD, WAITING, MarkSign
from auditor_app.ui.moments import full_words
from auditor_app.ui.widgets.card import RowCard, empty_layout, section_title
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.difference_words import about_words
from auditor_app.workflows.reviews import questions_about, reply
from auditor_app.workflows.visits import OpenVisit

if TYPE_CHECKING:
    from auditor_app.ui.office.ask_part import AskPart


class QuestionsPart(QWidget):
    """Shows the questions about some subjects; hidden where the office asks nothing."""

    def __init__(self, desk: Desk, title: str = "") -> None:
        """Begin without questions; `title` stands over them in place of "The office asks"."""
        super().__init__()
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.editors: dict[str, TextEditor] = {}
        self._signs: dict[str, tuple[MarkSign, QLabel]] = {}
        line, self.count = section_title(title or _("The office asks"))
        self._cards = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addLayout(self._cards)
        self.hide()

    def show_about(self, opened: OpenVisit, *subjects: Subject) -> None:
        """Show the questions about some subjects of a visit."""
        self.show_questions(opened, questions_about(opened.state, *subjects))

    def show_questions(self, opened: OpenVisit, questions: tuple[Question, ...]) -> None:
        """Show questions; widgets are made anew only for other questions, so that typing goes on."""
        self.commit()
        shown = (opened.state.id, tuple(one.id for one in questions))
        if shown != self._shown:
            self._shown = shown
            self._make(opened, questions)
        waiting = sum(not one.is_answered for one in questions)
        answered = _("all answered")
        self.count.setText(plural("{count} to answer", "{count} to answer", waiting) if waiting else answered)
        for one in questions:
            self.editors[one.id].show_text(f"{opened.state.id}/{one.id}", one.reply)
            self._show_state(opened, one)
        self.setVisible(bool(questions))

    def focus_question(self, question: str) -> None:
        """Go to the reply to a question."""
        if question in self.editors:
            self.editors[question].setFocus()

    def commit(self) -> None:
        """Save what is typed."""
        for editor in self.editors.values():
            editor.commit()

    def _show_state(self, opened: OpenVisit, one: Question) -> None:
        sign, words = self._signs[one.id]
        sign.show_mark(GOOD if one.is_answered else WAITING)
        asked = _("asked by {name} in round {round}, {when}").format(name=one.asked_by, round=one.round, when=full_words(one.asked_at))
        who = opened.state.auditors.get(one.replied_by, "")
        replied = _("answered by {name}, {when}").format(name=who, when=full_words(one.replied_at)) if who else _("not answered yet")
        words.setText(f"{asked} · {replied}")

    def _make(self, opened: OpenVisit, questions: tuple[Question, ...]) -> None:
        empty_layout(self._cards)
        self.editors, self._signs = {}, {}
        if questions:
            card = RowCard()
            for one in questions:
                card.add_row(self._row(opened, one))
            self._cards.addWidget(card)

    def _row(self, opened: OpenVisit, one: Question) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setContentsMargins(16, 12, 14, 12)
        row.setSpacing(12)
        sign, state = MarkSign(self._desk.theme, WAITING, size=16), label("", "tiny", wrap=True)
        self._signs[one.id] = sign, state
        editor = TextEditor(
            partial(self._save, opened.state.id),
            name=_("Reply to: {question}").format(question=one.text),
            placeholder=_("Reply to the office"),
            lines=2,
            unsaved=self._desk.unsaved,
        )
        self.editors[one.id] = editor
        words.setSpacing(6)
        if one.about == CHECK:
            words.addWidget(label(about_words(opened.state, opened.form, one.target), "muted", wrap=True))
        words.addWidget(label(one.text, "strong", wrap=True, selectable=True))
        words.addWidget(state)
        words.addWidget(editor)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _save(self, visit: VisitId, key: str, text: str, done: Done, failed: Done) -> None:
        question = key.partition("/")[2]
        self._desk.save(lambda workspace: reply(workspace, visit, question, text), owner=self, done=done, failed=failed)


def questions_part(desk: Desk) -> "QuestionsPart | AskPart":
    """Make the part for the questions about what a page shows: where the office asks, or where the auditor replies."""
    return desk.room.ask_part(desk.theme) if desk.room else QuestionsPart(desk)
