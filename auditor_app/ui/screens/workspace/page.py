"""The workspace itself: where it is and whose, a backup now, a check of everything, another passphrase."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.progress import Progress
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.screens.workspace.border_card import BorderCard
from auditor_app.ui.screens.workspace.office_card import OfficeCard
from auditor_app.ui.screens.workspace.passphrase_card import PassphraseCard
from auditor_app.ui.screens.workspace.words import backed_up_words, backup_words, check_words
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, scrolled
from auditor_app.ui.widgets.job_line import JobLine
from auditor_app.ui.widgets.labels import label, say
from auditor_app.workflows.workspaces import BackupNote, WorkspaceFault, back_up, back_up_again, check, last_backup
from auditor_app.workspace import Workspace

T = TypeVar("T")

BACKUP = "Auditor App backup"
"""The folder of the backup within the folder that a person chooses, such as a stick; the same in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the page shows of the workspace."""

    folder: Path
    name: str
    organisation: str
    backup: BackupNote | None


class WorkspacePage(QWidget):
    """What concerns all visits together."""

    def __init__(self, desk: Desk) -> None:
        """Build the cards."""
        super().__init__()
        self.setProperty("ground", "background")
        self.desk = desk
        self._known: Known | None = None
        self.where, self.said = label("", "body", wrap=True, selectable=True), label("", "muted", wrap=True)
        self.backed_up = label("", "body", wrap=True, selectable=True)
        self.again = button(_("Back up now"), self._back_up_again, role="first")
        self.elsewhere = button(_("Back up to another folder…"), self._back_up_elsewhere)
        self.check = button(_("Check everything"), self._check)
        self.job = JobLine(desk.background, name=_("Work on the whole workspace"))
        self.office, self.border, self.passphrase = OfficeCard(desk), BorderCard(desk), PassphraseCard(desk)
        self._lay_out()

    def show_workspace(self) -> None:
        """Load what is known and show it."""
        self.desk.background.run(_known, owner=self, done=self._show)
        self.office.show_workspace()
        self.border.show_workspace()

    def _show(self, known: Known) -> None:
        self._known = known
        whose = " · ".join(part for part in (known.name, known.organisation) if part)
        self.where.setText(f"{whose}\n{known.folder}")
        self.backed_up.setText(backup_words(known.backup))
        self.again.setVisible(known.backup is not None)
        self.passphrase.show_folder(known.folder)

    def back_up_to(self, folder: Path) -> None:
        """Back up into a folder of its own within a folder."""
        target = folder if folder.name == BACKUP else folder / BACKUP
        self._run(lambda workspace, progress: back_up(workspace, target, progress), _("Backing up"), self._backed_up)

    def _back_up_again(self) -> None:
        self._run(back_up_again, _("Backing up"), self._backed_up)

    def _back_up_elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where the backup goes: a stick, or another disk"))
        if chosen:
            self.back_up_to(Path(chosen))

    def _backed_up(self, count: int) -> None:
        say(self.said, backed_up_words(count), "fully")

    def _check(self) -> None:
        self._run(lambda workspace, progress: check(workspace, deep=True, progress=progress), _("Checking"), self._checked)

    def _checked(self, faults: list[WorkspaceFault]) -> None:
        say(self.said, check_words(faults), "error" if faults else "fully")

    def _run(self, work: Callable[[Workspace, Progress], T], first: str, done: Callable[[T], object]) -> None:
        for one in (self.again, self.elsewhere, self.check):
            one.setEnabled(False)
        say(self.said, "", "muted")
        self.job.run(work, first=first, done=done, failed=lambda error: say(self.said, notice_of(error).text, "error"), ended=self._ended)

    def _ended(self) -> None:
        for one in (self.again, self.elsewhere, self.check):
            one.setEnabled(True)
        self.show_workspace()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(label(_("Workspace and backups"), "title"))
        column.addWidget(_card(_("This workspace"), self.where))
        backup = _card(_("Backup"), self.backed_up)
        buttons = QHBoxLayout()
        for one in (self.again, self.elsewhere, self.check):
            buttons.addWidget(one)
        buttons.addStretch(1)
        backup.content.addLayout(buttons)
        backup.content.addWidget(self.job)
        backup.content.addWidget(self.said)
        column.addWidget(self.office)
        column.addWidget(backup)
        column.addWidget(self.border)
        column.addWidget(self.passphrase)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))
        self.said.hide()


def _card(title: str, content: QWidget) -> Card:
    card = Card(margin=16, spacing=10)
    card.content.addWidget(label(title, "section"))
    card.content.addWidget(content)
    return card


def _known(workspace: Workspace) -> Known:
    me = workspace.me
    return Known(folder=workspace.folder, name=me.name, organisation=me.organisation, backup=last_backup(workspace))
