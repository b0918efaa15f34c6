"""Beginning a session: who of the site is present, by role, and when."""

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.columns import TOP, Columns
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label


class BeginForm(Card):
    """`begun` carries the fields of the session to be."""

    begun = Signal(dict)
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin empty."""
        super().__init__(margin=20, spacing=12)
        self.present = text_line(_("Head of security; communications officer"))
        self.held_at = text_line("2026-11-19 16:40")
        self.note = text_line()
        for field in (self.present, self.held_at, self.note):
            field.returnPressed.connect(self._begin)
        columns = Columns(desk.theme, spacing=14, across=TOP)
        hint = _("By role, never by name.")
        for title, field, width, below in (
            (_("Who of the site is present"), self.present, 300, hint),
            (_("When"), self.held_at, 150, ""),
            (_("Note"), self.note, 220, ""),
        ):
            room = QWidget()
            room.setLayout(named(title, field, below))
            room.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
            columns.add(room, width, 1 if field is not self.held_at else 0)
        acts = QHBoxLayout()
        acts.addWidget(button(_("Begin and show the photos"), self._begin, role="first"))
        acts.addWidget(button(_("Not now"), self.given_up.emit, role="link"))
        acts.addStretch(1)
        self.content.addWidget(label(_("A new session"), "section"))
        self.content.addLayout(columns)
        self.content.addLayout(acts)

    def begin(self) -> None:
        """Set the time to now and ask who is there."""
        self.held_at.setText(QDateTime.currentDateTime().toString("yyyy-MM-dd HH:mm"))
        dress(self.present, state="")
        self.show()
        self.present.setFocus()

    def _begin(self) -> None:
        present, held_at = self.present.text().strip(), self.held_at.text().strip()
        for field, text in ((self.present, present), (self.held_at, held_at)):
            dress(field, state="" if text else "wrong")
        if present and held_at:
            self.begun.emit({"present": present, "held_at": held_at, "note": self.note.text().strip()})
            self.note.clear()
