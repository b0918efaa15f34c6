"""The grid of evidence: fast for thousands, since only what is seen is painted and only its pictures are loaded."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView

from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.pictures import Pictures
from auditor_app.ui.screens.evidence.tile_delegate import TileDelegate
from auditor_app.ui.screens.evidence.tiles import TileModel
from auditor_app.ui.screens.evidence.view_state import Piece
from auditor_app.ui.theme import Theme

SETTLED_MS = 40
"""Scrolling rests this long before pictures are asked for, so that none is loaded in passing."""

KEPT = 600


class EvidenceGrid(QListView):
    """`chosen` tells that other pieces are chosen, `opened` carries one on Enter or double click."""

    chosen = Signal()
    opened = Signal(str)

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        """Begin empty."""
        super().__init__()
        self._theme, self._pictures = theme, pictures
        self.tiles = TileModel(self)
        self.delegate = TileDelegate(theme, self)
        self.setModel(self.tiles)
        self.setItemDelegate(self.delegate)
        self.setProperty("ground", "background")
        self.setAccessibleName(_("Evidence of this visit"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._settled = QTimer(self, interval=SETTLED_MS, singleShot=True)
        self._settled.timeout.connect(self._ask_for_seen)
        self._connect()

    @property
    def current(self) -> str:
        """Give the digest of the piece that the keyboard is at, empty for none."""
        piece = self._piece(self.currentIndex())
        return piece.digest if piece else ""

    @property
    def selected(self) -> tuple[Digest, ...]:
        """Give the digests of all chosen pieces."""
        found = (self._piece(index) for index in sorted(self.selectedIndexes(), key=QModelIndex.row))
        return tuple(piece.digest for piece in found if piece)

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show pieces; the chosen ones stay chosen as far as they are still shown."""
        current, selected = self.current, self.selected
        self.blockSignals(True)
        self.tiles.replace_pieces(pieces)
        self._choose(current, selected)
        self.blockSignals(False)
        self._settled.start()
        if (self.current, self.selected) != (current, selected):
            self.chosen.emit()

    def go_to(self, digest: str) -> None:
        """Choose one piece and bring it into view."""
        index = self.tiles.index_of(digest)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QListView.ScrollHint.EnsureVisible)

    def _choose(self, current: str, selected: tuple[Digest, ...]) -> None:
        if self.currentIndex().isValid() and self.current == current:
            return
        index = self.tiles.index_of(current)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        for digest in selected:
            self.selectionModel().select(self.tiles.index_of(digest), QItemSelectionModel.SelectionFlag.Select)

    def _piece(self, index: QModelIndex) -> Piece | None:
        return self.tiles.pieces[index.row()] if index.isValid() and index.row() < len(self.tiles.pieces) else None

    def _ask_for_seen(self) -> None:
        """Ask for the pictures of what is seen, and let go of others when there are many."""
        seen = [piece.digest for piece in self._seen()]
        if len(self.tiles.pictures) > KEPT:
            self.tiles.pictures = {digest: self.tiles.pictures[digest] for digest in seen if digest in self.tiles.pictures}
        for digest in seen:
            if self._is_wanted(self.tiles.pictures.get(digest)):
                self._pictures.ask(digest, owner=self, done=partial(self._keep, digest))

    def _is_wanted(self, picture: QPixmap | None) -> bool:
        """Say whether a picture is not there yet, or was cut for another size of tile."""
        return picture is None or (not picture.isNull() and picture.deviceIndependentSize().toSize() != self.delegate.picture)

    def _seen(self) -> Iterator[Piece]:
        """Go through the pieces in the part that is seen; tiles have one size, so their places can be reckoned."""
        tile, room = self.gridSize(), self.viewport().rect()
        first = self.indexAt(QPoint(tile.width() // 2, tile.height() // 2))
        columns = max(1, room.width() // max(1, tile.width()))
        start = max(0, (first.row() if first.isValid() else self.verticalScrollBar().value() // tile.height() * columns) - columns)
        rows = room.height() // max(1, tile.height()) + 3
        yield from self.tiles.pieces[start : start + rows * columns]

    def _keep(self, digest: Digest, image: QImage) -> None:
        """Cut the middle of a small picture to the tile once, so that painting is cheap."""
        if image.isNull():
            self.tiles.show_picture(digest, QPixmap())
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.delegate.picture.width() * ratio), round(self.delegate.picture.height() * ratio))
        scaled = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
        cut = scaled.copy((scaled.width() - size.width()) // 2, (scaled.height() - size.height()) // 2, size.width(), size.height())
        picture = QPixmap.fromImage(cut)
        picture.setDevicePixelRatio(ratio)
        self.tiles.show_picture(digest, picture)

    def _fit(self) -> None:
        """Share the width among as many tiles as fit."""
        look, room = self._theme.look, self.viewport().width() - 2
        columns = max(1, room // look.px(168))
        width = max(look.px(120), room // columns)
        if width == self.delegate.width and self.gridSize() == self.delegate.tile:
            return
        self.delegate.width = width
        self.setGridSize(self.delegate.tile)
        self._settled.start()

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())
        self.selectionModel().currentChanged.connect(lambda _new, _old: self.chosen.emit())
        self.activated.connect(lambda index: self.opened.emit(self.tiles.pieces[index.row()].digest))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._settled.start())
        self._theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()
        self._settled.start()
