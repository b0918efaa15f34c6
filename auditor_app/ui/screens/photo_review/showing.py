"""The window for the eyes of the site: one photo at a time, as large as the screen, and nothing else of the visit.

No caption, no name of a file, no finding, rating or link is shown; only the photo's number, when it was taken, and what the site said.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.photo_review import tally
from auditor_app.domain.photos import NO_OBJECTION, OBJECTION, SEEN
from auditor_app.errors import Cancelled
from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.screens.evidence.copying import CopyMaker
from auditor_app.ui.screens.evidence.originals import Originals
from auditor_app.ui.screens.photo_review.objection_form import ObjectionForm
from auditor_app.ui.screens.photo_review.show_bars import FootBar, HeadBar
from auditor_app.ui.screens.photo_review.view_state import Photo, answer_of, objection_in, photos_to_show
from auditor_app.ui.widgets.banner import Banner
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.picture_view import PictureView
from auditor_app.workflows.copies import Editing, make_copy
from auditor_app.workflows.lists import revise_line
from auditor_app.workflows.photo_review import note_shown, object_to
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace

LOOK_MS = 1000
"""Milliseconds that a photo is on the screen before it counts as shown; what only flits by was not."""


class ShowWindow(QWidget):
    """Shows the photos of a visit in one session. `left` tells that the session is paused."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Build the window without photos."""
        super().__init__(parent, Qt.WindowType.Window)
        self._desk = desk
        self.opened: OpenVisit | None = None
        self.review, self.photos, self.at = "", tuple[Photo, ...](), 0
        self._originals = Originals(desk.background)
        self._objection, self._unshown = "", False
        self.banner, self.head, self.foot = Banner(desk.theme), HeadBar(), FootBar(desk.theme)
        self.picture = PictureView(desk.theme, name=_("The photo"))
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form, self.copying = ObjectionForm(desk), CopyMaker(desk.theme)
        self._looked = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._looked.timeout.connect(self._was_seen)
        self._lay_out()
        acts: dict[str, Callable[[], None]] = {"N": self.no_objection, "O": self.write_objection, "Escape": self.escape}
        acts |= {key: partial(self.step, by) for key, by in (("Left", -1), ("Right", 1), ("PgUp", -1), ("PgDown", 1))}
        self._keys = [QShortcut(QKeySequence(key), self, act) for key, act in acts.items()]
        self._connect()

    def begin(self, opened: OpenVisit, review: str, *, digest: str = "", objection: str = "") -> None:
        """Show photos in a session, from one of them on if it is named; with `objection`, open what the site said against it."""
        self.review, self._objection, self.opened = review, objection, opened
        self.banner.clear()
        self.head.offer_days(opened)
        self._pages.setCurrentWidget(self._stage)
        self._choose_day("", digest)
        if objection:
            self.write_objection()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show what changed; the photo in front and the order stay."""
        self.opened = opened
        self.form.refresh(opened)
        self._tell()

    @property
    def photo(self) -> Photo | None:
        """Give the photo in front."""
        return self.photos[self.at] if self.photos else None

    def step(self, by: int) -> None:
        """Go to a neighbour."""
        if 0 <= self.at + by < len(self.photos):
            self.at += by
            self._show()
        elif by > 0 and self.photos:
            self._note(_("That was the last photo. Press Escape to end or pause the session."))

    def no_objection(self) -> None:
        """Record that the site does not object to what it has seen, and go on."""
        if self._unshown:
            self._note(_("The site has not seen this photo. Show it in another program, then say that it was shown."))
        elif not self._is_opening:
            self._say(NO_OBJECTION)
            self.step(1)

    def only_seen(self) -> None:
        """Record that the site saw the photo and says nothing of it: in another program, or after all."""
        self._say(SEEN)

    def write_objection(self) -> None:
        """Write down the site's objection beside the photo."""
        if self.opened is None or self.photo is None:
            return
        digest = self.photo.digest
        named = next((one for one in self.opened.state.objections if one.id == self._objection and one.evidence == digest), None)
        self._panel.show()
        self.form.begin(self.opened, digest, named or objection_in(self.opened, self.review, digest))

    def escape(self) -> None:
        """Close what is open: the objection first, then the window."""
        if self._panel.isVisible():
            self._close_panel()
        else:
            self.close()

    @property
    def _is_opening(self) -> bool:
        """Say whether nothing is before the eyes yet, and nothing was said before."""
        photo, opened = self.photo, self.opened
        return not (photo and opened and (not self.picture.image.isNull() or photo.is_film or answer_of(opened, photo.digest)))

    def _close_panel(self) -> None:
        self._panel.hide()
        self.foot.no_objection.setFocus()

    def _choose_day(self, day: str, digest: str = "") -> None:
        if self.opened is None:
            return
        self.photos = photos_to_show(self.opened, day)
        self.at = next((place for place, one in enumerate(self.photos) if one.digest == digest), 0)
        self._show()
        self.foot.no_objection.setFocus()

    def _show(self) -> None:
        """Bring the photo to the front: small at once, large when it is opened; the next one is opened meanwhile."""
        self._looked.stop()
        self._close_panel()
        self._unshown = False
        self.picture.show_image(QImage(), _("Opening…"))
        self._tell()
        if self.photo is None or self.opened is None:
            self.picture.show_image(QImage(), _("There are no photos to show."))
            return
        self.banner.clear()
        evidence, digest = self.opened.state.evidence, self.photo.digest
        self._desk.pictures.ask(digest, owner=self, done=partial(self._small_there, digest))
        self._originals.ask(evidence[digest], owner=self, shown=self._there)
        for following in self.photos[self.at + 1 : self.at + 2]:
            self._originals.ask(evidence[following.digest], owner=self, shown=lambda _digest, _image, _words: None)

    def _small_there(self, digest: Digest, image: QImage) -> None:
        if self.photo is not None and digest == self.photo.digest and self.picture.image.isNull() and not image.isNull():
            self.picture.show_image(image)

    def _there(self, digest: Digest, image: QImage, words: str) -> None:
        if self.photo is None or digest != self.photo.digest:
            return
        if not image.isNull():
            self.picture.show_image(image)
            self._looked.start()
        elif self.photo.is_film:
            self.picture.show_image(QImage(), _("A film: show it to the site in another program, then say here what it said."), _("FILM"))
        else:
            self.picture.show_image(self.picture.image, words)
            self._unshown = self._is_opening
            self._tell()

    def _was_seen(self) -> None:
        """Note that the site saw the photo, unless it said something of it already."""
        if self.opened is not None and self.photo is not None and self.isVisible() and not answer_of(self.opened, self.photo.digest):
            self._say(SEEN)

    def _say(self, said: str) -> None:
        self._looked.stop()
        if self.opened is None or self.photo is None:
            return
        visit, review, digest = self.opened.state.id, self.review, self.photo.digest
        self._change(lambda workspace: note_shown(workspace, visit, review, [digest], said))

    def _record(self, fields: dict[str, Any]) -> None:
        if self.opened is None:
            return
        visit, review, digest, known = self.opened.state.id, self.review, Digest(self.form.digest), self.form.objection

        def record(workspace: Workspace) -> Changes:
            if known:
                return revise_line(workspace, visit, OBJECTION, known, **fields)
            return object_to(workspace, visit, review, digest, **fields)[1]

        self._looked.stop()
        self._change(record, self._recorded)

    def _recorded(self, _changes: object) -> None:
        self.form.forget()
        self._objection = ""
        self._close_panel()
        self.banner.tell(Notice(tone="good", text=_("The objection is recorded. Nothing was deleted.")))

    def _edit_copy(self) -> None:
        """Open the editor of copies on the photo in front, without what it is called."""
        if self.opened is None or self.photo is None:
            return
        if self.picture.image.isNull():
            self._note(_("Only pictures can be copied here."))
            return
        self.copying.show_picture(self.opened.state.evidence[self.photo.digest], self.picture.image)
        self.copying.title.setText(_("A copy of photo {number}").format(number=self.photo.number))
        self._turn_to(self.copying)
        self.copying.canvas.setFocus()

    def _make_copy(self, editing: Editing) -> None:
        if self.opened is None:
            return
        visit, digest = self.opened.state.id, Digest(self.copying.digest)
        self.copying.at_work(True)
        self._change(lambda workspace: make_copy(workspace, visit, digest, editing), self._copy_made)

    def _copy_made(self, made: tuple[Digest, Changes]) -> None:
        self.copying.at_work(False)
        self._turn_to(self._stage)
        self.form.copies.choose_once_there(made[0])
        self.form.record.setFocus()

    def _turn_to(self, page: QWidget) -> None:
        """Bring the photo or the editor of copies to the front; the keys of the one are not those of the other."""
        self._pages.setCurrentWidget(page)
        for key in self._keys:
            key.setEnabled(page is self._stage)

    def _change(self, work: Callable[[Workspace], object], done: Done | None = None) -> None:
        self._desk.background.change(work, owner=self, done=done, failed=self._failed)

    def _note(self, words: str) -> None:
        self.banner.tell(Notice(tone="note", text=words))

    def _failed(self, error: BaseException) -> None:
        self.copying.at_work(False)
        if not isinstance(error, Cancelled):
            self.banner.tell(notice_of(error))

    def _tell(self) -> None:
        """Tell where we are and what was said."""
        if self.opened is None:
            return
        answer = answer_of(self.opened, self.photo.digest) if self.photo else ""
        self._unshown = self._unshown and not answer
        self.head.show_place(self.photo, self.at, len(self.photos), tally(self.opened.state))
        self.foot.show_answer(answer, self.at, len(self.photos), unshown=self._unshown)

    def _connect(self) -> None:
        self.head.day_chosen.connect(self._choose_day)
        self.head.paused.connect(self.close)
        self.foot.stepped.connect(self.step)
        self.foot.no_objection.clicked.connect(self.no_objection)
        self.foot.objection.clicked.connect(self.write_objection)
        self.foot.only_seen.connect(self.only_seen)
        self.form.recorded.connect(self._record)
        self.form.given_up.connect(self._close_panel)
        self.form.copy_wanted.connect(self._edit_copy)
        self.copying.wanted.connect(self._make_copy)
        self.copying.left.connect(lambda: self._turn_to(self._stage))

    def _lay_out(self) -> None:
        self.setProperty("ground", "background")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Photos"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumSize(800, 500)
        self._stage, self._pages = QWidget(), QStackedWidget()
        self._panel = scrolled(self.form, ground="surface")
        middle = QHBoxLayout(self._stage)
        middle.setContentsMargins(16, 8, 16, 8)
        middle.setSpacing(12)
        middle.addWidget(self.picture, 1)
        middle.addWidget(self._panel)
        for page in (self._stage, self.copying):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.head, self.banner, self._pages, self.foot):
            layout.addWidget(widget, 1 if widget is self._pages else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._panel.setFixedWidth(min(self._desk.theme.look.px(400), self.width() * 48 // 100))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Pause the session; everything said is saved already."""
        self._looked.stop()
        super().closeEvent(event)
        self.left.emit()
