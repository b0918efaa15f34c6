"""Originals as large pictures: opened on the lane, decoded on a worker, the latest kept in memory."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from auditor_app.domain.visit import Evidence
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.background import Background
from auditor_app.ui.decoding import PDF, decode_picture
from auditor_app.ui.error_presenter import notice_of
from auditor_app.workflows.evidence import original_bytes
from auditor_app.workflows.wording import kind_words, size_words

LIMIT = 64 << 20
"""Bytes of the largest original that is opened for showing."""

EDGE = 2400
"""Longest side of a decoded picture in pixels."""

KEPT = 4

Shown = Callable[[Digest, QImage, str], object]
"""Called with the digest, the picture, and words where there is none."""


class Originals:
    """Gives the large picture of one piece of evidence at a time; an answer that is no longer wanted still tells whose it is."""

    def __init__(self, background: Background) -> None:
        """Begin with none."""
        self._background = background
        self._kept: OrderedDict[tuple[Digest, int], QImage] = OrderedDict()

    def read(self, one: Evidence, *, owner: QObject, done: Callable[[bytes], object], failed: Callable[[str], object], limit: int) -> None:
        """Give the bytes of an original, in memory only, or words why they cannot be had."""
        if one.size > limit:
            failed(_("{size}: too large to show here. Export it to look at it.").format(size=size_words(one.size)))
            return
        self._background.run(
            lambda workspace: original_bytes(workspace, one.digest, limit=limit),
            owner=owner,
            done=done,
            failed=lambda error: failed(_reason(error)),
        )

    def ask(self, one: Evidence, *, owner: QObject, shown: Shown, edge: int = EDGE) -> None:
        """Give the large picture once it is there, or words why there is none; `edge` is the most pixels of its longer side."""
        if (one.digest, edge) in self._kept:
            shown(one.digest, self._kept[one.digest, edge], "")
        elif not (one.media_type.startswith("image/") or one.media_type == PDF):
            shown(one.digest, QImage(), kind_words(one.media_type))
        else:
            self.read(
                one,
                owner=owner,
                done=lambda data: self._decode(one, data, owner, shown, edge),
                failed=lambda words: shown(one.digest, QImage(), words),
                limit=LIMIT,
            )

    def _decode(self, one: Evidence, data: bytes, owner: QObject, shown: Shown, edge: int) -> None:
        self._background.work(
            lambda _progress: decode_picture(data, one.media_type, edge),
            owner=owner,
            done=lambda image: self._keep(one, image, shown, edge),
        )

    def _keep(self, one: Evidence, image: QImage, shown: Shown, edge: int) -> None:
        if image.isNull():
            shown(one.digest, image, _("This picture cannot be shown here. Export it to look at it."))
            return
        self._kept[one.digest, edge] = image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        shown(one.digest, image, "")


def _reason(error: BaseException) -> str:
    """Say why an original cannot be shown: that it is not on this laptop is no fault."""
    if isinstance(error, NotAllowed):
        return notice_of(error).text
    return _("The original cannot be shown. {reason}").format(reason=notice_of(error).text)
