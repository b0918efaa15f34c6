"""The question before sending over a network that is paid by the amount."""

from collections.abc import Callable

from auditor_app.translation import _
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.labels import label


class MeteredCard(Card):
    """Hidden until it is asked; hides itself with the answer."""

    def __init__(self, go_on: Callable[[], object]) -> None:
        """Build the question."""
        super().__init__("soft", margin=14, spacing=8)
        self._go_on = go_on
        self.yes = button(_("Send all the same"), self._send, role="first")
        line = Beside()
        line.add(label(_("This network is paid by the amount, says the system. Send over it?"), "strong", wrap=True), 1)
        line.add(self.yes)
        line.add(button(_("Wait"), self.hide, role="link", name=_("Wait for another network")))
        self.content.addWidget(line)
        self.hide()

    def _send(self) -> None:
        self.hide()
        self._go_on()
