"""Who signs, or the two steps to a certificate."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import GOOD, WAITING, MarkSign
from auditor_app.ui.names import in_groups
from auditor_app.ui.screens.report.view_state import SignerLine
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.labels import label


class SignerCard(Card):
    """`request_wanted` asks for the request file, `answer_wanted` for the office's answer."""

    request_wanted = Signal()
    answer_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin while it is not known yet who signs."""
        super().__init__(margin=16, spacing=8)
        self.name, self.about = label("", "section", wrap=True), label("", "muted", wrap=True)
        self.fingerprint = label("", "tiny", wrap=True, selectable=True)
        self._there, self._missing = self._signer(theme), self._way(theme)
        self.content.addWidget(self._there)
        self.content.addWidget(self._missing)
        self.hide()

    def show_signer(self, signer: SignerLine | None) -> None:
        """Show who signs, or the way to a certificate."""
        self._there.setVisible(signer is not None)
        self._missing.setVisible(signer is None)
        self.show()
        if signer is None:
            return
        self.name.setText(_("{name} signs").format(name=signer.name))
        until = signer.valid_until.date().isoformat()
        about = [signer.organisation, _("certificate of {office}, valid until {day}").format(office=signer.office, day=until)]
        self.about.setText(" · ".join(part for part in about if part))
        self.fingerprint.setText(_("Fingerprint {digest}").format(digest=in_groups(signer.fingerprint)))

    def _signer(self, theme: Theme) -> QWidget:
        page, words = QWidget(), QVBoxLayout()
        words.setSpacing(2)
        for shown in (self.name, self.about, self.fingerprint):
            words.addWidget(shown)
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(MarkSign(theme, GOOD, size=20), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return page

    def _way(self, theme: Theme) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(MarkSign(theme, WAITING, size=20))
        head.addWidget(label(_("You have no certificate yet"), "section"), 1)
        layout.addLayout(head)
        words = _(
            "To sign, the assurance office must vouch for your key. It takes two files, by mail or on a stick; the private key never"
            " leaves this laptop. A draft can be made without it."
        )
        layout.addWidget(label(words, "muted", wrap=True))
        steps = (
            (_("1  Give the office your request"), button(_("Save the request…"), self.request_wanted.emit)),
            (_("2  Take its answer in"), button(_("Import the answer…"), self.answer_wanted.emit)),
        )
        for words, act in steps:
            line = Beside()
            line.add(label(words, wrap=True), 1)
            line.add(act)
            layout.addWidget(line)
        return page
