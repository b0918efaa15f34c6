"""The office: which one is known here, by which key, what its profile says, and the way to make it known."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.office_profile import gathering
from auditor_app.ui.office_profile.fingerprint import Fingerprint
from auditor_app.ui.office_profile.letter_part import LetterPart
from auditor_app.ui.office_profile.offer_part import OfferPart
from auditor_app.ui.screens.workspace.office_words import OfficeShown, facts_of
from auditor_app.ui.signing.office_key_card import OfficeKeyCard
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label, say
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.workflows.profile_offers import Offer


class OfficeCard(Card):
    """Shows the office, takes its profile in, and lets a changed key be confirmed."""

    def __init__(self, desk: Desk) -> None:
        """Begin before it is known which office there is."""
        super().__init__(margin=16, spacing=10)
        self._desk = desk
        self.office, self.fingerprint = label("", "strong", wrap=True, selectable=True), Fingerprint(_("Fingerprint of its key"))
        self.facts, self.said = label("", wrap=True, selectable=True), label("", "fully", wrap=True)
        self.follow = button(_("Follow the office's order of places"), self._follow)
        self.open_letter = button("", self._open_letter)
        self.letter, self.offer, self.key = LetterPart(desk.background, desk.theme), OfferPart(), OfficeKeyCard(desk)
        self.letter.offered.connect(self._compare)
        self.offer.accepted.connect(self._take)
        self.key.confirmed.connect(self._confirmed)
        self._lay_out()

    def show_workspace(self) -> None:
        """Load what is known of the office and show it."""
        self._desk.background.run(_shown, owner=self, done=self._show)
        self.key.look()

    def _show(self, shown: OfficeShown | None) -> None:
        nobody = _("No office is known here yet. Its file or its letter makes it known; evidence is then sealed to it too.")
        self.office.setText(shown.office if shown else nobody)
        self.fingerprint.show_digits(shown.fingerprint if shown else "")
        say(self.facts, facts_of(shown) if shown else "")
        self.follow.setVisible(shown is not None and shown.may_follow)
        self.open_letter.setText(_("Take a renewed profile in…") if shown else _("Make an office known…"))

    def _open_letter(self) -> None:
        self.open_letter.hide()
        say(self.said, "")
        self._way.show()
        self.letter.choose.setFocus()

    def _close_letter(self) -> None:
        self.letter.close_part()
        self._way.hide()
        self.open_letter.show()
        self.open_letter.setFocus()

    def _compare(self, offer: "Offer") -> None:
        self._close_letter()
        self._desk.background.run(lambda workspace: gathering.compare(workspace, offer), owner=self, done=self.offer.show_offer)

    def _take(self, offer: "Offer") -> None:
        self._desk.background.change(
            lambda workspace: gathering.take_in(workspace, offer, is_compared=offer.standing == "new_key"),
            owner=self,
            done=self._taken,
            failed=self._not_taken,
        )

    def _taken(self, office: str) -> None:
        say(self.said, _("The profile of {office} was taken in.").format(office=office), "fully")
        self.show_workspace()

    def _not_taken(self, error: BaseException) -> None:
        say(self.said, notice_of(error).text, "error")
        self.show_workspace()

    def _confirmed(self, office: str) -> None:
        say(self.said, _("Evidence is sealed to the new key of {office} from now on.").format(office=office), "fully")
        self.show_workspace()

    def _follow(self) -> None:
        self._desk.background.change(_follow_office, owner=self, done=lambda _none: self.show_workspace(), failed=self._not_taken)

    def _lay_out(self) -> None:
        self._way, acts = QWidget(), Flow()
        way = QVBoxLayout(self._way)
        way.setContentsMargins(0, 0, 0, 0)
        way.setSpacing(10)
        way.addWidget(label(_("The office hands out its profile as a file, or as a letter with codes on paper."), "muted", wrap=True))
        way.addWidget(self.letter)
        close = Flow()
        close.addWidget(button(_("Not now"), self._close_letter, role="link", name=_("Make no office known now")))
        way.addLayout(close)
        for act in (self.open_letter, self.follow):
            acts.addWidget(act)
        self.content.addWidget(label(_("The office"), "section"))
        for part in (self.key, self.office, self.fingerprint, self.facts, self.offer, self._way):
            self.content.addWidget(part)
        self.content.addLayout(acts)
        self.content.addWidget(self.said)
        self._way.hide()
        self.said.hide()
        self.follow.hide()


def _shown(workspace: Workspace) -> OfficeShown | None:
    from auditor_app.workflows.mailboxes import mailboxes  # noqa: PLC0415 - storage and signing load when first wanted
    from auditor_app.workflows.profile_offers import office_known  # noqa: PLC0415

    known = office_known(workspace)
    if known is None:
        return None
    return OfficeShown(known=known, places=mailboxes(workspace))


def _follow_office(workspace: Workspace) -> None:
    from auditor_app.workflows.mailboxes import follow_office  # noqa: PLC0415

    follow_office(workspace)
