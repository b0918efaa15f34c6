"""The plan: the facts of the open visit, each saved as it is changed."""

from PySide6.QtWidgets import QVBoxLayout

from auditor_app.domain.changes import Changes
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.screens.visits.facts_form import FactsForm
from auditor_app.workflows.visits import OpenVisit, describe_visit


class PlanScreen(Screen):
    """Shows what is known of the site and the visit; a field that a person changes is saved when it is left, no other ever is."""

    def __init__(self, desk: Desk) -> None:
        """Begin without a form; it depends on the standard of the visit."""
        super().__init__(desk)
        self.form: FactsForm | None = None
        self._opened: OpenVisit | None = None
        self._shown: dict[str, str] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_visit(self, opened: OpenVisit) -> None:
        """Show the facts of a visit."""
        if self.form is None or self._opened is None or self._opened.state.id != opened.state.id:
            self.form = self._made(opened)
        self._opened = opened
        self.form.show_facts(opened.state.facts)
        self._shown = self.form.facts

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Show facts changed elsewhere, unless something is being typed."""
        if self.form is not None and self.form.facts == self._shown:
            self.show_visit(opened)

    def leave(self) -> None:
        """Save what was changed and not left yet."""
        self._save()

    def _made(self, opened: OpenVisit) -> FactsForm:
        if self.form is not None:
            self._layout.removeWidget(self.form)
            self.form.deleteLater()
        form = FactsForm([opened.compiled], plan=True)
        form.edited.connect(self._save)
        self._layout.addWidget(form)
        return form

    def _save(self) -> None:
        """Save the facts that differ from those shown."""
        if self.form is None or self._opened is None:
            return
        now, visit = self.form.facts, self._opened.state.id
        facts = {name: value for name, value in now.items() if value != self._shown[name]}
        if facts:
            self._shown = now
            self.desk.background.change(lambda workspace: describe_visit(workspace, visit, facts), owner=self, failed=self._not_saved)

    def _not_saved(self, error: BaseException) -> None:
        """Tell it, and take what is typed for unsaved again, so that leaving the field saves it anew."""
        self.desk.tell_error(error)
        if self._opened is not None:
            known = self._opened.state.facts
            self._shown = {name: str(known.get(name, "")) for name in self._shown}
