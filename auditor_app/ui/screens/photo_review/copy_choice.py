"""Which copy is printed in the place of a photo: the copies that there are as pictures, and the way to make one."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.photo_review.view_state import copies_of, numbers_of
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.visits import OpenVisit


class CopyChoice(QWidget):
    """`made_wanted` asks for the editor of copies; `chosen` is the digest of the copy chosen, "" for none."""

    made_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin without copies."""
        super().__init__()
        self._desk = desk
        self.chosen = ""
        self.tiles: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._tiles = QVBoxLayout()
        self._tiles.setSpacing(6)
        self._none = label(_("There is no copy of this photo yet."), "muted", wrap=True)
        self.make = button(_("Make a blurred copy now…"), self.made_wanted.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._none)
        layout.addLayout(self._tiles)
        layout.addWidget(self.make)

    def show_copies(self, opened: OpenVisit, digest: str, chosen: str) -> None:
        """Offer the copies of a photo; where nothing is chosen yet, the only copy is."""
        copies, numbers = copies_of(opened, digest), numbers_of(opened.state)
        if list(self.tiles) != [one.digest for one in copies]:
            empty_layout(self._tiles)
            self.tiles = {one.digest: self._tile(one.digest, numbers[one.digest]) for one in copies}
        self._none.setVisible(not copies)
        self.choose(chosen)

    def choose(self, digest: str) -> None:
        """Choose a copy."""
        self.chosen = digest if digest in self.tiles else ""
        self._group.setExclusive(bool(self.chosen))
        for name, tile in self.tiles.items():
            tile.setChecked(name == self.chosen)

    def choose_once_there(self, digest: str) -> None:
        """Choose a copy that was just made, perhaps before the visit with it is loaded."""
        self.choose(digest)
        self.chosen = digest

    def _tile(self, digest: Digest, number: int) -> QPushButton:
        words = _("Copy {number}").format(number=number)
        tile = button(f"  {words}", partial(self.choose, digest), role="choice", name=words)
        tile.setProperty("align", "start")
        tile.setCheckable(True)
        tile.setIconSize(QSize(self._desk.theme.look.px(96), self._desk.theme.look.px(72)))
        tile.setMinimumHeight(self._desk.theme.look.px(82))
        self._group.addButton(tile)
        self._tiles.addWidget(tile)

        def there(image: QImage) -> None:
            tile.setIcon(QIcon(QPixmap.fromImage(image)))

        self._desk.pictures.ask(digest, owner=tile, done=there)
        return tile
