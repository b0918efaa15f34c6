"""Where the office's mailbox is: address, user and password, kept in the encrypted workspace."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.screens.hand_over.view_state import Standing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.focus import bring_into_sight
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label


class MailboxCard(Card):
    """`named_anew` carries address, user, password and the file of the office's own authority; `test_wanted` asks to try the place out."""

    named_anew = Signal(str, str, str, str)
    test_wanted = Signal()

    def __init__(self) -> None:
        """Begin without a mailbox."""
        super().__init__(margin=16, spacing=10)
        self._url = ""
        self.where = label("", "muted", wrap=True, selectable=True)
        self.change = button("", self.open_form, role="link")
        self.url, self.user, self.password = text_line("https://cloud.office.example/dav/mailbox"), text_line(), text_line()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.authority = text_line(_("Only if the office told you so"))
        self.test = button(_("Test this place"), self._test, role="link")
        self.found = label("", "muted", wrap=True)
        self.found.hide()
        self.said = label("", "error", wrap=True)
        self.save = button(_("Check and keep it"), self._save, role="first")
        head, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("The office's mailbox"), "section"))
        words.addWidget(self.where)
        head.addLayout(words, 1)
        head.addWidget(self.test)
        head.addWidget(self.change)
        self.content.addLayout(head)
        self.content.addWidget(self.found)
        self._form = self._make_form()
        self._form.hide()
        self.content.addWidget(self._form)

    def show_standing(self, standing: Standing) -> None:
        """Show where the mailbox is."""
        self._url = standing.url
        user = _("as {user}").format(user=standing.user) if standing.user else ""
        where = " ".join(part for part in (standing.url, user) if part)
        self.where.setText(where or _("Not named yet. The office tells its address; a folder or a stick will do as well."))
        self.test.setVisible(bool(standing.url))
        self.change.setText(_("Change…") if standing.url else _("Name it…"))
        self.change.setAccessibleName(_("Change where the office's mailbox is"))
        if not self._form.isVisibleTo(self):
            self.url.setText(standing.url)
            self.user.setText(standing.user)

    def tell_found(self, words: str, *, good: bool) -> None:
        """Say what trying the place out found."""
        self.test.setEnabled(True)
        dress(self.found, role="fully" if good else "error")
        self.found.setText(words)
        self.found.show()

    def open_form(self) -> None:
        """Open the lines for the address and go there, or put them away."""
        there = self._form.isVisibleTo(self)
        self._turn(to_form=not there)
        (self.change if there else self.url).setFocus()
        if not there:
            bring_into_sight(self)

    def kept(self) -> None:
        """Put the lines away; the password is forgotten here."""
        self.password.clear()
        self.say("")
        self.save.setText(_("Check and keep it"))
        self._turn(to_form=False)

    def _turn(self, *, to_form: bool) -> None:
        self._form.setVisible(to_form)
        self.change.setVisible(not to_form)

    def say(self, problem: str) -> None:
        """Say in place what is wrong."""
        self.said.setText(problem)
        self.said.setVisible(bool(problem))
        self.save.setText(_("Check and keep it"))
        self.save.setEnabled(True)

    def _save(self) -> None:
        url = self.url.text().strip()
        dress(self.url, state="" if url else "wrong")
        if url:
            self.save.setEnabled(False)
            self.save.setText(_("Trying it out…"))
            self.found.hide()
            self.named_anew.emit(url, self.user.text().strip(), self.password.text(), self.authority.text().strip())

    def _test(self) -> None:
        self.test.setEnabled(False)
        dress(self.found, role="muted")
        self.found.setText(_("A trial file is written, read, listed and deleted…"))
        self.found.show()
        self.test_wanted.emit()

    def _choose_authority(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Certificate of the office's authority"), "", "PEM (*.pem *.crt *.cer)")
        if name:
            self.authority.setText(name)

    def _make_form(self) -> QWidget:
        form, grid, line = QWidget(), QGridLayout(), QHBoxLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        kinds = _("A folder or stick, https:// (WebDAV), s3://bucket, s3+https://host/bucket, or azblob://account/container")
        grid.addLayout(named(_("Address, or a folder"), self.url, kinds), 0, 0, 1, 2)
        grid.addLayout(named(_("User, or id of the access key"), self.user), 1, 0)
        grid.addLayout(named(_("Password, or secret key"), self.password), 1, 1)
        line_of_file = QHBoxLayout()
        line_of_file.setSpacing(10)
        line_of_file.addLayout(named(_("Certificate authority of the office"), self.authority), 1)
        choose = button(_("Choose…"), self._choose_authority, name=_("Choose the certificate of the office's authority"))
        line_of_file.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addLayout(line_of_file, 2, 0, 1, 2)
        line.addWidget(self.save)
        line.addWidget(button(_("Not now"), self.open_form, role="link"))
        line.addStretch(1)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(grid)
        layout.addWidget(self.said)
        layout.addLayout(line)
        self.said.hide()
        return form
