"""Where a copy comes from, and which copies a picture has, each a press away."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.domain.visit import Evidence
from auditor_app.ids import Digest
from auditor_app.translation import N_, _
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.visits import OpenVisit

DONE = {"rotated": N_("turned"), "cropped": N_("cropped"), "annotated": N_("marked"), "blurred": N_("blurred")}
LONGEST = 34


class OriginPart(QWidget):
    """`wanted` carries the digest of the original or of a copy; hidden for what is neither."""

    wanted = Signal(str)

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._shown: object = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.hide()

    def show_origin(self, opened: OpenVisit, one: Evidence) -> None:
        """Name the original of a copy, and the copies of an original."""
        evidence = opened.state.evidence
        parent = evidence.get(Digest(one.derived_from))
        copies = sorted((other for other in evidence.values() if other.derived_from == one.digest), key=lambda other: other.taken_in_at)
        shown = (one.digest, parent, tuple(copies))
        if shown == self._shown:
            return
        self._shown = shown
        empty_layout(self._lines)
        if parent is not None:
            self._add(_("Copy ({done}) of").format(done=done_words(one)), (parent,))
        if copies:
            self._add(_("Copied as"), tuple(copies))
        self.setVisible(parent is not None or bool(copies))

    def _add(self, words: str, pieces: tuple[Evidence, ...]) -> None:
        self._lines.addWidget(label(words, "tiny"))
        for piece in pieces:
            title = piece.name if piece.derived_from else piece.title
            short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
            name = _("Go to {what}").format(what=f"{words} {title}")
            jump = button(short.replace("&", "&&"), partial(self.wanted.emit, piece.digest), role="link", name=name)
            jump.setToolTip(title)
            self._lines.addWidget(jump, 0, Qt.AlignmentFlag.AlignLeading)


def done_words(one: Evidence) -> str:
    """Say what was done to make a copy: "turned, blurred"."""
    return ", ".join(_(DONE.get(key, key)) for key in one.derived_by.split(", ") if key)
