"""The two forms of the welcome page."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.screens.first_start.passphrase_advice import advise
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.focus import hand_focus_on
from auditor_app.ui.widgets.form_lines import FolderLine, PassphraseLine, named, text_line
from auditor_app.ui.widgets.labels import dress, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """What a new workspace needs; the passphrase is never shown in a log."""

    folder: Path
    passphrase: str
    name: str
    organisation: str
    office: bytes = b""
    """The signed profile of the office, if one is to be known from the beginning."""

    def __repr__(self) -> str:
        """Leave the passphrase out."""
        return f"Creation({self.folder})"


class _Form(QWidget):
    """A column of fields with one thing to do, a place for what is wrong, and a link to the other form."""

    other_wanted = Signal()

    def __init__(self, title: str, text: str, do: str, other: str) -> None:
        super().__init__()
        self.fields = QVBoxLayout()
        self.fields.setSpacing(14)
        self.said = label("", "muted", wrap=True)
        self.said.hide()
        self.do = button(do, self.submit, role="first")
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(label(title, "title", wrap=True))
        column.addWidget(label(text, "muted", wrap=True))
        column.addLayout(self.fields)
        column.addWidget(self.said)
        buttons, between = Beside(), QHBoxLayout()
        between.addStretch(1)
        buttons.add(self.do)
        buttons.add(between, 1)
        buttons.add(button(other, self.other_wanted.emit, role="link"))
        column.addWidget(buttons)
        column.addStretch(2)
        inside = QWidget()
        inside.setLayout(column)
        inside.setMaximumWidth(620)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(40, 24, 40, 24)
        layout.addStretch(1)
        layout.addWidget(inside, 8)
        layout.addStretch(1)

    def submit(self) -> None:
        """Do what the form is for."""

    def show_problem(self, text: str) -> None:
        """Say in place what is wrong."""
        self._say(text, "error")
        self.do.setEnabled(True)

    def show_busy(self, text: str) -> None:
        """Say what is going on; the button waits meanwhile."""
        self._say(text, "muted")
        self.do.setEnabled(False)

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        dress(self.said, role=role)


class CreateForm(_Form):
    """Name, organisation, passphrase twice, folder; `wanted` carries a Creation."""

    wanted = Signal(object)

    def __init__(self, folder: Path, background: Background, theme: Theme) -> None:
        """Propose a folder."""
        from auditor_app.ui.screens.first_start.office_part import OfficePart  # noqa: PLC0415 - who opens a workspace does without it

        super().__init__(
            _("Create your workspace"),
            _("One folder on this computer holds all your visits. It is encrypted; your passphrase opens it."),
            _("Create the workspace"),
            _("I have a workspace already"),
        )
        self.name, self.organisation = text_line(), text_line()
        self.first, self.second = PassphraseLine(), PassphraseLine()
        self.folder, self.office = FolderLine(folder), OfficePart(background, theme)
        self.advice = label("", "muted", wrap=True)
        self.fields.addLayout(named(_("Your name, as it stands in reports"), self.name))
        self.fields.addLayout(named(_("Organisation"), self.organisation))
        self.fields.addLayout(named(_("Passphrase"), self.first))
        self.fields.addLayout(named(_("Passphrase once more"), self.second))
        self.fields.addWidget(self.advice)
        lost = _("Nobody can reset it. Until an assurance office is known to this workspace, a forgotten passphrase means lost work.")
        self.fields.addWidget(label(lost, "tiny", wrap=True))
        self.fields.addWidget(self.office)
        self.fields.addLayout(named(_("Folder"), self.folder))
        for line in (self.name, self.first.field, self.second.field):
            line.textChanged.connect(self._advise)
            line.returnPressed.connect(self.submit)
        hand_focus_on(self, self.name)
        self._advise()

    def submit(self) -> None:
        """Ask for the workspace once everything is there."""
        if self.do.isEnabled():
            self.wanted.emit(
                Creation(
                    folder=self.folder.folder,
                    passphrase=self.first.text,
                    name=self.name.text().strip(),
                    organisation=self.organisation.text().strip(),
                    office=self.office.letter,
                )
            )

    def forget(self) -> None:
        """Empty the passphrases."""
        self.first.field.clear()
        self.second.field.clear()

    def _advise(self) -> None:
        advice = advise(self.first.text, self.second.text)
        self.advice.setText(advice.text)
        dress(self.advice, role=advice.role)
        self.do.setEnabled(advice.enough and bool(self.name.text().strip()))


class OpenForm(_Form):
    """Folder and passphrase; `wanted` carries both."""

    wanted = Signal(Path, str)

    def __init__(self, folder: Path) -> None:
        """Propose the folder opened last."""
        super().__init__(
            _("Open your workspace"),
            _("Your visits are encrypted. The passphrase opens them on this computer; nothing is sent anywhere."),
            _("Open the workspace"),
            _("Create a new workspace"),
        )
        self.folder, self.passphrase = FolderLine(folder), PassphraseLine()
        self.fields.addLayout(named(_("Passphrase"), self.passphrase))
        self.fields.addLayout(named(_("Folder"), self.folder))
        self.passphrase.field.returnPressed.connect(self.submit)
        hand_focus_on(self, self.passphrase.field)

    def submit(self) -> None:
        """Ask for the workspace."""
        if self.do.isEnabled():
            self.wanted.emit(self.folder.folder, self.passphrase.text)

    def forget(self) -> None:
        """Empty the passphrase."""
        self.passphrase.field.clear()
        self.do.setEnabled(True)
