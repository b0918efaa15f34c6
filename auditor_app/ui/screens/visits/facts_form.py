"""The facts of a new visit as a form."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.form_engine.compiling import CompiledForm
from auditor_app.form_engine.definition import Choice
from auditor_app.translation import _, plural
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, scrolled
from auditor_app.ui.widgets.focus import hand_focus_on
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.steady import SteadyCombo, SteadyDate


class FactsForm(QWidget):
    """The facts as fields; `wanted` carries the form's digest and the facts."""

    wanted = Signal(str, dict)
    given_up = Signal()

    def __init__(self, forms: Sequence[CompiledForm]) -> None:
        """Offer the forms at hand, the first one chosen; Enter in a line begins the visit."""
        super().__init__()
        self.setProperty("ground", "background")
        self._forms = forms
        self.standard = SteadyCombo()
        self.site, self.company, self.country, self.location = (text_line() for _line in range(4))
        self.site_type, self.kind = SteadyCombo(), SteadyCombo()
        self.starts_on, self.ends_on = _date(QDate.currentDate()), _date(QDate.currentDate().addDays(3))
        self.metals, self.team = text_line(_("copper, zinc …")), text_line(_("Names, separated by commas"))
        self.scope = QPlainTextEdit()
        self.scope.setTabChangesFocus(True)
        self.scope.setFixedHeight(84)
        self.about = label("", "tiny", wrap=True)
        self.said = label("", "error", wrap=True)
        self.said.hide()
        self.begin = button(_("Begin the visit"), self.submit, role="first")
        for compiled in forms:
            self.standard.addItem(f"{compiled.form.title}", compiled.digest)
        self.standard.currentIndexChanged.connect(lambda _row: self._show_choices())
        self.starts_on.dateChanged.connect(self._not_before)
        self.site.textChanged.connect(lambda text: self.begin.setEnabled(bool(text.strip())))
        self.begin.setEnabled(False)
        for line in (self.site, self.company, self.country, self.location, self.metals, self.team):
            line.returnPressed.connect(self.begin.click)
        self._lay_out()
        self._show_choices()
        hand_focus_on(self, self.site)

    @property
    def facts(self) -> dict[str, str]:
        """Give what was filled in, by the names of the visit's facts."""
        lines = {name: getattr(self, name).text().strip() for name in ("site", "company", "country", "location", "metals", "team")}
        choices = {name: str(getattr(self, name).currentData()) for name in ("site_type", "kind")}
        days = {name: getattr(self, name).date() for name in ("starts_on", "ends_on")}
        dates = {name: day.toString("yyyy-MM-dd") for name, day in days.items()}
        return {**lines, **choices, **dates, "scope": self.scope.toPlainText().strip()}

    def submit(self) -> None:
        """Ask for the visit; the button waits until there is an answer."""
        self.begin.setEnabled(False)
        self.said.hide()
        self.wanted.emit(str(self.standard.currentData()), self.facts)

    def show_problem(self, text: str) -> None:
        """Say in place what is wrong."""
        self.said.setText(text)
        self.said.show()
        dress(self.site, state="" if self.site.text().strip() else "wrong")
        self.begin.setEnabled(True)

    def _show_choices(self) -> None:
        compiled = self._forms[max(0, self.standard.currentIndex())]
        _fill(self.site_type, compiled.form.site_types)
        _fill(self.kind, compiled.form.visit_kinds)
        checks = sum(len(criterion.checks) for criterion in compiled.form.criteria)
        criteria = plural("{count} criterion", "{count} criteria", len(compiled.form.criteria))
        self.about.setText(f"{criteria}, " + plural("{count} check", "{count} checks", checks) + f" · {compiled.form.owner}")

    def _not_before(self, first: QDate) -> None:
        """Keep the last day after the first."""
        if self.ends_on.date() < first:
            self.ends_on.setDate(first)

    def _lay_out(self) -> None:
        card = Card(margin=24, spacing=16)
        standard = named(_("Standard"), self.standard)
        standard.addWidget(self.about)
        card.content.addLayout(standard)
        card.content.addLayout(self._grid())
        inside = QWidget()
        column_layout = QVBoxLayout(inside)
        column_layout.setContentsMargins(32, 24, 32, 24)
        column_layout.setSpacing(16)
        for widget in (*self._title(), card, self.said):
            column_layout.addWidget(widget)
        column_layout.addLayout(self._buttons())
        column_layout.addStretch(1)
        inside.setMaximumWidth(1000)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))

    def _title(self) -> tuple[QWidget, QWidget]:
        text = _("Only the site is needed now; the rest can be filled in on the way.")
        return label(_("New visit"), "title"), label(text, "muted", wrap=True)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        places: tuple[tuple[str, QWidget, int, int, int], ...] = (
            (_("Site"), self.site, 0, 0, 1),
            (_("Company"), self.company, 0, 1, 1),
            (_("Country"), self.country, 1, 0, 1),
            (_("Place"), self.location, 1, 1, 1),
            (_("Type of site"), self.site_type, 2, 0, 1),
            (_("Kind of visit"), self.kind, 2, 1, 1),
            (_("Metals"), self.metals, 3, 1, 1),
            (_("Scope: what belongs to the site, and what does not"), self.scope, 4, 0, 2),
            (_("Team"), self.team, 5, 0, 2),
        )
        for title, field, row, column, width in places:
            grid.addLayout(named(title, field), row, column, 1, width)
        days = QHBoxLayout()
        days.setSpacing(16)
        days.addLayout(named(_("First day"), self.starts_on))
        days.addLayout(named(_("Last day"), self.ends_on))
        grid.addLayout(days, 3, 0)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(self.begin)
        line.addWidget(button(_("Back to the visits"), self.given_up.emit, role="link"))
        line.addStretch(1)
        return line


def _fill(box: QComboBox, choices: Sequence[Choice]) -> None:
    box.clear()
    for choice in choices:
        box.addItem(choice.label, choice.key)


def _date(day: QDate) -> QDateEdit:
    box = SteadyDate(day)
    box.setDisplayFormat("yyyy-MM-dd")
    box.setCalendarPopup(True)
    box.setDate(day)
    return box
