"""Signing with a smart card: which card, which of its keys, and its PIN once, to see that it signs."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.signing import on_lane
from auditor_app.ui.signing.on_lane import CardLine, CardsFound
from auditor_app.ui.signing.pin_part import PinPart, refusal_words
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import across
from auditor_app.ui.widgets.columns import TOP, Columns
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.focus import bring_into_sight
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label, say
from auditor_app.ui.widgets.steady import SteadyCombo


class CardForm(QWidget):
    """`used` carries the name on the certificate; `given_up` says that nothing was changed."""

    used = Signal(str)
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin before cards were looked for."""
        super().__init__()
        self._desk = desk
        self.library: Path | None = None
        self.found: CardsFound | None = None
        self.state, self.wrong = label("", wrap=True), label("", "error", wrap=True)
        self.cards, self.keys, self.pin = SteadyCombo(), SteadyCombo(), PinPart(desk.theme)
        self.use = button(_("Use this card"), self._use, role="first")
        self.again = button(_("Look for cards again"), self.look)
        self.other = button(_("Library of the card's maker…"), self._choose_library)
        self.not_now = button(_("Not now"), self._give_up, name=_("Take no smart card"))
        self.cards.currentIndexChanged.connect(lambda _row: self._show_card())
        self.pin.changed.connect(self._allow)
        self.pin.entered.connect(self._use)
        self._lay_out()
        self.hide()

    def look(self, library: Path | None = None) -> None:
        """Look for cards that are plugged in, through a library or the one used before."""
        wanted = self.library = library or self.library
        say(self.wrong, "")
        self.state.setText(_("Looking for smart cards…"))
        self.state.show()
        self._show_found(None)
        self.show()
        self._desk.background.run(
            lambda workspace: on_lane.find_cards(workspace, wanted), owner=self, done=self._looked, failed=self._none_to_be_had
        )

    @property
    def card(self) -> CardLine | None:
        """Give the card that is chosen."""
        row = self.cards.currentIndex()
        return self.found.cards[row] if self.found is not None and 0 <= row < len(self.found.cards) else None

    def _looked(self, found: CardsFound) -> None:
        self.state.setText("" if found.cards else _("No smart card is plugged in. Plug it in, wait for its light, and look again."))
        self.state.setVisible(not found.cards)
        self._show_found(found)
        (self.pin if found.cards else self.again).setFocus()
        bring_into_sight(self)

    def _none_to_be_had(self, error: BaseException) -> None:
        self.state.setText(notice_of(error).text)
        self.again.setFocus()

    def _show_found(self, found: CardsFound | None) -> None:
        chosen = self.card.serial if self.card else ""
        self.found = found
        self.cards.blockSignals(True)
        self.cards.clear()
        for one in found.cards if found else ():
            self.cards.addItem(f"{one.label} · {one.serial}", one.serial)
        self.cards.setCurrentIndex(max(0, self.cards.findData(chosen)))
        self.cards.blockSignals(False)
        self._choices.setVisible(bool(found and found.cards))
        self._show_card()

    def _show_card(self) -> None:
        card = self.card
        self.keys.clear()
        for identifier, name in card.keys if card else ():
            self.keys.addItem(name, identifier)
        self.pin.show_card(card if card and card.keys else None)
        if card is not None and not card.keys:
            say(self.wrong, _("This card holds no certificate with its key, so nothing can be signed with it."))
        self.use.setVisible(self.pin.card is not None)

    def _use(self) -> None:
        card, found = self.card, self.found
        if card is None or found is None or not self.use.isEnabled():
            return
        key, may_lock = (card.serial, str(self.keys.currentData())), self.pin.may_lock
        pin = self.pin.take()
        self.use.setEnabled(False)
        self._desk.background.run(
            lambda workspace: on_lane.use_card(workspace, found.library, key, pin, may_lock=may_lock),
            owner=self,
            done=self._used,
            failed=self._refused,
        )

    def _used(self, name: str) -> None:
        self.hide()
        self.used.emit(name)

    def _refused(self, error: BaseException) -> None:
        """Say why, and read again from the card how many tries it has left."""
        self.look()
        say(self.wrong, refusal_words(error))

    def _choose_library(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("PKCS#11 library of the card's maker"))
        if name:
            self.look(Path(name))

    def _give_up(self) -> None:
        self.pin.take()
        self.hide()
        self.given_up.emit()

    def _allow(self) -> None:
        self.use.setEnabled(self.pin.is_complete)

    def _lay_out(self) -> None:
        columns, acts, layout = Columns(self._desk.theme, spacing=14, across=TOP), Flow(), QVBoxLayout(self)
        for title, field in ((_("Smart card"), self.cards), (_("Key on it"), self.keys)):
            room = QWidget()
            inside = named(title, field)
            inside.setContentsMargins(0, 0, 0, 0)
            room.setLayout(inside)
            columns.add(room, 240, 1)
        self._choices = QWidget()
        self._choices.setLayout(columns)
        for act in (self.use, self.again, self.other, self.not_now):
            acts.addWidget(act)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (across(), self.state, self._choices, self.wrong, self.pin):
            layout.addWidget(part)
        layout.addLayout(acts)
