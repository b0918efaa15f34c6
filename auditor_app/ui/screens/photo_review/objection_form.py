"""The site objects to a photo: who by role, why, and what is done about it. Written beside the photo, while the site looks on."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.photos import BLURRED, KEPT, WITHDRAWN, Objection
from auditor_app.translation import N_, _
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.photo_review.copy_choice import CopyChoice
from auditor_app.ui.screens.photo_review.view_state import DECISIONS
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workflows.visits import OpenVisit

MEANS = {
    "": N_("It can be settled later. Until then the photo is not printed in the report."),
    KEPT: N_("The photo is printed, and the report says that the site objected and why it was kept."),
    BLURRED: N_("The copy is printed in its place. The original stays sealed evidence and goes to the office; nothing is deleted."),
    WITHDRAWN: N_("No picture is printed. The original stays sealed evidence and goes to the office; nothing is deleted."),
}


class ObjectionForm(QWidget):
    """`recorded` carries the fields of the objection; `copy_wanted` asks for the editor of copies; `given_up` closes the form."""

    recorded = Signal(dict)
    copy_wanted = Signal()
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make empty fields."""
        super().__init__()
        self.digest, self.objection, self.decision = "", "", ""
        self.title = label(_("Objection"), "section")
        self.by = text_line(_("Head of security; a role, never a name"))
        self.why, self.because = _text(_("What must not be seen, and why")), _text(_("What the finding rests on, who agreed"))
        self.means = label("", "muted", wrap=True)
        self.copies = CopyChoice(desk)
        self.copies.made_wanted.connect(self.copy_wanted)
        self._group = QButtonGroup(self)
        self.decisions = {key: self._decision(key, _(words)) for key, words in DECISIONS.items()}
        self._kept = QWidget()
        self._kept.setLayout(named(_("Why it is kept all the same"), self.because))
        self.record = button(_("Record the objection"), self._record, role="first")
        self.record.setToolTip(_("Record the objection (Ctrl+Enter)"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._record)
        self._theme = desk.theme
        desk.theme.changed.connect(self._fit)
        self._lay_out()
        self._fit()
        self.decide("")

    def begin(self, opened: OpenVisit, digest: str, one: Objection | None) -> None:
        """Write an objection to a photo anew, or go on with one; what was typed for this photo and not recorded yet stays."""
        known = one or Objection(id="")
        if (self.digest, self.objection) != (digest, known.id):
            self.digest, self.objection = digest, known.id
            self.by.setText(known.by or self.by.text())  # mostly the same person goes on objecting
            self.why.setPlainText(known.why)
            self.because.setPlainText(known.because)
            self.copies.show_copies(opened, digest, known.instead)
            self.decide(known.decision)
        self.title.setText(_("The objection") if known.id else _("A new objection"))
        self.record.setText(_("Save the objection") if known.id else _("Record the objection"))
        for field in (self.by, self.why):
            dress(field, state="")
        (self.why if self.by.text() else self.by).setFocus()

    def refresh(self, opened: OpenVisit) -> None:
        """Offer the copies that there are now."""
        if self.digest:
            self.copies.show_copies(opened, self.digest, self.copies.chosen)

    def decide(self, decision: str) -> None:
        """Choose what is done about it."""
        self.decision = decision
        self.decisions[decision].setChecked(True)
        self.means.setText(_(MEANS[decision]))
        self._kept.setVisible(decision == KEPT)
        self.copies.setVisible(decision == BLURRED)
        for one in self.decisions.values():
            one.updateGeometry()

    def forget(self) -> None:
        """Let go of what was typed, once it is recorded."""
        self.digest, self.objection = "", ""

    def _record(self) -> None:
        by, why = self.by.text().strip(), self.why.toPlainText().strip()
        for field, text in ((self.by, by), (self.why, why)):
            dress(field, state="" if text else "wrong")
        if not (by and why):
            (self.by if not by else self.why).setFocus()
            return
        because = self.because.toPlainText().strip() if self.decision == KEPT else ""
        instead = self.copies.chosen if self.decision == BLURRED else ""
        fields: dict[str, Any] = {"by": by, "why": " ".join(why.split()), "decision": self.decision}
        self.recorded.emit({**fields, "because": because, "instead": instead})

    def _decision(self, key: str, words: str) -> QPushButton:
        made = button(words, partial(self.decide, key), role="choice", name=_("Decision: {words}").format(words=words))
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    def _fit(self) -> None:
        """Keep room for three lines of text, and for the bold word of the decision that is chosen."""
        for field in (self.why, self.because):
            field.setFixedHeight(self._theme.look.px(78))
        measure = QFontMetrics(self._theme.font(bold=True))
        for one in self.decisions.values():
            one.setMinimumWidth(measure.horizontalAdvance(one.text()) + self._theme.look.px(26))

    def _lay_out(self) -> None:
        choices = QWidget()
        flow = Flow(spacing=6)
        for one in self.decisions.values():
            flow.addWidget(one)
        choices.setLayout(flow)
        self._kept.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        acts = QHBoxLayout()
        acts.addWidget(self.record)
        acts.addWidget(button(_("Close"), self.given_up.emit, role="link", name=_("Close the objection (Escape)")))
        acts.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addLayout(named(_("Who objects"), self.by))
        layout.addLayout(named(_("Why"), self.why))
        layout.addWidget(label(_("What is done about it"), "field"))
        for widget in (choices, self.means, self._kept, self.copies):
            layout.addWidget(widget)
        layout.addLayout(acts)
        layout.addStretch(1)


def _text(hint: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setPlaceholderText(hint)
    field.setTabChangesFocus(True)
    return field
