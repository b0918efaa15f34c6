"""The pictures of a finding: one large, the others to choose from, by number and without names."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.visit import VisitState
from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.closing.view_state import Photo
from auditor_app.ui.screens.evidence.originals import Originals
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.picture_view import PictureView


class PhotosView(QWidget):
    """Shows what may be shown; what the site objected to is told, not shown."""

    def __init__(self, desk: Desk) -> None:
        """Begin without pictures."""
        super().__init__()
        self._desk, self._originals = desk, Originals(desk.background)
        self._state: VisitState | None = None
        self.photos: tuple[Photo, ...] = ()
        self.at = 0
        self.picture = PictureView(desk.theme, name=_("Picture of the finding"))
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.place = label("", "muted", wrap=True)
        self.choices = QWidget()
        self._choices = Flow(spacing=6)
        self.choices.setLayout(self._choices)
        self._buttons: list[QPushButton] = []
        below = QHBoxLayout()
        below.addWidget(self.place)
        below.addWidget(self.choices, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 8)
        layout.setSpacing(8)
        layout.addWidget(self.picture, 1)
        layout.addLayout(below)

    def show_photos(self, state: VisitState, photos: tuple[Photo, ...]) -> None:
        """Show the pictures of another finding, or of the same as they are now."""
        if photos == self.photos and self._state is not None:
            return
        self._state, self.photos, self.at = state, photos, 0
        empty_layout(self._choices)
        self._buttons = [self._choice(place, photo) for place, photo in enumerate(photos if len(photos) > 1 else ())]
        for one in self._buttons:
            self._choices.addWidget(one)
        self.setVisible(bool(photos))
        self._show()

    def step(self) -> None:
        """Go to the next picture of the finding, around."""
        if self.photos:
            self.choose((self.at + 1) % len(self.photos))

    def choose(self, place: int) -> None:
        """Bring a picture to the front."""
        self.at = place
        self._show()

    def _choice(self, place: int, photo: Photo) -> QPushButton:
        made = button(str(photo.number), partial(self.choose, place), role="pill", name=_("Photo {number}").format(number=photo.number))
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _show(self) -> None:
        if not self.photos or self._state is None:
            return
        photo = self.photos[self.at]
        for place, one in enumerate(self._buttons):
            one.setChecked(place == self.at)
        self.place.setText(_("Photos") if len(self.photos) > 1 else _("Photo {number}").format(number=photo.number))
        if not photo.shown:
            self.picture.show_image(QImage(), _("The site objected to this photo; it is not shown."))
            return
        shown = Digest(photo.shown)
        self.picture.show_image(QImage(), _("Opening…"))
        self._desk.pictures.ask(shown, owner=self, done=partial(self._small_there, shown))
        self._originals.ask(self._state.evidence[shown], owner=self, shown=self._there)

    def _small_there(self, digest: Digest, image: QImage) -> None:
        if self._is_shown(digest) and self.picture.image.isNull() and not image.isNull():
            self.picture.show_image(image)

    def _there(self, digest: Digest, image: QImage, words: str) -> None:
        if self._is_shown(digest):
            self.picture.show_image(image if not image.isNull() else self.picture.image, words)

    def _is_shown(self, digest: Digest) -> bool:
        return bool(self.photos) and self.photos[self.at].shown == digest
