"""The review: the decision, the questions with their replies, and what changed since the version before."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.moments import local_words
from auditor_app.ui.office.ask_part import AskPart
from auditor_app.ui.office.question_row import QuestionRow
from auditor_app.ui.office.question_words import place_of, standing
from auditor_app.ui.screens.review.decision_card import DecisionCard
from auditor_app.ui.screens.review.differences_part import DifferencesPart
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.card import RowCard, empty_layout, scrolled, section_title
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.closing_words import ChangeLine
from auditor_app.workflows.difference_words import about_words
from auditor_app.workflows.office.review_state import DRAFT, OPEN, WHOLE, QuestionLine, Reviewing
from auditor_app.workflows.visits import OpenVisit


class ReviewScreen(Screen):
    """Everything that the office does to a bundle. It works in the room, never in the reading copy."""

    def __init__(self, desk: Desk) -> None:
        """Build the parts."""
        super().__init__(desk)
        assert desk.room is not None  # noqa: S101 - the stage is the office's alone
        self.room = desk.room
        self._listed: tuple[object, ...] = ()
        self._compared = ""
        self.rows: list[QuestionRow] = []
        self.title, self.version = label(_("Review"), "title"), label("", "muted", wrap=True)
        self.decision = DecisionCard(desk.theme, self.room)
        self.whole = AskPart(desk.theme, self.room)
        self.differences = DifferencesPart(desk.theme)
        self._lay_out()
        self.room.changed.connect(self._show)
        self.differences.wanted.connect(desk.go_to)

    def show_visit(self, opened: OpenVisit) -> None:
        """Show the review of the bundle that is open."""
        self.opened = opened
        self.whole.show_about(opened, WHOLE)
        self._listed, self._compared = (), ""
        self._show()
        QTimer.singleShot(0, self, self.setFocus)  # never on a decision

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Keep what is shown: nothing changes in what was handed over."""

    def leave(self) -> None:
        """Save what is typed."""
        self.decision.commit()
        self.whole.commit()
        for row in self.rows:
            row.commit()

    def _show(self) -> None:
        found = self.room.reviewing
        if found is None or self.opened is None or found.visit != self.opened.state.id:
            return
        one = found.version
        told = _("Version {number} of {count}, handed over by {auditor}, received {when}")
        when = local_words(one.received_at)
        self.version.setText(told.format(number=one.number, count=len(found.versions), auditor=one.auditor_name, when=when))
        self.decision.show_review(found)
        self.hint.setVisible(found.is_newest)
        self._list_questions(self.opened, found)
        if self._compared != found.bundle:
            self._compared = found.bundle
            self.room.differences(owner=self, done=partial(self._differ, found))

    def _differ(self, found: Reviewing, lines: tuple[ChangeLine, ...]) -> None:
        if found.bundle == self._compared:
            self.differences.show_differences(found, lines)

    def _list_questions(self, opened: OpenVisit, found: Reviewing) -> None:
        """List the questions about something in particular; those about the whole stand with the line that asks for more."""
        questions = tuple(one for one in found.questions if one.about != WHOLE)
        self.count.setText(_counted(found))
        shown = tuple(map(standing, questions))
        if shown == self._listed:
            return
        self._listed = shown
        empty_layout(self._rows)
        self.rows = []
        if questions:
            card = RowCard()
            for one in questions:
                card.add_row(self._row(opened, one))
            self._rows.addWidget(card)

    def _row(self, opened: OpenVisit, one: QuestionLine) -> QVBoxLayout:
        row = QuestionRow(self.desk.theme, self.room, one, about_words(opened.state, opened.form, one.about))
        row.wanted.connect(partial(self.desk.go_to, *place_of(one)))
        self.rows.append(row)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 10, 14, 10)
        inside.addWidget(row)
        return inside

    def _lay_out(self) -> None:
        questions, self.count = section_title(_("Questions"))
        hint = _("Ask about a criterion or a finding where it is read, with Ctrl+Shift+Q; about the whole, here.")
        self.hint = label(hint, "muted", wrap=True)
        self._rows, inside = QVBoxLayout(), QWidget()
        self._rows.setSpacing(8)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 18, 24, 24)
        layout.setSpacing(14)
        layout.addWidget(self.title)
        layout.addWidget(self.version)
        layout.addWidget(self.decision)
        layout.addLayout(questions)
        layout.addWidget(self.hint)
        layout.addLayout(self._rows)
        layout.addWidget(self.whole)
        layout.addWidget(self.differences)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))


def _counted(found: Reviewing) -> str:
    """Count what is asked, what waits for a reply, and what is not sent yet."""
    if not found.questions:
        return _("none yet")
    drafts, waiting = len(found.in_state(DRAFT)), len(found.in_state(OPEN))
    parts = (
        plural("{count} question", "{count} questions", len(found.questions)),
        plural("{count} without a reply", "{count} without a reply", waiting) if waiting else "",
        plural("{count} not sent yet", "{count} not sent yet", drafts) if drafts else "",
    )
    return " · ".join(part for part in parts if part)
