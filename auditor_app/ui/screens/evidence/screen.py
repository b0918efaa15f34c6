"""The evidence screen: grid and details side by side, and what each of them saves."""

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import Evidence
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.intake.ways import ways_button
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.screens.evidence.acts import EvidenceActs
from auditor_app.ui.screens.evidence.closer import CloserLook
from auditor_app.ui.screens.evidence.filter_line import FilterLine
from auditor_app.ui.screens.evidence.filters import Choices, choices_in, count_words, passing
from auditor_app.ui.screens.evidence.grid import EvidenceGrid
from auditor_app.ui.screens.evidence.originals import Originals
from auditor_app.ui.screens.evidence.pieces import Piece, pieces_of
from auditor_app.ui.screens.evidence.side import EvidenceSide
from auditor_app.ui.screens.evidence.tools import EvidenceTools
from auditor_app.ui.screens.taking_in import TakesEvidence
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.workflows.custody import Custody, custody
from auditor_app.workflows.visits import OpenVisit

PAUSE_MS = 30
"""How long after another piece was chosen its details are shown, so that the grid goes first, and once, when a key is held."""


class EvidenceScreen(TakesEvidence):
    """All evidence of the visit; what is chosen is described, linked and exported beside it."""

    def __init__(self, desk: Desk) -> None:
        """Build grid, details and the closer look."""
        super().__init__(desk)
        self._pieces: tuple[Piece, ...] = ()
        self._custody: dict[Digest, Custody] = {}
        self._wanted, self._custody_asked = "", False
        self._chosen_soon = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._chosen_soon.timeout.connect(self._show_chosen)
        self._originals = Originals(desk.background)
        self._pages = QStackedWidget()
        self.filter = FilterLine(_("Evidence"))
        self.add = for_writing(button(_("Add files…"), self.add_files, role="first", name=_("Add files")))
        self.add.setToolTip(_("Add files (Ctrl+E); they can also be dropped here, or pasted with Ctrl+V"))
        self.show_to_site = for_writing(button(_("Show to the site…"), lambda: desk.go_to("photo_review", "")))
        self.filter.line.addWidget(self.show_to_site)
        self.filter.line.addWidget(self.add)
        self.ways = ways_button(desk.intake, self.wish)
        self.filter.line.addWidget(self.ways)
        self.grid = EvidenceGrid(desk.theme, desk.pictures)
        self.closer = CloserLook(desk, self._originals)
        self.acts = EvidenceActs(desk, self)
        self.side = EvidenceSide(desk, self.acts)
        self.details, self.many, self.picker = self.side.details, self.side.many, self.side.picker
        self._lay_out()
        self.tools = EvidenceTools(desk, self._pages, self._originals, lambda: self._current)
        self._connect()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show a visit's evidence; the pieces are gathered beside it, and then it is looked up where the bytes are."""
        visit = opened.state.id
        if self.opened is None or self.opened.state.id != visit:
            self._custody, self._pieces, self._wanted = {}, (), ""
            self.grid.show_pieces(())
            self.look_back()
            QTimer.singleShot(0, self, self.grid.setFocus)
        self.opened, self._custody_asked = opened, False
        self.acts.visit = visit
        self.tools.show_visit(opened)
        if not self.tools.in_front:
            self._pages.setCurrentWidget(self._work if opened.state.evidence else self.empty)
        self._show_chosen()
        self.desk.background.work(lambda _progress: gather(opened), owner=self, done=lambda found: self._gathered(opened, *found))

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show what changed; what is chosen, and what is typed, stays."""
        known = self._custody
        self.show_visit(opened)
        self._custody_asked = set(opened.state.evidence) <= set(known)  # receipts come while another stage is in front

    def show_item(self, item: str) -> None:
        """Show one piece by its digest, or the camera clock; a piece that is still gathered is shown when it is there."""
        if self.tools.open(item):
            return
        self.grid.setFocus()
        if item not in {piece.digest for piece in self._pieces}:
            self._wanted = item
            return
        if item not in {piece.digest for piece in passing(self._pieces, self.filter.wanted)}:
            self.filter.clear()
        self.grid.go_to(item)
        self._show_chosen()

    @property
    def shown_item(self) -> str:
        """Give the digest of the piece in front."""
        return self.grid.current

    def leave(self) -> None:
        """Save every text that is not saved, and uncover the window."""
        self.closer.hide()
        self.closer.preview.clear()
        self.side.stop_linking()
        self.details.commit()

    def evidence_goes_to(self) -> tuple[VisitId, tuple[Subject, ...]] | None:
        """Take evidence in for the visit; it can be linked afterwards."""
        return (self.opened.state.id, ()) if self.opened else None

    @property
    def _current(self) -> Evidence | None:
        return self.opened.state.evidence.get(Digest(self.grid.current)) if self.opened else None

    def _gathered(self, opened: OpenVisit, pieces: tuple[Piece, ...], choices: Choices) -> None:
        """Show the pieces of a visit, unless it was loaded anew meanwhile."""
        if opened is not self.opened:
            return
        self._pieces = pieces
        self.filter.offer(choices, sum(piece.is_loose for piece in pieces))
        self.tools.show_pieces(pieces)
        self._filter()
        if not self._custody_asked:
            self._custody_asked, visit = True, opened.state.id
            self.desk.background.run(lambda workspace: custody(workspace, visit), owner=self, done=self._custody_known)
        if self._wanted:
            item, self._wanted = self._wanted, ""
            if self.opened.state.evidence.get(Digest(item)):
                self.show_item(item)

    def _filter(self) -> None:
        shown = passing(self._pieces, self.filter.wanted)
        self.filter.count.setText(count_words(len(shown), len(self._pieces)))
        self.grid.show_pieces(shown)
        self._nothing.setVisible(not shown)
        if shown and not self.grid.current:
            self.grid.go_to(shown[0].digest)

    def _choose(self) -> None:
        if not self._chosen_soon.isActive():
            self._chosen_soon.start()

    def _show_chosen(self) -> None:
        """Show the piece at the keyboard, or what can be done with several."""
        self._chosen_soon.stop()
        chosen, one = self.grid.selected, self._current
        self.side.choose(chosen, self.opened)
        if self.opened is None or one is None or len(chosen) > 1:
            return
        is_new = self.details.digest != one.digest
        if is_new:
            self.details.commit()
            self._picture_there(one.digest, QImage(), _("Opening…"))
        self.details.show_evidence(self.opened, one, self._custody.get(one.digest))
        if self.closer.isVisible():
            self._show_closer(one)
        if is_new:
            self.desk.pictures.ask(one.digest, owner=self, done=lambda image: self._small_there(one.digest, image))
            self._originals.ask(one, owner=self, shown=self._picture_there)

    def _small_there(self, digest: Digest, image: QImage) -> None:
        """Show the small picture until the large one is there."""
        if digest == self.grid.current and self.details.picture.image.isNull() and not image.isNull():
            self.details.picture.show_image(image)

    def _picture_there(self, digest: Digest, image: QImage, words: str) -> None:
        if digest != self.grid.current or (one := self._current) is None:
            return
        small = self.details.picture.image
        if image.isNull() and not small.isNull() and self.details.digest == digest:
            image = small
        kind = PurePath(one.name).suffix.lstrip(".").upper()[:5]
        self.details.picture.show_image(image, words, kind)

    def _custody_known(self, known: dict[Digest, Custody]) -> None:
        self._custody = known
        self._show_chosen()

    def choose_links(self) -> None:
        """Let a person tick what the chosen pieces are linked to."""
        if self.opened is not None and self.grid.selected and not only_reads():
            self.look_back()
            self._show_chosen()
            self.side.begin_linking(self.opened)

    def _export(self) -> None:
        if (one := self._current) is not None:
            self.acts.export(one)

    def look_closer(self) -> None:
        """Show the chosen piece over the whole window."""
        if (one := self._current) is not None:
            self._show_closer(one)
            self.closer.cover(self.window())

    def look_back(self) -> None:
        """Show the grid."""
        self.closer.hide()
        self.closer.preview.clear()
        self.grid.setFocus()

    def show_first_page(self) -> None:
        """Go back to the grid; a copy that is being drawn would be lost, so it stays."""
        self.tools.leave_clock()

    def _show_closer(self, one: Evidence) -> None:
        self.closer.show_piece(one, self.grid.currentIndex().row() + 1, self.grid.tiles.rowCount())

    def _leave_tools(self) -> None:
        self._pages.setCurrentWidget(self._work if self._pieces else self.empty)
        self.grid.setFocus()

    def _step(self, by: int) -> None:
        row = self.grid.currentIndex().row() + by
        if 0 <= row < self.grid.tiles.rowCount():
            self.grid.go_to(self.grid.tiles.pieces[row].digest)
            self._show_chosen()

    def _connect(self) -> None:
        self.filter.changed.connect(self._filter)
        self.tools.left.connect(self._leave_tools)
        self.tools.shown.connect(self.show_item)
        self.details.copy_wanted.connect(self.tools.make_copy)
        self.details.clock_wanted.connect(self.tools.learn_clock)
        self.details.origin.wanted.connect(self.show_item)
        self.grid.chosen.connect(self._choose)
        self.grid.opened.connect(lambda _digest: self.look_closer())
        self.closer.left.connect(self.look_back)
        self.closer.stepped.connect(self._step)
        self.closer.export_wanted.connect(self._export)
        self.side.left.connect(self.grid.setFocus)
        for asks in (self.closer.link_wanted, self.details.link_wanted, self.many.link_wanted, self.grid.link_wanted):
            asks.connect(self.choose_links)
        self.grid.clear_wanted.connect(self.filter.clear)
        QShortcut(QKeySequence.StandardKey.Find, self, self.filter.words.setFocus)
        self.details.closer_wanted.connect(self.look_closer)
        self.details.export_wanted.connect(self._export)
        self.acts.told.connect(self.closer.say)
        self.details.links.visited.connect(self.desk.go_to)
        self.desk.theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        self._nothing = EmptyState(_("Nothing fits"), _("No evidence passes these filters."), button(_("Show all"), self.filter.clear))
        self._grid_page, self._work = QWidget(), QWidget()
        page = QVBoxLayout(self._grid_page)
        page.setContentsMargins(16, 16, 4, 0)
        page.setSpacing(10)
        line = QHBoxLayout()
        line.setContentsMargins(6, 0, 14, 0)
        line.addWidget(self.filter)
        page.addLayout(line)
        page.addWidget(self._nothing)
        page.addWidget(self.grid, 1)
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self._grid_page, 1)
        work.addWidget(self.side)
        self.empty = _empty_state(self.add_files)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._work)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _fit(self) -> None:
        look = self.desk.theme.look
        self.side.setFixedWidth(min(look.px(340), self.width() * 47 // 100))
        roomy = self.width() > look.px(700)
        self.add.setText(_("Add files…") if roomy else "+")
        self.ways.setText(_("More ways") if roomy else "⋯")
        self.show_to_site.setVisible(self.width() > look.px(900))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()


def gather(opened: OpenVisit) -> tuple[tuple[Piece, ...], Choices]:
    """List the pieces of a visit, and what their filters have to choose from."""
    pieces = pieces_of(opened)
    return pieces, choices_in(pieces, opened)


def _empty_state(add: Callable[[], object]) -> EmptyState:
    text = _(
        "Photos, documents, recordings: whatever shows how the site really works. Drop files here, paste with Ctrl+V, or choose them."
        " Each is sealed the moment it comes in and never altered; its digest proves that later. Then say what it shows, and link"
        " it to the criteria that it supports or contradicts."
    )
    return EmptyState(_("No evidence yet"), text, for_writing(button(_("Add the first files…"), add, role="first")))
