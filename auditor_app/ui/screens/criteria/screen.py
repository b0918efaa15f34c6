"""The criterion page: list, page and guide side by side, their keys, and what each of them saves."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.dropping import dropped_files, pasted_name, pasted_picture
from auditor_app.ui.screens.criteria.criteria_list import CriteriaList
from auditor_app.ui.screens.criteria.evidence_menu import Acts, link_menu, tile_menu
from auditor_app.ui.screens.criteria.guide import Guide
from auditor_app.ui.screens.criteria.page import Page
from auditor_app.ui.screens.criteria.view_state import Linked, check_target, neighbours, target_of
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.labels import dress
from auditor_app.workflows.criteria import CriterionPage, answer, criterion_pages, explain, note_check, rate
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace


class CriteriaScreen(Screen):
    """Where most of the work is done: one criterion at a time, all others one key away."""

    def __init__(self, desk: Desk) -> None:
        """Build list, page and guide."""
        super().__init__(desk)
        self.setAcceptDrops(True)
        self.opened: OpenVisit | None = None
        self.number = ""
        self._pages: dict[str, CriterionPage] = {}
        self._guide_wanted: bool | None = None
        self.side = CriteriaList(desk.theme)
        self.page = Page(desk, self._rate, self._explain, self._note)
        self.guide = Guide(desk.theme)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addWidget(self.page, 1)
        layout.addWidget(self.guide)
        self._connect()
        desk.theme.changed.connect(self._fit)

    def show_visit(self, opened: OpenVisit) -> None:
        """Show a visit, at the criterion that was in front or the first one."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self.number = str(opened.form.criteria[0].number)
        self.opened = opened
        self._show()

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show what changed; focus, place and typed text stay."""
        self.opened = opened
        self._show()

    def show_item(self, item: str) -> None:
        """Show a criterion by its number."""
        if item and item != self.number and item in self._pages:
            self.page.commit()
            self.number = item
            self._show()

    def leave(self) -> None:
        """Save every text that is not saved."""
        self.page.commit()

    def step(self, to_next: bool) -> None:
        """Go to the criterion before or after in the list as it is filtered."""
        before, after = neighbours(self.side.rows, self.number)
        self.show_item(after if to_next else before)

    def add_files(self, targets: tuple[Subject, ...] = ()) -> None:
        """Let a person choose files and take them in as evidence of this criterion or of the targets."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Add evidence"))
        self.take_files([Path(name) for name in names], targets)

    def take_files(self, files: list[Path], targets: tuple[Subject, ...] = ()) -> None:
        """Take files in as evidence of this criterion or of the targets."""
        if self.opened is not None and files:
            self.desk.intake.take_files(self.opened.state.id, files, targets or (self._target,))

    def paste(self, data: QMimeData | None = None) -> None:
        """Take what is on the clipboard in: files, or a picture."""
        data = data or QGuiApplication.clipboard().mimeData()
        if files := dropped_files(data):
            self.take_files(files)
        elif self.opened is not None and (picture := pasted_picture(data)):
            self.desk.intake.take_bytes(self.opened.state.id, picture, pasted_name(), (self._target,))

    @property
    def _target(self) -> Subject:
        return target_of(self._pages[self.number].criterion)

    @property
    def _visit(self) -> VisitId:
        assert self.opened is not None  # noqa: S101 - nothing can be changed before a visit is shown
        return self.opened.state.id

    def _show(self) -> None:
        if self.opened is None:
            return
        pages = criterion_pages(self.opened)
        self._pages = {str(page.criterion.number): page for page in pages}
        self.side.show_pages(self.opened, pages, self.number)
        page = self._pages[self.number]
        self.page.show_page(self.opened, page)
        self.page.show_neighbours(*neighbours(self.side.rows, self.number))
        self.guide.show_criterion(self.opened.form, page.criterion)

    def _rate(self, number: str, rating: str, because: str | None, done: Done, failed: Done) -> None:
        visit = self._visit
        self._save(lambda workspace: rate(workspace, visit, number, rating, because=because), done, failed)

    def _explain(self, number: str, text: str, done: Done, failed: Done) -> None:
        visit = self._visit
        self._save(lambda workspace: explain(workspace, visit, number, text), done, failed)

    def _note(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, check = self._visit, key.rpartition("/")[2]
        self._save(lambda workspace: note_check(workspace, visit, check, text), done, failed)

    def _save(self, work: Callable[[Workspace], Changes], done: Done, failed: Done) -> None:
        self.desk.background.change(work, owner=self, done=done, failed=lambda error: self._not_saved(error, failed))

    def _not_saved(self, error: BaseException, failed: Done) -> None:
        """Tell it in the banner, unless the card itself says what to do."""
        failed(error)
        if not (isinstance(error, NotAllowed) and error.code == "reason_missing"):
            self.desk.tell_error(error)

    def _answer(self, check: str, value: str) -> None:
        visit = self._visit
        self._save(lambda workspace: answer(workspace, visit, check, value), lambda _changes: None, lambda _error: self._show())

    def _raise(self, title: str, grade: str) -> None:
        visit, number = self._visit, self.number
        self.desk.background.change(
            lambda workspace: raise_finding(workspace, visit, number, title, grade=grade),
            owner=self,
            done=lambda _raised: self.page.findings.close_line(),
        )

    def _link(self, digest: Digest, target: Subject, stance: str) -> None:
        visit = self._visit
        self.desk.background.change(lambda workspace: link_evidence(workspace, visit, digest, target, stance), owner=self)

    def _offer_tile(self, linked: Linked, tile: QWidget) -> None:
        menu = tile_menu(self, linked, self._link, lambda: self.desk.go_to("evidence", linked.digest))
        menu.popup(tile.mapToGlobal(QPoint(0, tile.height())))

    def _offer_links(self, target: Subject, at: QWidget) -> None:
        if self.opened is not None:
            acts = Acts(add=lambda: self.add_files((target,)), show_all=lambda: self.desk.go_to("evidence", ""))
            menu = link_menu(self, self.opened, target, self._link, acts)
            menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def _connect(self) -> None:
        self.side.chosen.connect(self.show_item)
        self.side.filtered.connect(self._show)
        self.page.answered.connect(self._answer)
        self.page.check_evidence.connect(lambda check, at: self._offer_links(check_target(check), at))
        self.page.dropped.connect(lambda check, files: self.take_files(files, (Subject(CHECK, check),)))
        self.page.before_wanted.connect(lambda: self.step(False))
        self.page.after_wanted.connect(lambda: self.step(True))
        self.page.guide_wanted.connect(self._turn_guide)
        self.page.evidence.add_wanted.connect(self.add_files)
        self.page.evidence.link_wanted.connect(lambda at: self._offer_links(self._target, at))
        self.page.evidence.tile_chosen.connect(self._offer_tile)
        self.page.findings.raised.connect(self._raise)
        self.page.findings.opened.connect(lambda finding: self.desk.go_to("findings", finding))
        back, forth = partial(self.step, False), partial(self.step, True)
        keys: dict[str, Callable[[], object]] = {"Alt+Left": back, "PgUp": back, "Alt+Right": forth, "PgDown": forth}
        keys |= {"Ctrl+E": self.add_files, "Ctrl+V": self.paste}
        keys |= {str(number): partial(self.page.rating.choose, number - 1) for number in range(1, 10)}
        for name, act in keys.items():
            QShortcut(QKeySequence(name), self, act)

    def _turn_guide(self) -> None:
        self._guide_wanted = not self.guide.isVisibleTo(self)
        self._fit()

    def _fit(self) -> None:
        """Share the width: the list gives way a little, the guide goes where the page would get too narrow, unless it is wanted."""
        look, width = self.desk.theme.look, self.width()
        roomy = width >= look.px(1180)
        side = min(look.px(280 if roomy else 250), width * 34 // 100)
        guide = min(look.px(256 if roomy else 240), width * 34 // 100)
        all_fit = width - side - guide >= look.px(500)
        shown = all_fit if self._guide_wanted is None else self._guide_wanted
        self.side.setFixedWidth(side)
        self.guide.setFixedWidth(guide)
        self.guide.setVisible(shown)
        self.side.setVisible(all_fit or (not shown and width - side >= look.px(380)))
        self.page.guide.setChecked(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere on the page."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            dress(self.page, drop="here")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that nothing would be taken."""
        dress(self.page, drop="")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files as evidence of the criterion."""
        event.acceptProposedAction()
        dress(self.page, drop="")
        self.take_files(dropped_files(event.mimeData()))
