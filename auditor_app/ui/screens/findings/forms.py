"""The forms in the place of the editor: a new finding, a new limit."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.screens.findings.criteria_ticks import CriteriaTicks
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.workflows.visits import OpenVisit


class NewFinding(QWidget):
    """`raised` carries criterion, check ("" for none), title and grade."""

    raised = Signal(str, str, str, str)
    given_up = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.criterion, self.grade, self.check = SteadyCombo(), SteadyCombo(), ""
        self.shown_by = label("", "muted", wrap=True)
        self.title = text_line(_("What is wrong, or notably good, in one line"))
        self.title.returnPressed.connect(self._raise)
        card = Card(margin=20, spacing=14)
        card.content.addWidget(self.shown_by)
        card.content.addLayout(named(_("Criterion"), self.criterion))
        card.content.addLayout(named(_("Title"), self.title))
        card.content.addLayout(named(_("Grade"), self.grade))
        card.content.addLayout(_buttons(button(_("Raise the finding"), self._raise, role="first"), self.given_up.emit))
        form_page(self, _("New finding"), _("The rest is written once it is raised; everything saves itself."), card)

    def begin(self, opened: OpenVisit, criterion: str, check: str = "") -> None:
        """Offer criteria and grades, with one criterion chosen, or the one whose check showed something."""
        shown = next(((str(one.number), its.prompt) for one in opened.form.criteria for its in one.checks if its.id == check), None)
        self.check, criterion = (check, shown[0]) if shown else ("", criterion)
        told = _("From the check “{prompt}”. Its note and its evidence go along.")
        self.shown_by.setText(told.format(prompt=shown[1].rstrip(".")) if shown else "")
        self.shown_by.setVisible(bool(shown))
        self.criterion.setEnabled(not shown)
        self.title.clear()
        dress(self.title, state="")
        _fill(self.criterion, [(f"{one.number} {one.name}", str(one.number)) for one in opened.form.criteria], criterion)
        _fill(self.grade, [(one.label, one.key) for one in opened.form.finding_grades], "")
        self.title.setFocus()

    def _raise(self) -> None:
        text = self.title.text().strip()
        dress(self.title, state="" if text else "wrong")
        if text:
            self.raised.emit(str(self.criterion.currentData()), self.check, text, str(self.grade.currentData()))


class NewLimit(QWidget):
    """`noted` carries what, why and the numbers of the criteria."""

    noted = Signal(str, str, tuple)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin empty."""
        super().__init__()
        self.what = text_line(_("The night shift in the tankhouse"))
        self.why = QPlainTextEdit()
        self.why.setPlaceholderText(_("The crew was off for the maintenance stop"))
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(72)
        self.criteria = CriteriaTicks(theme)
        card = Card(margin=20, spacing=14)
        card.content.addLayout(named(_("What was not seen"), self.what))
        card.content.addLayout(named(_("Why"), self.why))
        card.content.addLayout(named(_("Criteria that it touches (Space ticks)"), self.criteria))
        self.note = button(_("Note it"), self._note, role="first")
        card.content.addLayout(_buttons(self.note, self.given_up.emit))
        words = _("An audit is a sample. What could not be seen stands in the report, so that nobody reads more into it than there is.")
        form_page(self, _("What was not seen"), words, card)

    def begin(self, opened: OpenVisit) -> None:
        """Offer the criteria, none of them ticked."""
        self.what.clear()
        self.why.clear()
        self.criteria.offer(opened.form, ())
        self.what.setFocus()

    def _note(self) -> None:
        what, why = self.what.text().strip(), self.why.toPlainText().strip()
        dress(self.what, state="" if what else "wrong")
        dress(self.why, state="" if why else "wrong")
        if what and why:
            self.noted.emit(what, why, self.criteria.ticked)


def _fill(box: SteadyCombo, choices: Sequence[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for words, key in choices:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _buttons(first: QWidget, give_up: Callable[[], object]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(first)
    line.addWidget(button(_("Not now"), give_up, role="link"))
    line.addStretch(1)
    return line


def form_page(page: QWidget, title: str, words: str, card: Card) -> None:
    """Lay a page out: its title, a sentence, and the card that is filled in."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 20, 24, 20)
    layout.setSpacing(12)
    layout.addWidget(label(title, "title"))
    layout.addWidget(label(words, "muted", wrap=True))
    layout.addWidget(card)
    layout.addStretch(1)
