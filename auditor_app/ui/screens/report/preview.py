"""Looking at a report page by page; pages are drawn on a worker from bytes in memory."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.decoding import Drawn, draw_page
from auditor_app.ui.desk import Desk
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.labels import label

ZOOMS = (0.6, 0.8, 1.0, 1.25, 1.6, 2.0)


class Preview(QWidget):
    """`left` asks to go back, `exported` to write the report to a file."""

    left = Signal()
    exported = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin without a report."""
        super().__init__()
        self._desk = desk
        self._data, self.page, self.pages, self._zoom = b"", 0, 0, 2
        self.title, self.place = Elided("", "section"), label("", "muted")
        self.sheet = _Sheet()
        self._scroll: QScrollArea = scrolled(self.sheet)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setWidgetResizable(False)
        self._resized = QTimer(self, interval=150, singleShot=True)
        self._resized.timeout.connect(self._draw)
        self._lay_out()
        keys = (("PgUp", -1), ("PgDown", 1), ("Alt+Left", -1), ("Alt+Right", 1))
        for key, step in keys:
            QShortcut(QKeySequence(key), self, partial(self.turn, step))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def show_report(self, title: str, data: bytes) -> None:
        """Show the first page of a report."""
        self._data, self.page, self.pages = data, 0, 0
        self.title.setText(title)
        self.sheet.show_image(QImage(), 1.0)
        self._draw()
        self.setFocus()

    def forget(self) -> None:
        """Let go of the report's bytes."""
        self._data = b""
        self.sheet.show_image(QImage(), 1.0)

    def turn(self, by: int) -> None:
        """Turn pages."""
        at = max(0, min(self.pages - 1, self.page + by))
        if at != self.page:
            self.page = at
            self._draw()

    def zoom(self, by: int) -> None:
        """Draw larger or smaller."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + by))
        self._draw()

    def _draw(self) -> None:
        if not self._data:
            return
        data, page, ratio = self._data, self.page, self.devicePixelRatioF()
        room = min(self._scroll.viewport().width() - 8, self._desk.theme.look.px(900))
        width = round(max(room, 200) * ZOOMS[self._zoom] * ratio)
        self._desk.background.work(lambda _progress: draw_page(data, page, width=width), owner=self, done=partial(self._drawn, ratio))

    def _drawn(self, ratio: float, drawn: Drawn) -> None:
        if not self._data or (self.pages and drawn.page != self.page):
            return
        turned = self.sheet.accessibleName() != self._words(drawn)
        self.pages = drawn.pages
        self.place.setText(self._words(drawn))
        self.sheet.setAccessibleName(self._words(drawn))
        self.sheet.show_image(drawn.image, ratio)
        if turned:
            self._scroll.verticalScrollBar().setValue(0)
        self.back.setEnabled(self.page > 0)
        self.on.setEnabled(self.page + 1 < self.pages)

    def _words(self, drawn: Drawn) -> str:
        return _("Page {page} of {pages}").format(page=drawn.page + 1, pages=drawn.pages)

    def _lay_out(self) -> None:
        self.back = button("‹", partial(self.turn, -1), name=_("Page before (Page up)"))
        self.on = button("›", partial(self.turn, 1), name=_("Next page (Page down)"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(8)
        head.addWidget(button(_("‹ Reports"), self.left.emit, role="link", name=_("Back to the reports (Escape)")))
        head.addWidget(self.title, 1)
        head.addWidget(button("−", partial(self.zoom, -1), key="Ctrl+-", name=_("Smaller")))
        head.addWidget(button("+", partial(self.zoom, 1), key="Ctrl++", name=_("Larger")))
        for widget in (self.back, self.place, self.on, button(_("Export PDF…"), self.exported.emit)):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width."""
        super().resizeEvent(event)
        self._resized.start()


class _Sheet(QWidget):
    """One page, at its own size."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()

    def show_image(self, image: QImage, ratio: float) -> None:
        self.image = image
        self.image.setDevicePixelRatio(ratio)
        self.resize(image.deviceIndependentSize().toSize())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self.image)
