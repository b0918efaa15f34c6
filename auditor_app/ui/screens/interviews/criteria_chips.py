"""The criteria that something speaks of, as chips: one press takes one away, a choice adds one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from auditor_app.form_engine.definition import Form
from auditor_app.translation import _
from auditor_app.ui.reading import for_writing, only_reads, shown_only
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.steady import SteadyCombo

LONGEST = 30
"""Letters of a criterion's name on its chip; the whole of it is in the tip."""


class CriteriaChips(QWidget):
    """`changed` carries the numbers as they are wanted."""

    changed = Signal(tuple)

    def __init__(self, name: str) -> None:
        """Begin without criteria; `name` says what they are the criteria of."""
        super().__init__()
        self.numbers: tuple[str, ...] = ()
        self._shown: object = None
        self.add = for_writing(SteadyCombo())
        self.add.setAccessibleName(_("Add a criterion: {what}").format(what=name))
        self.add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add.activated.connect(self._added)
        self._chips = QWidget()
        self._flow = Flow(spacing=6)
        self._chips.setLayout(self._flow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._chips)
        layout.addWidget(self.add)

    def show_criteria(self, form: Form, numbers: tuple[str, ...]) -> None:
        """Show the criteria chosen, and offer the others."""
        if (form, numbers) == self._shown:
            return
        self._shown, self.numbers = (form, numbers), numbers
        names = {str(one.number): one.name for one in form.criteria}
        empty_layout(self._flow)
        for number in numbers:
            self._flow.addWidget(self._chip(number, names.get(number, "")))
        self._chips.setVisible(bool(numbers))
        self.add.clear()
        self.add.addItem(_("Add a criterion…"))
        for number, name in names.items():
            if number not in numbers:
                self.add.addItem(f"{number}  {name}", number)

    def _chip(self, number: str, name: str) -> QWidget:
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        take = _("Take criterion {name} away").format(name=f"{number} {name}")
        words = f"{number}  {short}".replace("&", "&&")
        if only_reads():
            return shown_only(button(words, role="chip"))
        chip = button(f"{words}  ✕", partial(self._taken, number), role="chip", name=take)
        chip.setToolTip(take)
        return chip

    def _added(self, row: int) -> None:
        number = self.add.itemData(row)
        self.add.setCurrentIndex(0)
        if number is not None:
            self.changed.emit(tuple(sorted({*self.numbers, str(number)}, key=_place)))

    def _taken(self, number: str) -> None:
        self.add.setFocus()
        self.changed.emit(tuple(one for one in self.numbers if one != number))


def _place(number: str) -> tuple[int, str]:
    return (int(number), "") if number.isdecimal() else (10_000, number)
