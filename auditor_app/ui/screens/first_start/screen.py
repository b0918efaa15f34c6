"""The welcome page: what the program promises, and the way into a workspace."""

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.glyphs import TICK, Mark, MarkSign
from auditor_app.ui.screens.first_start.forms import CreateForm, Creation, OpenForm
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from auditor_app.workspace import Workspace


PROMISE = Mark(TICK, "rail_copper")


class FirstStart(QWidget):
    """Asks for a passphrase, or for what a new workspace needs; `opened` carries the folder once a workspace is open."""

    opened = Signal(str)

    def __init__(self, background: Background, theme: Theme, folder: Path, *, used_before: bool) -> None:
        """Offer to open the workspace in the folder if there is one, otherwise to create it; `used_before` is what is likely."""
        super().__init__()
        self._background, self._theme, self._folder = background, theme, folder
        self._pages = QStackedWidget()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_promises(theme), 2)
        self._area = scrolled(self._pages)
        layout.addWidget(self._area, 3)
        self._turn_to(self.unlocking if used_before else self.creating)
        background.work(lambda _progress: _has_workspace(folder), owner=self, done=self._looked)

    @cached_property
    def creating(self) -> CreateForm:
        """Give the form for a new workspace, built when it is first wanted."""
        form = CreateForm(self._folder, self._background, self._theme)
        form.wanted.connect(self._create)
        form.other_wanted.connect(self.turn_to_open)
        return form

    @cached_property
    def unlocking(self) -> OpenForm:
        """Give the form that opens a workspace, built when it is first wanted."""
        form = OpenForm(self._folder)
        form.wanted.connect(self._open)
        form.other_wanted.connect(self.turn_to_create)
        return form

    def turn_to_open(self) -> None:
        """Offer to open a workspace rather than to create one."""
        self._turn_to(self.unlocking)

    def turn_to_create(self) -> None:
        """Offer to create a workspace."""
        self._turn_to(self.creating)

    def _looked(self, there: bool) -> None:
        self._turn_to(self.unlocking if there else self.creating)

    def _turn_to(self, page: QWidget) -> None:
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        for other in self._pages.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            wanted = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored  # what is not seen asks for no room
            other.setSizePolicy(wanted, wanted)
        self._pages.setCurrentWidget(page)
        self._area.verticalScrollBar().setValue(0)
        page.setFocus()

    def _create(self, creation: Creation) -> None:
        self.creating.show_busy(_("Creating the workspace takes a few seconds: the passphrase is made hard to guess by machine."))
        self._background.open(
            partial(_created, creation),
            owner=self,
            done=lambda _none: self._done(self.creating, creation.folder),
            failed=lambda error: self.creating.show_problem(notice_of(error).text),
        )

    def _open(self, folder: Path, passphrase: str) -> None:
        self.unlocking.show_busy(_("Opening takes a second or two."))
        self._background.open(
            partial(_opened, folder, passphrase),
            owner=self,
            done=lambda _none: self._done(self.unlocking, folder),
            failed=lambda error: self.unlocking.show_problem(notice_of(error).text),
        )

    def _done(self, form: CreateForm | OpenForm, folder: Path) -> None:
        form.forget()
        self.opened.emit(str(folder))


def _promises(theme: Theme) -> QFrame:
    panel, inside = QFrame(), QWidget()
    panel.setObjectName("rail")
    frame = QVBoxLayout(panel)
    frame.setContentsMargins(0, 0, 0, 0)
    frame.addWidget(scrolled(inside, ground="none"))
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(40, 48, 40, 40)
    layout.setSpacing(16)
    layout.addWidget(label(_("Auditor App"), "title"))
    layout.addWidget(label(_("Site audits against a responsible-production standard, complete without a network."), wrap=True))
    layout.addSpacing(16)
    for text in (
        _("What the screen calls saved survives a power cut."),
        _("Nothing is overwritten without a trace: every value stays reachable, with who, when and why."),
        _("Evidence is sealed the moment it is taken in; nobody reads it without your passphrase."),
        _("Every report and bundle is checked by a second reader before it leaves."),
    ):
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(MarkSign(theme, PROMISE, size=18), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(text, wrap=True), 1)
        layout.addLayout(line)
    layout.addStretch(1)
    return panel


def _has_workspace(folder: Path) -> bool:
    from auditor_app.workspace.layout import DESCRIPTION  # noqa: PLC0415 - the first window does not wait for the database

    return (folder / DESCRIPTION).is_file()


def _created(creation: Creation) -> "Workspace":
    from auditor_app.workflows import workspaces  # noqa: PLC0415

    workspaces.create(creation.folder, creation.passphrase, creation.name, creation.organisation)
    workspace = workspaces.open_existing(creation.folder, creation.passphrase)
    if creation.office:
        _make_known(workspace, creation.office)
    return workspace


def _make_known(workspace: "Workspace", letter: bytes) -> None:
    from auditor_app.workflows.identity import import_profile  # noqa: PLC0415

    try:
        import_profile(workspace, letter)
    except BaseException:
        workspace.close()
        raise


def _opened(folder: Path, passphrase: str) -> "Workspace":
    from auditor_app.workflows import workspaces  # noqa: PLC0415

    return workspaces.open_existing(folder, passphrase)
