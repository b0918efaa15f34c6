"""The list of visits, and the form for a new one in its place."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.form_engine.compiling import CompiledForm
from auditor_app.ids import VisitId
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.glyphs import GOOD, WAITING
from auditor_app.ui.moments import day_words
from auditor_app.ui.progress_words import hand_over_words
from auditor_app.ui.screens.visits import on_lane
from auditor_app.ui.screens.visits.assignment_cards import AssignmentCards
from auditor_app.ui.screens.visits.facts_form import FactsForm
from auditor_app.ui.screens.visits.letter_ways import LetterWays
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList
from auditor_app.workflows.forms import find_form, forms_at_hand
from auditor_app.workflows.visits import CLOSED, begin_visit

if TYPE_CHECKING:
    from auditor_app.workflows.office_mail import Fetched


class VisitsPage(QWidget):
    """Every visit of this workspace, newest first, below what the office assigned; opens one, or begins a new one."""

    def __init__(
        self,
        desk: Desk,
        open_visit: Callable[..., object],
        show_workspace: Callable[[], object],
        check_signature: Callable[[], object],
    ) -> None:
        """Build the list and the empty state; the form for a new visit is built when it is wanted."""
        super().__init__()
        self.setProperty("ground", "background")
        self.desk, self._open_visit = desk, open_visit
        self.list = RowList(desk.theme, name=_("Visits"))
        self.list.setProperty("framed", "true")
        self.list.fit_rows()
        self.list.opened.connect(self._opened)
        self.list.clicked.connect(lambda index: self._opened(self.list.key_at(index)))
        self.count = label("", "muted")
        self.workspace = button(_("Workspace and backups"), show_workspace)
        self.verify = button(_("Check a signature…"), check_signature)
        self.new = button(_("New visit"), self.show_new, role="first", key="Ctrl+N")
        self.cards = AssignmentCards()
        self.cards.wanted.connect(self._open_assigned)
        self.letters, self.first_letters = (LetterWays(self.look_for_letters, self._choose_letters) for _place in range(2))
        self._pages = QStackedWidget()
        self._list_page, self._empty = self._make_list(), self._make_empty()
        self._pages.addWidget(self._list_page)
        self._pages.addWidget(self._empty)
        self.form: FactsForm | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def show_list(self) -> None:
        """Load the visits and show them."""
        self.desk.background.run(on_lane.load, owner=self, done=self._show_standing)

    def look_for_letters(self) -> None:
        """Look what the office has put into the mailbox."""
        self._take(on_lane.look_for_letters)

    def take_letters(self, folder: Path) -> None:
        """Take in what the office has put into a folder of a stick."""
        self._take(lambda workspace, progress: on_lane.take_letters(workspace, folder, progress))

    def show_new(self) -> None:
        """Show the form for a new visit."""
        self.desk.background.run(
            lambda workspace: [find_form(one.digest, workspace) for one in forms_at_hand(workspace)], owner=self, done=self._show_form
        )

    def _show_standing(self, standing: on_lane.Standing) -> None:
        visits, assigned = standing.visits, standing.assigned
        self.count.setText(plural("{count} visit", "{count} visits", len(visits)))
        self.list.show_rows(tuple(_row(visit) for visit in visits), visits[0].visit.id if visits else "")
        self.list.setVisible(bool(visits))
        self._pages.setCurrentWidget(self._list_page if visits or assigned else self._empty)
        self.cards.show_all(assigned)
        for ways in (self.letters, self.first_letters):
            ways.show_ways(has_office=standing.has_office, has_mailbox=standing.has_mailbox)
        if visits:
            self.list.setFocus()
        elif assigned:
            self.cards.opens[assigned[0].id].setFocus()

    def _take(self, work: Callable[..., "Fetched"]) -> None:
        """Take letters in; meanwhile the ways to them wait."""
        for ways in (self.letters, self.first_letters):
            ways.wait()
        self.desk.background.run_long(work, owner=self, done=self._taken, failed=self._not_taken)

    def _taken(self, fetched: "Fetched") -> None:
        from auditor_app.workflows.mail_words import said  # noqa: PLC0415 - letters load slowly

        words = ". ".join(said(one) for one in fetched.news) or _("Nothing new from the office")
        if fetched.refused:
            self.desk.tell_error(fetched.refused[0][1])
        else:
            self.desk.tell(Notice(tone="good" if fetched.news else "note", text=f"{words}."))
        self.show_list()

    def _not_taken(self, error: BaseException) -> None:
        self.desk.tell_error(error)
        self.show_list()

    def _choose_letters(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, _("The folder with the office's letters")):
            self.take_letters(Path(name))

    def _open_assigned(self, assignment: str) -> None:
        self.cards.wait()
        self.desk.background.change(
            lambda workspace: on_lane.take_over(workspace, assignment), owner=self, done=self._assigned_opened, failed=self._not_taken
        )

    def _assigned_opened(self, opened: tuple[VisitId, bool, object]) -> None:
        """Go to the plan; where the office and an auditor say different things, to where one chooses."""
        visit, clashes, _changes = opened
        self._open_visit(visit, "history" if clashes else "plan")

    def _show_form(self, forms: list[CompiledForm]) -> None:
        if self.form is not None:
            self._pages.removeWidget(self.form)
            self.form.deleteLater()
        self.form = FactsForm(forms)
        self.form.wanted.connect(self._begin)
        self.form.given_up.connect(self.show_list)
        self._pages.addWidget(self.form)
        self._pages.setCurrentWidget(self.form)
        self.form.setFocus()

    def _begin(self, form: str, facts: dict[str, str]) -> None:
        self.desk.background.change(
            lambda workspace: begin_visit(workspace, form, facts),
            owner=self,
            done=lambda begun: self._open_visit(begun[0]),
            failed=self._not_begun,
        )

    def _not_begun(self, error: BaseException) -> None:
        if self.form is not None:
            self.form.show_problem(notice_of(error).text)

    def _opened(self, key: str) -> None:
        if key:
            self._open_visit(VisitId(key))

    def _make_list(self) -> QWidget:
        page = QWidget()
        title, acts, head = QHBoxLayout(), Beside(spacing=16), Beside(spacing=16)
        title.setSpacing(16)
        title.addWidget(label(_("Your visits"), "title"))
        title.addWidget(self.count)
        title.addStretch(1)
        for act in (self.verify, self.workspace, self.new):
            acts.add(act)
        head.add(title, 1)
        head.add(acts)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        layout.addWidget(head)
        layout.addWidget(self.letters)
        layout.addWidget(self.cards)
        layout.addWidget(self.list)
        layout.addStretch(1)
        return page

    def _make_empty(self) -> QWidget:
        text = _(
            "A visit is one assessment of one site by one team. It holds the answers, the proposed ratings with their reasons, the"
            " evidence and the findings; at its end you sign a report and hand everything to the assurance office."
        )
        begin = button(_("Begin your first visit"), self.show_new, role="first")
        return EmptyState(_("No visit yet"), text, begin, below=self.first_letters)


def _row(listed: on_lane.Listed) -> Row:
    visit = listed.visit
    closed, (handed, handed_mark, _role) = visit.state == CLOSED, hand_over_words(listed.handed)
    state = handed or (_("closed") if closed else _("open"))
    dates = " – ".join(dict.fromkeys(day_words(part) for part in (visit.starts_on, visit.ends_on) if part))
    about = " · ".join(part for part in (visit.company, listed.kind, dates, listed.standard) if part)
    return Row(
        key=visit.id,
        title=visit.site,
        mark=handed_mark if handed else GOOD if closed else WAITING,
        hint=about,
        side=state,
        spoken=f"{visit.site}, {about}, {state}",
    )
