"""The office of a workspace that is about to be made: from its file or letter, compared, and kept until the workspace is there."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.office_profile.letter_part import LetterPart
from auditor_app.ui.office_profile.offer_part import OfferPart
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from auditor_app.workflows.profile_offers import Offer


class OfficePart(QWidget):
    """Begins as one line to click; `letter` is the profile that is to be taken in, empty for none."""

    def __init__(self, background: Background, theme: Theme) -> None:
        """Begin without an office."""
        super().__init__()
        self.letter = b""
        self.begin = button(_("I have a letter or a file of my office…"), self._open, role="link")
        self.leave_out = button(_("Leave the office out"), self._leave_out, role="link")
        self.reading, self.offer, self.said = LetterPart(background, theme), OfferPart(), label("", "fully", wrap=True)
        self.reading.offered.connect(self._show)
        self.offer.accepted.connect(self._accept)
        self.offer.given_up.connect(self._leave_out)
        layout, acts = QVBoxLayout(self), Flow()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for act in (self.begin, self.leave_out):
            acts.addWidget(act)
        for part in (self.said, self.reading, self.offer):
            layout.addWidget(part)
        layout.addLayout(acts)
        self._leave_out()

    def _open(self) -> None:
        self.begin.hide()
        self.reading.show()
        self.leave_out.show()
        self.reading.choose.setFocus()

    def _show(self, offer: "Offer") -> None:
        self.reading.hide()
        self.offer.show_offer(offer)

    def _accept(self, offer: "Offer") -> None:
        self.letter = offer.letter
        say(self.said, _("{office} will be known to the workspace: evidence is sealed to it too.").format(office=offer.profile.office))

    def _leave_out(self) -> None:
        self.letter = b""
        say(self.said, "")
        self.reading.close_part()
        self.offer.show_offer(None)
        for part in (self.reading, self.leave_out):
            part.hide()
        self.begin.show()
