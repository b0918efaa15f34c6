"""Who an office is and by which key, before its profile is taken in: to be compared by telephone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from auditor_app.translation import _
from auditor_app.ui.office_profile.fingerprint import Fingerprint, side_by_side
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.focus import bring_into_sight
from auditor_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from auditor_app.workflows.profile_offers import Offer


class OfferPart(Card):
    """Hidden until a profile was read; `accepted` carries the Offer that a person has compared, `given_up` says that none is wanted."""

    accepted = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("soft", margin=16, spacing=10)
        self.offer: Offer | None = None
        self.office, self.standing = label("", "section", wrap=True), label("", wrap=True)
        self.before, self.now = Fingerprint(_("Its key until now")), Fingerprint(_("Fingerprint of its key"))
        words = _(
            "Call the office on a number that you know from elsewhere and let it read the digits out. Take it in only if all are the same."
        )
        self.compare = label(words, "muted", wrap=True)
        self.take = button("", self._take, role="first")
        self.not_now = button(_("Not now"), self._give_up, name=_("Do not take this office's profile in"))
        acts = Flow()
        for act in (self.take, self.not_now):
            acts.addWidget(act)
        for part in (self.office, self.standing, side_by_side(self.before, self.now), self.compare):
            self.content.addWidget(part)
        self.content.addLayout(acts)
        self.hide()

    def show_offer(self, offer: "Offer | None") -> None:
        """Show a profile; None hides the part."""
        from auditor_app.workflows.profile_words import standing_words  # noqa: PLC0415

        self.offer = offer
        self.setVisible(offer is not None)
        if offer is None:
            return
        is_changed, is_of_use = offer.standing == "new_key", offer.standing not in {"known", "other_office"}
        self.office.setText(offer.profile.office)
        self.standing.setText(standing_words(offer.standing, offer.profile.office))
        self.before.show_digits(offer.before if is_changed else "")
        self.now.show_digits(offer.fingerprint, _("Its new key") if is_changed else "")
        self.compare.setVisible(offer.standing in {"new", "new_key"})
        self.take.setVisible(is_of_use)
        self.take.setText(_("The digits are the same: take it in") if offer.standing in {"new", "new_key"} else _("Take it in"))
        self.take.setAccessibleName(_("Take the profile of {office} in").format(office=offer.profile.office))
        self.not_now.setText(_("Not now") if is_of_use else _("Close"))
        (self.take if is_of_use else self.not_now).setFocus()
        bring_into_sight(self)

    def _take(self) -> None:
        offer = self.offer
        self.show_offer(None)
        if offer is not None:
            self.accepted.emit(offer)

    def _give_up(self) -> None:
        self.show_offer(None)
        self.given_up.emit()
