"""Where one field has two values, set without seeing each other: both values side by side, who and when, and the choice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.journal import Entry
from auditor_app.domain.visit import Clash
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, MarkSign
from auditor_app.ui.moments import local_words
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.history.view_state import Words, clash_title
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout
from auditor_app.ui.widgets.labels import label


class ClashCards(QWidget):
    """`chosen` carries the id of an entry whose value is to hold."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Begin without clashes."""
        super().__init__()
        self._theme = theme
        self._shown: tuple[Clash, ...] = ()
        self.choices: list[QPushButton] = []
        self.title = label("", "section")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        words = _("Both values are kept. Choose the one that holds; the other stays in the history.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(label(words, "muted", wrap=True))
        layout.addLayout(self._rows)
        self.hide()

    def show_clashes(self, words: Words, clashes: tuple[Clash, ...]) -> None:
        """Show what is not settled."""
        self.setVisible(bool(clashes))
        self.title.setText(plural("{count} field has two values", "{count} fields have two values", len(clashes)))
        if clashes == self._shown:
            return
        self._shown, self.choices = clashes, []
        empty_layout(self._rows)
        for clash in clashes:
            self._rows.addWidget(self._card(words, clash))

    def _card(self, words: Words, clash: Clash) -> Card:
        card, head, sides = Card(margin=14, spacing=10), QHBoxLayout(), Beside(least=self._theme.look.px(420))
        head.setSpacing(10)
        head.addWidget(MarkSign(self._theme, BAD, size=18), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(clash_title(words, clash), "strong", wrap=True), 1)
        card.content.addLayout(head)
        for entry in clash.heads:
            sides.add(self._side(words, entry), 1)
        card.content.addWidget(sides)
        return card

    def _side(self, words: Words, entry: Entry) -> Card:
        side, foot = Card("soft", margin=12, spacing=6), QHBoxLayout()
        value, who = words.value(entry), words.who(entry)
        side.content.addWidget(label(value if len(value) < 600 else value[:599] + "…", wrap=True, selectable=True))
        if entry.reason:
            side.content.addWidget(label(entry.reason, "muted", wrap=True))
        side.content.addStretch(1)
        foot.addWidget(label(f"{who} · {local_words(entry.recorded_at)}", "tiny", wrap=True), 1)
        name = _("Choose what {who} says: {value}").format(who=who, value=value[:80])
        self.choices.append(for_writing(button(_("Choose"), lambda: self.chosen.emit(entry.id), name=name)))
        foot.addWidget(self.choices[-1])
        side.content.addLayout(foot)
        return side
