"""The evidence screen: grid and details side by side, and what each of them saves."""

from collections.abc import Callable
from pathlib import Path, PurePath

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import Evidence
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _, plural
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.moments import read_typed
from auditor_app.ui.screens.evidence.closer import CloserLook
from auditor_app.ui.screens.evidence.details import EvidenceDetails
from auditor_app.ui.screens.evidence.filter_line import FilterLine
from auditor_app.ui.screens.evidence.grid import EvidenceGrid
from auditor_app.ui.screens.evidence.many import ManyChosen
from auditor_app.ui.screens.evidence.originals import Originals
from auditor_app.ui.screens.evidence.tools import EvidenceTools
from auditor_app.ui.screens.evidence.view_state import Piece, count_words, kinds_in, passing, pieces_of
from auditor_app.ui.screens.taking_in import TakesEvidence
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.workflows.custody import Custody, custody
from auditor_app.workflows.evidence import describe_evidence, export_original, link_evidence
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace


class EvidenceScreen(TakesEvidence):
    """All evidence of the visit; what is chosen is described, linked and exported beside it."""

    def __init__(self, desk: Desk) -> None:
        """Build grid, details and the closer look."""
        super().__init__(desk)
        self.opened: OpenVisit | None = None
        self._pieces: tuple[Piece, ...] = ()
        self._custody: dict[Digest, Custody] = {}
        self._originals = Originals(desk.background)
        self.filter = FilterLine(_("Evidence"))
        self.add = button(_("Add files…"), self.add_files, role="first", name=_("Add files"))
        self.add.setToolTip(_("Add files (Ctrl+E); they can also be dropped here, or pasted with Ctrl+V"))
        self.filter.line.addWidget(self.add)
        self.grid = EvidenceGrid(desk.theme, desk.pictures)
        self.closer = CloserLook(desk.theme)
        self.details = EvidenceDetails(desk, self._caption, self._happened)
        self.many = ManyChosen(self._link_chosen)
        self._lay_out()
        self.tools = EvidenceTools(desk, self._pages, self._originals, lambda: self._current)
        self._connect()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show a visit's evidence; where the bytes are is looked up beside it."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self._custody = {}
            self._front.setCurrentWidget(self._grid_page)
            QTimer.singleShot(0, self, self.grid.setFocus)
        self.opened = opened
        self.tools.show_visit(opened)
        self._show()
        visit = opened.state.id
        self.desk.background.run(lambda workspace: custody(workspace, visit), owner=self, done=self._custody_known)

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show what changed; what is chosen, and what is typed, stays."""
        self.show_visit(opened)

    def show_item(self, item: str) -> None:
        """Show one piece by its digest, or the camera clock."""
        if self.tools.open(item):
            return
        if item not in {piece.digest for piece in passing(self._pieces, self.filter.wanted)}:
            self.filter.clear()
        self.grid.go_to(item)
        self.grid.setFocus()

    def leave(self) -> None:
        """Save every text that is not saved."""
        self.details.commit()

    def evidence_goes_to(self) -> tuple[VisitId, tuple[Subject, ...]] | None:
        """Take evidence in for the visit; it can be linked afterwards."""
        return (self.opened.state.id, ()) if self.opened else None

    @property
    def _visit(self) -> VisitId:
        assert self.opened is not None  # noqa: S101 - nothing can be done before a visit is shown
        return self.opened.state.id

    @property
    def _current(self) -> Evidence | None:
        return self.opened.state.evidence.get(Digest(self.grid.current)) if self.opened else None

    def _show(self) -> None:
        if self.opened is None:
            return
        self._pieces = pieces_of(self.opened)
        self.filter.offer(kinds_in(self._pieces), sum(not piece.linked for piece in self._pieces))
        if not self.tools.in_front:
            self._pages.setCurrentWidget(self._work if self._pieces else self.empty)
        self._filter()
        self._show_chosen()

    def _filter(self) -> None:
        shown = passing(self._pieces, self.filter.wanted)
        self.filter.count.setText(count_words(len(shown), len(self._pieces)))
        self.grid.show_pieces(shown)
        self._nothing.setVisible(not shown)
        if shown and not self.grid.current:
            self.grid.go_to(shown[0].digest)

    def _show_chosen(self) -> None:
        """Show the piece at the keyboard, or what can be done with several."""
        chosen, one = self.grid.selected, self._current
        self._side.setCurrentWidget(self.many if len(chosen) > 1 else self.details)
        if self.opened is None or one is None:
            return
        if len(chosen) > 1:
            self.many.show_count(self.opened, len(chosen))
        elif self.details.digest != one.digest:
            self.details.commit()
            self._picture_there(one.digest, QImage(), _("Opening…"))
            self.details.show_evidence(self.opened, one, self._custody.get(one.digest))
            self.desk.pictures.ask(one.digest, owner=self, done=lambda image: self._small_there(one.digest, image))
            self._originals.ask(one, owner=self, shown=self._picture_there)
        else:
            self.details.show_evidence(self.opened, one, self._custody.get(one.digest))

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
        self.closer.show_piece(one.title, image, words, kind)

    def _custody_known(self, known: dict[Digest, Custody]) -> None:
        self._custody = known
        self._show_chosen()

    def _caption(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, digest, _field = key.split("/")
        self._save(lambda workspace: describe_evidence(workspace, VisitId(visit), Digest(digest), caption=text), done, failed)

    def _happened(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, digest, _field = key.split("/")
        try:
            moment = read_typed(text)
        except ValueError as error:
            failed(error)
            words = _("“{text}” is not a time. Write it like 2026-11-16 09:30; it is not saved yet.").format(text=text)
            self.desk.tell(Notice(tone="warning", text=words))
            return
        self._save(lambda workspace: describe_evidence(workspace, VisitId(visit), Digest(digest), happened_at=moment), done, failed)

    def _save(self, work: Callable[[Workspace], Changes], done: Done, failed: Done) -> None:
        self.desk.background.change(work, owner=self, done=done, failed=lambda error: self._not_saved(error, failed))

    def _not_saved(self, error: BaseException, failed: Done) -> None:
        failed(error)
        self.desk.tell_error(error)

    def _link(self, target: Subject, stance: str) -> None:
        visit, digest = self._visit, self.details.digest
        self.desk.background.change(lambda workspace: link_evidence(workspace, visit, digest, target, stance), owner=self)

    def _link_chosen(self, target: Subject, stance: str) -> None:
        """Link every chosen piece, one change each, so that each can be undone."""
        visit, chosen = self._visit, self.grid.selected
        told = plural("{count} piece was linked.", "{count} pieces were linked.", len(chosen))
        self.desk.background.change(
            lambda workspace: tuple(link_evidence(workspace, visit, digest, target, stance) for digest in chosen),
            owner=self,
            done=lambda _changes: self.desk.tell(Notice(tone="good", text=told)),
        )

    def _export(self) -> None:
        if (one := self._current) is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Export original"), one.name)
        if name:
            target = Path(name)
            told = Notice(tone="good", text=_("{name} was written, byte for byte as it was taken in.").format(name=target))
            self.desk.background.run(
                lambda workspace: export_original(workspace, one.digest, target), owner=self, done=lambda _none: self.desk.tell(told)
            )

    def look_closer(self) -> None:
        """Show the chosen piece as large as the screen allows."""
        self._front.setCurrentWidget(self.closer)
        self.closer.setFocus()

    def look_back(self) -> None:
        """Show the grid."""
        self._front.setCurrentWidget(self._grid_page)
        self.grid.setFocus()

    def _leave_tools(self) -> None:
        self._pages.setCurrentWidget(self._work if self._pieces else self.empty)
        self.grid.setFocus()

    def _step(self, by: int) -> None:
        row = self.grid.currentIndex().row() + by
        if 0 <= row < self.grid.tiles.rowCount():
            self.grid.go_to(self.grid.tiles.pieces[row].digest)

    def _connect(self) -> None:
        self.filter.changed.connect(self._filter)
        self.tools.left.connect(self._leave_tools)
        self.tools.shown.connect(self.show_item)
        self.details.copy_wanted.connect(self.tools.make_copy)
        self.details.clock_wanted.connect(self.tools.learn_clock)
        self.details.origin.wanted.connect(self.show_item)
        self.grid.chosen.connect(self._show_chosen)
        self.grid.opened.connect(lambda _digest: self.look_closer())
        self.closer.left.connect(self.look_back)
        self.closer.stepped.connect(self._step)
        self.details.closer_wanted.connect(self.look_closer)
        self.details.export_wanted.connect(self._export)
        self.details.links.wanted.connect(self._link)
        self.details.links.visited.connect(self.desk.go_to)
        self.desk.theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        self._nothing = EmptyState(_("Nothing fits"), _("No evidence has these words."), button(_("Show all"), self.filter.clear))
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
        self._front, self._side, self._pages = QStackedWidget(), QStackedWidget(), QStackedWidget()
        for stack, widgets in ((self._front, (self._grid_page, self.closer)), (self._side, (self.details, self.many))):
            for widget in widgets:
                stack.addWidget(widget)
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self._front, 1)
        work.addWidget(self._side)
        self.empty = _empty_state(self.add_files)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._work)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _fit(self) -> None:
        look = self.desk.theme.look
        self._side.setFixedWidth(min(look.px(340), self.width() * 47 // 100))
        self.add.setText(_("Add files…") if self.width() > look.px(700) else "+")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()


def _empty_state(add: Callable[[], object]) -> EmptyState:
    text = _(
        "Photos, documents, recordings: whatever shows how the site really works. Drop files here, paste with Ctrl+V, or choose them."
        " Each is sealed the moment it comes in and never altered; its digest proves that later. Then say what it shows, and link"
        " it to the criteria that it supports or contradicts."
    )
    return EmptyState(_("No evidence yet"), text, button(_("Add the first files…"), add, role="first"))
