"""The editor of one finding: every field saves itself."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, Finding
from auditor_app.form_engine.definition import Form
from auditor_app.ids import VisitId
from auditor_app.translation import N_, _, plural
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import OPEN, MarkSign, mark_icon
from auditor_app.ui.lines.cell import Option
from auditor_app.ui.lines.mark_choice import MarkChoice
from auditor_app.ui.moments import day_words
from auditor_app.ui.reading import for_writing, shown_only
from auditor_app.ui.screens.criteria.evidence_strip import EvidenceStrip
from auditor_app.ui.screens.criteria.questions_part import questions_part
from auditor_app.ui.screens.findings.follow_up import FollowUp, ignore
from auditor_app.ui.screens.findings.view_state import POSITION_MARKS, grade_mark, linked_to
from auditor_app.ui.screens.findings.withdrawing import Withdrawing
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.closing_words import POSITIONS as WORDS
from auditor_app.workflows.finding_register import due_by_form, is_followed_up
from auditor_app.workflows.visits import OpenVisit

Revise = Callable[[VisitId, str, dict[str, Any], Done, Done], object]
"""Called with the visit, a finding's id, the fields to set, and what to call afterwards."""

POSITIONS = tuple(Option(key=key, words=words, mark=POSITION_MARKS[key]) for key, words in (*WORDS.items(), ("", N_("Not said"))))

TEXTS = (
    ("statement", N_("What was found"), N_("One statement of fact that the site would agree to")),
    ("objective_evidence", N_("Objective evidence"), N_("What was seen, heard and read, where and when, without names of interviewees")),
    ("requirement", N_("What is required"), N_("The requirement of the standard in your own words")),
    ("action", N_("Proposed action"), N_("What would close it")),
    ("site_reply", N_("The site's reply"), N_("In the site's words, at the closing meeting")),
)


class FindingEditor(QWidget):
    """Edits the finding shown. `criterion_wanted` carries a number, `withdrawn` the reason."""

    criterion_wanted = Signal(str)
    withdrawn = Signal(str)

    def __init__(self, desk: Desk, revise: Revise) -> None:
        """Build every field; `revise` saves one."""
        super().__init__()
        self._desk, self._revise = desk, revise
        self._form: Form | None = None
        self._visit, self.finding = VisitId(""), ""
        self._criterion_number, self._proposed = "", ""
        self.sign, self.number = MarkSign(desk.theme, OPEN, size=22), label("", "number")
        line = partial(LineEditor, self._save, unsaved=desk.unsaved)
        text = partial(TextEditor, self._save, unsaved=desk.unsaved)
        what, least = _("What is wrong, or notably good, in one line"), (lambda: desk.theme.look.measures["control"])
        self.title = text(name=_("Title"), placeholder=what, one_line=True, least=least)
        self.criterion = shown_only(SteadyCombo())
        self.criterion.setAccessibleName(_("Criterion; another one moves the finding there"))
        self.criterion.activated.connect(lambda _row: self._choose("criterion", self.criterion.currentData()))
        self.to_criterion = button(_("Go there ›"), lambda: self.criterion_wanted.emit(self._criterion_number), role="link")
        self.grade, self.reach = shown_only(SteadyCombo()), shown_only(SteadyCombo())
        self.owner = line(name=_("Owner at the site"), placeholder=_("A function, not a name"))
        self.due = line(name=_("Due"), placeholder="2027-03-31")
        self.texts = {field: text(name=_(name), placeholder=_(hint), lines=2) for field, name, hint in TEXTS}
        self.position = MarkChoice(desk.theme, POSITIONS)
        self.position.name_for(_("what the site says of the finding"))
        self.position.chosen.connect(partial(self._choose, "position"))
        self.by_form, self.due_hint = for_writing(button(_("Take this day"), self._take_due, role="link")), label("", "tiny", wrap=True)
        self.follow_up = FollowUp(desk, lambda key, *more: self._revise(VisitId(key.split("/")[0]), key.split("/")[1], *more))
        self.evidence, self.questions = EvidenceStrip(desk.theme, desk.pictures), questions_part(desk)
        self.evidence.link.setAccessibleName(_("Link evidence of this visit to the finding"))
        why = _("Why is it withdrawn? The reason stays in the history.")
        self.withdrawing = Withdrawing(_("Withdraw this finding…"), _("Withdraw"), why)
        self._fill_choices()
        self._lay_out()

    def show_finding(self, opened: OpenVisit, number: int, finding: Finding) -> None:
        """Show a finding; what was typed and is not saved yet stays."""
        if self.finding != finding.id:
            self.withdrawing.close_line()
        self._visit, self.finding, self._criterion_number = opened.state.id, finding.id, finding.criterion
        self._offer_grades(opened.form)
        self.number.setText(str(number))
        self.sign.show_mark(grade_mark(opened.form, finding.grade))
        self.criterion.setCurrentIndex(self.criterion.findData(finding.criterion))
        self.to_criterion.setAccessibleName(_("Go to criterion {name}").format(name=self.criterion.currentText() or finding.criterion))
        self.grade.setCurrentIndex(max(0, self.grade.findData(finding.grade)))
        self.reach.setCurrentIndex(1 if finding.systemic else 0)
        self.position.show_key(finding.position)
        self.follow_up.setVisible(is_followed_up(opened, finding))
        self.follow_up.show_finding(opened, finding)
        self._show_due(opened, finding)
        self.questions.show_about(opened, Subject(FINDING, finding.id))
        for field, editor in self._editors().items():
            editor.show_text(f"{opened.state.id}/{finding.id}/{field}", getattr(finding, field))
        linked = linked_to(opened, finding.id)
        self.evidence.show_evidence(linked)
        self.evidence.count.setText(plural("{count} piece", "{count} pieces", len(linked)) if linked else _("none yet"))

    def commit(self) -> None:
        """Save what is typed."""
        for editor in self._editors().values():
            editor.commit()
        self.follow_up.commit()
        self.questions.commit()

    def _show_due(self, opened: OpenVisit, finding: Finding) -> None:
        """Propose the form's day where it is not the day that is set."""
        proposed = due_by_form(opened, finding.grade)
        self._proposed = proposed.day if proposed else ""
        is_taken = finding.due == self._proposed
        asked = _("Proposed: {day}, {why}").format(day=day_words(self._proposed), why=proposed.words) if proposed else ""
        self.due_hint.setText(proposed.words if proposed and is_taken else asked)
        self.by_form.setAccessibleName(_("Due on {day}, as the form proposes").format(day=day_words(self._proposed)))
        self.by_form.setVisible(bool(proposed) and not is_taken)
        self._by_form.setVisible(bool(proposed))

    def _take_due(self) -> None:
        self.due.setText(self._proposed)
        self.due.commit()

    def _editors(self) -> dict[str, LineEditor | TextEditor]:
        return {"title": self.title, "owner": self.owner, "due": self.due, **self.texts}

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, finding, field = key.split("/")
        self._revise(VisitId(visit), finding, {field: text}, done, failed)

    def _choose(self, field: str, value: object) -> None:
        self._revise(self._visit, self.finding, {field: value}, ignore, ignore)

    def _fill_choices(self) -> None:
        self.withdrawing.withdrawn.connect(self.withdrawn)
        self.reach.addItem(_("Isolated"), False)
        self.reach.addItem(_("Systemic"), True)
        self.grade.activated.connect(lambda _row: self._choose("grade", self.grade.currentData()))
        self.reach.activated.connect(lambda _row: self._choose("systemic", self.reach.currentData()))
        self._desk.theme.changed.connect(self._offer_grades_anew)

    def _offer_grades_anew(self) -> None:
        """Paint the marks of the grades in the colours of another look."""
        if self._form is not None:
            self._offer_grades(self._form, anew=True)

    def _offer_grades(self, form: Form, *, anew: bool = False) -> None:
        if self._form is form and not anew:
            return
        self._form, chosen = form, self.grade.currentData()
        self.grade.clear()
        for grade in form.finding_grades:
            self.grade.addItem(mark_icon(grade_mark(form, grade.key), self._desk.theme.look), grade.label, grade.key)
        self.grade.setCurrentIndex(max(0, self.grade.findData(chosen)))
        self.criterion.clear()
        for one in form.criteria:
            self.criterion.addItem(f"{one.number} {one.name}", str(one.number))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(self._head())
        layout.addWidget(self.questions)
        layout.addWidget(self._facts())
        layout.addWidget(self._words())
        layout.addWidget(self.evidence)
        layout.addWidget(self.follow_up)
        layout.addWidget(self.withdrawing)
        layout.addStretch(1)

    def _head(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        for widget in (self.sign, self.number):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.title, 1)
        self.title.setProperty("kind", "title")
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(label(_("Criterion"), "muted"))
        below.addWidget(self.criterion, 1)
        below.addWidget(self.to_criterion)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addLayout(line)
        head.addLayout(below)
        return head

    def _facts(self) -> Card:
        card, line = Card(margin=16), Beside(spacing=14, least=self._desk.theme.look.px(460))
        pairs = (((_("Grade"), self.grade), (_("Reach"), self.reach)), ((_("Owner at the site"), self.owner), (_("Due"), self.due)))
        for pair in pairs:
            fields = QHBoxLayout()
            fields.setSpacing(14)
            for name, field in pair:
                lines = named(name, field)
                lines.addStretch(1)
                fields.addLayout(lines, 5 if field is self.owner else 3)
            line.add(fields, 1)
        self._by_form = Beside(spacing=2)
        self._by_form.add(self.due_hint, 1)
        self._by_form.add(self.by_form)
        card.content.addWidget(line)
        card.content.addWidget(self._by_form)
        return card

    def _words(self) -> Card:
        card = Card(margin=16, spacing=12)
        for field, name, _hint in TEXTS:
            lines = named(_(name), self.texts[field])
            if field == "site_reply":
                lines.insertWidget(1, self.position)
            card.content.addLayout(lines)
        return card
