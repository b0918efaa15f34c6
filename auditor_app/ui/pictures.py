"""Small pictures of evidence: loaded and decoded beside the window, the latest kept in memory."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from auditor_app.ids import Digest
from auditor_app.ui.background import Background
from auditor_app.ui.decoding import cut_tile

if TYPE_CHECKING:
    from auditor_app.workspace import Workspace

KEPT = 400
"""Small pictures kept in memory: about 0.4 MB each."""

BATCH = 8
"""Small pictures under way at one time for a grid: what is scrolled past before its turn is never loaded."""


class Pictures:
    """Gives the small picture of a piece of evidence, once it is there; a null image for evidence without one."""

    def __init__(self, background: Background) -> None:
        """Begin with none."""
        self._background = background
        self._kept: OrderedDict[Digest, QImage] = OrderedDict()

    def ask(self, digest: Digest, *, owner: QObject, done: Callable[[QImage], object]) -> None:
        """Call back with the small picture: at once if it is kept, otherwise after loading."""
        kept = self._kept.get(digest)
        if kept is not None:
            self._kept.move_to_end(digest)
            done(kept)
            return
        self._background.run(lambda workspace: _load(workspace, digest), owner=owner, done=lambda image: self._keep(digest, image, done))

    def forget(self) -> None:
        """Keep none any more: another workspace is open."""
        self._kept.clear()

    def for_tiles(self, owner: QObject, done: Callable[[dict[Digest, QImage]], object]) -> "TilePictures":
        """Give the pictures of a grid, cut to its tiles; `done` is called with a few at a time."""
        return TilePictures(self._background, owner, done)

    def _keep(self, digest: Digest, image: QImage, done: Callable[[QImage], object]) -> None:
        self._kept[digest] = image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        done(image)


class TilePictures:
    """Pictures for the tiles of one grid, a few at a time: read on the lane, decoded and cut on a worker."""

    def __init__(self, background: Background, owner: QObject, done: Callable[[dict[Digest, QImage]], object]) -> None:
        """Begin with nothing wanted."""
        self._background, self._owner, self._done = background, owner, done
        self._wanted: list[Digest] = []
        self._size = QSize()
        self._under_way = frozenset[Digest]()

    def want(self, digests: Iterable[Digest], size: QSize) -> None:
        """Ask for pictures of a size in pixels, in place of those that were asked for and have not begun."""
        self._size = size
        self._wanted = [digest for digest in digests if digest not in self._under_way]
        if not self._under_way:
            self._begin()

    def _begin(self) -> None:
        batch, self._wanted = self._wanted[:BATCH], self._wanted[BATCH:]
        self._under_way = frozenset(batch)
        if batch:
            size = self._size
            self._background.run(
                lambda workspace: {digest: _bytes(workspace, digest) for digest in batch},
                owner=self._owner,
                done=lambda found: self._cut(found, size),
                failed=self._failed,
            )

    def _cut(self, found: "dict[Digest, bytes]", size: QSize) -> None:
        def work(_progress: object) -> dict[Digest, QImage]:
            return {digest: cut_tile(data, size.width(), size.height()) for digest, data in found.items()}

        self._background.work(work, owner=self._owner, done=self._arrived, failed=self._failed)

    def _arrived(self, images: dict[Digest, QImage]) -> None:
        self._done(images)
        self._begin()

    def _failed(self, error: BaseException) -> None:
        """Go on another time: pictures are asked for again with the next scrolling."""
        self._under_way, self._wanted = frozenset(), []
        self._background.problem.emit(error)


def _bytes(workspace: "Workspace", digest: Digest) -> bytes:
    from auditor_app.workflows.evidence import small_picture  # noqa: PLC0415 - as below

    return small_picture(workspace, digest) or b""


def _load(workspace: "Workspace", digest: Digest) -> QImage:
    from auditor_app.workflows.evidence import small_picture  # noqa: PLC0415 - loads camera formats, which the first window need not wait for

    data = small_picture(workspace, digest)
    return QImage.fromData(data) if data else QImage()
