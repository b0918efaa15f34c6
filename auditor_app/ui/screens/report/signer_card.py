"""Who signs and how: with the office's certificate, with a key file of one's own, or with a smart card; and the way to each."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import GOOD, WAITING, MarkSign
from auditor_app.ui.names import in_groups
from auditor_app.ui.screens.report import on_lane as letters
from auditor_app.ui.screens.report.signer_state import key_words, validity_of
from auditor_app.ui.screens.report.view_state import SignerLine
from auditor_app.ui.signing import on_lane
from auditor_app.ui.signing.card_form import CardForm
from auditor_app.ui.signing.file_form import FileForm
from auditor_app.ui.signing.office_key_card import OfficeKeyCard
from auditor_app.ui.signing.pin_question import PinQuestion
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, across
from auditor_app.ui.widgets.columns import TOP, Columns
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import dress, label


class SignerCard(Card):
    """`request_wanted` asks for the request file, `answer_wanted` for the office's answer; `changed` carries words: another key signs."""

    request_wanted = Signal()
    answer_wanted = Signal()
    changed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Begin while it is not known yet who signs."""
        super().__init__(margin=16, spacing=12)
        self._desk = desk
        self.line: SignerLine | None = None
        self.name, self.about = label("", "section", wrap=True), label("", "muted", wrap=True)
        self.validity = label("", "muted", wrap=True)
        self.fingerprint = label("", "tiny", wrap=True, selectable=True)
        self.sign = MarkSign(desk.theme, GOOD, size=20)
        self.file_form, self.card_form = FileForm(desk), CardForm(desk)
        self.change = button(_("Sign with another key…"), self._open_ways)
        self.by_file = button(_("Key file (.p12 or .pfx)…"), self._choose_file)
        self.by_card = button(_("Smart card…"), self._choose_card)
        self.by_office = button(_("The office's certificate again"), self._use_office)
        self.introduce = button(_("Save a request for the office…"), self.request_wanted.emit)
        self.renew = button(_("Import the office's answer or profile…"), self.answer_wanted.emit)
        self.pin, self.office_key = PinQuestion(desk), OfficeKeyCard(desk)
        self.close_ways = button(_("Leave it as it is"), self._close_ways)
        self._there, self._missing, self._ways = self._signer(), self._way(desk), self._own_keys()
        for part in (self.office_key, self._there, self._missing, self._ways, self.pin, self.file_form, self.card_form):
            self.content.addWidget(part)
        for form in (self.file_form, self.card_form):
            form.used.connect(self._used)
            form.given_up.connect(self._close_form)
        self.office_key.confirmed.connect(self._key_confirmed)
        self.request_wanted.connect(self._save_request)
        self.answer_wanted.connect(self._take_answer)
        self.hide()

    def show_signer(self, signer: SignerLine | None) -> None:
        """Show who signs, or the way to a certificate."""
        self.line = signer
        self.office_key.look()
        self._there.setVisible(signer is not None)
        self._missing.setVisible(signer is None and not self._asks)
        if not self._asks:
            self._ways.setVisible(signer is None)
        for act in (self.introduce, self.renew, self.close_ways):
            act.setVisible(signer is not None)
        self.by_office.setVisible(signer is not None and signer.is_own and signer.has_office_key)
        self.show()
        if signer is None:
            return
        self.name.setText(_("{name} signs").format(name=signer.name))
        self.about.setText(" · ".join(part for part in (signer.organisation, key_words(signer)) if part))
        mark, words, role = validity_of(signer)
        self.sign.show_mark(mark)
        self.validity.setText(words)
        dress(self.validity, role=role)
        self.fingerprint.setText(_("Fingerprint {digest}").format(digest=in_groups(signer.fingerprint)))

    @property
    def _asks(self) -> bool:
        return not (self.file_form.isHidden() and self.card_form.isHidden())

    def _open_ways(self) -> None:
        self.change.hide()
        self._ways.show()
        self.by_file.setFocus()

    def _close_ways(self) -> None:
        self._ways.setVisible(self.line is None)
        self.change.show()
        self.change.setFocus()

    def _choose_file(self) -> None:
        self.card_form.hide()
        self.file_form.choose()
        self._show_form()

    def _choose_card(self) -> None:
        self.file_form.hide()
        self.card_form.look()
        self._show_form()

    def _show_form(self) -> None:
        self._ways.setVisible(not self._asks)
        self._missing.setVisible(self.line is None and not self._asks)

    def _close_form(self) -> None:
        self._missing.setVisible(self.line is None)
        self._close_ways()

    def _use_office(self) -> None:
        self._desk.background.run(on_lane.use_office_key, owner=self, done=self._used)

    def _used(self, name: str) -> None:
        self._close_ways()
        self.changed.emit(_("From now on {name} signs with this key.").format(name=name))

    def _save_request(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the request"), "auditor-request.json", "JSON (*.json)")
        if name:
            self.pin.ask_if(self.line.card if self.line else "", partial(self._write_request, Path(name)))

    def _write_request(self, target: Path, pin: str | None) -> None:
        words = _("{name} was written. Give it to the office.").format(name=target)
        self._desk.background.run(
            lambda workspace: letters.save_request(workspace, target, pin), owner=self, done=lambda _none: self.changed.emit(words)
        )

    def _take_answer(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Import the office's answer"), "", _("All files (*)"))
        if name:
            source = Path(name)
            self._desk.background.run(
                lambda workspace: letters.take_answer(workspace, source), owner=self, done=self._answered, failed=self._not_taken
            )

    def _not_taken(self, error: BaseException) -> None:
        self.office_key.look()
        self._desk.tell_error(error)

    def _key_confirmed(self, office: str) -> None:
        self.changed.emit(_("Evidence is sealed to the new key of {office} from now on.").format(office=office))

    def _answered(self, can_sign: bool) -> None:
        vouched = _("The office vouches for you. From now on reports can be signed, and evidence is sealed to the office too.")
        known = _("The office is known now, and whom it trusts. A key of your own that it trusts can sign from here.")
        self._close_ways()
        self.changed.emit(vouched if can_sign else known)

    def _signer(self) -> QWidget:
        page, words, who = QWidget(), QVBoxLayout(), QWidget()
        words.setSpacing(2)
        for shown in (self.name, self.about, self.validity, self.fingerprint):
            words.addWidget(shown)
        told, line = QHBoxLayout(who), Columns(self._desk.theme, spacing=12, across=TOP)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(12)
        told.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        told.addLayout(words, 1)
        line.add(who, 360, 1)
        line.add(self.change, 200)
        page.setLayout(line)
        return page

    def _own_keys(self) -> QWidget:
        page, acts = QWidget(), Flow()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        words = _("A key of your own counts where the office trusts who issued its certificate. A card's key never leaves the card.")
        layout.addWidget(across())
        layout.addWidget(label(_("Another key"), "strong"))
        layout.addWidget(label(words, "muted", wrap=True))
        for act in (self.by_file, self.by_card, self.by_office, self.introduce, self.renew, self.close_ways):
            acts.addWidget(act)
        layout.addLayout(acts)
        return page

    def _way(self, desk: Desk) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(MarkSign(desk.theme, WAITING, size=20))
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
