"""Asking the auditor in place: the questions about one criterion or finding, and the line for a further one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.translation import _
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.office.question_row import QuestionRow
from auditor_app.ui.office.question_words import standing
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.visits import OpenVisit

if TYPE_CHECKING:
    from auditor_app.ui.office.room import Room


class AskPart(QWidget):
    """The questions about what is shown. `asked` says that one was added."""

    asked = Signal()

    def __init__(self, theme: Theme, room: "Room") -> None:
        """Begin with nothing to ask about."""
        super().__init__()
        self._theme, self._room = theme, room
        self._visit, self._about, self._subjects = "", Subject("", ""), tuple[Subject, ...]()
        self._shown: tuple[object, ...] = ()
        self._typed: dict[Subject, str] = {}
        self.rows: list[QuestionRow] = []
        self.begin = button(_("Ask the auditor…  {keys}").format(keys="Ctrl+Shift+Q"), self.write, role="link", key="Ctrl+Shift+Q")
        self.begin.setAccessibleName(_("Ask the auditor"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Question to the auditor"))
        self.text.setPlaceholderText(_("What the auditor is to explain, show or put right"))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._changed)
        self.add = button(_("Ask this"), self._ask, role="first", name=_("Ask this question (Ctrl+Return)"))
        self.not_now = button(_("Not now"), self.close_line, role="link", name=_("Ask nothing now"))
        QShortcut(QKeySequence("Ctrl+Return"), self.text, self.add.click, context=Qt.ShortcutContext.WidgetShortcut)
        self.wrong = label("", "warning", wrap=True)
        self._lay_out()
        self.close_line()
        room.changed.connect(self._show)
        theme.changed.connect(self._fit)
        self._fit()

    def show_about(self, opened: OpenVisit, *subjects: Subject) -> None:
        """Show the questions about some subjects, of which the first is what a further one is about.

        A question that is begun waits where it was begun.
        """
        about = subjects[0]
        if (opened.state.id, subjects) != (self._visit, self._subjects):
            self.commit()
            self._typed[self._about] = self.text.toPlainText()
            self._visit, self._subjects = opened.state.id, subjects
            self._about = about
            waiting = self._typed.pop(about, "")
            self.text.setPlainText(waiting)
            self._open(bool(waiting))
            self._show(anew=True)

    def write(self) -> None:
        """Open the line for a question and go there."""
        self._open(True)
        self.text.setFocus()

    def close_line(self) -> None:
        """Put the line away, empty."""
        self.text.clear()
        self.wrong.setText("")
        self._open(False)

    def commit(self) -> None:
        """Save what is typed into questions that are there."""
        for row in self.rows:
            row.commit()

    def _ask(self) -> None:
        if words := self.text.toPlainText().strip():
            about = self._about
            self.add.setEnabled(False)
            self._room.ask(about, words, done=lambda _question: self._is_asked(about), failed=self._not_asked)

    def _is_asked(self, about: Subject) -> None:
        self._typed.pop(about, None)
        if about == self._about:
            self.close_line()
            self.begin.setFocus()
        self.asked.emit()

    def _not_asked(self, error: BaseException) -> None:
        """Say why in place; the words stay."""
        self.wrong.setText(notice_of(error).text)
        self.wrong.show()
        self._changed()

    def _show(self, *, anew: bool = False) -> None:
        found = self._room.reviewing
        questions = tuple(one for one in found.questions if one.about in self._subjects) if found else ()
        self.begin.setVisible(bool(found and found.is_newest) and self.text.isHidden())
        shown = tuple(map(standing, questions))
        if shown == self._shown and not anew:
            return
        self.commit()
        self._shown, self.rows = shown, [QuestionRow(self._theme, self._room, one) for one in questions]
        empty_layout(self._questions)
        if questions:
            card = RowCard()
            for row in self.rows:
                inside = QVBoxLayout()
                inside.setContentsMargins(16, 10, 14, 10)
                inside.addWidget(row)
                card.add_row(inside)
            self._questions.addWidget(card)

    def _changed(self) -> None:
        self.add.setEnabled(bool(self.text.toPlainText().strip()))

    def _open(self, opened: bool) -> None:
        found = self._room.reviewing
        self._line.setVisible(opened)
        self.text.setVisible(opened)
        self.begin.setVisible(not opened and bool(found and found.is_newest))
        self.wrong.setVisible(opened and bool(self.wrong.text()))

    def _lay_out(self) -> None:
        self._questions, self._line, acts = QVBoxLayout(), QWidget(), QHBoxLayout()
        for widget in (self.add, self.not_now):
            acts.addWidget(widget)
        acts.addStretch(1)
        line = QVBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.text)
        line.addWidget(self.wrong)
        line.addLayout(acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._questions)
        layout.addWidget(self._line)
        layout.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeading)

    def _fit(self) -> None:
        self.text.setFixedHeight(self._theme.look.px(84))
