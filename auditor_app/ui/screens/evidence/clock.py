"""Learning a camera's clock: photograph the code, take the photo in, choose it. From then on its times are put right."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QShowEvent, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor_app.clock import SystemClock
from auditor_app.progress import Progress
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import GOOD
from auditor_app.ui.moments import local_words
from auditor_app.ui.screens.evidence.clock_code import CodeOverWindow, CodeView
from auditor_app.ui.screens.evidence.clock_words import now_words, offset_words
from auditor_app.ui.screens.evidence.grid import EvidenceGrid
from auditor_app.ui.screens.evidence.pieces import Piece
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, scrolled
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList
from auditor_app.workflows.cameras import clock_code
from auditor_app.workflows.visits import OpenVisit


class ClockPage(QWidget):
    """`chosen` carries the digest of the photo of the code, `photo_wanted` that of a photo to go to; `left` asks to go back."""

    chosen = Signal(str)
    photo_wanted = Signal(str)
    files_wanted = Signal(list)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        """Build it; the code runs while it is seen."""
        super().__init__()
        self._desk = desk
        self.code = CodeView(desk.theme)
        self._over: CodeOverWindow | None = None
        self.grid = EvidenceGrid(desk.theme, desk.pictures)
        self.grid.setAccessibleName(_("Photos with a camera and a time"))
        self.learn = button(
            _("Learn from it"), lambda: self.chosen.emit(self.grid.current), role="first", name=_("Learn the clock from this photo")
        )
        none = _("No photo here says which camera took it and when. Take the original file in, not a copy sent on.")
        self.none_yet = label(none, "muted", wrap=True)
        self.cameras = RowList(desk.theme, name=_("Cameras whose clocks are known"))
        self.cameras.fit_rows()
        self.no_cameras = label(_("No camera's clock is known yet."), "muted", wrap=True)
        self._tick = QTimer(self, interval=1000)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._photos: dict[str, str] = {}
        self._lay_out()
        self._connect()

    def show_visit(self, opened: OpenVisit, pieces: tuple[Piece, ...]) -> None:
        """Offer the photos that can be learnt from, the latest first, and list the cameras that are known."""
        captured = {digest: one.captured for digest, one in opened.state.evidence.items()}
        photos = tuple(one for one in pieces if captured.get(one.digest, {}).get("device") and captured[one.digest].get("at"))
        newest = photos[0].digest if photos else ""
        is_new = newest not in {piece.digest for piece in self.grid.tiles.pieces}
        self.grid.show_pieces(photos)
        if photos and (is_new or not self.grid.current):
            self.grid.go_to(newest)
        self.grid.setVisible(bool(photos))
        self.none_yet.setVisible(not photos)
        self.learn.setEnabled(bool(photos))
        self._photos = {camera.id: camera.evidence for camera in opened.state.cameras}
        rows = tuple(_row(camera.id, offset_words(camera), camera.learnt_at) for camera in opened.state.cameras)
        self.cameras.show_rows(rows, "")
        self.cameras.setVisible(bool(rows))
        self.no_cameras.setVisible(not rows)

    def _draw(self) -> None:
        self._desk.background.work(_drawn, owner=self, done=self._show_code)

    def _show_code(self, drawn: tuple[datetime, bytes]) -> None:
        image, words = QImage.fromData(drawn[1]), now_words(drawn[0])
        for view in (self.code, self._over):
            if view is not None and isValid(view):
                view.show_code(image, words)

    def _fill_window(self) -> None:
        self._over = CodeOverWindow(self._desk.theme, self.window())
        self._over.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._draw()

    def _fit(self) -> None:
        """Show one row of photos whole, at any size of text."""
        self.grid.setFixedHeight(self.grid.delegate.tile.height() + 8)

    def _choose_files(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, _("The photo of the code"))
        self.files_wanted.emit([Path(name) for name in names])

    def _connect(self) -> None:
        self._tick.timeout.connect(self._draw)
        self._desk.theme.changed.connect(self._fit)
        self._fit()
        self.grid.opened.connect(self.chosen)
        self.cameras.clicked.connect(lambda index: self.photo_wanted.emit(self._photos.get(self.cameras.key_at(index), "")))
        self.cameras.opened.connect(lambda camera: self.photo_wanted.emit(self._photos.get(camera, "")))

    def _lay_out(self) -> None:
        back = button(_("‹ All evidence"), self.left.emit, role="link", name=_("Back to all evidence (Escape)"))
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(label(_("Learn a camera's clock"), "section"), 1)
        head.addWidget(button(_("Fill the window"), self._fill_window, name=_("Show the code over the whole window")))
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(self.code, 1)
        columns.addWidget(scrolled(self._steps()), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(columns, 1)

    def _steps(self) -> QWidget:
        steps, layout = QWidget(), QVBoxLayout()
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        take = button(_("Take the photo in…"), self._choose_files)
        one = _step("1", _("Photograph this code"), _("With the camera whose clock is to be learnt: sharp and whole, without flash."))
        how = _("The original file, from the card or by cable: messengers take camera and time away.")
        two = _step("2", _("Take the photo in"), how, take)
        why = _("Its camera's time is compared with the code; all its photos are put right, and keep their own time beside it.")
        three = _step("3", _("Choose it here"), why, self.none_yet, self.grid, self.learn)
        known = Card(margin=14, spacing=6)
        known.content.addWidget(label(_("Known cameras"), "field"))
        known.content.addWidget(self.cameras)
        known.content.addWidget(self.no_cameras)
        for card in (one, two, three, known):
            layout.addWidget(card)
        layout.addStretch(1)
        steps.setLayout(layout)
        return steps

    def showEvent(self, event: QShowEvent) -> None:
        """Let the code run while it is seen."""
        super().showEvent(event)
        self._draw()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let it rest."""
        super().hideEvent(event)
        self._tick.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _drawn(_progress: Progress) -> tuple[datetime, bytes]:
    """Draw the code of now."""
    now = SystemClock().now()
    return now, clock_code(now, scale=1)


def _step(number: str, title: str, text: str, *widgets: QWidget) -> Card:
    card, head = Card(margin=14, spacing=6), QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(label(number, "copper"))
    head.addWidget(label(title, "strong"), 1)
    card.content.addLayout(head)
    card.content.addWidget(label(text, "muted", wrap=True))
    for widget in widgets:
        card.content.addWidget(widget)
    return card


def _row(device: str, offset: str, learnt_at: str) -> Row:
    hint = _("{offset} · learnt {when}").format(offset=offset, when=local_words(learnt_at)) if learnt_at else offset
    return Row(key=device, title=device, mark=GOOD, hint=hint, spoken=f"{device}: {hint}")
