"""What keeps the bundle from being made, each line with the way to where it is mended."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import PARTLY, MarkSign
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.labels import label


class Hindrances(QWidget):
    """Lines that come and go; hidden while nothing is in the way."""

    def __init__(self, desk: Desk) -> None:
        """Begin with nothing in the way."""
        super().__init__()
        self._desk = desk
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_all(self, found: Sequence[tuple[str, str]]) -> None:
        """Show what is in the way: the words, and the stage where it is mended."""
        empty_layout(self._lines)
        for words, stage in found:
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(MarkSign(self._desk.theme, PARTLY))
            line.addWidget(label(words, wrap=True), 1)
            go = _("Go there: {what}").format(what=words)
            line.addWidget(button(_("Go there"), partial(self._desk.go_to, stage, ""), role="link", name=go))
            self._lines.addLayout(line)
        self.setVisible(bool(found))
