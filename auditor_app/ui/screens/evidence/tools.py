"""What is done to evidence on a page of its own: making a copy, learning a camera's clock."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.visit import Evidence
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.jump_commands import CLOCK
from auditor_app.ui.screens.evidence.clock import ClockPage
from auditor_app.ui.screens.evidence.copying import CopyMaker
from auditor_app.ui.screens.evidence.originals import Originals
from auditor_app.ui.screens.evidence.pieces import Piece
from auditor_app.workflows.cameras import learn_clock
from auditor_app.workflows.copies import Editing, make_copy
from auditor_app.workflows.visits import OpenVisit


class EvidenceTools(QObject):
    """Puts its pages into the screen's stack; `left` tells that the evidence itself is wanted again, `shown` a piece by its digest."""

    left = Signal()
    shown = Signal(str)

    def __init__(self, desk: Desk, pages: QStackedWidget, originals: Originals, current: Callable[[], Evidence | None]) -> None:
        """Build the pages; `current` gives the piece that is chosen."""
        super().__init__(pages)
        self._desk, self._pages, self._originals, self._current = desk, pages, originals, current
        self._visit = VisitId("")
        self._wanted = ""
        self._opened: OpenVisit | None = None
        self._pieces: tuple[Piece, ...] = ()
        self._own: list[QWidget] = []

    @cached_property
    def copying(self) -> CopyMaker:
        """Give the page that makes copies; built when it is first wanted, so that the evidence itself is there at once."""
        page = CopyMaker(self._desk.theme)
        page.wanted.connect(self._make)
        self._put_in(page)
        return page

    @cached_property
    def clock(self) -> ClockPage:
        """Give the page that learns clocks, built when it is first wanted."""
        page = ClockPage(self._desk)
        page.chosen.connect(self._learn)
        page.photo_wanted.connect(self._go_to)
        page.files_wanted.connect(self._take_in)
        self._put_in(page)
        return page

    @property
    def in_front(self) -> bool:
        """Say whether one of these pages is in front."""
        return self._pages.currentWidget() in self._own

    def show_visit(self, opened: OpenVisit) -> None:
        """Follow the visit; what is begun in another one is given up."""
        if opened.state.id != self._visit:
            self._visit, self._pieces = opened.state.id, ()
            if self.in_front:
                self.close()
        self._opened = opened

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Take the pieces of the visit; only a page in front shows them."""
        self._pieces = pieces
        page = self._pages.currentWidget()
        if isinstance(page, ClockPage) and self._opened is not None:
            page.show_visit(self._opened, pieces)

    def open(self, item: str) -> bool:
        """Open what the palette calls by a name; gives False for anything else, and goes out of the way of it."""
        if item == CLOCK:
            self.learn_clock()
        elif self.in_front:
            self.close()
        return item == CLOCK

    def learn_clock(self) -> None:
        """Show the code and the steps."""
        if self._opened is not None:
            self.clock.show_visit(self._opened, self._pieces)
        self._pages.setCurrentWidget(self.clock)
        self.clock.grid.setFocus()

    def leave_clock(self) -> None:
        """Go back to the evidence if the page of clocks is in front."""
        if isinstance(self._pages.currentWidget(), ClockPage):
            self.close()

    def make_copy(self) -> None:
        """Begin a copy of the chosen picture, once its original is opened."""
        if (one := self._current()) is not None:
            self._wanted = one.digest
            self._originals.ask(one, owner=self, shown=partial(self._begin, one))

    def close(self) -> None:
        """Go back to the evidence."""
        self._wanted = ""
        self.left.emit()

    def _put_in(self, page: CopyMaker | ClockPage) -> None:
        self._own.append(page)
        self._pages.addWidget(page)
        page.left.connect(self.close)

    def _begin(self, one: Evidence, digest: Digest, image: QImage, words: str) -> None:
        if digest != self._wanted:
            return
        if image.isNull():
            self._desk.tell(Notice(tone="note", text=words or _("Only pictures can be copied here.")))
            return
        self.copying.show_picture(one, image)
        self._pages.setCurrentWidget(self.copying)
        self.copying.canvas.setFocus()

    def _make(self, editing: Editing) -> None:
        visit, digest = self._visit, Digest(self.copying.digest)
        self.copying.at_work(True)
        self._desk.background.change(
            lambda workspace: make_copy(workspace, visit, digest, editing), owner=self, done=self._made, failed=self._not_made
        )

    def _made(self, made: tuple[Digest, Changes]) -> None:
        self.copying.at_work(False)
        self.close()
        told = Notice(tone="good", text=_("The copy was made and names its original, which is as it was. Link it on its own."))
        self._desk.tell(told, _("Show the copy"), lambda: self._go_to(made[0]))

    def _not_made(self, error: BaseException) -> None:
        self.copying.at_work(False)
        self._desk.tell_error(error)

    def _learn(self, digest: str) -> None:
        visit = self._visit
        told = Notice(tone="good", text=_("The camera's clock is known now. Its photos show the right time beside the camera's own."))
        self._desk.background.change(
            lambda workspace: learn_clock(workspace, visit, Digest(digest)), owner=self, done=lambda _changes: self._desk.tell(told)
        )

    def _take_in(self, files: list[Path]) -> None:
        if files:
            self._desk.intake.take_files(self._visit, files)

    def _go_to(self, digest: str) -> None:
        if digest:
            self.close()
            self.shown.emit(digest)
