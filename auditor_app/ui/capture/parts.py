"""Camera and microphone as parts of the intake panel: made when they are first asked for, one below the other."""

from importlib import import_module
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.errors import AuditorAppError
from auditor_app.ui.background import Background
from auditor_app.ui.capture.equipment import multimedia
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.intake.wish import Wish


class CaptureParts(QWidget):
    """`taken` carries a wish, the bytes of a file and its name; `told` a Notice; `changed` says that a part came or went."""

    taken = Signal(object, bytes, str)
    told = Signal(object)
    changed = Signal()

    def __init__(self, background: Background) -> None:
        """Begin without any."""
        super().__init__()
        self._background = background
        self.camera: Any = None
        self.microphone: Any = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def open_camera(self, wish: Wish) -> None:
        """Show what the camera sees, if there is one; what is lacking is told."""
        try:
            if self.camera is None:
                multimedia()
                self.camera = self.placed(import_module("auditor_app.ui.capture.camera_part").CameraPart(self._background))
            self.camera.open_camera(wish)
        except AuditorAppError as error:
            self.told.emit(notice_of(error))

    def open_microphone(self, wish: Wish) -> None:
        """Make ready to record, if there is a microphone; what is lacking is told."""
        try:
            if self.microphone is None:
                multimedia()
                self.microphone = self.placed(import_module("auditor_app.ui.capture.sound_part").SoundPart())
            self.microphone.open_microphone(wish)
        except AuditorAppError as error:
            self.told.emit(notice_of(error))

    @property
    def recording(self) -> bool:
        """Say whether sound is being recorded, so that closing now would cut it off."""
        return self.microphone is not None and self.microphone.at_work

    def placed(self, part: Any) -> Any:
        """Put a part below the others and follow it."""
        part.taken.connect(self.taken)
        part.told.connect(self.told)
        part.opened.connect(self._fit)
        part.closed.connect(self._fit)
        self._column.addWidget(part)
        return part

    def _fit(self) -> None:
        self.setVisible(any(part is not None and not part.isHidden() for part in (self.camera, self.microphone)))
        self.changed.emit()
