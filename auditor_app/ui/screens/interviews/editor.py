"""The editor of one interview: who they are to the site, what they agreed to, what was said. Every field saves itself."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from auditor_app.domain.interviews import Interview
from auditor_app.translation import N_, _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.glyphs import OPEN, MarkSign
from auditor_app.ui.moments import read_typed, typed_words
from auditor_app.ui.reading import for_writing, read_value, shown_only
from auditor_app.ui.screens.findings.withdrawing import Withdrawing
from auditor_app.ui.screens.interviews.consent_choice import ConsentChoice
from auditor_app.ui.screens.interviews.criteria_chips import CriteriaChips
from auditor_app.ui.screens.interviews.field_grid import COLUMNS, FieldGrid
from auditor_app.ui.screens.interviews.kept_name import KeptName
from auditor_app.ui.screens.interviews.quotes import QuotesPart
from auditor_app.ui.screens.interviews.view_state import (
    FORM_WORDS,
    TRAIT_WORDS,
    consent_mark,
    is_said_without_consent,
    known_values,
    language_words,
    plan_lines,
    proposal,
    whom_words,
)
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.visits import OpenVisit

Revise = Callable[[str, Mapping[str, object], Done, Done], object]
"""Called with an interview's id, fields with their values, and what to call afterwards."""

LINES = (
    ("group", N_("Group"), N_("Who they are to the site, never a name")),
    ("people", N_("People"), N_("how many")),
    ("employer", N_("Employer"), N_("the site, a contractor")),
    ("gender", N_("Gender"), N_("women, men, mixed")),
    ("shift", N_("Shift"), N_("day, night")),
    ("union", N_("Union"), N_("which, or none")),
    ("community", N_("Community"), N_("which one")),
    ("language", N_("Language"), N_("es, or a name")),
    ("interpreter", N_("Interpreted how"), N_("how, never who: independent, by telephone; empty when it was not")),
    ("held_at", N_("When"), "2026-11-16 09:30"),
    ("place", N_("Where"), N_("canteen, by telephone")),
    ("minutes", N_("Minutes"), N_("how long")),
)
NUMBERS = ("people", "minutes")
COMPLETED = ("group", *TRAIT_WORDS, "place", "interpreter")


class InterviewEditor(QWidget):
    """Edits the interview shown; `withdrawn` carries the reason for taking it out."""

    withdrawn = Signal(str)

    def __init__(self, desk: Desk, revise: Revise, quotes: QuotesPart, name: KeptName) -> None:
        """Build every field; `revise` saves."""
        super().__init__()
        self._desk, self._revise, self.quotes, self.name = desk, revise, quotes, name
        self.interview, self._proposed = "", ""
        self.sign = MarkSign(desk.theme, OPEN, size=22)
        self.lines = {
            field: LineEditor(self._save, name=_(words), placeholder=_(hint), unsaved=desk.unsaved) for field, words, hint in LINES
        }
        self._language = label(_("Language"), "field")
        self._offers = {field: QStringListModel(self) for field in COMPLETED}
        self.form, self.quota = shown_only(SteadyCombo()), shown_only(SteadyCombo())
        self.suggestion = for_writing(button("", self._follow, role="link"))
        self.consent = ConsentChoice(desk.theme)
        refused = _("Consent was refused, yet something is written down. Take it out, or put the consent right.")
        self.warning = label(refused, "warning", wrap=True)
        self.summary = TextEditor(
            self._save, name=_("Summary"), placeholder=_("What was said, so that nobody can be told by it"), lines=3, unsaved=desk.unsaved
        )
        self.criteria = CriteriaChips(_("interview"))
        self.withdrawing = Withdrawing(
            _("Take this interview out…"), _("Take it out"), _("Why is it taken out? The reason stays in the history.")
        )
        self._connect()
        self._lay_out()

    def show_interview(self, opened: OpenVisit, interview: Interview) -> None:
        """Show an interview; what was typed and is not saved yet stays."""
        if self.interview != interview.id:
            self.withdrawing.close_line()
        self.interview = interview.id
        self.sign.show_mark(consent_mark(interview.consent))
        self._offer(opened)
        for field, line in self.lines.items():
            text = _shown(field, getattr(interview, field))
            if field == "language":
                text = read_value(text, language_words(text), self._language, _("Language"))
            line.show_text(f"{opened.state.id}/{interview.id}/{field}", text)
        self.summary.show_text(f"{opened.state.id}/{interview.id}/summary", interview.summary)
        self.form.setCurrentIndex(max(0, self.form.findData(interview.form)))
        self.quota.setCurrentIndex(max(0, self.quota.findData(interview.quota)))
        self.consent.show_consent(interview.consent)
        self.warning.setVisible(is_said_without_consent(opened, interview))
        self.criteria.show_criteria(opened.form, interview.criteria)
        self._suggest(opened, interview)
        self.quotes.show_quotes(opened, interview.id)
        self.name.show_interview(interview.id)

    def commit(self) -> None:
        """Save what is typed."""
        for line in self.lines.values():
            line.commit()
        self.summary.commit()
        self.quotes.commit()
        self.name.commit()

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        *_where, interview, field = key.split("/")
        try:
            value = _read(field, text)
        except ValueError as error:
            failed(error)
            self._desk.tell(Notice(tone="warning", text=_wrong(field, text)))
            return
        fields = {field: value}
        if field == "people" and isinstance(value, int) and value > 1:
            fields["form"] = "group"
        self._revise(interview, fields, done, failed)

    def _choose(self, field: str, value: object) -> None:
        self._revise(self.interview, {field: value}, lambda _changes: None, lambda _error: None)

    def _suggest(self, opened: OpenVisit, interview: Interview) -> None:
        """Say which line of the plan it fits, where that is not the one it counts for."""
        line = proposal(opened, interview)
        self._proposed = line.id if line else ""
        self.suggestion.setVisible(line is not None)
        if line is not None:
            words = _("It fits “{line}”: count it there").format(line=whom_words(line))
            self.suggestion.setText(words.replace("&", "&&"))
            self.suggestion.setAccessibleName(words)

    def _follow(self) -> None:
        self._choose("quota", self._proposed)

    def _offer(self, opened: OpenVisit) -> None:
        """Offer the lines of the plan, and what was said in a field before."""
        chosen = self.quota.currentData()
        self.quota.clear()
        self.quota.addItem(_("Not in the plan"), "")
        for line in plan_lines(opened):
            self.quota.addItem(line.words, line.quota)
        self.quota.setCurrentIndex(max(0, self.quota.findData(chosen)))
        for field, offered in self._offers.items():
            values = list(known_values(opened, field))
            if offered.stringList() != values:
                offered.setStringList(values)

    def _connect(self) -> None:
        for key, words in FORM_WORDS.items():
            self.form.addItem(_(words), key)
        for field, offered in self._offers.items():
            completer = QCompleter(offered, self.lines[field])
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.lines[field].setCompleter(completer)
        self.form.activated.connect(lambda _row: self._choose("form", self.form.currentData()))
        self.quota.activated.connect(lambda _row: self._choose("quota", self.quota.currentData()))
        self.consent.chosen.connect(partial(self._choose, "consent"))
        self.criteria.changed.connect(lambda numbers: self._choose("criteria", list(numbers)))
        self.withdrawing.withdrawn.connect(self.withdrawn)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 20)
        layout.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.lines["group"], 1)
        self.lines["group"].setProperty("kind", "title")
        layout.addLayout(head)
        for part in (self._who(), self._talk(), self._said(), self.quotes, self.name, self.withdrawing):
            layout.addWidget(part)
        layout.addStretch(1)

    def _who(self) -> Card:
        card, grid = Card(margin=16, spacing=6), FieldGrid(self._desk.theme)
        grid.add(named(_("Counts for"), self.quota), 4)
        grid.add(named(_("Alone or in a group"), self.form), 1)
        grid.add(self._named("people"), 1)
        for field in TRAIT_WORDS:
            grid.add(self._named(field), 2)
        card.content.addWidget(grid)
        card.content.addWidget(self.suggestion, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _talk(self) -> Card:
        card, grid = Card(margin=16, spacing=10), FieldGrid(self._desk.theme)
        card.content.addLayout(named(_("Consent"), self.consent))
        card.content.addWidget(self.warning)
        for field, columns in (("held_at", 2), ("place", 3), ("minutes", 1), ("interpreter", COLUMNS)):
            grid.add(self._named(field), columns)
        card.content.addWidget(grid)
        return card

    def _said(self) -> Card:
        card = Card(margin=16, spacing=12)
        card.content.addLayout(named(_("Summary"), self.summary))
        title = label(_("Criteria it speaks of"), "field")
        card.content.addWidget(title)
        card.content.addWidget(self.criteria)
        return card

    def _named(self, field: str) -> QLayout:
        words = next(_(words) for name, words, _hint in LINES if name == field)
        return named(self._language if field == "language" else words, self.lines[field])


def _shown(field: str, value: object) -> str:
    """Give a field as it would be typed."""
    if field in NUMBERS:
        return str(value or "")
    return typed_words(str(value)) if field == "held_at" else str(value)


def _read(field: str, text: str) -> object:
    """Read what was typed into a field. Raises ValueError."""
    if field in NUMBERS:
        number = int(text.strip() or "0")
        if number < 0:
            raise ValueError(text)
        return number
    return read_typed(text) if field == "held_at" else text


def _wrong(field: str, text: str) -> str:
    if field == "held_at":
        return _("“{text}” is not a time. Write it like 2026-11-16 09:30; it is not saved yet.").format(text=text)
    return _("“{text}” is not a number of people or minutes. Write it in digits; it is not saved yet.").format(text=text)
