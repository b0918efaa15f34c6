"""Choosing evidence that is there already, to link it to a finding."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.ids import Digest
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.evidence.filter_line import FilterLine
from auditor_app.ui.screens.evidence.filters import choices_in, passing
from auditor_app.ui.screens.evidence.grid import EvidenceGrid
from auditor_app.ui.screens.evidence.pieces import Piece, pieces_of
from auditor_app.ui.widgets.buttons import button
from auditor_app.workflows.visits import OpenVisit


class EvidencePicker(QWidget):
    """`picked` carries the digests of what was chosen."""

    picked = Signal(tuple)
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin without evidence."""
        super().__init__()
        self._pieces: tuple[Piece, ...] = ()
        self.filter = FilterLine(_("Choose evidence"))
        self.grid = EvidenceGrid(desk.theme, desk.pictures)
        self.link = button(_("Link"), lambda: self.picked.emit(self.grid.selected), role="first")
        self.filter.changed.connect(self._show)
        self.grid.chosen.connect(self._tell)
        self.grid.opened.connect(lambda digest: self.picked.emit((Digest(digest),)))
        foot = QHBoxLayout()
        foot.addWidget(self.link)
        foot.addWidget(button(_("Back to the finding"), self.given_up.emit, role="link"))
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 12, 12)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.grid, 1)
        layout.addLayout(foot)

    def begin(self, opened: OpenVisit, without: set[Digest]) -> None:
        """Offer the evidence of a visit without what is linked already."""
        self._pieces = tuple(piece for piece in pieces_of(opened) if piece.digest not in without)
        self.filter.offer(choices_in(self._pieces, opened), sum(piece.is_loose for piece in self._pieces))
        self._show()
        self.grid.clearSelection()
        self.grid.setFocus()

    def _show(self) -> None:
        shown = passing(self._pieces, self.filter.wanted)
        self.filter.count.setText("")
        self.grid.show_pieces(shown)
        self._tell()

    def _tell(self) -> None:
        chosen = len(self.grid.selected)
        self.link.setEnabled(chosen > 0)
        self.link.setText(plural("Link {count} piece", "Link {count} pieces", chosen) if chosen else _("Link"))
