"""The PIN, asked for in place at each signing, and tried before the long work begins."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.signing import on_lane
from auditor_app.ui.signing.on_lane import CardLine
from auditor_app.ui.signing.pin_part import PinPart, refusal_words
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.focus import bring_into_sight
from auditor_app.ui.widgets.labels import label, say

Then = Callable[[str | None], object]


class PinQuestion(Card):
    """Hidden until a card is to sign. The PIN goes to what it was asked for, once, and is kept nowhere."""

    def __init__(self, desk: Desk) -> None:
        """Begin hidden."""
        super().__init__("soft", margin=16, spacing=10)
        self._desk = desk
        self._then: Then | None = None
        self.title = label(_("PIN of your smart card"), "section", wrap=True)
        self.pin, self.wrong = PinPart(desk.theme), label("", "error", wrap=True)
        self.go = button(_("Sign"), self._try, role="first", name=_("Sign with the smart card"))
        self.again = button(_("Look for the card again"), self._look)
        self.not_now = button(_("Not now"), self.put_away, name=_("Do not sign now"))
        self.pin.changed.connect(self._allow)
        self.pin.entered.connect(self._entered)
        acts = QHBoxLayout()
        for act in (self.go, self.again, self.not_now):
            acts.addWidget(act)
        acts.addStretch(1)
        for part in (self.title, self.wrong, self.pin):
            self.content.addWidget(part)
        self.content.addLayout(acts)
        self.hide()

    def ask_if(self, card: str, then: Then) -> None:
        """Ask for the PIN of a card and go on with it; go on at once where no card signs (`card` is "")."""
        if not card:
            then(None)
            return
        self._then = then
        self.title.setText(_("PIN of {card}").format(card=card))
        say(self.wrong, "")
        self.pin.show_card(None)
        self.show()
        self._look()

    def put_away(self) -> None:
        """Ask no more; nothing is signed."""
        self._then = None
        self.pin.take()
        self.hide()

    def _look(self) -> None:
        self.again.hide()
        self._desk.background.run(on_lane.card_now, owner=self, done=self._show, failed=self._not_there)

    def _show(self, card: CardLine) -> None:
        self.pin.show_card(card)
        if self._then is not None:
            self.pin.setFocus()
            bring_into_sight(self)

    def _not_there(self, error: BaseException) -> None:
        self.pin.show_card(None)
        say(self.wrong, notice_of(error).text)
        self.again.show()
        self.again.setFocus()
        bring_into_sight(self)

    def _entered(self) -> None:
        if self.go.isEnabled():
            self._try()

    def _try(self) -> None:
        may_lock, card = self.pin.may_lock, self.pin.card
        pin = self.pin.take()
        if card is not None and card.has_pin_pad and not may_lock:
            self._go_on(pin)  # the reader asks when it signs; trying before would ask twice
            return
        self.go.setEnabled(False)
        self._desk.background.run(
            lambda workspace: on_lane.try_pin(workspace, pin, may_lock=may_lock),
            owner=self,
            done=lambda _none: self._go_on(pin),
            failed=self._refused,
        )

    def _refused(self, error: BaseException) -> None:
        say(self.wrong, refusal_words(error))
        self._look()

    def _go_on(self, pin: str | None) -> None:
        then = self._then
        self.put_away()
        if then is not None:
            then(pin)

    def _allow(self) -> None:
        self.go.setEnabled(self.pin.is_complete)
        self.go.setVisible(self.pin.card is not None and self.pin.card.tries != "none")
