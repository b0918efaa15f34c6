"""Beginning an interview: a line of the plan in one step, or a group that is not in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.screens.interviews.view_state import PlanLine, from_group, from_line, known_values, plan_lines
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.rows import Row, RowList
from auditor_app.workflows.visits import OpenVisit


class NewInterview(QWidget):
    """`begun` carries the fields of the interview to be."""

    begun = Signal(dict)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin without a plan."""
        super().__init__()
        self._opened: OpenVisit | None = None
        self.lines = RowList(theme, name=_("Lines of the sampling plan; Enter begins"))
        self.lines.fit_rows()
        self.lines.opened.connect(self._begin_line)
        self.lines.clicked.connect(lambda index: self._begin_line(self.lines.key_at(index)))
        self.group = text_line(_("Line workers, contractors' cooks, neighbours …"))
        self.group.returnPressed.connect(self._begin_group)
        self._plan, self._heading = Card(margin=6, spacing=0), label(_("From the sampling plan"), "field")
        self._plan.content.addWidget(self.lines)
        self._lay_out()

    def begin(self, opened: OpenVisit) -> None:
        """Offer the plan of a visit."""
        self._opened = opened
        lines = plan_lines(opened)
        rows = tuple(_row(line) for line in sorted(lines, key=lambda line: not line.missing))
        self.lines.show_rows(rows, rows[0].key if rows else "")
        for widget in (self._plan, self._heading):
            widget.setVisible(bool(rows))
        self.group.clear()
        self.group.setCompleter(QCompleter(list(known_values(opened, "group")), self.group))
        dress(self.group, state="")
        (self.lines if rows else self.group).setFocus()

    def _begin_line(self, quota: str) -> None:
        if self._opened is not None and quota:
            self.begun.emit(from_line(self._opened, quota))

    def _begin_group(self) -> None:
        text = self.group.text().strip()
        dress(self.group, state="" if text else "wrong")
        if text and self._opened is not None:
            self.begun.emit(from_group(self._opened, text))

    def _lay_out(self) -> None:
        other = Card(margin=16, spacing=12)
        other.content.addLayout(named(_("Another group"), self.group, _("Who they are to the site, never a name.")))
        acts = QHBoxLayout()
        acts.addWidget(button(_("Begin"), self._begin_group, role="first", name=_("Begin an interview with this group")))
        acts.addWidget(button(_("Not now"), self.given_up.emit, role="link"))
        acts.addStretch(1)
        other.content.addLayout(acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(label(_("Whom do you hear?"), "title"))
        hint = _("The time is set to now, and all the rest can be written and changed later; everything saves itself.")
        layout.addWidget(label(hint, "muted", wrap=True))
        for widget in (self._heading, self._plan, other):
            layout.addWidget(widget)
        layout.addStretch(1)


def _row(line: PlanLine) -> Row:
    return Row(key=line.quota, title=line.whom, mark=line.mark, side=line.counted, spoken=line.words)
