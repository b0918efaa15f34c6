"""Where the office's mailbox is: address, user and password, kept in the encrypted workspace."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.screens.hand_over.view_state import Standing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.form_lines import named, text_line
from auditor_app.ui.widgets.labels import dress, label


class MailboxCard(Card):
    """`named_anew` carries address, user and password."""

    named_anew = Signal(str, str, str)

    def __init__(self) -> None:
        """Begin without a mailbox."""
        super().__init__(margin=16, spacing=10)
        self._url = ""
        self.where = label("", "muted", wrap=True, selectable=True)
        self.change = button("", self.open_form, role="link")
        self.url, self.user, self.password = text_line("https://cloud.office.example/dav/mailbox"), text_line(), text_line()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.said = label("", "error", wrap=True)
        self.save = button(_("Check and keep it"), self._save, role="first")
        head, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("The office's mailbox"), "section"))
        words.addWidget(self.where)
        head.addLayout(words, 1)
        head.addWidget(self.change)
        self.content.addLayout(head)
        self._form = self._make_form()
        self._form.hide()
        self.content.addWidget(self._form)

    def show_standing(self, standing: Standing) -> None:
        """Show where the mailbox is."""
        self._url = standing.url
        user = _("as {user}").format(user=standing.user) if standing.user else ""
        where = " ".join(part for part in (standing.url, user) if part)
        self.where.setText(where or _("Not named yet. The office tells its address; a folder or a stick will do as well."))
        self.change.setText(_("Change…") if standing.url else _("Name it…"))
        self.change.setAccessibleName(_("Change where the office's mailbox is"))
        if not self._form.isVisibleTo(self):
            self.url.setText(standing.url)
            self.user.setText(standing.user)

    def open_form(self) -> None:
        """Open the lines for the address and go there, or put them away."""
        there = self._form.isVisibleTo(self)
        self._form.setVisible(not there)
        if not there:
            self.url.setFocus()

    def kept(self) -> None:
        """Put the lines away; the password is forgotten here."""
        self.password.clear()
        self.say("")
        self._form.hide()

    def say(self, problem: str) -> None:
        """Say in place what is wrong."""
        self.said.setText(problem)
        self.said.setVisible(bool(problem))
        self.save.setEnabled(True)

    def _save(self) -> None:
        url = self.url.text().strip()
        dress(self.url, state="" if url else "wrong")
        if url:
            self.save.setEnabled(False)
            self.named_anew.emit(url, self.user.text().strip(), self.password.text())

    def _make_form(self) -> QWidget:
        form, grid, line = QWidget(), QGridLayout(), QHBoxLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.addLayout(named(_("Address, or a folder"), self.url), 0, 0, 1, 2)
        grid.addLayout(named(_("User"), self.user), 1, 0)
        grid.addLayout(named(_("Password"), self.password), 1, 1)
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
