"""The grid of evidence: fast for thousands, since only what is seen is painted and only its pictures are loaded."""

from collections.abc import Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView

from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.pictures import Pictures
from auditor_app.ui.screens.evidence.pieces import Piece
from auditor_app.ui.screens.evidence.tile_delegate import TileDelegate
from auditor_app.ui.screens.evidence.tiles import TileModel
from auditor_app.ui.theme import Theme

OPENS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}

PACE_MS = 60
"""While it scrolls, pictures are asked for this often: those that are seen then, so that none waits for what is past."""


class EvidenceGrid(QListView):
    """`chosen` tells that other pieces are chosen, `opened` carries one on Enter, Space or double click.

    `link_wanted` asks to link what is chosen, `clear_wanted` to take the filters away.
    """

    chosen = Signal()
    opened = Signal(str)
    link_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        """Begin empty."""
        super().__init__()
        self._theme, self._pictures = theme, pictures.for_tiles(self, self._keep)
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
        self._pace = QTimer(self, interval=PACE_MS, singleShot=True)
        self._pace.timeout.connect(self._ask_for_seen)
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
        self._look()
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

    def _look(self) -> None:
        """Ask soon for the pictures of what is seen then."""
        if not self._pace.isActive():
            self._pace.start()

    def _ask_for_seen(self) -> None:
        """Ask for the pictures that are seen and not there."""
        if self.isVisible():
            wanted = [piece.digest for piece in self._seen() if self._is_wanted(self.tiles.pictures.get(piece.digest))]
            self._pictures.want(wanted, self._pixels)

    @property
    def _pixels(self) -> QSize:
        """Give the size of a tile's picture in the pixels of the screen."""
        ratio, size = self.devicePixelRatioF(), self.delegate.picture
        return QSize(round(size.width() * ratio), round(size.height() * ratio))

    def _is_wanted(self, picture: QPixmap | None) -> bool:
        """Say whether a picture is not there yet, or was cut for another size of tile."""
        return picture is None or (not picture.isNull() and picture.size() != self._pixels)

    def _seen(self) -> Iterator[Piece]:
        """Go through the pieces in the part that is seen; tiles have one size, so their places can be reckoned."""
        tile, room = self.gridSize(), self.viewport().rect()
        first = self.indexAt(QPoint(tile.width() // 2, tile.height() // 2))
        columns = max(1, room.width() // max(1, tile.width()))
        start = max(0, (first.row() if first.isValid() else self.verticalScrollBar().value() // tile.height() * columns) - columns)
        rows = room.height() // max(1, tile.height()) + 3
        yield from self.tiles.pieces[start : start + rows * columns]

    def _keep(self, images: dict[Digest, QImage]) -> None:
        """Show pictures that came; an empty one says that there is none."""
        for digest, image in images.items():
            picture = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self.tiles.show_picture(digest, picture)
            if self._is_wanted(picture):  # tiles got another size while it was cut
                self._look()

    def _fit(self) -> None:
        """Share the width among as many tiles as fit."""
        look, room = self._theme.look, self.viewport().width() - 2
        columns = max(1, room // look.px(168))
        width = max(look.px(120), room // columns)
        if width == self.delegate.width and self.gridSize() == self.delegate.tile:
            return
        self.delegate.width = width
        self.setGridSize(self.delegate.tile)
        self._look()

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())
        self.selectionModel().currentChanged.connect(lambda _new, _old: self.chosen.emit())
        self.doubleClicked.connect(lambda index: self.opened.emit(self.tiles.pieces[index.row()].digest))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look())
        self._theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is seen now."""
        super().showEvent(event)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Space or Enter, link with L, clear the filters with Escape; letters do not search, there is a field for that."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = keys == Qt.KeyboardModifier.NoModifier
        if plain and key in OPENS and self.current:
            self.opened.emit(self.current)
        elif plain and key == Qt.Key.Key_L:
            self.link_wanted.emit()
        elif plain and key == Qt.Key.Key_Escape:
            self.clear_wanted.emit()
        else:
            super().keyPressEvent(event)
