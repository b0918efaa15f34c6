"""The editor of what was not seen: what, why, and the criteria that it touches. Everything saves itself."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.visit import Limit
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.screens.findings.criteria_ticks import CriteriaTicks
from auditor_app.ui.screens.findings.forms import form_page
from auditor_app.ui.screens.findings.withdrawing import Withdrawing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.visits import OpenVisit

Revise = Callable[[VisitId, str, str, object, Done, Done], object]
"""Called with the visit, a limit's id, the name of a field, its value, and what to call afterwards."""


class LimitEditor(QWidget):
    """Edits the limit shown. `withdrawn` carries the reason, `criterion_wanted` a number."""

    withdrawn = Signal(str)
    criterion_wanted = Signal(str)

    def __init__(self, desk: Desk, revise: Revise) -> None:
        """Build every field; `revise` saves one."""
        super().__init__()
        self._revise, self._visit, self.limit = revise, VisitId(""), ""
        self.what = LineEditor(self._save, name=_("What was not seen"), unsaved=desk.unsaved)
        self.why = TextEditor(self._save, name=_("Why"), lines=2, unsaved=desk.unsaved)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        self.ticks = CriteriaTicks(desk.theme)
        self.ticks.setAccessibleName(_("Criteria that it touches (Space ticks)"))
        self.ticks.chosen.connect(self._choose)
        self.change = for_writing(button("", self._turn, role="link"))
        why = _("Why? Was it seen after all? The reason stays in the history.")
        self.withdrawing = Withdrawing(_("Take it back…"), _("Take it back"), why)
        self.withdrawing.withdrawn.connect(self.withdrawn)
        self._lay_out()
        self._open(False)

    def show_limit(self, opened: OpenVisit, limit: Limit) -> None:
        """Show a limit; what was typed and is not saved yet stays."""
        if self.limit != limit.id:
            self.withdrawing.close_line()
            self._open(False)
        self._visit, self.limit = opened.state.id, limit.id
        self.what.show_text(f"{opened.state.id}/{limit.id}/what", limit.what)
        self.why.show_text(f"{opened.state.id}/{limit.id}/why", limit.why)
        self.ticks.offer(opened.form, limit.criteria)
        self._show_links(opened, limit)

    def commit(self) -> None:
        """Save what is typed."""
        for editor in (self.what, self.why):
            editor.commit()

    def _show_links(self, opened: OpenVisit, limit: Limit) -> None:
        empty_layout(self._links)
        for number in limit.criteria:
            criterion = opened.form.criterion(number)
            name = f"{number} {criterion.name if criterion else ''}".strip()
            shown = button(name.replace("&", "&&"), partial(self.criterion_wanted.emit, number), role="link", name=name)
            self._links.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeading)
        if not limit.criteria:
            self._links.addWidget(label(_("none named"), "muted"))

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, limit, field = key.split("/")
        self._revise(VisitId(visit), limit, field, text, done, failed)

    def _choose(self, numbers: tuple[str, ...]) -> None:
        self._revise(self._visit, self.limit, "criteria", numbers, lambda _changes: None, lambda _error: None)

    def _turn(self) -> None:
        self._open(self.ticks.isHidden())
        if not self.ticks.isHidden():
            self.ticks.setFocus()

    def _open(self, opened: bool) -> None:
        self.ticks.setVisible(opened)
        self.change.setText(_("Done") if opened else _("Change…"))
        self.change.setAccessibleName(_("Close the list of criteria") if opened else _("Change the criteria that it touches"))

    def _lay_out(self) -> None:
        card = Card(margin=20, spacing=12)
        for name, field in ((_("What was not seen"), self.what), (_("Why"), self.why)):
            card.content.addLayout(named(name, field))
        head = QHBoxLayout()
        head.addWidget(label(_("Criteria that it touches"), "field"))
        head.addWidget(self.change)
        head.addStretch(1)
        card.content.addLayout(head)
        card.content.addLayout(self._links)
        card.content.addWidget(self.ticks)
        card.content.addWidget(self.withdrawing)
        words = _("It stands in the report among the limits of this visit. Everything saves itself.")
        form_page(self, _("Not seen"), _("It stands in the report among the limits of this visit.") if only_reads() else words, card)
