"""What a piece of evidence holds, shown whole by its kind: pictures, PDF pages, text, sound and film, or words and a way to export it."""

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QWidget

from auditor_app.domain.visit import Evidence
from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.decoding import PDF, Drawn, ShownText, draw_page, read_text
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.screens.evidence.originals import LIMIT, Originals
from auditor_app.ui.widgets.picture_view import PictureView
from auditor_app.ui.widgets.player import Player
from auditor_app.ui.widgets.zoom_view import ZoomView
from auditor_app.workflows.wording import kind_words, size_words

SHARP = 6_000
"""Longest side in pixels of a picture that is looked into, and of a page of a document."""

PAGE_EDGE = 2_400
RECORDING = 256 << 20
"""Bytes of the largest recording that is played from memory."""

TEXTS = {".csv", ".tsv", ".txt", ".log", ".md", ".json", ".geojson", ".xml", ".gpx", ".kml", ".yaml", ".yml", ".ini", ".srt", ".vtt"}
TEXT_TYPES = {"application/json", "application/xml", "application/geo+json", "application/gpx+xml"}
PICTURE, PAGES, TEXT, SOUND, FILM, OTHER = "picture", "pages", "text", "sound", "film", "other"


def way_of(one: Evidence) -> str:
    """Say in which way a piece is shown."""
    kind, suffix = one.media_type, PurePath(one.name).suffix.lower()
    if kind.startswith("image/") and kind != "image/svg+xml":
        return PICTURE
    if kind == PDF:
        return PAGES
    if kind.startswith("audio/"):
        return SOUND
    if kind.startswith("video/"):
        return FILM
    return TEXT if kind.startswith("text/") or kind in TEXT_TYPES or suffix in TEXTS else OTHER


class Preview(QStackedWidget):
    """`changed` tells that page or size shown is another one."""

    changed = Signal()

    def __init__(self, desk: Desk, originals: Originals) -> None:
        """Begin with nothing."""
        super().__init__()
        self._desk, self._originals = desk, originals
        self._one: Evidence | None = None
        self._document = b""
        self._sharp = False
        self.page, self.pages = 0, 0
        self.picture = ZoomView(desk.theme, name=_("The picture; + and - change its size, 0 shows the whole"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setProperty("face", "fixed")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(_("The text"))
        self.text.setTabChangesFocus(True)
        self.player = Player()
        self.words = PictureView(desk.theme, name=_("What it is; press Escape to go back"))
        for widget in (self.words, self.picture, self.text, self.player):
            self.addWidget(widget)
        self.picture.zoomed.connect(self._zoomed)

    @property
    def way(self) -> str:
        """Say in which way the piece is shown now; OTHER while there are only words."""
        front = self.currentWidget()
        if front is self.picture:
            return PAGES if self.pages else PICTURE
        return TEXT if front is self.text else SOUND if front is self.player else OTHER

    def show_piece(self, one: Evidence) -> None:
        """Open a piece and show it."""
        if self._one is not None and self._one.digest == one.digest:
            self._one = one
            return
        self.clear()
        self._one = one
        self._say(_("Opening…"))
        way = way_of(one)
        if way == PICTURE:
            self._desk.pictures.ask(one.digest, owner=self, done=lambda image: self._small_there(one.digest, image))
            self._originals.ask(one, owner=self, shown=self._picture_there)
        elif way == OTHER:
            told = _("{kind}, {size}: this program does not show it. Export it and open it with the program that made it.")
            self._say(told.format(kind=kind_words(one.media_type), size=size_words(one.size)))
        else:
            there = {PAGES: self._document_there, TEXT: self._text_there}.get(way, self._recording_there)
            limit = RECORDING if way in {SOUND, FILM} else LIMIT
            self._originals.read(
                one, owner=self, done=lambda data: there(one, data), failed=lambda words: self._failed(one.digest, words), limit=limit
            )

    def clear(self) -> None:
        """Let go of what was shown."""
        self._one, self._document, self._sharp, self.page, self.pages = None, b"", False, 0, 0
        self.player.clear()
        self.text.clear()
        self.picture.show_image(QImage())
        self._say("")

    def turn_page(self, by: int) -> bool:
        """Go to another page of a document; gives False where there is none."""
        page = self.page + by
        if not 0 <= page < self.pages:
            return False
        self._draw(page)
        return True

    def _is_shown(self, digest: Digest) -> bool:
        return self._one is not None and self._one.digest == digest

    def _small_there(self, digest: Digest, image: QImage) -> None:
        if self._is_shown(digest) and not self.picture.has_picture and not image.isNull():
            self.picture.show_image(image)
            self._to_front(self.picture)

    def _picture_there(self, digest: Digest, image: QImage, words: str) -> None:
        if not self._is_shown(digest):
            return
        if image.isNull():
            self._say(words)
        else:
            self.picture.show_image(image)
            self._to_front(self.picture)

    def _zoomed(self) -> None:
        """Open a sharper picture once somebody looks into it."""
        if self._one is not None and self.picture.zoom > 1 and not self._sharp and way_of(self._one) == PICTURE:
            self._sharp = True
            self._originals.ask(self._one, owner=self, shown=self._sharp_there, edge=SHARP)
        self.changed.emit()

    def _sharp_there(self, digest: Digest, image: QImage, _words: str) -> None:
        if self._is_shown(digest) and not image.isNull():
            self.picture.show_image(image, again=True)

    def _document_there(self, one: Evidence, data: bytes) -> None:
        if self._is_shown(one.digest):
            self._document = data
            self._draw(0)

    def _draw(self, page: int) -> None:
        data, self.page = self._document, page
        self._desk.background.work(
            lambda _progress: draw_page(data, page, edge=PAGE_EDGE),
            owner=self,
            done=lambda drawn: self._page_there(data, drawn),
            failed=lambda error: self._say(notice_of(error).text),
        )

    def _page_there(self, data: bytes, drawn: Drawn) -> None:
        if data is self._document and drawn.page == self.page:
            self.pages = drawn.pages
            self.picture.show_image(drawn.image)
            self._to_front(self.picture)

    def _text_there(self, one: Evidence, data: bytes) -> None:
        self._desk.background.work(lambda _progress: read_text(data), owner=self, done=lambda shown: self._text_read(one.digest, shown))

    def _text_read(self, digest: Digest, shown: ShownText) -> None:
        if self._is_shown(digest):
            more = _("… There is more: export it to read all of it.")
            self.text.setPlainText(f"{shown.text}\n\n{more}" if shown.more else shown.text)
            self._to_front(self.text)

    def _recording_there(self, one: Evidence, data: bytes) -> None:
        if self._is_shown(one.digest):
            self.player.show_recording(data, one.name, film=way_of(one) == FILM)
            self._to_front(self.player)

    def _failed(self, digest: Digest, words: str) -> None:
        if self._is_shown(digest):
            self._say(words)

    def _say(self, words: str) -> None:
        kind = PurePath(self._one.name).suffix.lstrip(".").upper()[:5] if self._one else ""
        self.words.show_image(QImage(), words, kind)
        self._to_front(self.words)

    def _to_front(self, widget: QWidget) -> None:
        """Show a view, with the focus if another one of them has it."""
        at = self.window().focusWidget()
        has_focus = at is not None and self.isAncestorOf(at)
        self.setCurrentWidget(widget)
        self.setFocusProxy(widget)
        if has_focus:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
