"""The PIN of a card: where the card stands, the field, and the consent that its last try needs. Nothing typed here is kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from auditor_app.errors import NotAllowed
from auditor_app.translation import _
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.signing.on_lane import CardLine
from auditor_app.ui.signing.tries_line import TriesLine
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.focus import hand_focus_on
from auditor_app.ui.widgets.form_lines import PassphraseLine, named
from auditor_app.ui.widgets.labels import label


def refusal_words(error: BaseException) -> str:
    """Word why a card refused; of a wrong PIN the steps beside it tell how many there were and what is left."""
    if isinstance(error, NotAllowed) and error.code.startswith("pin_wrong"):
        return _("That PIN is wrong. Nothing was signed; enter it again with care.")
    return notice_of(error).text


class PinPart(QWidget):
    """`changed` says that it may have become complete, `entered` that Enter was pressed in the field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin without a card."""
        super().__init__()
        self.card: CardLine | None = None
        self.tries, self.field = TriesLine(theme), PassphraseLine()
        self.field.toggle.setAccessibleName(_("Show the PIN"))
        self.field.setMaximumWidth(420)
        self.field.field.textChanged.connect(lambda _text: self.changed.emit())
        self.field.field.returnPressed.connect(self.entered.emit)
        self.pad = label(_("This reader has keys of its own: enter the PIN there when it asks."), wrap=True)
        self.consent = QCheckBox(_("Use the last try: I am sure of the PIN"))
        self.consent.setAccessibleName(self.consent.text())
        self.consent.toggled.connect(lambda _on: self.changed.emit())
        self._typed, layout = QWidget(), QVBoxLayout(self)
        inside = named(_("PIN"), self.field)
        inside.setContentsMargins(0, 0, 0, 0)
        self._typed.setLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self.tries, self._typed, self.pad, self.consent):
            layout.addWidget(part)
        hand_focus_on(self, self.field)

    def show_card(self, card: CardLine | None) -> None:
        """Show where a card stands; consent given before does not count any more."""
        self.card = card
        self.setVisible(card is not None)
        self.consent.setChecked(False)
        if card is not None:
            self.tries.show_step(card.tries, card.wrong)
            self._typed.setVisible(not card.has_pin_pad and card.tries != "none")
            self.pad.setVisible(card.has_pin_pad and card.tries != "none")
            self.consent.setVisible(card.tries == "last")
        self.changed.emit()

    @property
    def is_complete(self) -> bool:
        """Say whether the card can be tried: a PIN is typed where it must be, and its last try is allowed."""
        if self.card is None or self.card.tries == "none":
            return False
        return bool(self.field.text or self.card.has_pin_pad) and (self.card.tries != "last" or self.consent.isChecked())

    @property
    def may_lock(self) -> bool:
        """Say whether the last try was allowed."""
        return self.consent.isChecked()

    def take(self) -> str | None:
        """Give the PIN and forget it; None where the reader asks for it."""
        pin = self.field.text or None
        self.field.field.clear()
        return pin
