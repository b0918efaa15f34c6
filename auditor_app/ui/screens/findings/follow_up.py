"""What follows from a finding: its state, and when it is closed the day, the evidence that shows it or the reason."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.findings import CLOSED, FINDING_STATES, REPLIED, Finding
from auditor_app.translation import _, plural
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import Option
from auditor_app.ui.lines.mark_choice import MarkChoice
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.criteria.evidence_strip import EvidenceStrip
from auditor_app.ui.screens.findings.view_state import STATE_MARKS, linked_to
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, section_title
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.closing_words import STATES
from auditor_app.workflows.visits import OpenVisit

Revise = Callable[[str, dict[str, Any], Done, Done], object]
"""Called with "<visit>/<finding>", the fields to set, and what to call afterwards."""

STATE_OPTIONS = tuple(Option(key=key, words=STATES[key], mark=STATE_MARKS[key]) for key in FINDING_STATES)


def ignore(_result: object) -> None:
    """Do nothing afterwards."""


class FollowUp(Card):
    """Shows and sets the state of a finding. A closure that nothing shows yet waits for evidence or a reason.

    `pick_wanted` asks for evidence of the visit that shows it, `add_wanted` for files that do.
    """

    pick_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, desk: Desk, revise: Revise) -> None:
        """Build the parts; `revise` saves."""
        super().__init__(margin=16, spacing=10)
        self._desk, self._revise, self._key, self._finding = desk, revise, "", Finding(id="")
        self.waits = False
        self.state = MarkChoice(desk.theme, STATE_OPTIONS)
        self.state.name_for(_("state of the finding"))
        self.state.chosen.connect(self.choose)
        self.replied = for_writing(button(_("Mark it as replied"), partial(self.choose, REPLIED), role="link"))
        self.closed_on = LineEditor(self._save, name=_("Closed on"), placeholder="2027-03-31", unsaved=desk.unsaved)
        hint = _("Only where no evidence shows it")
        self.because = TextEditor(self._save, name=_("Why it is closed"), placeholder=hint, lines=1, unsaved=desk.unsaved)
        self.evidence = EvidenceStrip(desk.theme, desk.pictures, _("What shows it"))
        self.evidence.link.setAccessibleName(_("Link evidence that shows that it is closed"))
        self.evidence.link_wanted.connect(lambda _at: self.pick_wanted.emit())
        self.evidence.add_wanted.connect(self.add_wanted)
        self._lay_out()

    def show_finding(self, opened: OpenVisit, finding: Finding) -> None:
        """Show how a finding stands; a closure that waits goes through once it is shown."""
        key = f"{opened.state.id}/{finding.id}"
        self.waits = self.waits and key == self._key and finding.state != CLOSED
        self._key, self._finding = key, finding
        shown = linked_to(opened, finding.id, closing=True)
        self.closed_on.show_text(f"{key}/closed_on", finding.closed_on)
        self.because.show_text(f"{key}/closed_because", finding.closed_because)
        self.evidence.show_evidence(shown)
        self.evidence.hint.hide()
        self.evidence.count.setText(plural("{count} piece", "{count} pieces", len(shown)) if shown else _("none yet"))
        if self.waits and shown:
            self._send({"state": CLOSED})
        self._tell()

    def choose(self, state: str) -> None:
        """Set the state; a closure asks first for what shows it."""
        shown = self.evidence.tiles or self.because.toPlainText().strip()
        self.waits = state == CLOSED and not shown
        if self.waits:
            self._tell()
            self.because.setFocus()
        elif state == CLOSED:
            self._send({"state": CLOSED, "closed_because": self.because.toPlainText()})
        else:
            self._send({"state": state})

    def commit(self) -> None:
        """Save what is typed."""
        self.closed_on.commit()
        self.because.commit()

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, finding, field = key.split("/")
        closing = {"state": CLOSED} if field == "closed_because" and text.strip() else {}
        self._revise(f"{visit}/{finding}", {field: text, **closing}, done, failed)

    def _send(self, fields: dict[str, Any]) -> None:
        self.waits = False
        self._revise(self._key, fields, ignore, lambda _error: self._tell())

    def _tell(self) -> None:
        """Show state and closure, and what is proposed or still asked for."""
        closed = self._finding.state == CLOSED
        self.state.show_key(CLOSED if self.waits else self._finding.state)
        self._reply.setVisible(self._finding.may_be_replied and not self.waits)
        self._closure.setVisible(closed or self.waits or bool(self.evidence.tiles))
        self._day.setVisible(closed)
        self._asks.setVisible(self.waits)

    def _lay_out(self) -> None:
        title, _count = section_title(_("Follow-up"))
        self._reply = Beside(spacing=6)
        self._reply.add(label(_("The site has said something of it."), "muted", wrap=True), 1)
        self._reply.add(self.replied)
        words = _("Link what shows that it is closed, or say why it is closed without. Until then it is not closed.")
        self._asks = label(words, "warning", wrap=True)
        self._day, self._closure = QWidget(), QWidget()
        day = named(_("Closed on"), self.closed_on)
        day.setContentsMargins(0, 0, 0, 0)
        self._day.setLayout(day)
        facts = QHBoxLayout()
        facts.setSpacing(14)
        facts.addWidget(self._day, 1)
        facts.addLayout(named(_("Why it is closed"), self.because), 3)
        inside = QVBoxLayout(self._closure)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(10)
        for part in (self._asks, self.evidence):
            inside.addWidget(part)
        inside.insertLayout(1, facts)
        self.content.addLayout(title)
        for widget in (self.state, self._reply, self._closure):
            self.content.addWidget(widget)
