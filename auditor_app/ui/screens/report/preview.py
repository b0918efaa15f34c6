"""Looking at a report page by page, and from a line to its place in the visit; pages are drawn on a worker from bytes in memory."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.translation import _
from auditor_app.ui.decoding import Drawn, draw_page
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.report.sheet import Sheet
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.report_places import Place

ZOOMS = (0.6, 0.8, 1.0, 1.25, 1.6, 2.0)


class Preview(QWidget):
    """`left` asks to go back, `exported` to write the report to a file, `jumped` carries what a line is about."""

    left = Signal()
    jumped = Signal(object)
    exported = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin without a report."""
        super().__init__()
        self._desk = desk
        self._data, self.page, self.pages, self._zoom = b"", 0, 0, 2
        self.title, self.place = Elided("", "section"), label("", "muted")
        self.sheet = Sheet(desk.theme)
        self._places: tuple[Place, ...] = ()
        self._name: Callable[[Subject], str] = lambda _subject: ""
        self.about = Elided("", "muted")
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
        for key, step in (("Down", 1), ("Up", -1)):
            QShortcut(QKeySequence(key), self.sheet, partial(self._step, step), context=Qt.ShortcutContext.WidgetShortcut)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self.sheet, self._jump, context=Qt.ShortcutContext.WidgetShortcut)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet.pointed.connect(self._tell)
        self.sheet.wanted.connect(self.jumped.emit)

    def show_report(self, title: str, data: bytes, places: Sequence[Place] = (), name: Callable[[Subject], str] = str) -> None:
        """Show the first page of a report; `places` say what its parts are about, `name` how that is called."""
        self._data, self.page, self.pages = data, 0, 0
        self._places, self._name = tuple(places), name
        self.sheet.show_places((), 0)
        self._tell(None)
        self.title.setText(title)
        self.sheet.show_image(QImage(), 1.0)
        self._draw()
        self.sheet.setFocus()

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
        if turned or self.sheet.page != drawn.page or not self.sheet.places:
            self.sheet.show_places(self._places, drawn.page)
        self.place.setText(self._words(drawn))
        self.sheet.setAccessibleName(self._words(drawn))
        self.sheet.show_image(drawn.image, ratio)
        if turned:
            self._scroll.verticalScrollBar().setValue(0)
        self.back.setEnabled(self.page > 0)
        self.on.setEnabled(self.page + 1 < self.pages)

    def _step(self, by: int) -> None:
        """Go to the next thing on the page and keep it in sight."""
        self.sheet.step(by)
        found = [one for one in self.sheet.places if one.page == self.page and self.sheet.at == Subject(one.kind, one.id)]
        if found:
            middle = self.sheet.rect_of(found[0]).center().toPoint()
            self._scroll.ensureVisible(middle.x(), middle.y(), 0, 80)

    def _jump(self) -> None:
        if self.sheet.at is not None:
            self.jumped.emit(self.sheet.at)

    def _tell(self, subject: Subject | None) -> None:
        """Say what the pointer or the keys are on."""
        words = self._name(subject) if subject else ""
        self.about.setText(_("Go to: {place}").format(place=words) if words else self._hint)
        self.sheet.setAccessibleDescription(words)

    @property
    def _hint(self) -> str:
        return _("Click a line to go to its place in the visit; ↓ ↑ step through them, Enter goes there.") if self._places else ""

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
        told = QHBoxLayout()
        told.setContentsMargins(16, 0, 16, 6)
        told.addWidget(self.about, 1)
        layout.addLayout(told)
        layout.addWidget(self._scroll, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width."""
        super().resizeEvent(event)
        self._resized.start()
