"""Taking many files in: several are sealed at once and recorded batch by batch. One bad file never stops the rest."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Condition, Event, Lock

from auditor_app.digests import CHUNK
from auditor_app.disk import disk_errors
from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.errors import AuditorAppError, Cancelled, Unavailable
from auditor_app.ids import Digest, VisitId
from auditor_app.progress import Progress, give_way, silent
from auditor_app.workflows.evidence import DRAWN, check_targets
from auditor_app.workflows.intake import IntakePlan, SealedFile, discard, plan_intake, record_many, seal_bytes, seal_file
from auditor_app.workflows.intake_tally import Piece, Refused, Tally, recorded
from auditor_app.workspace import Workspace

AT_ONCE = min(6, os.cpu_count() or 1)
"""Files sealed at the same time: as many as there are cores; more of them only make the window wait for its turn."""

BATCH_FILES = 24
BATCH_BYTES = 256 << 20
"""What is recorded together: few enough that stopping or a power cut costs seconds of work, enough that recording costs little."""

FEW = 4
"""So few files come with their small pictures at once; of more, those are drawn after all are safe (`small_pictures`)."""

IN_MEMORY = 96 << 20
"""Bytes of pictures that are in memory for a look inside at the same time, over all files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to take in: a file of `size` bytes, or bytes under a name. `place` is the card or folder that it is on, if any."""

    name: str
    size: int
    path: Path | None = None
    data: bytes = b""
    place: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What sealing a batch gave; `known` are those that were left out, `gone` the card that vanished meanwhile."""

    sealed: tuple[SealedFile, ...] = ()
    known: tuple[Piece, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: bool = False
    gone: Path | None = None


def batches(sources: Iterable[Source]) -> Iterator[tuple[Source, ...]]:
    """Divide sources, in their order, into what is sealed and recorded together."""
    batch: list[Source] = []
    for source in sources:
        if batch and (len(batch) == BATCH_FILES or sum(one.size for one in batch) + source.size > BATCH_BYTES):
            yield tuple(batch)
            batch = []
        batch.append(source)
    if batch:
        yield tuple(batch)


def left_out(plan: IntakePlan, targets: tuple[Subject, ...], *, only_new: bool) -> frozenset[Digest]:
    """Tell which originals need not be taken in again: those of the visit that are here, unless they are linked to something more.

    `only_new` leaves out whatever was ever taken in, in any visit of the workspace.
    """
    if only_new:
        return plan.known | plan.in_visit
    return frozenset() if targets else plan.known & plan.in_visit


def seal_batch(
    plan: IntakePlan, batch: tuple[Source, ...], *, leave_out: frozenset[Digest] = frozenset(), progress: Progress = silent
) -> Batch:
    """Seal a batch beside the workspace, several files at once; all that is given back is on the disk for good.

    Progress counts bytes of the batch. When it raises Cancelled, what was sealed completely by then is kept.
    """
    work = _Work(plan, leave_out, progress, batch)
    with ThreadPoolExecutor(min(AT_ONCE, len(batch)), thread_name_prefix="sealing", initializer=give_way) as workers:
        under_way = [(source, workers.submit(work.seal, source)) for source in batch]
        try:
            ended = [work.result(source, future) for source, future in under_way]
            plan.vault.make_last(file.object.sealed for one in ended for file in one.sealed)
        except BaseException:
            work.stop.set()
            _discard_all(plan, [future for _source, future in under_way])
            raise
    return Batch(
        sealed=tuple(file for one in ended for file in one.sealed),
        known=tuple(name for one in ended for name in one.known),
        refused=tuple(refused for one in ended for refused in one.refused),
        stopped=work.stop.is_set(),
        gone=next((one.gone for one in ended if one.gone), None),
    )


def take_in_all(
    workspace: Workspace,
    visit: VisitId,
    sources: Iterable[Source],
    *,
    targets: tuple[Subject, ...] = (),
    only_new: bool = False,
    progress: Progress = silent,
) -> Tally:
    """Take sources in as evidence of a visit, batch by batch, and tell what came of them.

    Raises NotAllowed for an unknown target, before anything is read.
    """
    check_targets(workspace, visit, targets)
    plan = plan_intake(workspace, visit)
    sources = tuple(sources)
    total, done, tally = sum(source.size for source in sources), 0, Tally(asked=len(sources))
    for batch in batches(sources):
        leave_out = left_out(plan, targets, only_new=only_new)
        sealed = seal_batch(plan, batch, leave_out=leave_out, progress=_further_on(progress, done, total))
        tally = tally.plus(record_batch(workspace, visit, sealed, targets=targets)[0])
        done += sum(source.size for source in batch)
        if tally.stopped or tally.gone:
            break
    return tally


def record_batch(
    workspace: Workspace, visit: VisitId, batch: Batch, *, targets: tuple[Subject, ...] = (), stance: str = "supports"
) -> tuple[Tally, Changes | None]:
    """Record a sealed batch in one transaction and count it. If it cannot be recorded, nothing of it is left behind."""
    counted = Tally(known=batch.known, refused=batch.refused, stopped=batch.stopped, gone=batch.gone)
    if not batch.sealed:
        return counted, None
    try:
        changes, outcomes = record_many(workspace, visit, batch.sealed, targets=targets, stance=stance)
    except BaseException:
        plan = plan_intake(workspace)
        for file in batch.sealed:
            discard(plan, file)
        raise
    return counted.plus(recorded(batch.sealed, outcomes)), changes


def _further_on(progress: Progress, before: int, total: int) -> Progress:
    return lambda step, done, _total: progress(step, before + done, total)


class _Work:
    """Sealing one batch: what all of its threads share."""

    def __init__(self, plan: IntakePlan, leave_out: frozenset[Digest], progress: Progress, batch: tuple[Source, ...]) -> None:
        self.stop, self._drawn = Event(), len(batch) <= FEW
        self._plan, self._leave_out, self._room = plan, leave_out, Room(IN_MEMORY)
        self._progress, self._total, self._lock = progress, sum(source.size for source in batch), Lock()
        self._done: dict[int, int] = {}

    def seal(self, source: Source) -> SealedFile | Piece:
        """Seal one source on a worker, or tell that it is known and left out. Raises what goes wrong with it."""
        told = partial(self._tell, source)
        told("sealing", 0, source.size)
        if source.path is None:
            return seal_bytes(self._plan, source.data, source.name, progress=told, drawn=self._drawn, one_of_many=True)
        if self._leave_out and source.size in self._plan.sizes and (digest := _digest(source.path, told)) in self._leave_out:
            return Piece(name=source.name, digest=digest)
        with self._room.taken(source.size if source.size <= DRAWN else 0):
            return seal_file(self._plan, source.path, name=source.name, progress=told, drawn=self._drawn, one_of_many=True)

    def result(self, source: Source, future: "Future[SealedFile | Piece]") -> Batch:
        """Wait for one source and tell what came of it; only a fault of the program is raised."""
        try:
            ended = self._wait(future)
        except Cancelled:
            return Batch()
        except AuditorAppError as error:
            gone = isinstance(error, Unavailable) and source.place is not None and not source.place.exists()
            return Batch(refused=(Refused(name=source.name, error=error),), gone=source.place if gone else None)
        finally:
            self._count(source, source.size)
        return Batch(known=(ended,)) if isinstance(ended, Piece) else Batch(sealed=(ended,))

    def _wait(self, future: "Future[SealedFile | Piece]") -> SealedFile | Piece:
        try:
            return future.result()
        except KeyboardInterrupt:
            self.stop.set()
            return future.result()

    def _tell(self, source: Source, _step: str, done: int, _total: int) -> None:
        if self.stop.is_set():
            raise Cancelled
        self._count(source, done)

    def _count(self, source: Source, done: int) -> None:
        """Add up what is done of all sources; who listens may stop the whole batch."""
        with self._lock:
            self._done[id(source)] = min(done, source.size)
            try:
                self._progress("sealing", sum(self._done.values()), self._total)
            except Cancelled:
                self.stop.set()


class Room:
    """Memory that several share: who wants more than is left waits, but one is always let in."""

    def __init__(self, size: int) -> None:
        """Share a number of bytes."""
        self._size, self._used, self._freed = size, 0, Condition()

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        """Take bytes for the time of a block."""
        with self._freed:
            self._freed.wait_for(lambda: not self._used or self._used + size <= self._size)
            self._used += size
        try:
            yield
        finally:
            with self._freed:
                self._used -= size
                self._freed.notify_all()


def _digest(path: Path, told: Progress) -> Digest:
    """Digest a file that may be known; it can be stopped, but what is read counts only once it is known."""
    digest = sha256()
    with disk_errors(path), path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            told("comparing", 0, 0)
            digest.update(chunk)
    return Digest(digest.hexdigest())


def _discard_all(plan: IntakePlan, futures: "list[Future[SealedFile | Piece]]") -> None:
    for future in futures:
        if not future.cancel() and future.exception() is None and isinstance(file := future.result(), SealedFile):
            discard(plan, file)
