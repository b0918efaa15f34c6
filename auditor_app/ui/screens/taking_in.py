"""Screens on which evidence is taken in: by choosing files, dropping them, or pasting."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from auditor_app.domain.journal import Subject
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.dropping import dropped_files, pasted_picture
from auditor_app.ui.intake.ways import add_keys
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.moments import pasted_name
from auditor_app.ui.reading import only_reads
from auditor_app.ui.screens.screen import Screen


class TakesEvidence(Screen):
    """A screen that takes evidence in; what it is linked to is the screen's to say."""

    def __init__(self, desk: Desk) -> None:
        """Take drops, Ctrl+E and Ctrl+V, unless nothing is taken in at all."""
        super().__init__(desk)
        if only_reads():
            return
        self.setAcceptDrops(True)
        for keys, act, words in (("Ctrl+E", self.add_files, ""), ("Ctrl+V", self.paste, _("Paste evidence"))):
            QShortcut(QKeySequence(keys), self, act).setWhatsThis(words)  # named ones are offered by the palette
        add_keys(self, desk.intake, self.wish)

    def evidence_goes_to(self) -> tuple[VisitId, tuple[Subject, ...]] | None:
        """Tell which visit evidence belongs to and what it is linked to, or None while none can be taken in."""
        raise NotImplementedError

    def wish(self) -> Wish | None:
        """Give the same as the intake wants it."""
        place = self.evidence_goes_to()
        return Wish(visit=place[0], targets=place[1]) if place is not None else None

    def add_files(self) -> None:
        """Let a person choose files and take them in."""
        if self.evidence_goes_to() is not None:
            names, _kind = QFileDialog.getOpenFileNames(self, _("Add evidence"))
            self.take_files([Path(name) for name in names])

    def take_files(self, files: list[Path]) -> None:
        """Take files in."""
        place = self.evidence_goes_to()
        if place is not None and files:
            self.desk.intake.take_files(place[0], files, place[1])

    def paste(self, data: QMimeData | None = None) -> None:
        """Take what is on the clipboard in: files, or a picture."""
        data, place = data or QGuiApplication.clipboard().mimeData(), self.evidence_goes_to()
        if files := dropped_files(data):
            self.take_files(files)
        elif place is not None and (picture := pasted_picture(data)):
            self.desk.intake.take_bytes(place[0], picture, pasted_name(), place[1])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere on the screen."""
        if dropped_files(event.mimeData()) and self.evidence_goes_to() is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files in."""
        event.acceptProposedAction()
        self.take_files(dropped_files(event.mimeData()))
