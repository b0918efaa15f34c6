"""The sessions of a visit: each can be gone on with, and what is said of it is edited in place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from auditor_app.domain.photos import PhotoReview
from auditor_app.domain.visit import VisitState
from auditor_app.translation import N_, _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.photo_review.view_state import session_words
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.text_editor import TextEditor

Revise = Callable[[str, str, str, Done, Done], object]
"""Called with a session's id, a field, its text, and what to call afterwards."""

FIELDS = (("held_at", N_("When"), 150, 0), ("present", N_("Who was present, by role"), 230, 1), ("note", N_("Note"), 150, 3))


class SessionRow(QFrame):
    """One session: when, who, a note, how much was shown, and the way on."""

    wanted = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, revise: Callable[[str, str, Done, Done], object]) -> None:
        """Make the fields; `revise` saves one."""
        super().__init__()
        self.fields = {name: self._field(desk, name, _(title), revise) for name, title, _width, _stretch in FIELDS}
        self.counts: QLabel = label("", "tiny", wrap=True)
        self.on = button(_("Go on showing"), self.wanted.emit)
        self.remove = button("✕", self.removed.emit, role="quiet")
        columns = Columns(desk.theme)
        for name, _title, width, stretch in FIELDS:
            columns.add(self.fields[name], width, stretch)
        columns.add(self.counts, 200)
        columns.add(self.on, 128)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.setSpacing(6)
        line.addLayout(columns, 1)
        line.addWidget(self.remove)

    def show_session(self, state: VisitState, one: PhotoReview) -> None:
        """Show a session as it is now; what is being typed stays."""
        for name, field in self.fields.items():
            field.show_text(f"{one.id}/{name}", getattr(one, name))
            field.setToolTip(getattr(one, name))
        for name, title, _width, _stretch in FIELDS:
            self.fields[name].setAccessibleName(_("{field} of the session of {when}").format(field=_(title), when=one.held_at))
        self.counts.setText(session_words(state, one.id))
        self.on.setAccessibleName(_("Go on showing photos in the session of {when}").format(when=one.held_at))
        self.remove.setAccessibleName(_("Remove the session of {when}").format(when=one.held_at))
        self.remove.setToolTip(_("Remove this session; it stays in the history"))

    def commit(self) -> None:
        """Save what is typed."""
        for field in self.fields.values():
            field.commit()

    def _field(self, desk: Desk, name: str, title: str, revise: Callable[[str, str, Done, Done], object]) -> TextEditor:
        field = TextEditor(
            lambda _key, text, done, failed: revise(name, text, done, failed),
            name=title,
            placeholder=title,
            unsaved=desk.unsaved,
            one_line=True,
        )
        field.setProperty("quiet", "true")
        return field


class SessionsCard(Card):
    """All sessions; `wanted` and `removed` carry the id of one."""

    wanted = Signal(str)
    removed = Signal(str)

    def __init__(self, desk: Desk, revise: Revise) -> None:
        """Begin without sessions."""
        super().__init__(margin=0, spacing=0)
        self._desk, self._revise = desk, revise
        self.rows: dict[str, SessionRow] = {}
        words = _("The site was shown nothing yet. A session can be paused and gone on with; there may be several.")
        self._none = label(words, "muted", wrap=True)
        self._none.setContentsMargins(16, 14, 16, 14)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.content.addWidget(self._none)
        self.content.addLayout(self._list)

    def show_sessions(self, state: VisitState) -> None:
        """Show the sessions of a visit, the latest first."""
        there = {one.id: one for one in reversed(state.reviews)}
        for gone in set(self.rows) - set(there):
            row = self.rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, (name, one) in enumerate(there.items()):
            if name not in self.rows:
                self.rows[name] = self._row(name)
                self._list.insertWidget(place, self.rows[name])
            dress(self.rows[name], card="row" if place else "first_row")
            self.rows[name].show_session(state, one)
        self._none.setVisible(not there)

    def commit(self) -> None:
        """Save what is typed."""
        for row in self.rows.values():
            row.commit()

    def _row(self, name: str) -> SessionRow:
        row = SessionRow(self._desk, partial(self._revise, name))
        row.wanted.connect(partial(self.wanted.emit, name))
        row.removed.connect(partial(self.removed.emit, name))
        return row
