"""The middle of the criterion page: rating and reason, the checks by kind, the evidence, the findings."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.criteria.check_row import CheckRow
from auditor_app.ui.screens.criteria.evidence_strip import EvidenceStrip
from auditor_app.ui.screens.criteria.findings_part import FindingsPart
from auditor_app.ui.screens.criteria.rating_card import Explain, Rate, RatingCard
from auditor_app.ui.screens.criteria.view_state import KINDS, answered_text, linked_evidence
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout, scrolled, section_title
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.text_editor import Save, TextEditor
from auditor_app.workflows.criteria import CriterionPage
from auditor_app.workflows.visits import OpenVisit


class Page(QWidget):
    """Shows one criterion. `answered` carries check and answer, `check_evidence` a check and its button, `dropped` a check and files."""

    answered = Signal(str, str)
    check_evidence = Signal(str, object)
    dropped = Signal(str, list)
    before_wanted = Signal()
    after_wanted = Signal()
    guide_wanted = Signal()

    def __init__(self, desk: Desk, rate: Rate, explain: Explain, note: Save) -> None:
        """Build the fixed parts; the rows of checks are made for each criterion."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._note = desk, note
        self._shown: tuple[str, ...] = ()
        self._neighbours = "", ""
        self._counts: dict[str, QLabel] = {}
        self.rows: dict[str, CheckRow] = {}
        self.number, self.name = label("", "number"), label("", "title", wrap=True)
        self.name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.before = button("‹", self.before_wanted.emit, role="quiet", name=_("Criterion before (Alt+Left)"))
        self.after = button("›", self.after_wanted.emit, role="quiet", name=_("Next criterion (Alt+Right)"))
        self.guide = button(_("Guide"), self.guide_wanted.emit, role="quiet", key="F1")
        self.guide.setCheckable(True)
        self.rating = RatingCard(desk.theme, rate, explain, desk.unsaved)
        self.evidence = EvidenceStrip(desk.theme, desk.pictures)
        self.findings = FindingsPart()
        self._checks = QVBoxLayout()
        self._checks.setSpacing(12)
        self._area = self._lay_out()

    def show_page(self, opened: OpenVisit, page: CriterionPage) -> None:
        """Show a criterion; what stays the same keeps its focus and place."""
        wanted = (opened.state.id, *(line.check.id for line in page.checks))
        if wanted != self._shown:
            self._shown = wanted
            self._make_rows(opened, page)
            self._area.verticalScrollBar().setValue(0)
        self.number.setText(str(page.criterion.number))
        self.name.setText(page.criterion.name)
        self.rating.show_page(opened, page)
        for line in page.checks:
            self.rows[line.check.id].show_line(opened.state.id, line)
        for kind, counter in self._counts.items():
            counter.setText(answered_text(line for line in page.checks if line.check.kind == kind))
        self.evidence.show_evidence(linked_evidence(page))
        self.findings.show_findings(opened.form, page.findings)

    def show_neighbours(self, before: str, after: str) -> None:
        """Name the criteria before and after on their buttons."""
        self._neighbours = before, after
        self.before.setVisible(bool(before))
        self.after.setVisible(bool(after))
        self._fit()

    def scroll_to_end(self) -> None:
        """Bring evidence and findings into view."""
        self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())

    def commit(self) -> None:
        """Save every text that is not saved."""
        self.rating.because.commit()
        for row in self.rows.values():
            row.note.commit()

    def _make_rows(self, opened: OpenVisit, page: CriterionPage) -> None:
        empty_layout(self._checks)
        self._counts, self.rows = {}, {}
        for kind, title in KINDS.items():
            lines = [line for line in page.checks if line.check.kind == kind]
            if not lines:
                continue
            head, self._counts[kind] = section_title(_(title))
            card = Card(margin=0, spacing=0)
            for line in lines:
                row = CheckRow(self._desk.theme, opened.form, line, self._note_editor(line.check.prompt), first=line is lines[0])
                row.answered.connect(self.answered)
                row.evidence_wanted.connect(self.check_evidence)
                row.dropped.connect(self.dropped)
                self.rows[line.check.id] = row
                card.content.addWidget(row)
            self._checks.addLayout(head)
            self._checks.addWidget(card)
            self._checks.addSpacing(8)

    def _fit(self) -> None:
        """Give a long name smaller letters and the buttons fewer words where there is little room."""
        narrow = self.width() < self._desk.theme.look.px(480)
        dress(self.name, role="section" if narrow else "title")
        dress(self.number, role="section_number" if narrow else "number")
        before, after = self._neighbours
        self.before.setText("‹" if narrow else f"‹ {before}")
        self.after.setText("›" if narrow else f"{after} ›")

    def _note_editor(self, prompt: str) -> TextEditor:
        name = _("Note to: {prompt}").format(prompt=prompt)
        return TextEditor(self._note, name=name, placeholder=_("Note"), lines=1, unsaved=self._desk.unsaved)

    def _lay_out(self) -> QScrollArea:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        head.addSpacing(12)
        head.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        for widget in (self.before, self.after, self.guide):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 16, 24)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.rating)
        column.addLayout(self._checks)
        column.addWidget(self.evidence)
        column.addWidget(self.findings)
        column.addStretch(1)
        area = scrolled(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width of the head anew."""
        super().resizeEvent(event)
        self._fit()
