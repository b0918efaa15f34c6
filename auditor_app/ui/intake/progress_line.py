"""One line on what is being taken in: how many files are safe already, how much, how fast, how long, and a way to stop."""

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.sizes import pace_text, rest_text, size_text
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.labels import label


class ProgressLine(QWidget):
    """`stopped` says that a person wants to stop; from then on the line says so and no more."""

    stopped = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self._what, self._how = Elided("", "strong"), label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Taking evidence in"))
        self._stop = button(_("Stop"), self.stop, name=_("Stop taking evidence in"))
        self._began = 0.0
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self._what, 1)
        words.addWidget(self._how)
        column = QVBoxLayout()
        column.addLayout(words)
        column.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(column, 1)
        layout.addWidget(self._stop)
        self.hide()

    def begin(self) -> None:
        """Count time from now."""
        self._began = time.monotonic()
        self._stop.setEnabled(True)
        self.show_bytes(0, 0)

    def stop(self) -> None:
        """Ask for an end."""
        self._stop.setEnabled(False)
        self._what.setText(_("Stopping…"))
        self.stopped.emit()

    def show_files(self, asked: int, safe: int, name: str) -> None:
        """Show how many files are asked for and how many of them are recorded; a single one by its name."""
        if not self._stop.isEnabled():
            return
        if asked == 1:
            self._what.setText(_("Taking in {name}").format(name=name))
        else:
            self._what.setText(_("Taking in {count} files · {safe} are safe").format(count=asked, safe=safe))

    def show_bytes(self, done: int, total: int) -> None:
        """Show how far it is, over all files."""
        seconds = time.monotonic() - self._began
        amount = _("{done} of {total}").format(done=size_text(done), total=size_text(total)) if total else _("reading")
        self._how.setText(" · ".join(part for part in (amount, pace_text(done, seconds), rest_text(done, total, seconds)) if part))
        self._bar.setUpdatesEnabled(False)  # painted with everything else: by itself a bar paints the window at once, each time
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(1000 * done // total if total else 0)
        self._bar.setUpdatesEnabled(True)
