"""The office's decision of the version that is open: what, in which words, by whom; and the letter that carries it to the auditor."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.reviews import ACCEPTED, RETURNED, WITHDRAWN
from auditor_app.translation import N_, _
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.glyphs import MarkSign, mark_icon
from auditor_app.ui.moments import local_words
from auditor_app.ui.office.received_words import DECISION_MARKS
from auditor_app.ui.office.room import Room
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workflows.difference_words import decision_words
from auditor_app.workflows.office.returning import Returned
from auditor_app.workflows.office.review_state import Reviewing, ReviewLine

CHOICES: dict[str, tuple[str, str]] = {
    ACCEPTED: (N_("Accept"), N_("The assessment stands as it is. Nothing may wait for a reply.")),
    RETURNED: (N_("Return"), N_("The auditor replies to the questions, or puts something right, and hands over again.")),
    WITHDRAWN: (N_("Withdraw"), N_("The assessment is not gone on with; nothing is decided about its content.")),
}
"""By decision the word of its button, and what it means."""


class DecisionCard(Card):
    """Decides, until it is sent; afterwards it says what was decided, and the letter can be sent again."""

    def __init__(self, theme: Theme, room: Room) -> None:
        """Begin without a review."""
        super().__init__(margin=16, spacing=12)
        self._theme, self._room, self._bundle, self._chosen = theme, room, "", ""
        self.sign, self.stands = MarkSign(theme, size=18), label("", "strong", wrap=True)
        self.said = label("", wrap=True, selectable=True)
        self.by, self.words = text_line(_("Name of the reviewer")), QPlainTextEdit()
        self.words.setPlaceholderText(_("What the auditor is to know about the decision"))
        self.words.setTabChangesFocus(True)
        self.choices = {key: self._choice(key) for key in CHOICES}
        self.meaning, self.told = label("", "muted", wrap=True), label("", wrap=True)
        self.send = button(_("Sign and send"), self.send_letter, role="first")
        self.stick = button(_("Sign and put on a stick…"), self._choose_folder)
        self.again = button(_("Begin a further round"), self._begin_anew, role="link")
        self.newer = Beside(spacing=10)
        self.newer.add(label(_("A newer version of this visit was received; only the newest one is decided on."), "muted", wrap=True), 1)
        self.newer.add(button(_("Open the newest version"), self._open_newest, role="link"))
        self._lay_out()
        theme.changed.connect(self._paint)
        self._paint()

    def show_review(self, found: Reviewing) -> None:
        """Show how the decision stands; what is typed stays."""
        if found.bundle != self._bundle:
            self._bundle = found.bundle
            self._fill(found)
        draft = found.draft if found.draft and found.draft.bundle == found.bundle else None
        decided = found.decided if draft is None else None
        self._chosen = draft.decision if draft else ""
        for key, choice in self.choices.items():
            choice.setChecked(key == self._chosen)
        self.meaning.setText(_(CHOICES[self._chosen][1]) if self._chosen else _("Nothing is decided yet."))
        self._deciding.setVisible(found.is_newest and decided is None)
        self._show_decided(found, decided)
        for act in (self.send, self.stick):
            act.setEnabled(bool(self._chosen or decided))
        self.send.setText(_("Send the letter again") if decided else _("Sign and send"))
        self.stick.setText(_("Put it on a stick…") if decided else _("Sign and put on a stick…"))
        self._sending.setVisible(found.is_newest or decided is not None)
        self.again.setVisible(decided is not None and found.is_newest)

    def choose(self, decision: str) -> None:
        """Decide; why it cannot be decided so is told in place."""
        self._tell("")
        self._room.decide(decision, self.words.toPlainText(), self.by.text(), done=lambda _found: None, failed=self._failed)

    def commit(self) -> None:
        """Keep words and name with a decision that is taken."""
        draft = self._room.reviewing.draft if self._room.reviewing else None
        if draft is not None and self._chosen and (draft.words, draft.by) != (self.words.toPlainText().strip(), self.by.text().strip()):
            self.choose(self._chosen)

    def send_letter(self, out: Path | None = None) -> None:
        """Sign the letter and put it into the mailbox, or into a folder; the words are kept with the decision first."""
        self._tell(_("Signing and sending…") if out is None else _("Signing…"))
        for act in (self.send, self.stick):
            act.setEnabled(False)

        def send(_found: object = None) -> None:
            self._room.send(out, done=self._is_sent, failed=self._failed)

        if self._chosen:
            self._room.decide(self._chosen, self.words.toPlainText(), self.by.text(), done=send, failed=self._failed)
        else:
            send()

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("The folder for the letter")):
            self.send_letter(Path(chosen))

    def _open_newest(self) -> None:
        if (found := self._room.reviewing) is not None:
            self._room.wanted.emit(found.versions[-1].bundle)

    def _begin_anew(self) -> None:
        self._tell("")
        self._room.begin_anew(self.by.text(), done=lambda _found: self.words.clear(), failed=self._failed)

    def _is_sent(self, returned: Returned) -> None:
        if returned.in_mailbox:
            self._tell(_("The signed letter is in the mailbox for the auditor."), "fully")
        else:
            self._tell(_("The signed letter was written to {path}.").format(path=returned.file), "fully")

    def _failed(self, error: BaseException) -> None:
        self._tell(notice_of(error).text, "warning")
        if self._room.reviewing is not None:
            self.show_review(self._room.reviewing)

    def _tell(self, text: str, role: str = "body") -> None:
        self.told.setText(text)
        dress(self.told, role=role)
        self.told.setVisible(bool(text))

    def _fill(self, found: Reviewing) -> None:
        """Begin with what was written before: of this review, or the name from the round before."""
        draft, rounds = found.draft, found.rounds
        self.by.setText(draft.by if draft and draft.by else next((one.by for one in reversed(rounds) if one.by), ""))
        self.words.setPlainText(draft.words if draft else "")
        self._tell("")

    def _show_decided(self, found: Reviewing, decided: ReviewLine | None) -> None:
        self._decided.setVisible(decided is not None or not found.is_newest)
        if decided is not None:
            when = local_words(decided.returned_at)
            text = _("{decision} by {name}, round {number}, {when}")
            self.stands.setText(text.format(decision=decision_words(decided.decision), name=decided.by, number=decided.round, when=when))
            self.sign.show_mark(DECISION_MARKS[decided.decision])
        else:
            self.stands.setText(_("Nothing was decided on this version."))
        self.newer.setVisible(not found.is_newest)
        self.sign.setVisible(decided is not None)
        self.said.setText(decided.words if decided else "")
        self.said.setVisible(bool(self.said.text()))

    def _choice(self, key: str) -> QPushButton:
        made = button(f" {_(CHOICES[key][0])}", partial(self.choose, key), role="choice", name=_(CHOICES[key][0]))
        made.setCheckable(True)
        made.setToolTip(_(CHOICES[key][1]))
        return made

    def _paint(self) -> None:
        self.words.setFixedHeight(self._theme.look.px(84))
        for key, choice in self.choices.items():
            choice.setIcon(mark_icon(DECISION_MARKS[key], self._theme.look))
            choice.setIconSize(QSize(self._theme.look.px(16), self._theme.look.px(16)))

    def _lay_out(self) -> None:
        self._decided, self._deciding, self._sending = QWidget(), QWidget(), QWidget()
        decided, deciding, sending = QVBoxLayout(self._decided), QVBoxLayout(self._deciding), QVBoxLayout(self._sending)
        line, choices, acts = QHBoxLayout(), Flow(spacing=8), Flow(spacing=8)
        for layout in (decided, deciding, sending):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(8)
        line.setSpacing(10)
        line.addWidget(self.sign)
        line.addWidget(self.stands, 1)
        decided.addLayout(line)
        decided.addWidget(self.said)
        decided.addWidget(self.newer)
        for choice in self.choices.values():
            choices.addWidget(choice)
        deciding.addLayout(choices)
        deciding.addWidget(self.meaning)
        deciding.addLayout(named(_("Words to the auditor"), self.words))
        deciding.addLayout(named(_("Reviewer"), self.by))
        for act in (self.send, self.stick, self.again):
            acts.addWidget(act)
        sending.addLayout(acts)
        sending.addWidget(self.told)
        for part in (self._decided, self._deciding, self._sending):
            self.content.addWidget(part)
        self.told.hide()
