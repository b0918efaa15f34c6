"""The area of the plan where evidence was found."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from auditor_app.domain.planning import Area
from auditor_app.translation import _
from auditor_app.ui.widgets.steady import SteadyCombo


class AreaChoice(SteadyCombo):
    """`chosen` carries the id of an area, "" for none."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Begin without areas."""
        super().__init__()
        self.setAccessibleName(_("Area of the plan where it was found"))
        self.activated.connect(self._activated)

    def show_areas(self, areas: Sequence[Area], current: str | None) -> None:
        """Offer the areas of the plan, with the one that is said; None for different ones."""
        offered: list[tuple[str | None, str]] = [("", _("No area said") if areas else _("The plan has no areas yet"))]
        offered += [(one.id, one.name) for one in areas]
        if current is None:
            offered.insert(0, (None, _("Different areas")))
        if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] != offered:
            self.clear()
            for area, name in offered:
                self.addItem(name, area)
        self.setCurrentIndex(max(0, self.findData(current)) if current is not None else 0)
        self.setEnabled(bool(areas))

    def _activated(self, row: int) -> None:
        area = self.itemData(row)
        if area is not None:
            self.chosen.emit(area)
