"""What the site says of the finding that is shown: its position by one key, and its own words."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from auditor_app.domain.findings import AGREES, DISAGREES, PARTLY
from auditor_app.translation import N_, _
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import mark_icon
from auditor_app.ui.reading import only_reads, shown_only
from auditor_app.ui.screens.closing.view_state import position_mark
from auditor_app.ui.widgets.autosave import Save
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.text_editor import TextEditor

POSITIONS = ((AGREES, N_("Agrees"), "A"), (PARTLY, N_("Agrees in part"), "P"), (DISAGREES, N_("Disagrees"), "D"))


class AnswerBar(QFrame):
    """`said` carries a position ("" takes it back), `stepped` -1 or +1."""

    said = Signal(str)
    stepped = Signal(int)

    def __init__(self, desk: Desk, save: Save) -> None:
        """Build the buttons and the editor of the site's words; `save` keeps them."""
        super().__init__()
        self.setObjectName("intake")
        self._theme, self._position = desk.theme, ""
        self.before = button("‹", lambda: self.stepped.emit(-1), name=_("Finding before (Left)"))
        self.next = button("›", lambda: self.stepped.emit(1), name=_("Next finding (Right)"))
        self.buttons: dict[str, QPushButton] = {}
        for position, words, key in POSITIONS:
            said = f" {_(words)}" if only_reads() else f" {_(words)}  {key}"
            name = _("The site: {words} ({key})").format(words=_(words), key=key)
            self.buttons[position] = shown_only(button(said, partial(self.choose, position), role="choice", name=name))
            self.buttons[position].setCheckable(True)
        hint = _("In its own words (W)")
        self.words = TextEditor(save, name=_("What the site says, in its own words"), placeholder=hint, lines=2, unsaved=desk.unsaved)
        dress(self.words, size="show")
        self._lay_out(desk)
        desk.theme.changed.connect(self._paint)
        self._paint()

    def show_answer(self, key: str, position: str, reply: str) -> None:
        """Show what is recorded of a finding; what is being typed stays."""
        self._position = position
        for name, one in self.buttons.items():
            one.setChecked(name == position)
            dress(one, state="on" if name == position else "")
        self.words.show_text(key, reply)

    def allow(self, *, before: bool, after: bool, answers: bool) -> None:
        """Allow what can be done at this place."""
        self.before.setEnabled(before)
        self.next.setEnabled(after)
        for widget in (*self.buttons.values(), self.words):
            widget.setEnabled(answers)

    def choose(self, position: str) -> None:
        """Say a position; the one that is said already is taken back."""
        if not only_reads():
            self.said.emit("" if position == self._position else position)

    def _paint(self) -> None:
        for position, one in self.buttons.items():
            side = self._theme.look.px(16)
            one.setIcon(mark_icon(position_mark(position), self._theme.look))
            one.setIconSize(QSize(side, side))

    def _lay_out(self, desk: Desk) -> None:
        line, says = QHBoxLayout(), QHBoxLayout()
        line.setSpacing(8)
        says.setSpacing(8)
        says.addWidget(label(_("The site"), "strong"))
        for one in self.buttons.values():
            says.addWidget(one)
        says.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(says)
        columns = Columns(desk.theme, spacing=12)
        answer = QFrame()
        answer.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        columns.add(answer, 470)
        columns.add(self.words, 320, 1)
        line.addWidget(self.before)
        line.addLayout(columns, 1)
        line.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.addLayout(line)
