"""What a piece of evidence is linked to: supports or contradicts, how a contradiction was settled, taken away, added."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.findings import CLOSES
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING, Link, link_id
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.names import Names, names_of
from auditor_app.ui.reading import for_writing, shown_only
from auditor_app.ui.screens.evidence.view_state import target_choices
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout, section_title
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace


class LinksPart(QWidget):
    """`wanted` carries a target and a stance ("" takes the link away), `visited` the stage and item of a target."""

    wanted = Signal(object, str)
    visited = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        """Begin without links."""
        super().__init__()
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.settled: dict[Subject, TextEditor] = {}
        self.stances: list[SteadyCombo] = []
        self.takes: list[QPushButton] = []
        line, self.count = section_title(_("Linked to"))
        self.add = for_writing(SteadyCombo())
        self.add.setAccessibleName(_("Link to a criterion or a finding"))
        self.add.activated.connect(self._chosen)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addLayout(self._rows)
        layout.addWidget(self.add)

    def show_links(self, opened: OpenVisit, links: Sequence[Link]) -> None:
        """Show the links of one piece; widgets are made anew only when something differs."""
        choices = target_choices(opened)
        self.count.setText(str(len(links)) if links else _("nothing yet"))
        shown = (tuple((link.evidence, link.target, link.stance) for link in links), choices)
        if shown != self._shown:
            self.commit()
            self._shown = shown
            self._make(links, names_of(opened))
            self._offer(choices, {link.target for link in links})
        for link in links:
            if link.target in self.settled:
                key = f"{opened.state.id}/{link_id(link.evidence, link.target)}/settled"
                self.settled[link.target].show_text(key, link.settled)

    def commit(self) -> None:
        """Save what is typed."""
        for editor in self.settled.values():
            editor.commit()

    def _make(self, links: Sequence[Link], names: Names) -> None:
        empty_layout(self._rows)
        self.stances, self.takes, self.settled = [], [], {}
        for link in links:
            row = self._row(link, names)
            if link.stance == "contradicts":
                row.addWidget(self._settled_editor(link.target, names.long(link.target)))
            self._rows.addLayout(row)

    def _settled_editor(self, target: Subject, name: str) -> TextEditor:
        spoken = _("How the contradiction to {target} was settled").format(target=name)
        hint = _("How it was settled")
        self.settled[target] = TextEditor(self._settle, name=spoken, placeholder=hint, lines=1, unsaved=self._desk.unsaved)
        return self.settled[target]

    def _settle(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, digest, kind, item, _field = key.split("/")

        def settle(workspace: Workspace) -> Changes:
            return link_evidence(workspace, VisitId(visit), Digest(digest), Subject(kind, item), "contradicts", settled=text)

        self._desk.save(settle, owner=self, done=done, failed=failed)

    def _offer(self, choices: Sequence[tuple[Subject, str]], linked: set[Subject]) -> None:
        self.add.clear()
        self.add.addItem(_("Link to…"))
        for subject, words in choices:
            if subject not in linked:
                self.add.addItem(words, subject)

    def _chosen(self, row: int) -> None:
        target = self.add.itemData(row)
        self.add.setCurrentIndex(0)
        if target is not None:
            self.wanted.emit(Subject(*target), "supports")

    def _row(self, link: Link, names: Names) -> QVBoxLayout:
        name = names.long(link.target)
        stance = shown_only(SteadyCombo())
        stance.addItem(_("supports"), "supports")
        stance.addItem(_("contradicts"), "contradicts")
        if link.target.kind == FINDING:
            stance.addItem(_("shows that it is closed"), CLOSES)
        stance.setCurrentIndex(stance.findData(link.stance))
        stance.setAccessibleName(_("What it says of {target}").format(target=name))
        stance.activated.connect(lambda _row: self.wanted.emit(link.target, stance.currentData()))
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(stance)
        where = _place(link.target, names)
        tools.addWidget(button(_("Go there"), lambda: self.visited.emit(*where), role="link", name=_("Go to {target}").format(target=name)))
        tools.addStretch(1)
        take = _("Take away the link to {target}").format(target=name)
        self.stances.append(stance)
        self.takes.append(for_writing(button("✕", lambda: self.wanted.emit(link.target, ""), role="quiet", name=take)))
        tools.addWidget(self.takes[-1], 0, Qt.AlignmentFlag.AlignTrailing)
        row = QVBoxLayout()
        row.setSpacing(2)
        row.addWidget(label(name, wrap=True))
        row.addLayout(tools)
        return row


def _place(target: Subject, names: Names) -> tuple[str, str]:
    """Give the stage and the item where a target is worked on."""
    if target.kind == FINDING:
        return "findings", target.id
    number = target.id if target.kind == CRITERION else names.checks.get(target.id, ("", ""))[0] if target.kind == CHECK else ""
    return "criteria", number
