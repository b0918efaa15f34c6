"""What every screen is to the main window."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from auditor_app.domain.changes import Changes
from auditor_app.ids import VisitId
from auditor_app.ui.desk import Desk

if TYPE_CHECKING:  # the first window does not wait for the workflows
    from auditor_app.workflows.visits import OpenVisit


class Screen(QWidget):
    """One stage of the work. It keeps no copy of the truth beside the visit it was last given.

    The main window calls `show_visit` each time the screen comes to the front, `refresh` with the visit loaded anew after every
    committed change while it is in front, and `leave` before it goes to the back or the window closes.
    """

    def __init__(self, desk: Desk) -> None:
        """Build the widgets; no visit is known yet."""
        super().__init__()
        self.desk = desk
        self.opened: OpenVisit | None = None
        self.setProperty("ground", "background")

    def show_visit(self, opened: "OpenVisit") -> None:
        """Show a visit; the screen just came to the front."""
        raise NotImplementedError

    def refresh(self, opened: "OpenVisit", changes: Changes) -> None:
        """Show the visit as it is after a change; `changes.subjects` says what was touched."""
        self.show_visit(opened)

    def show_item(self, item: str) -> None:
        """Bring one thing of the screen to the front, such as a criterion by its number or a finding by its id."""

    @property
    def _visit(self) -> VisitId:
        """Give the visit that is shown; nothing can be done before one is."""
        assert self.opened is not None  # noqa: S101 - the window shows a visit before anybody can act
        return self.opened.state.id

    @property
    def shown_item(self) -> str:
        """Give the thing in front, such that `show_item` brings it back; empty for none."""
        return ""

    def show_first_page(self) -> None:
        """Close what was opened within the stage, such as a page of a report; the rail asks for it when one goes where one is."""

    def leave(self) -> None:
        """Commit pending text: hand it to the lane, which saves it before anything asked later."""

    @property
    def unsaved(self) -> bool:
        """Say whether a text could not be saved, so that closing the window would lose it."""
        return False
