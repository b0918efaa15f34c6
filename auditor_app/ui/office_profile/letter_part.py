"""The way to an office's profile: its file, pictures or the PDF of its letter, or the camera; the codes read so far are shown."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from auditor_app.errors import AuditorAppError
from auditor_app.progress import Progress
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.capture.code_part import CodePart
from auditor_app.ui.capture.equipment import multimedia
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.glyphs import GOOD, OPEN
from auditor_app.ui.office_profile import gathering
from auditor_app.ui.office_profile.gathering import Gathered
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label, say
from auditor_app.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from auditor_app.workflows.profile_codes import CodesRead


class LetterPart(QWidget):
    """`offered` carries an Offer once a whole and genuine profile was read."""

    offered = Signal(object)

    def __init__(self, background: Background, theme: Theme) -> None:
        """Begin before anything was read."""
        super().__init__()
        self._background, self._theme = background, theme
        self.read: CodesRead | None = None
        self._seen: list[bytes] = []
        self.choose = button(
            _("File, picture or PDF…"), self._choose, name=_("Choose the office's file, or pictures or the PDF of its letter")
        )
        self.by_camera = button(_("Use the camera"), self._open_camera, name=_("Show the codes of the office's letter to the camera"))
        self.anew = button(_("Begin anew"), self.forget, role="link", name=_("Forget the codes that were read"))
        self.state, self.wrong = label("", "strong", wrap=True), label("", "error", wrap=True)
        self.camera = CodePart(background)
        self.camera.read.connect(self.add_codes)
        self.camera.told.connect(self._tell)
        self._codes = Flow(spacing=6)
        self._marks = QWidget()
        self._marks.setLayout(self._codes)
        self._lay_out()
        self.forget()

    def read_files(self, paths: list[Path]) -> None:
        """Look for a profile in files."""
        before = self.read
        self._work(lambda _progress: gathering.from_files(paths, before))

    def add_codes(self, found: list[bytes]) -> None:
        """Add codes that the camera saw; those that come meanwhile wait for their turn."""
        self._seen += found
        if self._seen and self.choose.isEnabled():
            seen, self._seen, before = self._seen, [], self.read
            self._work(lambda _progress: gathering.from_codes(seen, before))

    def forget(self) -> None:
        """Begin anew."""
        self.read, self._seen = None, []
        say(self.wrong, "")
        self._show_read()

    def close_part(self) -> None:
        """Let go of the camera, and forget what was read."""
        self.camera.close_camera()
        self.forget()

    def _work(self, gather: Callable[[Progress], Gathered]) -> None:
        """Gather beside the window, one after the other, so that nothing that was read is lost."""
        self._allow(False)
        self._background.work(gather, owner=self, done=self._gathered, failed=self._failed)

    def _allow(self, allowed: bool) -> None:
        for act in (self.choose, self.anew):
            act.setEnabled(allowed)

    def _gathered(self, gathered: Gathered) -> None:
        self._allow(True)
        self.read = gathered.read
        say(self.wrong, notice_of(gathered.problem).text if gathered.problem else "")
        self._show_read()
        if gathered.offer is not None:
            self.close_part()
            self.offered.emit(gathered.offer)
        else:
            self.add_codes([])

    def _failed(self, error: BaseException) -> None:
        self._allow(True)
        self.forget()
        say(self.wrong, notice_of(error).text)

    def _tell(self, notice: Notice) -> None:
        say(self.wrong, notice.text)

    def _show_read(self) -> None:
        """Show a mark for each code, and say which are still to be shown."""
        read = self.read
        count = read.count if read else 0
        empty_layout(self._codes)
        self._marks.setVisible(bool(count))
        self.anew.setVisible(bool(count))
        if read is None or not count:
            say(self.state, "")
            return
        words = _("{read} of {count} codes read. Show the others: {missing}.")
        say(self.state, words.format(read=len(read.parts), count=count, missing=", ".join(map(str, read.missing))))
        for number in range(count):
            there = number in read.parts
            name = _("Code {number}: read") if there else _("Code {number}: not read yet")
            pill = Pill(self._theme, str(number + 1), GOOD if there else OPEN, "strong" if there else "muted")
            pill.setMinimumHeight(28)  # its corners need that much
            pill.setAccessibleName(name.format(number=number + 1))
            self._codes.addWidget(pill)

    def _choose(self) -> None:
        kinds = (
            _("Profile, pictures and PDF")
            + " (*.profile *.json *.pdf *.jpg *.jpeg *.png *.heic *.webp *.tif *.tiff);;"
            + _("All files (*)")
        )
        names, _kind = QFileDialog.getOpenFileNames(self, _("The office's file, or pictures of its letter"), "", kinds)
        if names:
            self.read_files([Path(name) for name in names])

    def _open_camera(self) -> None:
        say(self.wrong, "")
        try:
            multimedia()
            self.camera.open_camera()
        except AuditorAppError as error:
            self._tell(notice_of(error))

    def _lay_out(self) -> None:
        acts, layout = Flow(), QVBoxLayout(self)
        for act in (self.choose, self.by_camera, self.anew):
            acts.addWidget(act)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(acts)
        for part in (self.state, self._marks, self.camera, self.wrong):
            layout.addWidget(part)
        if find_spec("PySide6.QtMultimedia") is None:
            self.by_camera.hide()
