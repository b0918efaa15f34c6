"""The panel at the bottom of the window: what is being taken in, how much, how fast and how long, and a way to stop.

Several files are sealed at once beside the window, batch by batch; a batch is recorded while the next one is sealed. What was sealed
completely stays. Folders and cards are looked through first, and a person says what of them is taken in.
"""

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.errors import Cancelled
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.ui.background import Background, Job
from auditor_app.ui.capture.parts import CaptureParts
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.intake.drawing import Drawing
from auditor_app.ui.intake.looking import LookThrough
from auditor_app.ui.intake.places import Places
from auditor_app.ui.intake.progress_line import ProgressLine
from auditor_app.ui.intake.wish import Wish

if TYPE_CHECKING:
    from auditor_app.workflows.intake import IntakePlan
    from auditor_app.workflows.intake_batches import Batch, Source
    from auditor_app.workflows.intake_tally import Tally
    from auditor_app.workspace import Workspace


class Intake(QFrame):
    """Takes sources in; hidden while there is nothing to do or to choose. `told` carries a Notice when something is to be said."""

    told = Signal(object)

    def __init__(self, background: Background) -> None:
        """Begin without work."""
        super().__init__()
        self.setObjectName("intake")
        self._background = background
        self._waiting: deque[tuple[Wish, IntakePlan, tuple[Source, ...]]] = deque()
        self._job: Job | None = None
        self._preparing, self._recording = 0, 0
        self._tally: Tally | None = None
        self._problems: list[BaseException] = []
        self._bytes, self._sealed_bytes, self._name = 0, 0, ""
        self.line = ProgressLine()
        self.looking, self.places = LookThrough(background), Places(background)
        self.capture = CaptureParts(background)
        self._drawing = Drawing(background, lambda: self._sealing)
        self._folders: deque[tuple[Wish, Path]] = deque()
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def at_work(self) -> bool:
        """Say whether anything is being taken in, or sound is being recorded."""
        return self._sealing or self.capture.recording

    @property
    def _sealing(self) -> bool:
        return bool(self._preparing or self._waiting or self._job or self._recording)

    def take_files(self, visit: VisitId, paths: Iterable[Path], targets: Iterable[Subject] = (), stance: str = "supports") -> None:
        """Take files in for a visit, linked to targets; folders among them are looked through first."""
        wish, chosen = Wish(visit=visit, targets=tuple(targets), stance=stance), list(paths)
        self._prepare()
        self._background.work(
            lambda _progress: _sorted_out(chosen),
            owner=self,
            done=lambda found: self._sorted_out(wish, *found),
            failed=self._not_prepared,
        )

    def take_bytes(self, visit: VisitId, data: bytes, name: str, targets: Iterable[Subject] = (), stance: str = "supports") -> None:
        """Take bytes in under a name, such as a pasted picture."""
        from auditor_app.workflows.intake_batches import Source  # noqa: PLC0415 - the first window does not wait for the vault

        self._prepare()
        self._plan(Wish(visit=visit, targets=tuple(targets), stance=stance), [Source(name=name, size=len(data), data=data)])

    def take_sources(self, wish: Wish, sources: "Iterable[Source]") -> None:
        """Take in what a person chose from a folder or a card."""
        self._prepare()
        self._plan(wish, list(sources))

    def look_through(self, wish: Wish, folder: Path) -> None:
        """Look a folder through, after those that wait for an answer; then a person says what of it is taken in."""
        self._folders.append((wish, folder))
        if self.looking.isHidden():
            self._next_folder()

    def find_cards(self, wish: Wish) -> None:
        """Look for a memory card or a phone to take in from."""
        self.places.look_for(wish)
        self.show()

    def choose_folder(self, wish: Wish) -> None:
        """Let a person choose a folder to take in from."""
        self.places.choose_folder(wish)

    def open_camera(self, wish: Wish) -> None:
        """Take a photo with this laptop, if it can."""
        self.capture.open_camera(wish)

    def open_microphone(self, wish: Wish) -> None:
        """Record sound with this laptop, if it can."""
        self.capture.open_microphone(wish)

    def stop(self) -> None:
        """Stop: the files at work are left out, the waiting ones are forgotten, those already sealed stay."""
        if self._sealing:
            self.line.stop()

    def _stopped(self) -> None:
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
        if self._tally is not None:
            self._tally = self._tally.as_stopped()

    def _prepare(self) -> None:
        self._preparing += 1

    def _sorted_out(self, wish: Wish, sources: "list[Source]", folders: list[Path]) -> None:
        for folder in folders:
            self.look_through(wish, folder)
        self._plan(wish, sources)

    def _next_folder(self) -> None:
        if self._folders:
            self.looking.look_through(*self._folders.popleft())
            self.show()
        else:
            self._rest()

    def _rest(self) -> None:
        """Hide what has nothing to show."""
        self.line.setVisible(self._tally is not None)
        parts = (self.places, self.looking, self.capture)
        self.setVisible(self._tally is not None or not all(part.isHidden() for part in parts))

    def _plan(self, wish: Wish, sources: "list[Source]") -> None:
        """Ask the workspace what sealing needs to know, then let the sources wait for their turn."""
        visit = wish.visit
        self._background.run(
            lambda workspace: _plan(workspace, visit),
            owner=self,
            done=lambda plan: self._planned(wish, sources, plan),
            failed=self._not_prepared,
        )

    def _planned(self, wish: Wish, sources: "list[Source]", plan: "IntakePlan") -> None:
        from auditor_app.workflows.intake_batches import batches  # noqa: PLC0415
        from auditor_app.workflows.intake_tally import Tally  # noqa: PLC0415

        self._preparing -= 1
        if self._tally is None and sources:
            self._tally = Tally()
            self.line.begin()
        if self._tally is not None:
            self._tally = self._tally.asking(len(sources))
        self._drawing.visit = wish.visit
        self._bytes += sum(source.size for source in sources)
        self._name = sources[0].name if len(sources) == 1 else self._name
        self._waiting.extend((wish, plan, batch) for batch in batches(sources))
        self._step()

    def _not_prepared(self, error: BaseException) -> None:
        self._preparing -= 1
        self._problems.append(error)
        self._step()

    def _step(self) -> None:
        """Seal the next batch, unless one is at work or the recording of two lags behind; tell the outcome once all is done."""
        if self._job is None and self._waiting and self._recording < 2:
            self._seal(*self._waiting.popleft())
        elif not self._sealing:
            self._finish()

    def _seal(self, wish: Wish, plan: "IntakePlan", batch: "tuple[Source, ...]") -> None:
        size = sum(source.size for source in batch)
        self._show(0)
        self.line.show()
        self.show()
        self._job = self._background.work(
            lambda progress: _seal(plan, wish, batch, progress),
            owner=self,
            done=lambda sealed: self._sealed(wish, sealed, size),
            failed=self._not_sealed,
            progress=lambda _step, done, _total: self._show(done),
        )

    def _sealed(self, wish: Wish, sealed: "Batch", size: int) -> None:
        self._job = None
        self._sealed_bytes += size
        self._recording += 1
        if sealed.stopped or sealed.gone:
            self._waiting.clear()
        self._background.change(
            lambda workspace: _record(workspace, wish, sealed),
            owner=self,
            done=self._recorded,
            failed=self._not_recorded,
        )
        self._step()

    def _not_sealed(self, error: BaseException) -> None:
        self._job = None
        self._problems.append(error)
        self._step()

    def _recorded(self, counted: "tuple[Tally, Changes | None]") -> None:
        self._recording -= 1
        if self._tally is not None:
            self._tally = self._tally.plus(counted[0])
        self._step()

    def _not_recorded(self, error: BaseException) -> None:
        self._recording -= 1
        self._problems.append(error)
        self._step()

    def _finish(self) -> None:
        tally, problems = self._tally, [error for error in self._problems if not isinstance(error, Cancelled)]
        self._tally, self._bytes, self._sealed_bytes, self._name = None, 0, 0, ""
        self._problems.clear()
        self._rest()
        if tally is not None and tally.taken:
            self._drawing.draw()
        if (notice := _outcome(tally, problems)) is not None:
            self.told.emit(notice)

    def _show(self, done: int) -> None:
        """Show how far all of it is: bytes of the batch at work added to those before it."""
        if self._tally is not None:
            self.line.show_files(self._tally.asked, len(self._tally.taken), self._name)
            self.line.show_bytes(self._sealed_bytes + done, self._bytes)

    def _connect(self) -> None:
        self.line.stopped.connect(self._stopped)
        self.looking.wanted.connect(self.take_sources)
        self.looking.closed.connect(self._next_folder)
        self.places.chosen.connect(self.look_through)
        self.places.closed.connect(self._rest)
        self.capture.taken.connect(lambda wish, data, name: self.take_bytes(wish.visit, data, name, wish.targets, wish.stance))
        self.capture.changed.connect(self._rest)
        for part in (self.looking, self.places, self.capture):
            part.told.connect(self.told)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 16, 8)
        for part in (self.capture, self.places, self.looking, self.line):
            layout.addWidget(part)


def _outcome(tally: "Tally | None", problems: list[BaseException]) -> Notice | None:
    """Word what came of it: good news, or what was lost before and what was refused."""
    from auditor_app.workflows.intake_tally import lost_words, outcome_words  # noqa: PLC0415

    lines = [notice_of(error).text for error in problems]
    if tally is not None:
        lines += outcome_words(tally)
    if not lines:
        return None
    trouble = problems or (tally and (tally.refused or tally.left))
    return Notice(tone="warning" if trouble else "note" if tally and lost_words(tally) else "good", text="\n".join(lines))


def _sorted_out(paths: list[Path]) -> "tuple[list[Source], list[Path]]":
    """Divide what was chosen or dropped into files and folders."""
    from auditor_app.workflows.folders import sources_of  # noqa: PLC0415

    folders = [path for path in paths if path.is_dir()]
    return list(sources_of(path for path in paths if path not in folders)), folders


def _plan(workspace: "Workspace", visit: VisitId) -> "IntakePlan":
    from auditor_app.workflows.intake import plan_intake  # noqa: PLC0415

    return plan_intake(workspace, visit)


def _seal(plan: "IntakePlan", wish: Wish, batch: "tuple[Source, ...]", progress: Progress) -> "Batch":
    from auditor_app.workflows.intake_batches import left_out, seal_batch  # noqa: PLC0415

    return seal_batch(plan, batch, leave_out=left_out(plan, wish.targets, only_new=wish.only_new), progress=progress)


def _record(workspace: "Workspace", wish: Wish, batch: "Batch") -> "tuple[Tally, Changes | None]":
    from auditor_app.workflows.intake_batches import record_batch  # noqa: PLC0415

    return record_batch(workspace, wish.visit, batch, targets=wish.targets, stance=wish.stance)
