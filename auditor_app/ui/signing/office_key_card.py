"""The office's new key, shown before anything is sealed to it: whoever could slip one in would read all evidence from then on."""

from PySide6.QtCore import Signal

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import PARTLY, MarkSign
from auditor_app.ui.names import in_groups
from auditor_app.ui.office_profile.fingerprint import Fingerprint, side_by_side
from auditor_app.ui.signing import on_lane
from auditor_app.ui.signing.on_lane import OfferedKey
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label


class OfficeKeyCard(Card):
    """Hidden until a changed key of the office waits; `confirmed` carries the office's name."""

    confirmed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Begin hidden."""
        super().__init__("soft", margin=16, spacing=8)
        self._desk = desk
        self.offered: OfferedKey | None = None
        self.title, self.key = label("", "section", wrap=True), label("", "tiny", wrap=True, selectable=True)
        self.before, self.now = Fingerprint(_("Its key until now")), Fingerprint(_("Its new key"))
        self.accept = button(_("The office named this key"), self._accept, name=_("Confirm the office's new key"))
        head = Beside()
        head.add(MarkSign(desk.theme, PARTLY, size=20))
        head.add(self.title, 1)
        words = _("Call the office and let it read out the digits of its new key. Until then evidence is sealed to the key before.")
        acts = Flow()
        acts.addWidget(self.accept)
        for part in (head, side_by_side(self.before, self.now), self.key, label(words, "muted", wrap=True)):
            self.content.addWidget(part)
        self.content.addLayout(acts)
        self.hide()

    def look(self) -> None:
        """See whether a key waits."""
        self._desk.background.run(on_lane.offered_key, owner=self, done=self.show_key)

    def show_key(self, offered: OfferedKey | None) -> None:
        """Show a key that waits to be confirmed; None hides the card."""
        self.offered = offered
        self.setVisible(offered is not None)
        if offered is not None:
            self.title.setText(_("{office} has a new key").format(office=offered.office))
            self.before.show_digits(offered.before)
            self.now.show_digits(offered.fingerprint)
            self.key.setText(_("The new key in full: {key}").format(key=in_groups(offered.key)))

    def _accept(self) -> None:
        if self.offered is None:
            return
        key = self.offered.key
        self._desk.background.change(lambda workspace: on_lane.confirm_key(workspace, key), owner=self, done=self._taken)

    def _taken(self, office: str) -> None:
        self.show_key(None)
        self.confirmed.emit(office)
