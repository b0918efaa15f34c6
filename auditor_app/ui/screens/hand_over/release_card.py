"""Making room: the originals that the office has signed for may leave this laptop."""

from PySide6.QtCore import Signal

from auditor_app.translation import _, plural
from auditor_app.ui.screens.hand_over.view_state import Standing, may_be_released, why_not_released
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.labels import label


class ReleaseCard(Card):
    """`confirmed` means: remove them now. Asked for twice, since it cannot be undone here."""

    confirmed = Signal()

    def __init__(self) -> None:
        """Begin with nothing to release."""
        super().__init__(margin=16, spacing=8)
        self.words = label("", "muted", wrap=True)
        self.begin = button(_("Release the originals…"), self._ask)
        self.sure = label("", "strong", wrap=True)
        self._asking = Beside()
        self.act = button(_("Remove them"), self._act, name=_("Remove the originals from this laptop"))
        self._asking.add(self.sure, 1)
        self._asking.add(self.act)
        self._asking.add(button(_("Keep them"), self._asking.hide, role="link"))
        self._asking.hide()
        head = Beside()
        head.add(label(_("Release the originals"), "section", wrap=True), 1)
        head.add(self.begin)
        self.content.addWidget(head)
        self.content.addWidget(self.words)
        self.content.addWidget(self._asking)

    def show_standing(self, standing: Standing) -> None:
        """Say what can be released, or why nothing can."""
        reason = why_not_released(standing)
        count = standing.releasable
        self.begin.setEnabled(not reason)
        self.words.setText(reason or may_be_released(standing))
        self.sure.setText(
            plural("Remove {count} original from this laptop?", "Remove {count} originals from this laptop?", count)
            + " "
            + _("Only the office can give them back.")
        )
        if reason:
            self._asking.hide()

    def _ask(self) -> None:
        self._asking.show()
        self.act.setFocus()

    def _act(self) -> None:
        self._asking.hide()
        self.confirmed.emit()
