"""The evidence of a criterion as tiles, and the tile that adds more."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.pictures import Pictures
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.criteria.evidence_tile import AddTile, EvidenceTile
from auditor_app.ui.screens.criteria.view_state import Linked, evidence_text
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout, section_title
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label


class EvidenceStrip(QWidget):
    """`tile_chosen` carries a piece of evidence and its tile, `add_wanted` asks for files, `link_wanted` for evidence that is there."""

    tile_chosen = Signal(object, object)
    add_wanted = Signal()
    link_wanted = Signal(object)

    def __init__(self, theme: Theme, pictures: Pictures, title: str = "") -> None:
        """Begin without evidence, under a title of its own if it has one."""
        super().__init__()
        self._theme, self._pictures, self._has_key = theme, pictures, not title
        self._shown: tuple[Linked, ...] | None = None
        self.tiles: dict[Digest, EvidenceTile] = {}
        line, self.count = section_title(title or _("Evidence"))
        self.link = for_writing(button(_("Link…"), self._ask_for_link, role="link", name=_("Link evidence of this visit to the criterion")))
        line.addWidget(self.link)
        teach = _("Drop photos or documents here, paste them with Ctrl+V, or choose them. They are sealed at once.")
        self.hint = for_writing(label(teach, "tiny", wrap=True))
        self._flow = Flow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addLayout(self._flow)
        layout.addWidget(self.hint)

    def _ask_for_link(self) -> None:
        self.link_wanted.emit(self.link)

    def show_evidence(self, linked: tuple[Linked, ...]) -> None:
        """Show the tiles of a criterion; tiles are made anew only when something differs."""
        self.count.setText(evidence_text(linked))
        self.hint.setVisible(not linked)
        if linked == self._shown:
            return
        self._shown = linked
        empty_layout(self._flow)
        self.tiles = {one.digest: EvidenceTile(self._theme, one) for one in linked}
        for digest, tile in self.tiles.items():
            tile.clicked.connect(lambda _checked=False, tile=tile: self.tile_chosen.emit(tile.linked, tile))
            self._flow.addWidget(tile)
            self._pictures.ask(digest, owner=tile, done=tile.show_image)
        add = for_writing(AddTile(self._theme, with_key=self._has_key))
        add.clicked.connect(lambda _checked=False: self.add_wanted.emit())
        self._flow.addWidget(add)
        self.updateGeometry()
