"""Draws the small pictures of what came in, quietly, once all of it is safe; whoever looks at one earlier gets it earlier."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from auditor_app.ids import Digest, VisitId
from auditor_app.progress import Progress
from auditor_app.ui.background import Background

if TYPE_CHECKING:
    from auditor_app.workflows.small_pictures import Turn, Undrawn
    from auditor_app.workspace import Workspace


class Drawing(QObject):
    """Goes through what lacks a small picture, a few at a time, and gives way to taking in."""

    def __init__(self, background: Background, gives_way: Callable[[], bool]) -> None:
        """Begin with nothing to draw; `gives_way` says that something more urgent is at work."""
        super().__init__(background)
        self._background, self._gives_way = background, gives_way
        self._turns: deque[Turn] = deque()
        self._at_work = False
        self.visit = VisitId("")

    def draw(self) -> None:
        """Draw what the visit lacks; called again, it looks again what that is."""
        visit = self.visit
        self._background.run(lambda workspace: _undrawn(workspace, visit), owner=self, done=self._begin)

    def _begin(self, lacking: "Undrawn") -> None:
        self._turns = deque(lacking.turns())
        if not self._at_work:
            self._next(lacking)

    def _next(self, lacking: "Undrawn") -> None:
        self._at_work = bool(self._turns) and not self._gives_way()
        if self._at_work:
            turn = self._turns.popleft()
            work, done = partial(_draw, lacking, turn), partial(self._keep, lacking)
            self._background.work(work, owner=self, done=done, failed=self._failed)

    def _keep(self, lacking: "Undrawn", drawn: dict[Digest, bytes]) -> None:
        self._background.run(
            lambda workspace: _keep(workspace, drawn), owner=self, done=lambda _none: self._next(lacking), failed=self._failed
        )

    def _failed(self, error: BaseException) -> None:
        """Leave it: each picture is drawn when it is looked at."""
        self._at_work = False
        self._turns.clear()
        self._background.problem.emit(error)


def _undrawn(workspace: "Workspace", visit: VisitId) -> "Undrawn":
    from auditor_app.workflows.small_pictures import undrawn  # noqa: PLC0415 - the first window does not wait for the vault

    return undrawn(workspace, visit)


def _draw(lacking: "Undrawn", turn: "Turn", progress: Progress) -> dict[Digest, bytes]:
    from auditor_app.workflows.small_pictures import draw  # noqa: PLC0415

    return draw(lacking, turn, progress)


def _keep(workspace: "Workspace", drawn: dict[Digest, bytes]) -> None:
    from auditor_app.workflows.small_pictures import keep_drawn  # noqa: PLC0415

    keep_drawn(workspace, drawn)
