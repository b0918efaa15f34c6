"""When and how fast to send: hours, limits, and networks that are paid by the amount."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.screens.hand_over.view_state import Standing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.focus import bring_into_sight
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.workflows.sending_rules import ASK, SEND, WAIT, SendingRules

_EVENING, _MORNING = "20:00", "06:00"


class RulesCard(Card):
    """`ruled` carries the rules as chosen."""

    ruled = Signal(object)

    def __init__(self) -> None:
        """Begin without limits."""
        super().__init__(margin=16, spacing=10)
        self.words = label("", "muted", wrap=True)
        self.change = button(_("Change…"), self.open_form, role="link", name=_("Change when and how fast to send"))
        self.night, self.metered = SteadyCombo(), SteadyCombo()
        self.night.addItem(_("At any time"), False)
        self.night.addItem(_("Only between these hours"), True)
        self.begins, self.ends = text_line(_EVENING), text_line(_MORNING)
        self.rate, self.metered_rate = text_line(_("no limit")), text_line(_("no limit"))
        for choice, words in ((ASK, _("Ask me first")), (SEND, _("Send")), (WAIT, _("Wait for another network"))):
            self.metered.addItem(words, choice)
        self.said = label("", "error", wrap=True)
        self.said.hide()
        self.night.currentIndexChanged.connect(self._fit)
        self.save = button(_("Keep it so"), self._save, role="first")
        head, told = QHBoxLayout(), QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(label(_("When and how fast to send"), "section"))
        told.addWidget(self.words)
        head.addLayout(told, 1)
        head.addWidget(self.change)
        self.content.addLayout(head)
        self._form = self._make_form()
        self._form.hide()
        self.content.addWidget(self._form)

    def show_standing(self, standing: Standing) -> None:
        """Show the rules."""
        rules = standing.rules
        self.words.setText(rules_words(rules))
        if self._form.isVisibleTo(self):
            return
        self.night.setCurrentIndex(self.night.findData(bool(rules.night_from)))
        self.begins.setText(rules.night_from or _EVENING)
        self.ends.setText(rules.night_until or _MORNING)
        self.rate.setText(str(rules.rate or ""))
        self.metered_rate.setText(str(rules.metered_rate or ""))
        self.metered.setCurrentIndex(self.metered.findData(rules.metered))
        self._fit()

    def open_form(self) -> None:
        """Open the lines and go there, or put them away."""
        there = self._form.isVisibleTo(self)
        self._turn(to_form=not there)
        (self.change if there else self.night).setFocus()
        if not there:
            bring_into_sight(self)

    def kept(self) -> None:
        """Put the lines away."""
        self.say("")
        self._turn(to_form=False)

    def _turn(self, *, to_form: bool) -> None:
        self._form.setVisible(to_form)
        self.change.setVisible(not to_form)

    def say(self, problem: str) -> None:
        """Say in place what is wrong."""
        self.said.setText(problem)
        self.said.setVisible(bool(problem))

    def _fit(self) -> None:
        for field in (self.begins, self.ends):
            field.setEnabled(bool(self.night.currentData()))

    def _save(self) -> None:
        rates = [_number(self.rate), _number(self.metered_rate)]
        if None in rates:
            return
        hours = [field.text().strip() if self.night.currentData() else "" for field in (self.begins, self.ends)]
        self.ruled.emit(
            SendingRules(
                rate=rates[0] or 0,
                metered_rate=rates[1] or 0,
                metered=str(self.metered.currentData()),
                night_from=hours[0],
                night_until=hours[1],
            )
        )

    def _make_form(self) -> QWidget:
        form, grid, line = QWidget(), QGridLayout(), QHBoxLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.addLayout(named(_("Send"), self.night), 0, 0)
        grid.addLayout(named(_("At most (kB a second)"), self.rate), 0, 1)
        grid.addLayout(named(_("From"), self.begins), 1, 0)
        grid.addLayout(named(_("Until"), self.ends), 1, 1)
        grid.addLayout(named(_("On a network that is paid by the amount"), self.metered), 2, 0)
        grid.addLayout(named(_("There at most (kB a second)"), self.metered_rate), 2, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        line.addWidget(self.save)
        line.addWidget(button(_("Not now"), self.open_form, role="link", name=_("Leave the rules for sending as they are")))
        line.addStretch(1)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(grid)
        layout.addWidget(self.said)
        layout.addLayout(line)
        return form


def rules_words(rules: SendingRules) -> str:
    """Say the rules in a sentence or two."""
    between = _("between {begins} and {ends}").format(begins=rules.night_from, ends=rules.night_until)
    hours = between if rules.night_from else _("at any time")
    limit = _("at most {rate} kB a second").format(rate=rules.rate) if rules.rate else _("as fast as the line allows")
    metered = {
        ASK: _("You are asked before a network that is paid by the amount."),
        SEND: _("Also on networks that are paid by the amount."),
        WAIT: _("Never on a network that is paid by the amount."),
    }[rules.metered]
    said = [_("Sent {hours}, {limit}.").format(hours=hours, limit=limit), metered]
    if rules.metered_rate and rules.metered != WAIT:
        said.append(_("There at most {rate} kB a second.").format(rate=rules.metered_rate))
    return " ".join(said)


def _number(field: QLineEdit) -> int | None:
    """Read a limit; empty is none. What is no number is marked, and gives None."""
    text = field.text().strip()
    right = not text or (text.isascii() and text.isdigit() and len(text) < 8)
    dress(field, state="" if right else "wrong")
    return int(text or 0) if right else None
