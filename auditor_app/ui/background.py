"""The only module that knows threads: one lane that owns the workspace, and a few workers for everything that takes long.

Results come back to the window's thread through one queued signal; they are dropped when the widget that asked is gone.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from auditor_app.errors import Cancelled, NotAllowed
from auditor_app.progress import Progress

if TYPE_CHECKING:  # importing the workspace would cost the first window a quarter of a second
    from auditor_app.domain.changes import Changes
    from auditor_app.workspace import Workspace

T = TypeVar("T")
P = TypeVar("P")
R = TypeVar("R")
Done = Callable[[Any], object]
Told = Callable[[str, int, int], object]

PACE = 0.1
"""Seconds between two reports of progress."""


class Job:
    """Work under way on a worker; `cancel` stops it at its next report of progress."""

    def __init__(self) -> None:
        """Begin uncancelled."""
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop; it then leaves everything as before and ends with Cancelled."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Say whether it was asked to stop."""
        return self._stop.is_set()


@dataclass(frozen=True, slots=True)
class Beside(Generic[P, R]):
    """Work that begins with a plan from the workspace and ends with a note in it, with None for a result where the long part failed."""

    plan: Callable[["Workspace"], P]
    work: Callable[[P, Progress], R]
    note: Callable[["Workspace", P, R | None], object]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """What was asked for, kept and let go in the window's thread: a pool's thread must not be the last to hold one of Qt's objects."""

    work: Callable[[], object]
    owner: QObject
    done: Done | None
    failed: Done | None
    changing: bool


class Background(QObject):
    """Runs work beside the window; lives as long as the application.

    `changed` carries the Changes of every committed change, `waiting` the number of changes not yet committed,
    `not_saved` the error of a change that was not committed, `problem` every error that its asker did not take itself.
    """

    changed = Signal(object)
    waiting = Signal(int)
    not_saved = Signal(object)
    problem = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a workspace."""
        super().__init__(parent)
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workspace")
        self._workers = ThreadPoolExecutor(max_workers=3, thread_name_prefix="worker")
        self._workspace: Workspace | None = None
        self._changes_waiting = 0
        self._asked: dict[int, _Asked] = {}
        self._numbers = count()
        self._closed = False
        self._jobs: WeakSet[Job] = WeakSet()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Say whether anything is under way or not yet delivered."""
        return bool(self._asked)

    @property
    def is_saving(self) -> bool:
        """Say whether a change is not committed yet."""
        return self._changes_waiting > 0

    def open(self, opening: Callable[[], "Workspace"], *, owner: QObject, done: Done, failed: Done | None = None) -> None:
        """Open a workspace on the lane, in place of the one that was open."""
        self._start(self._lane, partial(self._open, opening), owner, lambda _none: done(None), failed)

    def run(self, work: Callable[["Workspace"], T], *, owner: QObject, done: Done | None = None, failed: Done | None = None) -> None:
        """Do something with the workspace, in the order of asking; `failed` defaults to the window's banner."""
        self._start(self._lane, partial(self._with_workspace, work), owner, done, failed)

    def change(self, work: Callable[["Workspace"], T], *, owner: QObject, done: Done | None = None, failed: Done | None = None) -> None:
        """Like `run`, for work that saves: until it is committed the header says so."""
        self._count_changes(+1)
        self._start(self._lane, partial(self._with_workspace, work), owner, done, failed, changing=True)

    def work(
        self,
        work: Callable[[Progress], T],
        *,
        owner: QObject,
        done: Done | None = None,
        failed: Done | None = None,
        progress: Told | None = None,
    ) -> Job:
        """Do something that needs no workspace on a worker; gives the job, which can be cancelled."""
        job, report = self._job(owner, progress)
        self._start(self._workers, partial(work, report), owner, done, failed)
        return job

    def run_long(
        self,
        work: Callable[["Workspace", Progress], T],
        *,
        owner: QObject,
        done: Done | None = None,
        failed: Done | None = None,
        progress: Told | None = None,
    ) -> Job:
        """Do something long with the workspace on the lane, with progress; gives the job, which can be cancelled.

        Whatever else is asked of the workspace waits for it, so it is meant for making reports, bundles and the like.
        """
        job, report = self._job(owner, progress)
        self._start(self._lane, lambda: self._with_workspace(lambda workspace: work(workspace, report)), owner, done, failed)
        return job

    def run_beside(
        self,
        steps: "Beside[Any, Any]",
        *,
        owner: QObject,
        done: Done | None = None,
        failed: Done | None = None,
        progress: Told | None = None,
    ) -> Job:
        """Do something very long beside the workspace, such as sending over a slow line, so that saving never waits for it."""
        job, report = self._job(owner, progress)

        def work() -> object:
            planned = self._on_lane(steps.plan)
            try:
                result = steps.work(planned, report)
            except BaseException:
                self._on_lane(lambda workspace: steps.note(workspace, planned, None))
                raise
            return self._on_lane(lambda workspace: steps.note(workspace, planned, result))

        self._start(self._workers, work, owner, done, failed)
        return job

    def _on_lane(self, work: Callable[["Workspace"], T]) -> T:
        """Do a short thing on the lane for a worker, which waits for it."""
        return self._lane.submit(copy_context().run, partial(self._with_workspace, work)).result()

    def when_saved(self, then: Callable[[], object], *, owner: QObject) -> None:
        """Call back once everything that was asked of the lane so far is done."""
        self._start(self._lane, lambda: None, owner, lambda _none: then(), None)

    def close(self) -> None:
        """Stop workers at their next report, let the running write finish, close the workspace; closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        for job in list(self._jobs):
            job.cancel()
        self._workers.shutdown(wait=True, cancel_futures=True)
        self._lane.submit(self._close_workspace)
        self._lane.shutdown(wait=True)

    def _job(self, owner: QObject, progress: Told | None) -> tuple[Job, "_Report"]:
        job = Job()
        self._jobs.add(job)
        return job, _Report(job, lambda *now: self._post(partial(self._tell, owner, progress, *now)))

    def _start(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], T],
        owner: QObject,
        done: Done | None,
        failed: Done | None,
        *,
        changing: bool = False,
    ) -> None:
        """Hand work to a pool; after the end it is dropped, like the windows that asked for it."""
        if self._closed:
            return
        self._asked[number := next(self._numbers)] = _Asked(work=work, owner=owner, done=done, failed=failed, changing=changing)
        pool.submit(copy_context().run, self._do, number)

    def _do(self, number: int) -> None:
        """Do what was asked, on a pool's thread."""
        try:
            result, error = self._asked[number].work(), None
        except BaseException as raised:  # noqa: BLE001 - who asked is told, whatever it is
            result, error = None, raised
        self._post(partial(self._settle, number, result, error))

    def _settle(self, number: int, result: object, error: BaseException | None) -> None:
        """Give a result or an error to who asked; runs in the window's thread."""
        asked = self._asked.pop(number)
        if asked.changing:
            self._count_changes(-1)
        if error is not None:
            self._fail(error, asked)
        elif asked.done is not None and isValid(asked.owner):
            asked.done(result)
        for changes in _changes_in(result):
            self.changed.emit(changes)

    def _fail(self, error: BaseException, asked: _Asked) -> None:
        """Tell who asked; an error that nobody takes goes to the banner, except that somebody cancelled."""
        if asked.changing:
            self.not_saved.emit(error)
        if asked.failed is not None and isValid(asked.owner):
            asked.failed(error)
        elif not isinstance(error, Cancelled):
            self.problem.emit(error)

    def _tell(self, owner: QObject, progress: Told | None, step: str, done: int, total: int) -> None:
        if progress is not None and isValid(owner):
            progress(step, done, total)

    def _post(self, delivery: Callable[[], object]) -> None:
        """Hand something to the window's thread, from any thread; after the end there is nobody to hand it to."""
        if isValid(self):
            self._arrived.emit(delivery)

    @Slot(object)
    def _deliver(self, delivery: Callable[[], object]) -> None:
        delivery()

    def _count_changes(self, step: int) -> None:
        self._changes_waiting += step
        self.waiting.emit(self._changes_waiting)

    def _open(self, opening: Callable[[], "Workspace"]) -> None:
        self._close_workspace()
        self._workspace = opening()

    def _with_workspace(self, work: Callable[["Workspace"], T]) -> T:
        if self._workspace is None:
            raise NotAllowed("workspace_not_open")
        return work(self._workspace)

    def _close_workspace(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None


class _Report:
    """Progress as workers see it: passed on at a bearable pace, and the place where cancelling takes effect."""

    def __init__(self, job: Job, pass_on: Callable[[str, int, int], object]) -> None:
        self._job, self._pass_on, self._last = job, pass_on, 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        if self._job.cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= PACE or done >= total:
            self._last = now
            self._pass_on(step, done, total)


def _changes_in(result: object) -> "list[Changes]":
    """Find the Changes in what a workflow returned: alone, or beside an id in a tuple."""
    from auditor_app.domain.changes import Changes  # noqa: PLC0415 - as above

    parts = result if isinstance(result, tuple) else (result,)
    return [part for part in parts if isinstance(part, Changes)]
