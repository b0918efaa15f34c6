"""Signing with a key file of one's own (PKCS#12): the file, and its password asked for in place."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.signing import on_lane
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import across
from auditor_app.ui.widgets.focus import bring_into_sight
from auditor_app.ui.widgets.form_lines import PassphraseLine, named
from auditor_app.ui.widgets.labels import label, say


class FileForm(QWidget):
    """`used` carries the name on the certificate; `given_up` says that nothing was changed."""

    used = Signal(str)
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin without a file."""
        super().__init__()
        self._desk = desk
        self.path: Path | None = None
        self.chosen, self.wrong = label("", "strong", wrap=True), label("", "error", wrap=True)
        self.password = PassphraseLine()
        self.password.setMaximumWidth(420)
        self.password.toggle.setAccessibleName(_("Show the password of the key file"))
        self.password.field.returnPressed.connect(self._use)
        self.use = button(_("Use this key"), self._use, role="first")
        layout, acts = QVBoxLayout(self), QHBoxLayout()
        acts.addWidget(self.use)
        acts.addWidget(button(_("Not now"), self._give_up, name=_("Take no key file")))
        acts.addStretch(1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(across())
        layout.addWidget(self.chosen)
        layout.addLayout(named(_("Password of the key file"), self.password, _("It is used once and kept nowhere.")))
        layout.addWidget(self.wrong)
        layout.addLayout(acts)
        self.hide()

    def choose(self) -> None:
        """Ask for a file, then for its password."""
        kinds = _("Key files") + " (*.p12 *.pfx);;" + _("All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Your key and certificate"), "", kinds)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Ask for the password of a file."""
        self.path = path
        self.chosen.setText(path.name)
        say(self.wrong, "")
        self.password.field.clear()
        self.show()
        self.password.field.setFocus()
        bring_into_sight(self)

    def _use(self) -> None:
        path, password = self.path, self.password.text
        if path is None or not self.use.isEnabled():
            return
        self.password.field.clear()
        self.use.setEnabled(False)
        self._desk.background.run(
            lambda workspace: on_lane.use_file(workspace, path, password), owner=self, done=self._used, failed=self._refused
        )

    def _used(self, name: str) -> None:
        self.use.setEnabled(True)
        self.hide()
        self.used.emit(name)

    def _refused(self, error: BaseException) -> None:
        self.use.setEnabled(True)
        say(self.wrong, notice_of(error).text)
        self.password.field.setFocus()

    def _give_up(self) -> None:
        self.password.field.clear()
        self.hide()
        self.given_up.emit()
