"""Another passphrase for the workspace: the old one, the new one twice."""

from pathlib import Path

from PySide6.QtCore import Qt

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.screens.first_start.passphrase_advice import advise
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.form_lines import PassphraseLine, named
from auditor_app.ui.widgets.labels import dress, label, say
from auditor_app.workflows.workspaces import change_passphrase


class PassphraseCard(Card):
    """Changes the passphrase on a worker: that takes seconds, and nothing else waits for it."""

    def __init__(self, desk: Desk) -> None:
        """Build the fields, empty."""
        super().__init__(margin=16, spacing=10)
        self._desk, self._folder = desk, Path()
        self.old, self.first, self.second = PassphraseLine(), PassphraseLine(), PassphraseLine()
        self.advice, self.said = label("", "muted", wrap=True), label("", "muted", wrap=True)
        self.change = button(_("Change the passphrase"), self._change)
        self.content.addWidget(label(_("Passphrase"), "section"))
        self.content.addLayout(named(_("Passphrase until now"), self.old))
        self.content.addLayout(named(_("New passphrase"), self.first))
        self.content.addLayout(named(_("New passphrase once more"), self.second))
        self.content.addWidget(self.advice)
        self.content.addWidget(self.said)
        self.content.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeading)
        for line in (self.old, self.first, self.second):
            line.field.textChanged.connect(self._advise)
        self.said.hide()
        self._advise()

    def show_folder(self, folder: Path) -> None:
        """Work on the workspace in a folder."""
        self._folder = folder

    def _change(self) -> None:
        say(self.said, _("This takes a few seconds: the passphrase is made hard to guess by machine."), "muted")
        self.change.setEnabled(False)
        folder, old, new = self._folder, self.old.text, self.first.text
        self._desk.background.work(
            lambda _progress: change_passphrase(folder, old, new),
            owner=self,
            done=lambda _none: self._changed(),
            failed=self._not_changed,
        )

    def _changed(self) -> None:
        for line in (self.old, self.first, self.second):
            line.field.clear()
        say(self.said, _("The passphrase is changed. Backups made before open with the old one until they are made again."), "fully")

    def _not_changed(self, error: BaseException) -> None:
        say(self.said, notice_of(error).text, "error")
        self._advise()

    def _advise(self) -> None:
        advice = advise(self.first.text, self.second.text)
        self.advice.setText(advice.text)
        dress(self.advice, role=advice.role)
        self.change.setEnabled(advice.enough and bool(self.old.text))
