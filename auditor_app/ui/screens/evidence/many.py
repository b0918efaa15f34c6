"""What can be said of several pieces of evidence at once: links, one caption, one area."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from auditor_app.ids import Digest
from auditor_app.translation import _, plural
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.evidence.area_choice import AreaChoice
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import across
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.visits import OpenVisit


class ManyChosen(QFrame):
    """`link_wanted` asks for the links' picker, `said` carries the fields that all chosen pieces get."""

    link_wanted = Signal()
    said = Signal(dict)

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self.setObjectName("guide")
        self.title = label("", "section")
        self.link = button(_("Link to criteria…  L"), self.link_wanted.emit, role="first", name=_("Link them to criteria and findings (L)"))
        self.caption = text_line(_("What they all show"))
        self.caption.setAccessibleName(_("Caption for all of them"))
        self.say = button("", lambda: self.said.emit({"caption": self.caption.text()}))
        self.caption.textChanged.connect(lambda _text: self._allow())
        self.caption.returnPressed.connect(self.say.click)
        self.area = AreaChoice()
        self.area.chosen.connect(lambda area: self.said.emit({"area": area}))
        self.with_caption = label("", "tiny", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(for_writing(self._acts()))
        layout.addStretch(1)

    def show_chosen(self, opened: OpenVisit, digests: tuple[Digest, ...]) -> None:
        """Say how many are chosen, and how many of them would lose a caption of their own."""
        count, evidence = len(digests), opened.state.evidence
        chosen = [one for one in map(evidence.get, digests) if one is not None]
        captions = sum(bool(one.caption) for one in chosen)
        self.title.setText(plural("{count} piece chosen", "{count} pieces chosen", count))
        self.say.setText(plural("Give it to {count} piece", "Give it to all {count}", count))
        self.with_caption.setText(plural("It takes the place of {count} caption.", "It takes the place of {count} captions.", captions))
        self.with_caption.setVisible(captions > 0)
        areas = {one.area for one in chosen}
        self.area.show_areas(opened.state.areas, areas.pop() if len(areas) == 1 else None)
        self._allow()

    def clear(self) -> None:
        """Forget what was typed: other pieces are chosen."""
        self.caption.clear()

    def _acts(self) -> QWidget:
        acts = QWidget()
        layout = QVBoxLayout(acts)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.link)
        layout.addWidget(across())
        layout.addLayout(named(_("The same caption for all"), self.caption))
        layout.addWidget(self.with_caption)
        layout.addWidget(self.say)
        layout.addWidget(across())
        layout.addLayout(named(_("Where they were found"), self.area))
        return acts

    def _allow(self) -> None:
        self.say.setEnabled(bool(self.caption.text().strip()))
