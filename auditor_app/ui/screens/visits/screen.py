"""The list of visits, and the form for a new one in its place."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.form_engine.compiling import CompiledForm
from auditor_app.ids import VisitId
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.glyphs import GOOD, WAITING
from auditor_app.ui.screens.visits.facts_form import FactsForm
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList
from auditor_app.workflows.forms import find_form, forms_at_hand
from auditor_app.workflows.visits import CLOSED, VisitSummary, begin_visit, list_visits
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A visit with the words of its form."""

    visit: VisitSummary
    standard: str
    kind: str


class VisitsPage(QWidget):
    """Every visit of this workspace, newest first; opens one, or begins a new one."""

    def __init__(
        self,
        desk: Desk,
        open_visit: Callable[[VisitId], object],
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
        self.desk.background.run(_listed, owner=self, done=self._show_visits)

    def show_new(self) -> None:
        """Show the form for a new visit."""
        self.desk.background.run(
            lambda workspace: [find_form(one.digest, workspace) for one in forms_at_hand(workspace)], owner=self, done=self._show_form
        )

    def _show_visits(self, visits: list[Listed]) -> None:
        self.count.setText(plural("{count} visit", "{count} visits", len(visits)))
        self.list.show_rows(tuple(_row(visit) for visit in visits), visits[0].visit.id if visits else "")
        self._pages.setCurrentWidget(self._list_page if visits else self._empty)
        self.list.setFocus()

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
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(label(_("Your visits"), "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.verify)
        head.addWidget(self.workspace)
        head.addWidget(self.new)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addStretch(1)
        return page

    def _make_empty(self) -> QWidget:
        text = _(
            "A visit is one assessment of one site by one team. It holds the answers, the proposed ratings with their reasons, the"
            " evidence and the findings; at its end you sign a report and hand everything to the assurance office."
        )
        return EmptyState(_("No visit yet"), text, button(_("Begin your first visit"), self.show_new, role="first"))


def _listed(workspace: Workspace) -> list[Listed]:
    """List the visits with the words of their forms; each form is read once."""
    visits = list_visits(workspace)
    forms = {name: find_form(name, workspace).form for name in {visit.form for visit in visits}}
    kinds = {name: {choice.key: choice.label for choice in form.visit_kinds} for name, form in forms.items()}
    return [Listed(visit=one, standard=forms[one.form].title, kind=kinds[one.form].get(one.kind, "")) for one in visits]


def _row(listed: Listed) -> Row:
    visit = listed.visit
    closed = visit.state == CLOSED
    state = _("closed") if closed else _("open")
    dates = " – ".join(dict.fromkeys(part for part in (visit.starts_on, visit.ends_on) if part))
    about = " · ".join(part for part in (visit.company, listed.kind, dates, listed.standard) if part)
    return Row(
        key=visit.id,
        title=visit.site,
        mark=GOOD if closed else WAITING,
        hint=about,
        side=state,
        spoken=f"{visit.site}, {about}, {state}",
    )
