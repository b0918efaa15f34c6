"""What can be done with several pieces of evidence at once."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout

from auditor_app.domain.journal import Subject
from auditor_app.translation import _, plural
from auditor_app.ui.screens.evidence.view_state import target_choices
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.workflows.visits import OpenVisit


class ManyChosen(QFrame):
    """Links all chosen pieces to the same thing, or takes these links away."""

    def __init__(self, link: Callable[[Subject, str], object]) -> None:
        """Build it; `link` is called with a target and a stance ("" takes the links away)."""
        super().__init__()
        self.setObjectName("guide")
        self._link = link
        self._offered: tuple[tuple[Subject, str], ...] = ()
        self.title = label("", "section")
        self.target = SteadyCombo()
        self.target.activated.connect(lambda _row: self._allow())
        self.acts = [
            button(_("They support it"), lambda: self._do("supports"), role="first"),
            button(_("They contradict it"), lambda: self._do("contradicts")),
            button(_("Take these links away"), lambda: self._do(""), role="link"),
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addLayout(named(_("Link all of them to"), self.target))
        for act in self.acts:
            layout.addWidget(act)
        layout.addWidget(label(_("Captions are written for one piece at a time: choose a single one."), "tiny", wrap=True))
        layout.addStretch(1)

    def show_count(self, opened: OpenVisit, count: int) -> None:
        """Say how many are chosen, and offer what they can be linked to."""
        self.title.setText(plural("{count} piece chosen", "{count} pieces chosen", count))
        choices = target_choices(opened)
        if choices != self._offered:
            self._offered = choices
            self.target.clear()
            self.target.addItem(_("Choose a criterion or a finding…"))
            for subject, words in choices:
                self.target.addItem(words, subject)
        self._allow()

    def _allow(self) -> None:
        for act in self.acts:
            act.setEnabled(self.target.currentIndex() > 0)

    def _do(self, stance: str) -> None:
        target = self.target.currentData()
        if target is not None:
            self._link(Subject(*target), stance)
