"""What this version says otherwise than the one before it, each line a jump to its place."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.domain.provisional import CHANGED, RAISED, WITHDRAWN
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import GOOD, OUTSIDE, WAITING, MarkSign
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout, section_title
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.closing_words import ChangeLine
from auditor_app.workflows.office.review_state import Reviewing

MARKS = {RAISED: GOOD, CHANGED: WAITING, WITHDRAWN: OUTSIDE}
STAGES = {"criterion": "criteria", "check": "criteria", "finding": "findings", "limit": "findings", "evidence": "evidence"}
"""By the kind of what differs, the stage where it is read."""
MOST = 200
"""Lines shown; a visit that was gone on with for days differs in thousands of places."""


class DifferencesPart(QWidget):
    """`wanted` carries the stage and the item of a line."""

    wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        """Begin without differences."""
        super().__init__()
        self._theme = theme
        self.lines: tuple[ChangeLine, ...] = ()
        title, self.count = section_title(_("Since the version before"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(title)
        layout.addLayout(self._rows)

    def show_differences(self, found: Reviewing, lines: tuple[ChangeLine, ...]) -> None:
        """List what differs from the version before."""
        self.lines = lines
        empty_layout(self._rows)
        if found.before is None:
            self.count.setText(_("this is the first version"))
            return
        since = _("version {number}").format(number=found.before.number)
        counted = plural("{count} difference", "{count} differences", len(lines)) if lines else _("nothing differs")
        self.count.setText(f"{since} · {counted}")
        card = RowCard()
        for line in lines[:MOST]:
            card.add_row(self._row(line))
        if lines:
            self._rows.addWidget(card)
        if left := len(lines) - MOST:
            self._say_left(left)

    def _say_left(self, left: int) -> None:
        if left > 0:
            words = plural("{count} more is in the history.", "{count} more are in the history.", left)
            self._rows.addWidget(label(words, "muted", wrap=True))

    def _row(self, line: ChangeLine) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(MarkSign(self._theme, MARKS[line.change.kind], size=16), 0, Qt.AlignmentFlag.AlignTop)
        words.setSpacing(2)
        words.addWidget(label(line.about, "strong", wrap=True))
        words.addWidget(label(_what(line), wrap=True, selectable=True))
        told = " · ".join(part for part in (line.who, line.when, line.why) if part)
        if told:
            words.addWidget(label(told, "tiny", wrap=True))
        row.addLayout(words, 1)
        if (where := _place(line.change.subject)) and line.change.kind != WITHDRAWN:
            name = _("Go to {what}").format(what=line.about)
            row.addWidget(button(_("Go there ›"), partial(self.wanted.emit, *where), role="link", name=name), 0, Qt.AlignmentFlag.AlignTop)
        return row


def _place(subject: Subject) -> tuple[str, str] | None:
    stage = STAGES.get(subject.kind)
    item = subject.id.partition("-")[0] if subject.kind == "check" else subject.id
    return (stage, item) if stage else ("interviews", subject.id) if subject.kind == "interview" else None


def _what(line: ChangeLine) -> str:
    if not line.change.field:
        return line.what
    return _("{what}: {before} → {after}").format(what=line.what, before=line.before or "–", after=line.after or "–")
