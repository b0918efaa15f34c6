"""The photo review: whether the site asks for it, how far it is, its sessions, and what the site objected to."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import DEMANDED, NO, YES, tally
from auditor_app.domain.photos import REVIEW
from auditor_app.ids import EntryId
from auditor_app.translation import N_, _, plural
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.glyphs import GOOD, OPEN, OUTSIDE
from auditor_app.ui.lines.cell import Option
from auditor_app.ui.lines.line_list import removed
from auditor_app.ui.lines.mark_choice import MarkChoice
from auditor_app.ui.screens.photo_review.begin_form import BeginForm
from auditor_app.ui.screens.photo_review.sessions import SessionsCard
from auditor_app.ui.screens.photo_review.showing import ShowWindow
from auditor_app.ui.screens.photo_review.view_state import count_words, objection_rows
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, scrolled, section_title
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList
from auditor_app.workflows.history import undo
from auditor_app.workflows.lists import add_line, revise_line
from auditor_app.workflows.visits import OpenVisit, describe_visit

DEMANDS = (
    Option(key=YES, words=N_("Yes"), mark=GOOD),
    Option(key=NO, words=N_("No"), mark=OUTSIDE),
    Option(key="", words=N_("Not said"), mark=OPEN),
)


class PhotoReviewScreen(Screen):
    """Begins sessions and goes on with them; the showing itself has a window of its own."""

    def __init__(self, desk: Desk) -> None:
        """Build the parts."""
        super().__init__(desk)
        self.demanded = MarkChoice(desk.theme, DEMANDS)
        self.demanded.name_for(_("The site asks to see photos before release"))
        self.demanded.chosen.connect(self._demand)
        self.counts = label("", "strong", wrap=True)
        self.show_photos = button(_("Show to the site…"), self.begin, role="first")
        self.form = BeginForm(desk)
        self.form.begun.connect(self._begin)
        self.form.given_up.connect(self._not_now)
        self.form.hide()
        self.sessions = SessionsCard(desk, self._revise)
        self.sessions.wanted.connect(self.go_on)
        self.sessions.removed.connect(self._remove)
        self.objections = RowList(desk.theme, name=_("What the site objected to; Enter opens"))
        self.objections.setProperty("framed", "true")
        self.objections.fit_rows()
        self.objections.opened.connect(self.open_objection)
        self.objections.clicked.connect(lambda index: self.open_objection(self.objections.key_at(index)))
        self.no_objections = label(_("The site objected to nothing so far."), "muted", wrap=True)
        self.no_objections.setProperty("card", "plain")
        self.no_objections.setContentsMargins(16, 14, 16, 14)
        self.window_shown = ShowWindow(desk, self)
        self.window_shown.left.connect(self._paused)
        self._lay_out()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show how the review of a visit stands."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self.form.hide()
            QTimer.singleShot(0, self, self.show_photos.setFocus)
        self.opened = opened
        counted = tally(opened.state)
        photos = plural("{count} photo or film", "{count} photos and films", counted.photos)
        self.counts.setText(f"{photos}: {count_words(counted)}" if counted.photos else _("There are no photos yet."))
        self.show_photos.setEnabled(counted.photos > 0)
        self.demanded.show_key(str(opened.state.facts.get(DEMANDED, "")))
        self.sessions.show_sessions(opened.state)
        rows = objection_rows(opened)
        self.objections.show_rows(rows, self.objections.key_at(self.objections.currentIndex()))
        self.objections.setVisible(bool(rows))
        self.no_objections.setVisible(not rows)
        self.objection_count.setText(str(len(rows) or ""))
        if self.window_shown.isVisible():
            self.window_shown.show_visit(opened)

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show what changed; what is typed stays."""
        self.show_visit(opened)

    def show_item(self, item: str) -> None:
        """Open an objection by its id."""
        self.open_objection(item)

    def leave(self) -> None:
        """Save what is typed, and pause the showing."""
        self.sessions.commit()
        self.window_shown.close()

    def begin(self) -> None:
        """Ask who is present, before anything is shown."""
        self.form.begin()
        self.area.ensureWidgetVisible(self.form)

    def go_on(self, review: str, *, digest: str = "", objection: str = "") -> None:
        """Show photos in a session, full screen, in front of everything else."""
        if self.opened is not None:
            self.window_shown.begin(self.opened, review, digest=digest, objection=objection)
            self.window_shown.showFullScreen()
            self.window_shown.activateWindow()

    def open_objection(self, objection: str) -> None:
        """Show the photo with what the site said against it."""
        one = next((one for one in self.opened.state.objections if one.id == objection), None) if self.opened else None
        if one is not None:
            self.go_on(one.review, digest=one.evidence, objection=one.id)

    def _begin(self, fields: dict[str, Any]) -> None:
        visit = self._visit
        self.desk.background.change(
            lambda workspace: add_line(workspace, visit, REVIEW, **fields), owner=self, done=lambda made: self._begun(made[0])
        )

    def _begun(self, review: str) -> None:
        self.form.hide()
        self.go_on(review)

    def _not_now(self) -> None:
        self.form.hide()
        self.show_photos.setFocus()

    def _paused(self) -> None:
        self.show_photos.setFocus()

    def _demand(self, key: str) -> None:
        visit = self._visit
        self.desk.background.change(lambda workspace: describe_visit(workspace, visit, {DEMANDED: key}), owner=self)

    def _revise(self, review: str, field: str, text: str, done: Done, failed: Done) -> None:
        visit = self._visit

        self.desk.save(
            lambda workspace: revise_line(workspace, visit, REVIEW, review, **{field: text}), owner=self, done=done, failed=failed
        )

    def _remove(self, review: str) -> None:
        visit = self._visit
        self.desk.background.change(
            lambda workspace: removed(workspace, visit, Subject(REVIEW, review)), owner=self, done=lambda made: self._offer_back(made[0])
        )

    def _offer_back(self, entry: EntryId) -> None:
        visit = self._visit
        text = _("The session was taken out; what it showed does not count any more. It stays in the history, and so do the objections.")
        take_back = partial(self.desk.background.change, lambda workspace: undo(workspace, visit, entry), owner=self)
        self.desk.tell(Notice(tone="good", text=text), _("Bring it back"), take_back)

    def _lay_out(self) -> None:
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(32, 20, 32, 28)
        page.setSpacing(12)
        words = _(
            "At the end of a day, show the photos to the site before they are released. Each is shown large and alone: no caption,"
            " finding or rating. Nothing is ever deleted: what the site objects to stays sealed evidence and goes to the office; only"
            " the report does not print it, or prints a blurred copy instead."
        )
        sessions, _count = section_title(_("Sessions"))
        against, self.objection_count = section_title(_("Objections"))
        page.addLayout(self._top())
        page.addWidget(label(words, "muted", wrap=True))
        page.addWidget(self._how_far())
        page.addWidget(self.form)
        page.addLayout(sessions)
        page.addWidget(self.sessions)
        page.addLayout(against)
        for widget in (self.no_objections, self.objections):
            page.addWidget(widget)
        page.addStretch(1)
        self.area = scrolled(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def _top(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(button(_("‹ All evidence"), partial(self.desk.go_to, "evidence", ""), role="link"))
        line.addWidget(label(_("Photo review"), "title"), 1)
        return line

    def _how_far(self) -> Card:
        card = Card(margin=18, spacing=12)
        asked, far = Columns(self.desk.theme, spacing=14), Columns(self.desk.theme, spacing=14)
        asked.add(label(_("Does the site ask to see photos before release?"), "body", wrap=True), 330)
        asked.add(self.demanded, 260, 1)
        far.add(self.counts, 330, 1)
        far.add(self.show_photos, 170)
        card.content.addLayout(far)
        card.content.addLayout(asked)
        return card
