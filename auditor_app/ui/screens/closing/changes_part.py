"""What was changed between the provisional and the final findings, listed by the program, each with its reason."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from auditor_app.domain.journal import Subject
from auditor_app.domain.provisional import CHANGED, EVIDENCE, RAISED, Change
from auditor_app.domain.visit import CRITERION
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import GOOD, OUTSIDE, WAITING, MarkSign
from auditor_app.ui.reading import only_reads
from auditor_app.ui.screens.closing.part import ClosingPart, Shown
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workflows.closing_words import ChangeLine, change_line


class ChangesPart(ClosingPart):
    """`explained` carries the change and why; the list is the program's own."""

    explained = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        """Begin without changes."""
        super().__init__(desk, _("The program lists this by itself, from the journal: nothing can be left out."))
        self.sign, self.told = MarkSign(desk.theme, GOOD, size=18), label("", "strong", wrap=True)
        self.lines: tuple[ChangeLine, ...] = ()
        self._rows = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sign)
        head.addWidget(self.told, 1)
        self.content.addLayout(head)
        self.content.addLayout(self._rows)
        self.content.addStretch(1)

    def show_all(self, shown: Shown) -> None:
        """List the changes since the findings were frozen."""
        held = shown.held
        lines = tuple(change_line(shown.opened, change) for change in held.changes) if held else ()
        self.sign.show_mark(WAITING if lines or held is None else GOOD)
        if held is None:
            self.told.setText(_("The findings are frozen when the closing meeting begins. Until then there is nothing to compare."))
        else:
            counted = plural("{count} change since the findings were frozen", "{count} changes since the findings were frozen", len(lines))
            self.told.setText(counted if lines else _("Nothing was changed since the findings were frozen."))
        if lines != self.lines:
            self.lines = lines
            empty_layout(self._rows)
            if lines:
                self._rows.addWidget(self._card(lines))

    def _card(self, lines: tuple[ChangeLine, ...]) -> RowCard:
        card = RowCard()
        for line in lines:
            row, words = QHBoxLayout(), QVBoxLayout()
            row.setContentsMargins(16, 10, 10, 10)
            row.setSpacing(12)
            mark = GOOD if line.change.kind == RAISED else WAITING if line.change.kind == CHANGED else OUTSIDE
            row.addWidget(MarkSign(self.desk.theme, mark, size=16), 0, Qt.AlignmentFlag.AlignTop)
            words.setSpacing(3)
            words.addWidget(label(line.about, "strong", wrap=True))
            words.addWidget(label(_what(line), wrap=True))
            words.addWidget(label(" · ".join(part for part in (line.who, line.when) if part), "tiny", wrap=True))
            words.addLayout(self._why(line))
            row.addLayout(words, 1)
            row.addWidget(self._way(line))
            card.add_row(row)
        return card

    def _why(self, line: ChangeLine) -> QHBoxLayout:
        why = QHBoxLayout()
        if line.why:
            why.addWidget(label(_("Because: {why}").format(why=line.why), wrap=True), 1)
            return why
        if only_reads() or not _may_be_explained(line.change):
            why.addStretch(1)  # a layout without anything in it would let the words above have no width
            return why
        field = text_line(_("Why it was changed"))
        field.setAccessibleName(_("Why: {what}").format(what=f"{line.about}, {line.what}"))
        say = button(_("Say why"), name=_("Say why: {what}").format(what=f"{line.about}, {line.what}"))

        def tell() -> None:
            dress(field, state="" if field.text().strip() else "wrong")
            if field.text().strip():
                self.explained.emit(line.change, field.text().strip())

        field.returnPressed.connect(tell)
        say.clicked.connect(lambda _checked=False: tell())
        why.addWidget(field, 1)
        why.addWidget(say)
        return why

    def _way(self, line: ChangeLine) -> QPushButton:
        subject: Subject = line.change.subject
        stage = "criteria" if subject.kind == CRITERION else "findings"
        there = button(
            _("Go there ›"), partial(self.desk.go_to, stage, subject.id), role="link", name=_("Go to {what}").format(what=line.about)
        )
        there.setVisible(line.change.kind != "withdrawn")
        return there


def _what(line: ChangeLine) -> str:
    if not line.change.field:
        return line.what
    return _("{what}: {before} → {after}").format(what=line.what, before=line.before or "–", after=line.after or "–")


def _may_be_explained(change: Change) -> bool:
    """Say whether a reason can be added: to one field that has a value."""
    return change.kind == CHANGED and change.field != EVIDENCE
