"""The answers of one check: a mark, a word and the reason for each question; who signed; what was added later."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import MarkSign
from auditor_app.ui.screens.verification.view_state import ANSWERS, Line, Result
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.card import Card, RowCard, empty_layout
from auditor_app.ui.widgets.labels import label

WORD = 84
"""The width of the column of answers, in pixels at 100 % text."""


class ResultPart(QWidget):
    """Shows one result at a time; hidden while there is none."""

    def __init__(self, theme: Theme) -> None:
        """Begin hidden."""
        super().__init__()
        self._theme = theme
        self.result: Result | None = None
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(14)
        theme.changed.connect(self._draw)
        self.hide()

    def show_result(self, result: Result | None) -> None:
        """Show a result, or nothing."""
        self.result = result
        self._draw()

    def _draw(self) -> None:
        empty_layout(self._parts)
        self.setVisible(self.result is not None)
        if (found := self.result) is None:
            return
        self.setAccessibleName(f"{found.name}: {found.summary}")
        self._parts.addWidget(self._head(found))
        self._parts.addWidget(self._rows(found.lines))
        if found.signer or found.about:
            self._parts.addWidget(self._signer(found))
        if found.signer and found.is_pdf:
            self._parts.addWidget(label(_("Added after signing"), "section"))
            nothing = label(_("Nothing was added to the file after it was signed, neither allowed nor not."), "muted", wrap=True)
            unknown = label(_("No further signature or timestamp was added; what else was changed is told above."), "muted", wrap=True)
            self._parts.addWidget(self._rows(found.added) if found.added else nothing if found.nothing_added else unknown)

    def _head(self, found: Result) -> Card:
        card, line, words = Card(margin=16), QHBoxLayout(), QVBoxLayout()
        line.setSpacing(12)
        words.setSpacing(3)
        words.addWidget(label(found.summary, "section", wrap=True))
        words.addWidget(label(found.name, "muted", wrap=True))
        if found.advice:
            words.addWidget(label(found.advice, wrap=True))
        line.addWidget(MarkSign(self._theme, found.mark, size=22), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        card.content.addLayout(line)
        return card

    def _rows(self, lines: tuple[Line, ...]) -> RowCard:
        card = RowCard()
        for one in lines:
            card.add_row(self._row(one)).setAccessibleName(one.spoken)
        return card

    def _row(self, one: Line) -> QHBoxLayout:
        mark, _word, role = ANSWERS[one.answer]
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setContentsMargins(16, 11, 16, 11)
        row.setSpacing(12)
        answer = label(one.word, role)
        answer.setMinimumWidth(self._theme.look.px(WORD))
        words.setSpacing(2)
        words.addWidget(label(one.question, "body", wrap=True))
        for text, kind in ((one.reason, "muted"), (one.places, "tiny")):
            if text:
                words.addWidget(label(text, kind, wrap=True, selectable=kind == "tiny"))
        row.addWidget(MarkSign(self._theme, mark, size=18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(answer, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _signer(self, found: Result) -> Card:
        card = Card(margin=16, spacing=4)
        title = _("Signed by {name}").format(name=found.signer) if found.signer else _("Nobody's signature could be read")
        card.content.addWidget(label(title, "section", wrap=True))
        for text in found.about:
            if text:
                card.content.addWidget(label(text, "muted", wrap=True, selectable=True))
        name, means = found.level
        if name:
            card.content.addSpacing(6)
            card.content.addWidget(label(name, "strong", wrap=True))
            card.content.addWidget(label(means, "muted", wrap=True))
        return card
