"""The panel beside the grid: everything about one piece, what can be said of several, or what they are to be linked to."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from auditor_app.domain.journal import Subject
from auditor_app.ids import Digest
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.evidence.acts import EvidenceActs
from auditor_app.ui.screens.evidence.details import EvidenceDetails
from auditor_app.ui.screens.evidence.link_picker import LinkPicker
from auditor_app.ui.screens.evidence.many import ManyChosen
from auditor_app.workflows.visits import OpenVisit


class EvidenceSide(QStackedWidget):
    """`left` tells that choosing links came to its end, so that the grid is wanted again."""

    left = Signal()

    def __init__(self, desk: Desk, acts: EvidenceActs) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self._acts = acts
        self._chosen: tuple[Digest, ...] = ()
        self.details, self.many, self.picker = EvidenceDetails(desk, acts.describe, acts.say_when), ManyChosen(), LinkPicker()
        for widget in (self.details, self.many, self.picker):
            self.addWidget(widget)
        self.many.said.connect(self._describe)
        self.picker.wanted.connect(self._link)
        self.picker.left.connect(self.stop_linking)
        self.details.area.chosen.connect(lambda area: acts.describe_many((self.details.digest,), {"area": area}))
        self.details.links.wanted.connect(lambda target, stance: acts.link(self.details.digest, target, stance))

    def choose(self, chosen: tuple[Digest, ...], opened: OpenVisit | None) -> None:
        """Follow what is chosen in the grid: links begun for other pieces are given up."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.many.clear()
            self.stop_linking()
        if self.currentWidget() is not self.picker:
            self.setCurrentWidget(self.many if len(chosen) > 1 else self.details)
        if opened is not None and len(chosen) > 1:
            self.many.show_chosen(opened, chosen)

    def begin_linking(self, opened: OpenVisit) -> None:
        """Let a person tick what the chosen pieces are linked to."""
        pieces = set(self._chosen)
        linked = Counter(link.target for link in opened.state.links if link.evidence in pieces)
        self.setCurrentWidget(self.picker)
        self.picker.begin(opened, len(pieces), linked)

    def stop_linking(self) -> None:
        """Go back to what was there before."""
        if self.currentWidget() is self.picker:
            self.setCurrentWidget(self.many if len(self._chosen) > 1 else self.details)
            self.left.emit()

    def _describe(self, said: dict[str, str]) -> None:
        self._acts.describe_many(self._chosen, said)
        self.many.clear()

    def _link(self, targets: tuple[Subject, ...], stance: str) -> None:
        self._acts.link_many(self._chosen, targets, stance)
        self.stop_linking()
