"""What every screen works with, handed to it when it is built."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from auditor_app.ui.background import Background, Done
from auditor_app.ui.intake.panel import Intake
from auditor_app.ui.pictures import Pictures
from auditor_app.ui.theme import Theme

if TYPE_CHECKING:  # the first window does not wait for the workspace
    from auditor_app.ui.office.room import Room
    from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Desk:
    """Background work, the look, small pictures of evidence, taking evidence in, and the window's banner and navigation."""

    background: Background
    theme: Theme
    pictures: Pictures
    intake: Intake
    unsaved: dict[str, str]
    """Texts that wait to be saved, by the keys of their editors."""
    waiting: dict[str, str]
    """Ratings that wait for their reasons, by "visit/criterion"; the session keeps them."""
    tell: Callable[..., None]
    """Show a Notice in the banner at the top of the window, with the word and the function of an action if there is one."""
    tell_error: Callable[[BaseException], None]
    """Word an error and show it in the banner."""
    handed_over: Callable[[], None]
    """Tell the window that the hand-over of the open visit came further, or was taken back."""
    go_to: Callable[[str, str], None]
    """Go to a stage by its key, and to one thing in it ("" for none)."""
    room: "Room | None" = None
    """Where the office reviews what is read; None in an auditor's window."""

    def save(self, work: "Callable[[Workspace], object]", *, owner: QObject, done: Done, failed: Done) -> None:
        """Save what an editor holds; what could not be saved is told to the editor, which keeps it, and in the banner."""

        def not_saved(error: BaseException) -> None:
            failed(error)
            self.tell_error(error)

        self.background.change(work, owner=owner, done=done, failed=not_saved)

    def go_to_place(self, place: str) -> None:
        """Go to a place as rows of gaps name it: "stage:item"; a heading names none."""
        stage, _colon, item = place.partition(":")
        if stage:
            self.go_to(stage, item)
