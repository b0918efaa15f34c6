"""Small pictures of evidence: loaded and decoded beside the window, the latest kept in memory."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from auditor_app.ids import Digest
from auditor_app.ui.background import Background

if TYPE_CHECKING:
    from auditor_app.workspace import Workspace

KEPT = 400
"""Small pictures kept in memory: about 0.4 MB each."""


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

    def _keep(self, digest: Digest, image: QImage, done: Callable[[QImage], object]) -> None:
        self._kept[digest] = image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        done(image)


def _load(workspace: "Workspace", digest: Digest) -> QImage:
    from auditor_app.workflows.evidence import small_picture  # noqa: PLC0415 - loads camera formats, which the first window need not wait for

    data = small_picture(workspace, digest)
    return QImage.fromData(data) if data else QImage()
