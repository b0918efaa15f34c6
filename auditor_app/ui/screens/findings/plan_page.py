"""The improvement plan: what is to be done, by whom, by which day and how it stands, the earliest day first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.findings import Finding
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import MarkSign
from auditor_app.ui.lines.state_choice import StateChoice
from auditor_app.ui.screens.findings.follow_up import STATE_OPTIONS
from auditor_app.ui.screens.findings.register_filter import today
from auditor_app.ui.screens.findings.view_state import due_words, grade_label, grade_mark
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.columns import TOP, Columns
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workflows.finding_register import Numbered, improvement_plan
from auditor_app.workflows.visits import OpenVisit

WIDTHS = ((100, 0), (200, 3), (220, 4), (120, 2), (170, 0))
"""Room of the columns: least width at 100 % text, and share of what is left."""


class PlanRow(QFrame):
    """One line of the plan. `opened` asks for the finding, `chosen` carries another state."""

    opened = Signal()
    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Build the cells."""
        super().__init__()
        self.setProperty("card", "row")
        self.due, self.action, self.owner = (label("", "body", wrap=True) for _cell in range(3))
        self.sign, self.title = MarkSign(desk.theme, size=16), label("", "strong", wrap=True)
        self.go = button("", self.opened.emit, role="link")
        self.state = StateChoice(desk.theme, STATE_OPTIONS, what=_("State"))
        self.state.chosen.connect(self.chosen)
        name = QWidget()
        line = QHBoxLayout(name)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.title, 1)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        columns = Columns(desk.theme, spacing=14, across=TOP)
        for cell, (width, stretch) in zip((self.due, name, self.action, self.owner, self.state), WIDTHS, strict=True):
            columns.add(cell, width, stretch)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.addLayout(columns)

    def show_line(self, opened: OpenVisit, one: Numbered) -> None:
        """Show a finding as it is now."""
        finding: Finding = one.finding
        name = _("Finding {number}: {title}").format(number=one.number, title=finding.title)
        self.due.setText(due_words(finding, today()))
        dress(self.due, role="warning" if finding.is_overdue(today()) or not finding.due else "body")
        self.sign.show_mark(grade_mark(opened.form, finding.grade))
        self.sign.setToolTip(grade_label(opened.form, finding.grade))
        self.title.setText(f"{one.number}  {finding.title}")
        self.go.setText(_("Show"))
        self.go.setAccessibleName(_("Show {finding}").format(finding=name))
        for cell, text in ((self.action, finding.action), (self.owner, finding.owner)):
            cell.setText(text or _("not said"))
            dress(cell, role="body" if text else "warning")
        self.state.show_key(finding.state)
        self.state.name_for(name)


class PlanPage(QWidget):
    """`finding_wanted` carries the id of a finding, `state_wanted` an id and the state to set, `left` asks for the findings."""

    finding_wanted = Signal(str)
    state_wanted = Signal(str, str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin without lines."""
        super().__init__()
        self._desk = desk
        self.rows: dict[str, PlanRow] = {}
        self.counts = label("", "muted", wrap=True)
        self.back = button(_("‹ Findings"), self.left.emit, role="link")
        self._card = Card(margin=0, spacing=0)
        self._head = self._make_head()
        self._card.content.addWidget(self._head)
        self.none = label(_("Nothing is to be improved: no finding asks for it."), "muted", wrap=True)
        self.none.setContentsMargins(16, 14, 16, 14)
        self._card.content.addWidget(self.none)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.back)
        head.addWidget(label(_("Improvement plan"), "title"), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 20)
        layout.setSpacing(10)
        layout.addLayout(head)
        for widget in (self.counts, self._card):
            layout.addWidget(widget)
        layout.addStretch(1)

    def show_plan(self, opened: OpenVisit) -> None:
        """Show the plan as it is now; the focus stays where it is."""
        lines = improvement_plan(opened)
        if [one.finding.id for one in lines] != list(self.rows):
            self._place([one.finding.id for one in lines])
        for one in lines:
            self.rows[one.finding.id].show_line(opened, one)
        late = sum(one.finding.is_overdue(today()) for one in lines)
        counted = plural("{count} finding that asks for improvement", "{count} findings that ask for improvement", len(lines))
        overdue = plural("{count} overdue", "{count} overdue", late) if late else ""
        self.counts.setText(" · ".join(part for part in (counted, overdue) if part) if lines else "")
        self.counts.setVisible(bool(lines))
        self.none.setVisible(not lines)

    def _place(self, wanted: list[str]) -> None:
        """Make the rows that are new, put all into their order, and let go of the others."""
        for gone in [one for one in self.rows if one not in wanted]:
            row = self.rows.pop(gone)
            self._card.content.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {one: self.rows.get(one) or self._make(one) for one in wanted}
        for place, row in enumerate(self.rows.values(), start=1):
            self._card.content.insertWidget(place, row)

    def _make(self, finding: str) -> PlanRow:
        row = PlanRow(self._desk)
        row.opened.connect(lambda: self.finding_wanted.emit(finding))
        row.chosen.connect(lambda state: self.state_wanted.emit(finding, state))
        return row

    def _make_head(self) -> QWidget:
        head, columns = QWidget(), Columns(self._desk.theme, spacing=14)
        titles = (_("Due"), _("Finding"), _("What is to be done"), _("Who"), _("State"))
        for title, (width, stretch) in zip(titles, WIDTHS, strict=True):
            columns.add(label(title, "group"), width, stretch)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 10, 12, 6)
        line.addLayout(columns)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the titles out where the columns would not stand in one line."""
        super().resizeEvent(event)
        wanted = self._desk.theme.look.px(sum(width for width, _stretch in WIDTHS)) + 14 * (len(WIDTHS) - 1) + 30
        self._head.setVisible(self.width() - 50 >= wanted)
