"""Python's search for circular garbage, kept out of the way: it stops every thread, for a fifth of a second over a large visit.

By itself Python searches in the middle of whatever is done, on any thread; Qt's objects must not be let go on another than the window's.
"""

import gc
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from auditor_app.ui.background import Background

TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
}
REST = 3.0
"""Seconds without a touch after which nobody notices a search."""

MOST = 3_000_000
"""New objects after which it is searched in any case, so that the memory stays bounded."""


class Sweeper(QObject):
    """Searches while nobody touches the window and nothing is under way; lives as long as the window."""

    def __init__(self, window: QWidget, background: Background) -> None:
        """Take the search over from Python; the window is shown already."""
        super().__init__(window)
        self._background = background
        self._touched, self._is_first = time.monotonic(), True
        if (handle := window.windowHandle()) is not None:
            handle.installEventFilter(self)
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        gc.disable()

    def _look(self) -> None:
        new = gc.get_count()[0]
        resting = time.monotonic() - self._touched > REST and not self._background.busy
        if new > MOST or (resting and new > gc.get_threshold()[0]):
            self._search()

    def _search(self) -> None:
        """Search what is new the first time, and leave the program itself, which stays, out of every later search."""
        if self._is_first:
            gc.collect(1)
            gc.freeze()
            self._is_first = False
        else:
            gc.collect()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when the window was touched last."""
        if event.type() in TOUCHES:
            self._touched = time.monotonic()
        return False
