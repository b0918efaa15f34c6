"""Cards and phones that are connected, to choose from: folders of photos (DCIM) on the drives of this laptop."""

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStorageInfo, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.progress import Progress
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label


class Places(QWidget):
    """`chosen` carries a wish and the folder that a person chose."""

    chosen = Signal(object, object)
    told = Signal(object)
    closed = Signal()

    def __init__(self, background: Background) -> None:
        """Begin hidden."""
        super().__init__()
        self._background = background
        self._wish: Wish | None = None
        self.said = label("", wrap=True)
        self._flow = Flow()
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.said)
        words.addLayout(self._flow)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(16)
        layout.addLayout(words, 1)
        layout.addWidget(button(_("Close"), self.close_places, name=_("Close the choice of cards")))
        self.hide()

    def look_for(self, wish: Wish) -> None:
        """Look for cards and phones beside the window; if there is exactly one, go on with it at once."""
        self._wish = wish
        empty_layout(self._flow)
        self.said.setText(_("Looking for cards and phones…"))
        self.show()
        self._background.work(_connected, owner=self, done=self._found, failed=lambda error: self.told.emit(notice_of(error)))

    def close_places(self) -> None:
        """Go away."""
        self._wish = None
        self.hide()
        self.closed.emit()

    def choose_folder(self, wish: Wish) -> None:
        """Let a person choose any folder."""
        if name := QFileDialog.getExistingDirectory(self, _("Take in from a folder")):
            self._choose(wish, Path(name))

    def _found(self, folders: tuple[Path, ...]) -> None:
        wish = self._wish
        if wish is None:
            return
        if len(folders) == 1:
            self._choose(wish, folders[0])
            return
        empty_layout(self._flow)
        for folder in folders:
            self._flow.addWidget(button(str(folder), partial(self._choose, wish, folder)))
        other = button(_("Choose a folder…"), partial(self.choose_folder, wish), role="plain" if folders else "first")
        self._flow.addWidget(other)
        none = _(
            "No card and no phone with photos (a DCIM folder) is connected. A phone may show only after it is unlocked and set to transfer"
            " files. If it does not show as a drive, copy its photos into a folder and choose that."
        )
        self.said.setText(_("From where?") if folders else none)
        other.setFocus()

    def _choose(self, wish: Wish, folder: Path) -> None:
        self.close_places()
        self.chosen.emit(wish, folder)


def _connected(_progress: Progress) -> tuple[Path, ...]:
    from auditor_app.workflows.folders import card_folders  # noqa: PLC0415 - the first window does not wait for the vault

    return card_folders(_volumes())


def _volumes() -> list[Path]:
    """List the drives that may be cards or phones: all but the one the system runs from, and on Linux what the desktop mounts."""
    root = QStorageInfo.root().rootPath()
    mounted = [Path(one.rootPath()) for one in QStorageInfo.mountedVolumes() if one.isReady() and one.rootPath() != root]
    desktop = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "gvfs"
    return [*mounted, *(sorted(desktop.iterdir()) if desktop.is_dir() else [])]
