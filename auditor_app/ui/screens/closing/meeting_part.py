"""The meeting itself: beginning it, which freezes the findings, showing them, and ending it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.closing import ClosingMeeting
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import OPEN, MarkSign
from auditor_app.ui.moments import local_words
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.screens.closing.part import ClosingPart, Shown
from auditor_app.ui.screens.closing.view_state import meeting_mark, meeting_words, slide_rows, tally
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.columns import TOP, Columns
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.rows import RowList
from auditor_app.ui.widgets.text_editor import TextEditor

Describe = Callable[[str, str, str, Done, Done], object]
"""Called with the meeting, a field, its text, and what to call afterwards."""


class BeginCard(Card):
    """Asks when and where; `begun` carries both."""

    begun = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        """Begin with the present moment."""
        super().__init__(margin=20, spacing=12)
        self.held_at, self.place = text_line("2026-11-19 15:30"), text_line(_("Meeting room of the administration"))
        for field in (self.held_at, self.place):
            field.returnPressed.connect(self._begin)
        self.begin = button(_("Freeze the findings and begin"), self._begin, role="first")
        columns = Columns(desk.theme, spacing=14, across=TOP)
        for title, field, width, stretch in ((_("When"), self.held_at, 170, 0), (_("Where"), self.place, 280, 1)):
            room = QWidget()
            room.setLayout(named(title, field))
            room.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
            columns.add(room, width, stretch)
        words = _(
            "From here on the findings are shown as they stand now. They can still be changed: every change is kept with who, when and"
            " why, and listed as one between the provisional and the final findings."
        )
        acts = QHBoxLayout()
        acts.addWidget(self.begin)
        acts.addStretch(1)
        self.content.addWidget(label(_("Begin the closing meeting"), "section"))
        self.content.addWidget(label(words, "muted", wrap=True))
        self.content.addLayout(columns)
        self.content.addLayout(acts)

    def offer_now(self) -> None:
        """Fill the present moment in, unless somebody typed one."""
        if not self.held_at.text():
            self.held_at.setText(QDateTime.currentDateTime().toString("yyyy-MM-dd HH:mm"))

    def _begin(self) -> None:
        self.begun.emit(self.held_at.text().strip(), self.place.text().strip())


class MeetingPart(ClosingPart):
    """`begun` carries when and where, `show_wanted` the finding to show ("" for the first), `ended` the meeting."""

    begun = Signal(str, str)
    show_wanted = Signal(str)
    ended = Signal(str)

    def __init__(self, desk: Desk, describe: Describe) -> None:
        """Build the card that begins, and what stands in its place afterwards."""
        super().__init__(desk, _("The findings are shown large, one by one, and the site says of each what it thinks, in its own words."))
        self._describe, self._meeting = describe, ""
        self.begin = for_writing(BeginCard(desk))
        self.begin.begun.connect(self.begun)
        self.sign, self.title = MarkSign(desk.theme, OPEN, size=20), label("", "section", wrap=True)
        self.about = label("", "muted", wrap=True)
        self.show_findings = button(_("Show the findings"), partial(self.show_wanted.emit, ""), role="first", key="F5")
        self.end = for_writing(button(_("End the meeting"), lambda: self.ended.emit(self._meeting)))
        self.another = for_writing(button(_("Hold another one…"), self._hold_another, role="link"))
        self.none_held = label(_("Not recorded."), "muted", wrap=True)
        self.held_at, self.place = self._line(_("When")), self._line(_("Where"))
        self.note = TextEditor(self._save, name=_("What was said in general"), lines=2, unsaved=desk.unsaved)
        self.counts = label("", "strong", wrap=True)
        self.findings = RowList(desk.theme, name=_("The findings as they are shown; Enter shows one"))
        self.findings.setProperty("framed", "true")
        self.findings.fit_rows()
        self.findings.opened.connect(self.show_wanted)
        self.findings.clicked.connect(lambda index: self.show_wanted.emit(self.findings.key_at(index)))
        self.card = self._make_card()
        for widget in (self.none_held, self.begin, self.card, self.counts, self.findings):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_all(self, shown: Shown) -> None:
        """Show how far the meeting is."""
        meeting = shown.held.meeting if shown.held else None
        ended = meeting is not None and bool(meeting.ended_at)
        if meeting is not None and meeting.id != self._meeting:
            self._meeting = meeting.id
            self.begin.hide()
        self.begin.setVisible(meeting is None or (ended and self.begin.isVisible()))
        self.begin.begin.setEnabled(bool(shown.opened.state.findings))
        self.begin.offer_now()
        self.none_held.setVisible(meeting is None and only_reads())
        for widget in (self.card, self.counts, self.findings):
            widget.setVisible(meeting is not None)
        if meeting is not None and shown.held is not None:
            self._show_meeting(meeting, len(shown.held.findings), ended=ended)
            self.counts.setText(tally(shown.slides).words)
            self.findings.show_rows(slide_rows(shown.slides), "")

    def commit(self) -> None:
        """Save what is typed."""
        for editor in (self.held_at, self.place, self.note):
            editor.commit()

    def _show_meeting(self, meeting: ClosingMeeting, findings: int, *, ended: bool) -> None:
        self.sign.show_mark(meeting_mark(meeting))
        began = local_words(meeting.frozen_at)
        self.title.setText(_("Ended {when}").format(when=local_words(meeting.ended_at)) if ended else _("Begun {when}").format(when=began))
        self.about.setText(meeting_words(findings, is_over=ended or only_reads()))
        self.end.setVisible(not ended)
        self.another.setVisible(ended)
        for field, editor in (("held_at", self.held_at), ("place", self.place), ("note", self.note)):
            editor.show_text(f"{meeting.id}/{field}", getattr(meeting, field))

    def _hold_another(self) -> None:
        self.begin.held_at.clear()
        self.begin.offer_now()
        self.begin.show()
        self.begin.held_at.setFocus()

    def _line(self, name: str) -> LineEditor | TextEditor:
        if only_reads():
            return TextEditor(self._save, name=name, lines=1, unsaved=self.desk.unsaved)
        return LineEditor(self._save, name=name, unsaved=self.desk.unsaved)

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        meeting, _slash, field = key.partition("/")
        self._describe(meeting, field, text, done, failed)

    def _make_card(self) -> Card:
        card, line, acts = Card(margin=18, spacing=12), Beside(spacing=12), QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.about)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self.sign)
        told.addLayout(words, 1)
        for act in (self.another, self.end, self.show_findings):
            acts.addWidget(act)
        line.add(told, 1)
        line.add(acts)
        facts = Columns(self.desk.theme, spacing=14, across=TOP)
        for title, field, width, stretch in (
            (_("When"), self.held_at, 170, 0),
            (_("Where"), self.place, 220, 1),
            (_("What was said in general"), self.note, 320, 2),
        ):
            room = QWidget()
            inside = named(title, field)
            inside.addStretch(1)
            room.setLayout(inside)
            inside.setContentsMargins(0, 0, 0, 0)
            facts.add(room, width, stretch)
        card.content.addWidget(line)
        card.content.addLayout(facts)
        return card
