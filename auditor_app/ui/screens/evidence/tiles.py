"""The pieces of evidence as an item model, with the small pictures that are at hand."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QPixmap

from auditor_app.ids import Digest
from auditor_app.ui.screens.evidence.pieces import Piece

Index = QModelIndex | QPersistentModelIndex
PIECE = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1
TITLE = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)

KEPT = 500
"""Pictures kept for painting: about 0.1 MB each on a plain screen, and more than any window shows at once."""

FEW = 40
"""Rows up to which each is told to the view by itself when it changed."""


class TileModel(QStringListModel):
    """Holds a tuple of pieces; pictures come later, only for those that are seen.

    Qt keeps the list of digests: laying thousands of tiles out it asks for every row, and asking Python each time takes ten times as long.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__([], parent)
        self.pieces: tuple[Piece, ...] = ()
        self.pictures: dict[Digest, QPixmap] = {}
        self._rows: dict[Digest, int] = {}

    def replace_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show other pieces; where only words changed, the view keeps its place."""
        digests, before = [one.digest for one in pieces], self.pieces
        self.pieces = pieces
        if digests == list(self._rows):
            self._tell_words([row for row, (new, old) in enumerate(zip(pieces, before, strict=True)) if new != old])
            return
        self._rows = {digest: row for row, digest in enumerate(digests)}
        self.setStringList(digests)

    def _tell_words(self, rows: list[int]) -> None:
        """Tell the view in which rows the words changed."""
        for row in rows if len(rows) < FEW else ():
            self.dataChanged.emit(self.index(row), self.index(row))
        if len(rows) >= FEW:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))

    def show_picture(self, digest: Digest, picture: QPixmap) -> None:
        """Keep the picture of a piece, as the latest, and paint it; the oldest goes when there are many."""
        self.pictures.pop(digest, None)
        self.pictures[digest] = picture
        if len(self.pictures) > KEPT:
            del self.pictures[next(iter(self.pictures))]
        row = self._rows.get(digest)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [PICTURE])

    def index_of(self, digest: str) -> QModelIndex:
        """Find a piece; an invalid index when it is not shown."""
        row = self._rows.get(Digest(digest))
        return QModelIndex() if row is None else self.index(row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a piece be chosen, not typed over."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a piece, its picture or its words."""
        if not index.isValid() or index.row() >= len(self.pieces):
            return None
        piece = self.pieces[index.row()]
        if role == PIECE:
            return piece
        if role == PICTURE:
            return self.pictures.get(piece.digest)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return piece.spoken
        return piece.title if role in TITLE else None
