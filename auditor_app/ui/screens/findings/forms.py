"""The forms in the place of the editor: a new finding, a new limit, and a limit that is there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.domain.visit import Limit
from auditor_app.translation import _
from auditor_app.ui.screens.findings.withdrawing import Withdrawing
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.workflows.visits import OpenVisit


class NewFinding(QWidget):
    """`raised` carries criterion, title and grade."""

    raised = Signal(str, str, str)
    given_up = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.criterion, self.grade = SteadyCombo(), SteadyCombo()
        self.title = text_line(_("What is wrong, or notably good, in one line"))
        self.title.returnPressed.connect(self._raise)
        card = Card(margin=20, spacing=14)
        card.content.addLayout(named(_("Criterion"), self.criterion))
        card.content.addLayout(named(_("Title"), self.title))
        card.content.addLayout(named(_("Grade"), self.grade))
        card.content.addLayout(_buttons(button(_("Raise the finding"), self._raise, role="first"), self.given_up.emit))
        _page(self, _("New finding"), _("The rest is written once it is raised; everything saves itself."), card)

    def begin(self, opened: OpenVisit, criterion: str) -> None:
        """Offer criteria and grades, with one criterion chosen."""
        self.title.clear()
        dress(self.title, state="")
        _fill(self.criterion, [(f"{one.number} {one.name}", str(one.number)) for one in opened.form.criteria], criterion)
        _fill(self.grade, [(one.label, one.key) for one in opened.form.finding_grades], "")
        self.title.setFocus()

    def _raise(self) -> None:
        text = self.title.text().strip()
        dress(self.title, state="" if text else "wrong")
        if text:
            self.raised.emit(str(self.criterion.currentData()), text, str(self.grade.currentData()))


class NewLimit(QWidget):
    """`noted` carries what, why and the numbers of the criteria."""

    noted = Signal(str, str, tuple)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin empty."""
        super().__init__()
        self._theme = theme
        self.what = text_line(_("The night shift in the tankhouse"))
        self.why = QPlainTextEdit()
        self.why.setPlaceholderText(_("The crew was off for the maintenance stop"))
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(72)
        self.criteria = QListWidget()
        self.criteria.setProperty("framed", "true")
        self.criteria.setFixedHeight(230)
        card = Card(margin=20, spacing=14)
        card.content.addLayout(named(_("What was not seen"), self.what))
        card.content.addLayout(named(_("Why"), self.why))
        card.content.addLayout(named(_("Criteria that it touches (Space ticks)"), self.criteria))
        self.note = button(_("Note it"), self._note, role="first")
        card.content.addLayout(_buttons(self.note, self.given_up.emit))
        words = _("An audit is a sample. What could not be seen stands in the report, so that nobody reads more into it than there is.")
        _page(self, _("What was not seen"), words, card)

    def begin(self, opened: OpenVisit) -> None:
        """Offer the criteria, none of them ticked."""
        self.what.clear()
        self.why.clear()
        self.criteria.clear()
        for one in opened.form.criteria:
            item = QListWidgetItem(f"{one.number}  {one.name}", self.criteria)
            item.setData(Qt.ItemDataRole.UserRole, str(one.number))
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, self._theme.look.measures["control"]))
        self.what.setFocus()

    def _note(self) -> None:
        what, why = self.what.text().strip(), " ".join(self.why.toPlainText().split())
        dress(self.what, state="" if what else "wrong")
        dress(self.why, state="" if why else "wrong")
        items = (self.criteria.item(row) for row in range(self.criteria.count()))
        ticked = tuple(item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked)
        if what and why:
            self.noted.emit(what, why, ticked)


class LimitView(QWidget):
    """Shows a limit. `withdrawn` carries the reason, `criterion_wanted` a number."""

    withdrawn = Signal(str)
    criterion_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.limit = ""
        self.what, self.why = label("", "section", wrap=True, selectable=True), label("", wrap=True, selectable=True)
        self._criteria = QVBoxLayout()
        self._criteria.setSpacing(0)
        why = _("Why? Was it seen after all? The reason stays in the history.")
        self.withdrawing = Withdrawing(_("Take it back…"), _("Take it back"), why)
        self.withdrawing.withdrawn.connect(self.withdrawn)
        card = Card(margin=20, spacing=10)
        for name, shown in ((_("What was not seen"), self.what), (_("Why"), self.why)):
            card.content.addWidget(label(name, "field"))
            card.content.addWidget(shown)
        card.content.addWidget(label(_("Criteria that it touches"), "field"))
        card.content.addLayout(self._criteria)
        card.content.addWidget(self.withdrawing)
        _page(self, _("Not seen"), _("It stands in the report among the limits of this visit."), card)

    def show_limit(self, opened: OpenVisit, limit: Limit) -> None:
        """Show a limit."""
        if self.limit != limit.id:
            self.withdrawing.close_line()
        self.limit = limit.id
        self.what.setText(limit.what)
        self.why.setText(limit.why)
        empty_layout(self._criteria)
        for number in limit.criteria:
            criterion = opened.form.criterion(number)
            name = f"{number} {criterion.name if criterion else ''}".strip()
            shown = button(name.replace("&", "&&"), partial(self.criterion_wanted.emit, number), role="link", name=name)
            self._criteria.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeading)
        if not limit.criteria:
            self._criteria.addWidget(label(_("none named"), "muted"))


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


def _page(page: QWidget, title: str, words: str, card: Card) -> None:
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 20, 24, 20)
    layout.setSpacing(12)
    layout.addWidget(label(title, "title"))
    layout.addWidget(label(words, "muted", wrap=True))
    layout.addWidget(card)
    layout.addStretch(1)
