"""What every part of the closing meeting is to its screen."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.quality import Gap
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.closing.on_lane import Signing
from auditor_app.ui.screens.closing.view_state import Slide
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.labels import label
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


class Part(QWidget):
    """One tab: a sentence, and what stands below it; `content` takes the widgets."""

    def __init__(self, desk: Desk, words: str) -> None:
        """Say what the part is for."""
        super().__init__()
        self.desk = desk
        inside = QWidget()
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(32, 14, 32, 28)
        self.content.setSpacing(14)
        self.content.addWidget(label(words, "muted", wrap=True))
        self.area = scrolled(inside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_all(self, shown: Shown) -> None:
        """Show the part as it is now; what is being typed stays."""
        raise NotImplementedError

    def commit(self) -> None:
        """Save what is typed."""

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return False
