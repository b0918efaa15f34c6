"""How far the sampling plan is, on top of the screen: in one sentence, and line by line."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import mark_icon
from auditor_app.ui.reading import for_writing, shown_only
from auditor_app.ui.screens.interviews.view_state import PlanLine, plan_words
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import across, empty_layout
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label

LONGEST = 44
"""Letters of a line's words on its button; the whole of it is in the tip."""


class PlanStrip(QFrame):
    """`line_wanted` carries the line of the plan for which an interview is to begin; `plan_wanted` asks for the plan itself."""

    line_wanted = Signal(str)
    plan_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin without a plan."""
        super().__init__()
        self._theme = theme
        self._lines: tuple[PlanLine, ...] = ()
        self._shown: object = None
        self.setProperty("ground", "background")
        self.words = label("", "muted", wrap=True)
        self.toggle = button("", self._turn, role="link")
        self.to_plan = for_writing(button(_("Go to Plan"), self.plan_wanted.emit, role="link"))
        self._tiles = QWidget()
        self._flow = Flow(spacing=8)
        self._tiles.setLayout(self._flow)
        self.all_shown, self._open = False, True
        self._lay_out()
        theme.changed.connect(self._show_anew)

    def show_lines(self, lines: tuple[PlanLine, ...]) -> None:
        """Show the plan with its progress."""
        self._lines = lines
        self._show()

    def open_lines(self, opened: bool) -> None:
        """Show the lines, or only the sentence where the room is wanted for something else."""
        self._open = opened
        self._show()

    def _show(self) -> None:
        lines = self._lines
        self.words.setText(plan_words(lines) if lines else _("No sampling plan yet: Plan says whom to hear, and how many."))
        self.to_plan.setVisible(not lines)
        wanted = tuple(line for line in lines if line.missing or self.all_shown) if self._open or self.all_shown else ()
        hidden = len(lines) - len(wanted)
        self.toggle.setVisible(bool(lines) and (hidden > 0 or self.all_shown))
        more = plural("Show {count} more line", "Show {count} more lines", hidden) if wanted else _("Show the lines")
        self.toggle.setText(_("Only what is missing") if self.all_shown and self._open else _("Hide the lines") if self.all_shown else more)
        self.toggle.setAccessibleName(f"{_('Sampling plan')}: {self.toggle.text()}")
        if (wanted, self._theme.look) != self._shown:
            self._shown = (wanted, self._theme.look)
            self._fill(wanted)

    def _fill(self, lines: tuple[PlanLine, ...]) -> None:
        self._tiles.hide()  # while it is seen, each new tile would move the screen, which may fill the strip anew
        empty_layout(self._flow)
        side = self._theme.look.px(16)
        for line in lines:
            whom = line.whom if len(line.whom) <= LONGEST else f"{line.whom[: LONGEST - 1]}…"
            name = _("{line}. Begin an interview").format(line=line.words)
            tile = button(f" {whom}: {line.counted}".replace("&", "&&"), partial(self.line_wanted.emit, line.quota), role="chip", name=name)
            tile.setIcon(mark_icon(line.mark, self._theme.look))
            tile.setIconSize(QSize(side, side))
            tile.setToolTip(name)
            shown_only(tile)
            self._flow.addWidget(tile)
        self._tiles.setVisible(bool(lines))
        self._tiles.updateGeometry()

    def _show_anew(self) -> None:
        self._shown = None
        self._show()

    def _turn(self) -> None:
        self.all_shown = not self.all_shown
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(_("Sampling plan"), "section"), 1)
        head.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignTrailing)
        head.addWidget(self.to_plan, 0, Qt.AlignmentFlag.AlignTrailing)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 10, 24, 10)
        inside.setSpacing(4)
        inside.addLayout(head)
        inside.addWidget(self.words)
        inside.addWidget(self._tiles)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside)
        layout.addWidget(across())
