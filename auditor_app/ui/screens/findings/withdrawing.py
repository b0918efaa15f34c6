"""Taking something back, with the reason, in place of a dialog."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.reading import for_writing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import dress


class Withdrawing(QWidget):
    """A quiet button that opens a line for the reason; `withdrawn` carries it."""

    withdrawn = Signal(str)

    def __init__(self, begin: str, act: str, ask: str) -> None:
        """Name the button that begins, the button that acts, and what the line asks."""
        super().__init__()
        self.reason = text_line(ask)
        self.reason.setAccessibleName(ask)
        self.reason.returnPressed.connect(self._act)
        self.begin = button(begin, self._open, role="quiet")
        self.act = button(act, self._act)
        self._keep = button(_("Keep it"), self.close_line, role="link")
        first, second = QWidget(), QWidget()
        for page, widgets in ((first, (self.begin,)), (second, (self.reason, self.act, self._keep))):
            line = QHBoxLayout(page)
            line.setContentsMargins(0, 0, 0, 0)
            for widget in widgets:
                line.addWidget(widget, 1 if widget is self.reason else 0)
            if page is first:
                line.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(first)
        self._pages.addWidget(second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        for_writing(self)

    def close_line(self) -> None:
        """Put the line away, empty."""
        self.reason.clear()
        dress(self.reason, state="")
        self._pages.setCurrentIndex(0)

    def _open(self) -> None:
        self._pages.setCurrentIndex(1)
        self.reason.setFocus()

    def _act(self) -> None:
        reason = self.reason.text().strip()
        dress(self.reason, state="" if reason else "wrong")
        if reason:
            self.close_line()
            self.withdrawn.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the line away on Escape."""
        if event.key() == Qt.Key.Key_Escape and self._pages.currentIndex():
            self.close_line()
            self.begin.setFocus()
        else:
            super().keyPressEvent(event)
