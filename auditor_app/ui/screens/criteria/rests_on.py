"""What the conclusion rests on: its sources by kind, each a jump to its place; and what contradicts it, with how that was settled."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.coverage import KINDS
from auditor_app.domain.journal import Subject
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import BAD, GOOD, MarkSign, mark_icon
from auditor_app.ui.screens.criteria.source_state import (
    KIND_NAMES,
    alone_words,
    kind_mark,
    quote_lines,
    source_mark,
    source_name,
    source_words,
    sources_words,
    target_words,
)
from auditor_app.ui.widgets.autosave import Save
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout, section_title
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.triangulation import Conclusion, Contradiction, Source
from auditor_app.workflows.visits import OpenVisit


class RestsOn(QWidget):
    """`wanted` carries the subject of a source; `settle` saves under the key "visit/kind/id of link or quote"."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, settle: Save) -> None:
        """Begin without a criterion."""
        super().__init__()
        self._desk, self._settle = desk, settle
        self._shown: tuple[object, ...] = ()
        self.chips: dict[Subject, QPushButton] = {}
        self.settled: dict[Subject, TextEditor] = {}
        self._signs: dict[Subject, tuple[MarkSign, QLabel, str]] = {}
        line, self.count = section_title(_("What it rests on"))
        self.alone = label("", "warning")
        line.insertWidget(2, self.alone)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addLayout(self._cards)
        desk.theme.changed.connect(self._forget)

    def show_conclusion(self, opened: OpenVisit, one: Conclusion) -> None:
        """Show what a criterion rests on; widgets are made anew only when something else is there, so that typing goes on."""
        self.count.setText(sources_words(one.sources))
        self.alone.setText(alone_words(one))
        self.alone.setVisible(bool(self.alone.text()))
        there = tuple((against.subject, against.words) for against in one.contradictions)
        shown = (opened.state.id, one.number, tuple(one.items.items()), there, quote_lines(one))
        if shown != self._shown:
            self._shown = shown
            self._make(opened, one)
        for against in one.contradictions:
            key = f"{opened.state.id}/{against.subject.kind}/{against.subject.id}"
            self.settled[against.subject].show_text(key, against.settled)
            self._show_settled(against)

    def commit(self) -> None:
        """Save what is typed."""
        for editor in self.settled.values():
            editor.commit()

    def focus_open(self) -> None:
        """Go to the first contradiction that is not settled."""
        editors = list(self.settled.values())
        for editor in [one for one in editors if not one.toPlainText().strip()][:1] or editors[:1]:
            editor.setFocus()

    def _show_settled(self, against: Contradiction) -> None:
        sign, words, said = self._signs[against.subject]
        settled = bool(against.settled.strip())
        sign.show_mark(GOOD if settled else BAD)
        words.setText(f"{said} · {_('settled so:') if settled else _('not settled yet')}")

    def _forget(self) -> None:
        self._shown = ()

    def _make(self, opened: OpenVisit, one: Conclusion) -> None:
        empty_layout(self._cards)
        self.chips, self.settled, self._signs = {}, {}, {}
        card = RowCard()
        for kind in KINDS:
            card.add_row(self._kind(opened, one, kind))
        self._cards.addWidget(card)
        if one.contradictions:
            against = RowCard()
            for contradiction in one.contradictions:
                against.add_row(self._contradiction(opened, contradiction))
            self._cards.addWidget(against)

    def _kind(self, opened: OpenVisit, one: Conclusion, kind: str) -> QHBoxLayout:
        head, sources = QHBoxLayout(), QWidget()
        head.setSpacing(8)
        head.addWidget(MarkSign(self._desk.theme, kind_mark(one.sources, kind), size=14))
        head.addWidget(label(f"{_(KIND_NAMES[kind])}  {getattr(one.sources, kind)}", "strong"))
        head.addStretch(1)
        flow = Flow(spacing=6)
        for source in one.items[kind]:
            flow.addWidget(self._chip(opened, source))
        if not one.items[kind]:
            flow.addWidget(label(_("nothing yet"), "muted"))
        heard = QVBoxLayout(sources)
        heard.setContentsMargins(0, 0, 0, 0)
        heard.addLayout(flow)
        for words in quote_lines(one) if kind == "interview" else ():
            heard.addWidget(label(words, "muted", wrap=True, selectable=True))
        line = Beside(least=self._desk.theme.look.px(420))
        named = QWidget()
        head.setContentsMargins(0, 0, 0, 0)
        named.setLayout(head)
        named.setMinimumWidth(self._desk.theme.look.px(130))
        line.add(named)
        line.add(sources, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.addWidget(line)
        return row

    def _chip(self, opened: OpenVisit, source: Source) -> QPushButton:
        words, side = source_words(opened, source), self._desk.theme.look.px(13)
        chip = button(f" {source_name(source)}".replace("&", "&&"), partial(self.wanted.emit, source.subject), role="source")
        chip.setIcon(mark_icon(source_mark(opened, source), self._desk.theme.look))
        chip.setIconSize(QSize(side, side))
        chip.setAccessibleName(_("Go to: {what}").format(what=words))
        chip.setToolTip(words)
        self.chips[source.subject] = chip
        return chip

    def _contradiction(self, opened: OpenVisit, against: Contradiction) -> QVBoxLayout:
        head, row = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(10)
        sign, said = MarkSign(self._desk.theme, BAD, size=16), label("", "tiny", wrap=True)
        self._signs[against.subject] = sign, said, target_words(opened, against.target)
        head.addWidget(sign)
        head.addWidget(label(against.words, "strong", wrap=True), 1)
        name = _("How it was settled: {what}").format(what=against.words)
        editor = TextEditor(self._settle, name=name, placeholder=_("How it was settled"), lines=1, unsaved=self._desk.unsaved)
        self.settled[against.subject] = editor
        row.setContentsMargins(16, 10, 14, 10)
        row.setSpacing(6)
        row.addLayout(head)
        row.addWidget(said)
        row.addWidget(editor)
        return row
