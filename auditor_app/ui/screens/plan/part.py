"""What every part of the plan is to its screen."""

from typing import TYPE_CHECKING

from auditor_app.ui.screens.part import Part

if TYPE_CHECKING:
    from auditor_app.workflows.visits import OpenVisit


class PlanPart(Part):
    """A part that shows the plan of a visit, and the line that was gone to."""

    def show_visit(self, opened: "OpenVisit") -> None:
        """Show a visit."""
        raise NotImplementedError

    def show_item(self, item: str) -> bool:
        """Bring a line to the front; says whether it is here."""
        return False
