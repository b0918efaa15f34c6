"""One change in full: both values whole, who, when, why, its place in the chain, and the way to take it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.names import in_groups
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.history.view_state import Line, device_words, when_words
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, across, empty_layout, scrolled
from auditor_app.ui.widgets.labels import label


class EntryPanel(QFrame):
    """`undo_wanted` carries the id of the entry shown."""

    undo_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin without an entry."""
        super().__init__()
        self.setObjectName("guide")
        self.line: Line | None = None
        self.undo = for_writing(button(_("Take this change back"), self._undo))
        self._words = QVBoxLayout()
        self._words.setSpacing(8)
        inside = QWidget()
        content = QVBoxLayout(inside)
        content.setContentsMargins(16, 16, 16, 16)
        content.setSpacing(12)
        content.addLayout(self._words)
        content.addWidget(self.undo)
        content.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(scrolled(inside, ground="surface"))

    def show_line(self, line: Line | None) -> None:
        """Show an entry in full."""
        if line == self.line and line is not None:
            return
        self.line = line
        empty_layout(self._words)
        self.undo.setVisible(line is not None and line.undoable)
        if line is None:
            self._words.addWidget(label(_("Choose a change to read it in full."), "muted", wrap=True))
            return
        self._words.addWidget(label(line.what, "section", wrap=True))
        if line.old is not None:
            self._value(_("Before"), line.old, "plain")
        self._value(_("After") if line.old is not None else _("Set to"), line.new, "soft")
        self._words.addWidget(across())
        facts = (
            (_("Who"), line.who),
            (_("When"), when_words(line.entry)),
            (_("Why"), line.reason),
            (_("Where in the journal"), device_words(line.entry)),
            (_("Digest of the entry before"), in_groups(line.entry.previous) if line.entry.previous else _("the first of its chain")),
        )
        for name, value in facts:
            if value:
                self._words.addWidget(label(name, "tiny"))
                self._words.addWidget(label(value, wrap=True, selectable=True))

    def _value(self, name: str, text: str, kind: str) -> None:
        card = Card(kind, margin=10, spacing=2)
        card.content.addWidget(label(name, "tiny"))
        card.content.addWidget(label(text, wrap=True, selectable=True))
        self._words.addWidget(card)

    def _undo(self) -> None:
        if self.line is not None:
            self.undo_wanted.emit(self.line.id)
