"""Lines of a form: a label over its field, a passphrase with a show button, a folder with a choose button."""

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.focus import hand_focus_on
from auditor_app.ui.widgets.labels import label


def named(text: str | QLabel, field: QWidget, hint: str = "") -> QVBoxLayout:
    """Put a label over a field, and a hint under it; the label's words become the field's accessible name."""
    title = label(text, "field") if isinstance(text, str) else text
    title.setBuddy(field)
    field.setAccessibleName(title.text())
    layout = QVBoxLayout()
    layout.setSpacing(4)
    layout.addWidget(title)
    layout.addWidget(field)
    if hint:
        layout.addWidget(label(hint, "tiny", wrap=True))
    return layout


def text_line(placeholder: str = "") -> QLineEdit:
    """Make a field for one line of text."""
    line = QLineEdit()
    line.setPlaceholderText(placeholder)
    return line


class PassphraseLine(QWidget):
    """A hidden text with a button that shows it."""

    def __init__(self) -> None:
        """Begin empty and hidden."""
        super().__init__()
        self.field = text_line()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.toggle = button(_("Show"), self._turn, role="link", name=_("Show the passphrase"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.toggle)
        hand_focus_on(self, self.field)

    @property
    def text(self) -> str:
        """Give what was typed."""
        return self.field.text()

    def setAccessibleName(self, name: str) -> None:
        """Name the field itself."""
        self.field.setAccessibleName(name)

    def _turn(self) -> None:
        hidden = self.field.echoMode() == QLineEdit.EchoMode.Password
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.toggle.setText(_("Hide") if hidden else _("Show"))


class FolderLine(QWidget):
    """A folder, shown as its path, with a button that chooses another one."""

    def __init__(self, folder: Path) -> None:
        """Show a folder."""
        super().__init__()
        self.folder = folder
        self._shown: QLabel = label(_breakable(folder), "body", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._shown, 1)
        self.choose = button(_("Another folder…"), self._choose)
        layout.addWidget(self.choose)
        hand_focus_on(self, self.choose)

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Folder of the workspace"), str(self.folder.parent))
        if found:
            self.folder = Path(found)
            self._shown.setText(_breakable(self.folder))


def _breakable(path: Path) -> str:
    """Write a path so that it can be broken between its parts, and within long ones."""
    return re.sub(r"([/\\_.-])", "\\1\u200b", str(path))
