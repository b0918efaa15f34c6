"""The pieces of evidence as an item model, with the small pictures that are at hand."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from auditor_app.ids import Digest
from auditor_app.ui.screens.evidence.pieces import Piece

Index = QModelIndex | QPersistentModelIndex
PIECE = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1

KEPT = 500
"""Pictures kept for painting: about 0.1 MB each on a plain screen, and more than any window shows at once."""

FEW = 40
"""Rows up to which each is told to the view by itself when it changed."""


class TileModel(QAbstractListModel):
    """Holds a tuple of pieces; pictures come later, only for those that are seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.pieces: tuple[Piece, ...] = ()
        self.pictures: dict[Digest, QPixmap] = {}
        self._rows: dict[Digest, int] = {}

    def replace_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show other pieces; where only words changed, the view keeps its place."""
        if [one.digest for one in pieces] == [one.digest for one in self.pieces]:
            differ = [row for row, (new, old) in enumerate(zip(pieces, self.pieces, strict=True)) if new != old]
            self.pieces = pieces
            for row in differ if len(differ) < FEW else ():
                self.dataChanged.emit(self.index(row), self.index(row))
            if len(differ) >= FEW:
                self.dataChanged.emit(self.index(differ[0]), self.index(differ[-1]))
            return
        self.beginResetModel()
        self.pieces = pieces
        self._rows = {one.digest: row for row, one in enumerate(pieces)}
        self.endResetModel()

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

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the pieces."""
        return 0 if parent is not None and parent.isValid() else len(self.pieces)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a piece, its picture or its words."""
        if not index.isValid():
            return None
        piece = self.pieces[index.row()]
        if role == PICTURE:
            return self.pictures.get(piece.digest)
        words = {Qt.ItemDataRole.DisplayRole: piece.title, Qt.ItemDataRole.ToolTipRole: piece.title}
        spoken = {Qt.ItemDataRole.AccessibleTextRole: piece.spoken}
        return piece if role == PIECE else (words | spoken).get(Qt.ItemDataRole(role))
