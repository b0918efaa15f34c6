"""What every part of the closing meeting is to its screen."""

from dataclasses import dataclass, field

from auditor_app.domain.quality import Gap
from auditor_app.ui.screens.closing.on_lane import Signing
from auditor_app.ui.screens.closing.view_state import Slide
from auditor_app.ui.screens.part import Part
from auditor_app.workflows.closing import Held
from auditor_app.workflows.visits import OpenVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The visit with what its closing meeting froze (None before one has begun), the gaps, and how far the sheet is."""

    opened: OpenVisit
    gaps: tuple[Gap, ...] = ()
    held: Held | None = None
    slides: tuple[Slide, ...] = ()
    signing: Signing = field(default_factory=Signing)


class ClosingPart(Part):
    """A part that shows what the closing meeting has come to."""

    def show_all(self, shown: Shown) -> None:
        """Show the part as it is now; what is being typed stays."""
        raise NotImplementedError
