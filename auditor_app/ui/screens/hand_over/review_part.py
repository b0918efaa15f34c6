"""The office's review on the hand-over screen: its decision, its questions with the way to each, and what was changed since it read."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from auditor_app.domain.changes import Changes
from auditor_app.domain.provisional import RAISED, WITHDRAWN
from auditor_app.domain.reviews import Question, latest_decision
from auditor_app.ids import VisitId
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.glyphs import GOOD, OPEN, OUTSIDE, WAITING, Mark, MarkSign
from auditor_app.ui.screens.criteria.questions_part import QuestionsPart
from auditor_app.ui.screens.hand_over.review_state import (
    answered_here,
    answered_there,
    change_place,
    decided_mark,
    decided_words,
    meaning_words,
    place_of,
)
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, RowCard, empty_layout
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.closing_words import ChangeLine, change_words
from auditor_app.workflows.difference_words import about_words, difference_line
from auditor_app.workflows.reviews import SinceRead, since_read
from auditor_app.workflows.sessions import last_saved
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.workflows.office_mail import Fetched

FEW = 5
"""So many changes are listed before a person asks for all."""


class ReviewPart(Card):
    """Hidden until the visit was handed over; what it lists leads to its place."""

    def __init__(self, desk: Desk) -> None:
        """Begin without a review."""
        super().__init__(margin=16, spacing=10)
        self._desk = desk
        self._opened: OpenVisit | None = None
        self._all, self._listed = False, tuple[tuple[str, str], ...]()
        self._wanted = ""
        self.ways: dict[str, QPushButton] = {}
        self.lines: tuple[ChangeLine, ...] = ()
        self.sign, self.decided = MarkSign(desk.theme, OPEN, size=18), label("", "strong", wrap=True)
        self.meaning, self.words = label("", "muted", wrap=True), label("", wrap=True, selectable=True)
        self.whole = QuestionsPart(desk, _("To answer here"))
        self.asked, self._questions = label("", "strong", wrap=True), QVBoxLayout()
        self.changed, self._changes = label("", "strong", wrap=True), QVBoxLayout()
        self.more = button(_("Show all changes"), self._show_all, role="link")
        self._lay_out()
        self.hide()

    def show_review(self, opened: OpenVisit, *, handed_over: bool) -> None:
        """Show how the office stands to a visit; `handed_over` says whether there is a bundle of it."""
        decision = latest_decision(opened.state.decisions)
        self._opened = opened
        self.setVisible(handed_over or decision is not None)
        self.sign.show_mark(decided_mark(decision))
        self.decided.setText(decided_words(decision))
        self.meaning.setText(meaning_words(decision))
        self.words.setText(decision.words if decision else "")
        self.words.setVisible(bool(self.words.text()))
        self._show_questions(opened)
        if decision is None:
            self._show_since(opened, None)
        else:
            done = partial(self._show_since, opened)
            ask = partial(since_read, visit=opened.state.id)
            self._desk.background.run(ask, owner=self, done=done, failed=lambda error: self.changed.setText(notice_of(error).text))

    def mail_came(self, fetched: "Fetched", visit: VisitId) -> None:
        """Let the window load the visit anew when a review of it has come: it was written beside what the window shows."""
        if any(one.kind == "review" and one.about == visit for one in fetched.news):
            self._desk.background.change(partial(_as_saved, visit), owner=self)

    def go_to_question(self, question: str) -> None:
        """Go to the reply to a question: here, or to the way to its place."""
        self._wanted = question
        self._go_on()

    def commit(self) -> None:
        """Save what is typed."""
        self.whole.commit()

    def _go_on(self) -> None:
        """Go to the question that is wanted once it is shown."""
        if self._wanted in self.whole.editors:
            self.whole.focus_question(self._wanted)
        elif self._wanted in self.ways:
            self.ways[self._wanted].setFocus()
        else:
            return
        self._wanted = ""

    def _show_questions(self, opened: OpenVisit) -> None:
        placed = answered_there(opened)
        self.whole.show_questions(opened, answered_here(opened))
        waiting = sum(not one.is_answered for one in placed)
        asked = plural("{count} question at its place in the visit", "{count} questions at their places in the visit", len(placed))
        left = plural("{count} to answer", "{count} to answer", waiting) if waiting else _("all answered")
        self.asked.setText(f"{asked} · {left}")
        self.asked.setVisible(bool(placed))
        listed = tuple((one.id, one.reply) for one in placed)
        if listed != self._listed:
            self._listed = listed
            empty_layout(self._questions)
            self.ways = {}
            if placed:
                self._questions.addWidget(self._question_rows(opened, placed))
        self._go_on()

    def _question_rows(self, opened: OpenVisit, questions: tuple[Question, ...]) -> RowCard:
        card = RowCard()
        for one in questions:
            about = about_words(opened.state, opened.form, one.target)
            said = one.reply if one.is_answered else _("not answered yet")
            go = partial(self._desk.go_to, *place_of(opened, one.target))
            self.ways[one.id] = button(_("Go there ›"), go, role="link", name=_("Go to the question about {what}").format(what=about))
            card.add_row(self._row(GOOD if one.is_answered else WAITING, (about, one.text, said), self.ways[one.id]))
        return card

    def _row(self, mark: Mark, texts: tuple[str, str, str], way: QPushButton | None) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(MarkSign(self._desk.theme, mark, size=16), 0, Qt.AlignmentFlag.AlignTop)
        words.setSpacing(3)
        for text, role in zip(texts, ("tiny", "strong", "muted"), strict=True):
            if text:
                words.addWidget(label(text, role, wrap=True))
        row.addLayout(words, 1)
        if way is not None:
            row.addWidget(way)
        return row

    def _show_since(self, opened: OpenVisit, since: SinceRead | None) -> None:
        changes = since.changes if since else ()
        self.lines = tuple(difference_line(opened.state, opened.form, change) for change in changes)
        counted = plural("{count} change since the office read it", "{count} changes since the office read it", len(changes))
        self.changed.setText(counted if changes else _("Nothing was changed since the office read it."))
        self.changed.setVisible(since is not None)
        self._fill_changes()

    def _show_all(self) -> None:
        self._all = True
        self._fill_changes()

    def _fill_changes(self) -> None:
        shown = self.lines if self._all else self.lines[:FEW]
        self.more.setVisible(len(shown) < len(self.lines))
        empty_layout(self._changes)
        if not shown or self._opened is None:
            return
        card = RowCard()
        for line in shown:
            kind = line.change.kind
            mark = GOOD if kind == RAISED else OUTSIDE if kind == WITHDRAWN else WAITING
            stage, item = change_place(self._opened, line.change)
            there = partial(self._desk.go_to, stage, item)
            name = _("Go to {what}").format(what=line.about)
            way = button(_("Go there ›"), there, role="link", name=name) if stage and kind != WITHDRAWN else None
            said = change_words(line).removeprefix(f"{line.about} · ")
            card.add_row(self._row(mark, (line.about, "", said), way))
        self._changes.addWidget(card)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sign)
        head.addWidget(self.decided, 1)
        self.content.addWidget(label(_("The office's review"), "section", wrap=True))
        self.content.addLayout(head)
        for widget in (self.words, self.meaning, self.whole, self.asked):
            self.content.addWidget(widget)
        self.content.addLayout(self._questions)
        changed = Beside()
        changed.add(self.changed, 1)
        changed.add(self.more)
        self.content.addWidget(changed)
        self.content.addLayout(self._changes)


def _as_saved(visit: VisitId, workspace: Workspace) -> Changes:
    """Tell of what was saved already, so that every screen loads it."""
    return Changes(visit=visit, subjects=frozenset(), saved_at=last_saved(workspace))
