"""One piece of evidence over the whole window, with the next ones a key away."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.visit import Evidence
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.evidence.originals import Originals
from auditor_app.ui.screens.evidence.preview import OTHER, PAGES, PICTURE, SOUND, Preview
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.zoom_view import STEP

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
ASIDE = {Qt.Key.Key_Left, Qt.Key.Key_Right}
PAGE_KEYS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
BACK = {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CloserLook(QWidget):
    """`left` asks to go back to the grid, `stepped` carries -1 or +1, the other signals mean the piece shown."""

    left = Signal()
    stepped = Signal(int)
    export_wanted = Signal()
    link_wanted = Signal()

    def __init__(self, desk: Desk, originals: Originals) -> None:
        """Begin with nothing, not seen."""
        super().__init__()
        self.setProperty("ground", "background")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.place, self.told = Elided("", "section"), label("", "muted"), label("", "tiny", wrap=True)
        self.preview = Preview(desk, originals)
        self.preview.changed.connect(self._show_place)
        self.smaller = button("−", lambda: self.preview.picture.zoom_by(1 / STEP), name=_("Smaller (-)"))
        self.whole = button("", self.preview.picture.fit, name=_("Show the whole (0)"))
        self.larger = button("+", lambda: self.preview.picture.zoom_by(STEP), name=_("Larger (+)"))
        self.before = button("‹", lambda: self.preview.turn_page(-1), name=_("Page before (Page Up)"))
        self.page = label("", "muted")
        self.after = button("›", lambda: self.preview.turn_page(1), name=_("Next page (Page Down)"))
        self._lay_out()
        self.setFocusProxy(self.preview)
        self.preview.text.installEventFilter(self)
        for one in self.findChildren(QPushButton):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to what is shown
        self.hide()

    def cover(self, window: QWidget) -> None:
        """Lie over a whole window, and follow its size."""
        if self.parent() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.preview.setFocus()

    def show_piece(self, one: Evidence, number: int, count: int) -> None:
        """Show a piece, which is the so-manieth of those in the grid."""
        self.title.setText(one.title)
        self.place.setText(f"{number}/{count}")
        self.told.setText(_("Escape: back   ·   arrows: next piece   ·   + − 0: size   ·   Page Up and Down: pages   ·   Space: play"))
        self.preview.show_piece(one)

    def say(self, words: str) -> None:
        """Tell something at the foot: the window's own banner is covered."""
        self.told.setText(words)

    def _show_place(self) -> None:
        """Show the page and the size, and only what works on what is shown."""
        way, preview = self.preview.way, self.preview
        for widget in (self.smaller, self.whole, self.larger):
            widget.setVisible(way in {PICTURE, PAGES})
        for part in (self.before, self.page, self.after):
            part.setVisible(way == PAGES and preview.pages > 1)
        self.whole.setText(f"{preview.picture.percent} %")
        self.page.setText(_("Page {page} of {pages}").format(page=preview.page + 1, pages=preview.pages))
        self.before.setEnabled(preview.page > 0)
        self.after.setEnabled(preview.page < preview.pages - 1)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(button(_("‹ All evidence"), self.left.emit, role="link", name=_("Back to all evidence (Escape)")))
        head.addWidget(self.title, 1)
        head.addWidget(self.place)
        for widget in (self.before, self.page, self.after, self.smaller, self.whole, self.larger):
            head.addWidget(widget)
        head.addWidget(for_writing(button(_("Link…  L"), self.link_wanted.emit, name=_("Link it to criteria (L)"))))
        head.addWidget(button(_("Export…"), self.export_wanted.emit, name=_("Export original")))
        head.addWidget(button("‹", lambda: self.stepped.emit(-1), name=_("Piece before (Left)")))
        head.addWidget(button("›", lambda: self.stepped.emit(1), name=_("Next piece (Right)")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the arrows, back with Escape."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in PAGE_KEYS:
            self.preview.turn_page(PAGE_KEYS[key])
        elif key == Qt.Key.Key_Space and self.preview.way == SOUND:
            self.preview.player.turn()
        elif key in BACK or (key == Qt.Key.Key_Space and self.preview.way in {PICTURE, PAGES, OTHER}):
            self.left.emit()
        elif event.text().casefold() == "l":
            self.link_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus in front: what is covered cannot be seen."""
        found = [one for one in self.findChildren(QWidget) if one.isVisible() and one.isEnabled() and _takes_tab(one)]
        if not found:
            return False
        at = next((row for row, one in enumerate(found) if one.hasFocus()), -1)
        found[(at + (1 if forward else -1)) % len(found)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and keep the keys for the next piece, which a text would take."""
        if watched is self.preview.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ASIDE:
            self.keyPressEvent(event)
            return True
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parent():
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)


def _takes_tab(one: QWidget) -> bool:
    return bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and one.focusProxy() is None
