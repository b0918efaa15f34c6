"""The criterion page: list, page and guide side by side, their keys, and what each of them saves."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.interviews import QUOTE
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.dropping import dropped_files, pasted_name, pasted_picture
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.intake.ways import add_keys, add_ways
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.jump_commands import NEXT_OPEN
from auditor_app.ui.reading import only_reads
from auditor_app.ui.screens.criteria.criteria_list import CriteriaList
from auditor_app.ui.screens.criteria.evidence_menu import Acts, link_menu, tile_menu
from auditor_app.ui.screens.criteria.guide import Guide
from auditor_app.ui.screens.criteria.page import Page, Saves
from auditor_app.ui.screens.criteria.shares import Shares
from auditor_app.ui.screens.criteria.view_state import Linked, check_target, neighbours, shortened, target_of
from auditor_app.ui.screens.plan.view_state import team_names
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.labels import dress
from auditor_app.workflows.criteria import answer, explain, explain_departure, note_check, rate
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.lists import revise_line
from auditor_app.workflows.planning import assign
from auditor_app.workflows.triangulation import Conclusion, conclusions, next_open
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace


class CriteriaScreen(Screen):
    """Where most of the work is done: one criterion at a time, all others one key away."""

    def __init__(self, desk: Desk) -> None:
        """Build list, page and guide."""
        super().__init__(desk)
        self.setAcceptDrops(True)
        self.number = ""
        self.conclusions: dict[str, Conclusion] = {}
        self.me = ""
        self.side = CriteriaList(desk.theme)
        saves = Saves(rate=self._rate, explain=self._explain, depart=self._depart, note=self._note, settle=self._settle)
        self.page = Page(desk, saves)
        self.guide = Guide(desk.theme)
        self.shares = Shares(desk.theme, self.side, self.page, self.guide)
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
        self.desk.background.run(lambda workspace: workspace.me.name, owner=self, done=self._known_as)
        self._gathered(opened, conclusions(opened))

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show what changed, gathered beside the window in the order of loading; focus, place and typed text stay."""
        self.desk.background.run(lambda _workspace: conclusions(opened), owner=self, done=partial(self._gathered, opened))

    def show_item(self, item: str) -> None:
        """Show a criterion by its number, or the next open one (NEXT_OPEN)."""
        if item == NEXT_OPEN:
            self.go_on()
        else:
            self.shares.show_page()
            self._turn_to(item)

    @property
    def shown_item(self) -> str:
        """Give the number of the criterion in front."""
        return self.number

    def leave(self) -> None:
        """Save every text that is not saved."""
        self.page.commit()

    def step(self, to_next: bool) -> None:
        """Go to the criterion before or after in the list as it is filtered."""
        before, after = neighbours(self.side.rows, self.number)
        self.show_item(after if to_next else before)

    def go_on(self) -> None:
        """Go to the first open check of the next criterion without a rating; those that others work on come last."""
        if number := next_open(self.conclusions.values(), self.number, self.me):
            self.show_item(number)
            self.page.focus_checks()
        elif self.opened is not None and self.conclusions[self.number].page.state.rating:
            self.desk.tell(Notice(tone="good", text=_("Every criterion has a rating.")))
        else:
            self.page.focus_checks()

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
        return target_of(self.conclusions[self.number].page.criterion)

    def _known_as(self, name: str) -> None:
        self.me = name
        self._show()

    def _gathered(self, opened: OpenVisit, found: tuple[Conclusion, ...]) -> None:
        self.opened = opened
        self.conclusions = {one.number: one for one in found}
        self._show()

    def _show(self) -> None:
        if self.opened is None:
            return
        known = tuple(self.conclusions.values())
        self.side.show_conclusions(self.opened, known, self.number, self.me)
        one = self.conclusions[self.number]
        self.page.show_conclusion(self.opened, one)
        self.page.who.show_conclusion(self.opened, one, self.me, team_names(self.opened))
        following = next_open(known, self.number, self.me)
        named = f"{following} {shortened(self.conclusions[following].page.criterion.name)}" if following else ""
        self.page.show_neighbours(*neighbours(self.side.rows, self.number), named)
        self.guide.show_criterion(self.opened, one.page.criterion)

    def _rate(self, number: str, rating: str, because: str | None, done: Done, failed: Done) -> None:
        visit = self._visit
        self._save(lambda workspace: rate(workspace, visit, number, rating, because=because), done, failed)

    def _explain(self, number: str, text: str, done: Done, failed: Done) -> None:
        visit = self._visit
        self._save(lambda workspace: explain(workspace, visit, number, text), done, failed)

    def _depart(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, number = self._visit, key.split("/")[-2]
        self._save(lambda workspace: explain_departure(workspace, visit, number, text), done, failed)

    def _settle(self, key: str, text: str, done: Done, failed: Done) -> None:
        """Say how a contradiction was settled: on the link of the evidence, or on the quote."""
        visit, kind, name = key.split("/", 2)
        if kind == QUOTE:
            self._save(lambda workspace: revise_line(workspace, VisitId(visit), QUOTE, name, settled=text), done, failed)
            return
        digest, target, item = name.split("/", 2)
        link = partial(link_evidence, visit=VisitId(visit), digest=Digest(digest), target=Subject(target, item), stance="contradicts")
        self._save(lambda workspace: link(workspace, settled=text), done, failed)

    def _assign(self, name: str) -> None:
        visit, number = self._visit, self.number
        self.desk.background.change(lambda workspace: assign(workspace, visit, number, name), owner=self)

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
            ways = partial(add_ways, intake=self.desk.intake, where=lambda: Wish(visit=self._visit, targets=(target,)))
            acts = Acts(add=lambda: self.add_files((target,)), ways=ways, show_all=lambda: self.desk.go_to("evidence", ""))
            menu = link_menu(self, self.opened, target, self._link, acts)
            menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def _connect(self) -> None:
        self.side.chosen.connect(self._turn_to)
        self.side.left.connect(self.shares.show_page)
        self.page.list_wanted.connect(self.shares.show_list)
        self.side.filtered.connect(self._show)
        self.side.entered.connect(self._enter)
        self.side.next_wanted.connect(self.go_on)
        self.page.next_wanted.connect(self.go_on)
        self.page.who.assigned.connect(self._assign)
        self.page.gaps.wanted.connect(self.page.focus_gap)
        self.page.rests_on.wanted.connect(self._go_to_source)
        self.page.answered.connect(self._answer)
        self.page.check_evidence.connect(lambda check, at: self._offer_links(check_target(check), at))
        self.page.dropped.connect(lambda check, files: self.take_files(files, (Subject(CHECK, check),)))
        self.page.before_wanted.connect(lambda: self.step(False))
        self.page.after_wanted.connect(lambda: self.step(True))
        self.page.guide_wanted.connect(self.shares.turn_guide)
        self.page.evidence.add_wanted.connect(self.add_files)
        self.page.evidence.link_wanted.connect(lambda at: self._offer_links(self._target, at))
        self.page.evidence.tile_chosen.connect(self._offer_tile)
        self.page.findings.raised.connect(self._raise)
        self.page.findings.opened.connect(lambda finding: self.desk.go_to("findings", finding))
        back, forth = partial(self.step, False), partial(self.step, True)
        keys: dict[str, Callable[[], object]] = {"Alt+Left": back, "PgUp": back, "Alt+Right": forth, "PgDown": forth}
        keys |= {"Ctrl+J": self.go_on}
        keys |= {} if only_reads() else {"Ctrl+E": self.add_files, "Ctrl+V": self.paste}
        keys |= {str(number): partial(self.page.rating.choose, number - 1) for number in range(1, 10)}
        for name, act in keys.items():
            words = _("Paste evidence") if name == "Ctrl+V" else ""
            QShortcut(QKeySequence(name), self, act).setWhatsThis(words)  # named ones are offered by the palette
        add_keys(self, self.desk.intake, lambda: Wish(visit=self._visit, targets=(self._target,)) if self.opened else None)

    def _go_to_source(self, subject: Subject) -> None:
        if subject.kind == CHECK:
            self.page.focus_check(subject.id)
        else:
            self.desk.go_to("interviews", subject.id)

    def _turn_to(self, number: str) -> None:
        """Show another criterion, if it is one."""
        if number != self.number and number in self.conclusions:
            self.page.commit()
            self.number = number
            self._show()

    def _enter(self) -> None:
        """Go from the list to the work."""
        self.shares.show_page()
        self.page.focus_checks()

    def _fit(self) -> None:
        self.shares.fit(self.width())

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
