"""Dropping a PDF or a bundle where signatures are at home: the first thing dropped is checked."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from auditor_app.ui.dropping import local_files


def check_what_is_dropped(on: QWidget, check: Callable[[Path], object]) -> None:
    """Let a page take a file or folder from outside, to be checked."""
    on.setAcceptDrops(True)
    on.installEventFilter(_Taker(on, check))


class _Taker(QObject):
    def __init__(self, on: QWidget, check: Callable[[Path], object]) -> None:
        super().__init__(on)
        self._check = check

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            if files := local_files(event.mimeData()):
                event.acceptProposedAction()
                self._check(files[0])
            return True
        if isinstance(event, QDragEnterEvent) and local_files(event.mimeData()):
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)
