"""The middle of the criterion page: rating and reason, the checks by kind, the evidence, the findings."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.criteria.answer_keys import keys_words
from auditor_app.ui.screens.criteria.check_row import CheckRow
from auditor_app.ui.screens.criteria.evidence_strip import EvidenceStrip
from auditor_app.ui.screens.criteria.findings_part import FindingsPart
from auditor_app.ui.screens.criteria.gaps_part import GapsPart
from auditor_app.ui.screens.criteria.questions_part import questions_part
from auditor_app.ui.screens.criteria.rating_card import Explain, Rate, RatingCard
from auditor_app.ui.screens.criteria.rests_on import RestsOn
from auditor_app.ui.screens.criteria.section import Section
from auditor_app.ui.screens.criteria.view_state import KINDS, answered_text, linked_evidence
from auditor_app.ui.screens.criteria.who_line import WhoLine
from auditor_app.ui.widgets.autosave import Save
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.criteria import CheckLine, CriterionPage
from auditor_app.workflows.triangulation import Conclusion
from auditor_app.workflows.visits import OpenVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Saves:
    """How what is typed and chosen on the page is kept."""

    rate: Rate
    explain: Explain
    depart: Explain
    note: Save
    settle: Save


class Page(QWidget):
    """Shows one criterion. `answered` carries check and answer, `check_evidence` a check and its button, `dropped` a check and files."""

    answered = Signal(str, str)
    check_evidence = Signal(str, object)
    dropped = Signal(str, list)
    before_wanted = Signal()
    after_wanted = Signal()
    guide_wanted = Signal()
    list_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, desk: Desk, saves: Saves) -> None:
        """Build the fixed parts; the rows of checks are made for each criterion."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._note = desk, saves.note
        self._shown: tuple[str, ...] = ()
        self._neighbours, self._following = ("", ""), ""
        self.rows: dict[str, CheckRow] = {}
        self.sections = {kind: Section(_(title)) for kind, title in KINDS.items()}
        self.number, self.name = label("", "number"), label("", "title", wrap=True)
        self.name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.all = button(f"‹ {_('All criteria')}", self.list_wanted.emit, role="link", name=_("All criteria"))
        self.before = button("‹", self.before_wanted.emit, role="quiet", name=_("Criterion before (Alt+Left)"))
        self.after = button("›", self.after_wanted.emit, role="quiet", name=_("Next criterion (Alt+Right)"))
        self.guide = button(_("Guide"), self.guide_wanted.emit, role="quiet", key="F1")
        self.guide.setCheckable(True)
        self.who, self.gaps = WhoLine(desk.theme), GapsPart(desk.theme)
        self.rating = RatingCard(desk.theme, saves.rate, saves.explain, saves.depart, desk.unsaved, desk.waiting)
        self.questions = questions_part(desk)
        self.rests_on = RestsOn(desk, saves.settle)
        self.evidence = EvidenceStrip(desk.theme, desk.pictures)
        self.findings = FindingsPart()
        self.keys = for_writing(label("", "tiny", wrap=True))
        self.next = button("", self.next_wanted.emit)
        self._area = self._lay_out()

    def show_conclusion(self, opened: OpenVisit, one: Conclusion) -> None:
        """Show a criterion; what stays the same keeps its focus and place."""
        page = one.page
        wanted = (opened.state.id, one.number, *(line.check.id for line in page.checks))
        if wanted != self._shown:
            same = wanted[:2] == self._shown[:2]
            self._shown = wanted
            if not same:
                for check in list(self.rows):
                    self._take_row(check)
                self._area.verticalScrollBar().setValue(0)
            self._place_rows(opened, page)
        self.number.setText(str(page.criterion.number))
        self.name.setText(page.criterion.name)
        self.keys.setText(keys_words(opened.form))
        self.rating.show_conclusion(opened, one)
        self.gaps.show_conclusion(one)
        self.questions.show_about(opened, Subject(CRITERION, one.number), *(Subject(CHECK, each.id) for each in page.criterion.checks))
        self.rests_on.show_conclusion(opened, one)
        for line in page.checks:
            self.rows[line.check.id].show_line(opened.state.id, line)
        for kind, section in self.sections.items():
            section.count.setText(answered_text(line for line in page.checks if line.check.kind == kind))
        self.evidence.show_evidence(linked_evidence(page))
        self.findings.show_findings(opened.form, page.findings)

    def show_neighbours(self, before: str, after: str, following: str) -> None:
        """Name the criteria before and after on their buttons, and the next open one at the end ("" when none is left)."""
        self.next.setVisible(bool(following))
        self._following = following
        self.next.setAccessibleName(_("Next open: {criterion} (Ctrl+J)").format(criterion=following))
        self._neighbours = before, after
        self.before.setVisible(bool(before))
        self.after.setVisible(bool(after))
        self._fit()

    def focus_checks(self) -> None:
        """Go to the first check that is not answered, or to the first one."""
        rows = list(self.rows.values())
        for row in [row for row in rows if not row.answer.currentData()][:1] or rows[:1]:
            row.answer.setFocus()

    def focus_check(self, check: str) -> None:
        """Go to a check."""
        if check in self.rows:
            self.rows[check].answer.setFocus()

    def step_check(self, check: str, by: int) -> None:
        """Go to a check further on, over the sections; after the last one to the rating."""
        order = list(self.rows)
        at = order.index(check) + by
        if at >= len(order):
            self.rating.focus_rating()
        elif at >= 0:
            self.focus_check(order[at])

    def focus_gap(self, place: str) -> None:
        """Go to where a gap is mended: "rating", "because", "departs", "findings", "settle", "sources" or "history"."""
        acts: dict[str, Callable[[], object]] = {
            "rating": self.rating.focus_rating,
            "because": self.rating.because.setFocus,
            "departs": self.rating.departs.setFocus,
            "findings": self.findings.write,
            "settle": self.rests_on.focus_open,
            "sources": self.focus_checks,
            "history": partial(self._desk.go_to, "history", ""),
        }
        acts[place]()

    def scroll_to_end(self) -> None:
        """Bring evidence and findings into view."""
        self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())

    def commit(self) -> None:
        """Save every text that is not saved."""
        self.rating.commit()
        self.questions.commit()
        self.rests_on.commit()
        for row in self.rows.values():
            row.note.commit()

    def _place_rows(self, opened: OpenVisit, page: CriterionPage) -> None:
        """Make the rows that the form shows now and take away those that it does not; rows that stay keep focus and typed text."""
        shown = {line.check.id for line in page.checks}
        for check in [check for check in self.rows if check not in shown]:
            self._take_row(check)
        for kind, section in self.sections.items():
            lines = [line for line in page.checks if line.check.kind == kind]
            for at, line in enumerate(lines):
                if line.check.id not in self.rows:
                    section.card.content.insertWidget(at, self._make_row(opened, line))
                self.rows[line.check.id].show()
                dress(self.rows[line.check.id], card="row" if at else "first_row")
            section.setVisible(bool(lines))
        order = [line.check.id for kind in self.sections for line in page.checks if line.check.kind == kind]
        self.rows = {check: self.rows[check] for check in order}

    def _take_row(self, check: str) -> None:
        row = self.rows[check]
        if row.isAncestorOf(self.focusWidget() or self):
            self.step_check(check, -1)
        row.note.commit()
        row.hide()
        row.deleteLater()
        del self.rows[check]

    def _make_row(self, opened: OpenVisit, line: CheckLine) -> CheckRow:
        row = CheckRow(self._desk.theme, opened.form, line, self._note_editor(line.check.prompt))
        row.answered.connect(self.answered)
        row.evidence_wanted.connect(self.check_evidence)
        row.dropped.connect(self.dropped)
        row.stepped.connect(self.step_check)
        row.finding_wanted.connect(lambda check: self._desk.go_to("findings", f"check:{check}"))
        self.rows[line.check.id] = row
        return row

    def _fit(self) -> None:
        """Give a long name smaller letters and the buttons fewer words where there is little room."""
        narrow = self.width() < self._desk.theme.look.px(480)
        dress(self.name, role="section" if narrow else "title")
        dress(self.number, role="section_number" if narrow else "number")
        before, after = self._neighbours
        self.before.setText("‹" if narrow else f"‹ {before}")
        self.after.setText("›" if narrow else f"{after} ›")
        little = self.width() < self._desk.theme.look.px(560)
        following = self._following.split(" ")[0] if little else self._following
        self.next.setText(_("Next open: {criterion}  {key}").format(criterion=following, key="Ctrl+J"))

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
        top = QVBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeading)
        top.addLayout(head)
        top.addWidget(self.who)
        column.addLayout(top)
        column.addWidget(self.rating)
        column.addWidget(self.gaps)
        column.addWidget(self.questions)
        column.addWidget(self.keys)
        for section in self.sections.values():
            column.addWidget(section)
        for part in (self.rests_on, self.evidence, self.findings):
            column.addWidget(part)
        column.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTrailing)
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
