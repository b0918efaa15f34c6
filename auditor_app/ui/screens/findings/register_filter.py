"""Which findings the list shows: by grade, state and criterion, and those whose day has passed."""

from collections.abc import Iterable

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from auditor_app.domain.findings import FINDING_STATES
from auditor_app.translation import _
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.labels import dress
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.workflows.closing_words import state_words
from auditor_app.workflows.finding_register import Wanted
from auditor_app.workflows.visits import OpenVisit


def today() -> str:
    """Give this day by the laptop's clock."""
    return QDate.currentDate().toString("yyyy-MM-dd")


class RegisterFilter(QWidget):
    """`changed` says that something else is wanted."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin with everything wanted."""
        super().__init__()
        self.grade, self.state, self.criterion = SteadyCombo(), SteadyCombo(), SteadyCombo()
        for box, name in ((self.grade, _("Grade")), (self.state, _("State")), (self.criterion, _("Criterion"))):
            box.setAccessibleName(_("Show by: {what}").format(what=name))
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(SteadyCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda _row: self._tell())
        self.overdue = button(_("Overdue"), self._tell, role="choice", name=_("Only what is overdue"))
        self.overdue.setCheckable(True)
        self._lay_out(theme)

    @property
    def wanted(self) -> Wanted:
        """Say which findings are wanted."""
        grade, state, criterion = (str(box.currentData() or "") for box in (self.grade, self.state, self.criterion))
        return Wanted(grade=grade, state=state, criterion=criterion, overdue_on=today() if self.overdue.isChecked() else "")

    def offer(self, opened: OpenVisit) -> None:
        """Offer the grades, states and criteria that findings have; what is chosen stays."""
        findings = opened.state.findings
        grades = {one.grade for one in findings}
        numbers = {one.criterion for one in findings}
        names = [(str(one.number), f"{one.number} {one.name}") for one in opened.form.criteria if str(one.number) in numbers]
        _fill(self.grade, _("All grades"), ((one.key, one.label) for one in opened.form.finding_grades if one.key in grades))
        _fill(self.state, _("All states"), ((key, state_words(key)) for key in FINDING_STATES))
        _fill(self.criterion, _("All criteria"), names)

    def clear(self) -> None:
        """Want everything."""
        for box in (self.grade, self.state, self.criterion):
            box.setCurrentIndex(0)
        self.overdue.setChecked(False)
        self._tell()

    def _tell(self) -> None:
        for box in (self.grade, self.state, self.criterion):
            dress(box, state="on" if box.currentIndex() > 0 else "")
        self.changed.emit()

    def _lay_out(self, theme: Theme) -> None:
        columns = Columns(theme, spacing=6)
        for widget, width in ((self.grade, 120), (self.state, 120), (self.criterion, 150), (self.overdue, 90)):
            columns.add(widget, width, 1)
        self.setLayout(columns)


def _fill(box: SteadyCombo, all_words: str, choices: Iterable[tuple[str, str]]) -> None:
    offered = [("", all_words), *choices]
    if [box.itemData(row) for row in range(box.count())] == [key for key, _words in offered]:
        return
    chosen = box.currentData()
    box.clear()
    for key, words in offered:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
