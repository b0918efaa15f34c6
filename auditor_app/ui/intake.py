"""Taking evidence in: files, drops and pasted pictures are sealed beside the window, then recorded and linked.

The panel at the bottom shows what, how much, how fast and how long, and stops; what was sealed completely is kept.
"""

import io
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.errors import Cancelled
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.translation import _
from auditor_app.ui.background import Background, Job
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.sizes import pace_text, rest_text, size_text
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from auditor_app.workflows.evidence import IntakePlan, SealedFile
    from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to take in, for which visit and what it is evidence of: a file, or bytes with a name."""

    visit: VisitId
    path: Path = Path()
    data: bytes | None = None
    name: str
    targets: tuple[Subject, ...] = ()
    stance: str = "supports"


class Intake(QFrame):
    """Takes sources in one after the other; hidden while there are none. `told` carries a Notice when something is to be said."""

    told = Signal(object)

    def __init__(self, background: Background) -> None:
        """Begin without work."""
        super().__init__()
        self.setObjectName("intake")
        self._background = background
        self._waiting: deque[Source] = deque()
        self._plan: IntakePlan | None = None
        self._sealing: Source | None = None
        self._job: Job | None = None
        self._recording, self._taken, self._asked, self._began = 0, 0, 0, 0.0
        self._problems: list[str] = []
        self._what, self._how = label("", "strong"), label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Taking evidence in"))
        self._lay_out()
        self.hide()

    @property
    def at_work(self) -> bool:
        """Say whether anything is being taken in."""
        return self._asked > 0

    def take_files(self, visit: VisitId, paths: Iterable[Path], targets: Iterable[Subject] = (), stance: str = "supports") -> None:
        """Take files in for a visit, linked to targets."""
        goals = tuple(targets)
        self._add([Source(visit=visit, path=path, name=path.name, targets=goals, stance=stance) for path in paths])

    def take_bytes(self, visit: VisitId, data: bytes, name: str, targets: Iterable[Subject] = (), stance: str = "supports") -> None:
        """Take bytes in under a name, such as a pasted picture."""
        self._add([Source(visit=visit, data=data, name=name, targets=tuple(targets), stance=stance)])

    def stop(self) -> None:
        """Stop: the file at work is left out, the waiting ones are forgotten, those already sealed stay."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _add(self, sources: list[Source]) -> None:
        first = self._asked == 0 and bool(sources)
        self._waiting.extend(sources)
        self._asked += len(sources)
        if first:
            self._background.run(_plan, owner=self, done=self._planned, failed=self._not_planned)

    def _planned(self, plan: "IntakePlan") -> None:
        self._plan = plan
        self._step()

    def _not_planned(self, error: BaseException) -> None:
        self._waiting.clear()
        self._problems.append(notice_of(error).text)
        self._step()

    def _step(self) -> None:
        """Seal what waits; tell the outcome once nothing is left to seal or to record."""
        if self._sealing is not None:
            return
        if self._waiting and self._plan is not None:
            self._seal_next(self._waiting.popleft(), self._plan)
        elif self._recording == 0:
            self._finish()

    def _seal_next(self, source: Source, plan: "IntakePlan") -> None:
        self._sealing, self._began = source, time.monotonic()
        self._show(0, 0)
        self.show()
        self._job = self._background.work(
            lambda progress: _seal(plan, source, progress),
            owner=self,
            done=lambda sealed: self._sealed(source, sealed),
            failed=lambda error: self._not_sealed(source, error),
            progress=lambda _step, done, total: self._show(done, total),
        )

    def _sealed(self, source: Source, sealed: "SealedFile") -> None:
        self._sealing = None
        self._recording += 1
        self._background.change(
            lambda workspace: _record(workspace, source, sealed),
            owner=self,
            done=lambda _changes: self._recorded(),
            failed=lambda error: self._not_recorded(source, error),
        )
        self._step()

    def _not_sealed(self, source: Source, error: BaseException) -> None:
        self._sealing = None
        self._note(source, error)
        self._step()

    def _recorded(self) -> None:
        self._recording -= 1
        self._taken += 1
        self._step()

    def _not_recorded(self, source: Source, error: BaseException) -> None:
        self._recording -= 1
        self._note(source, error)
        self._step()

    def _note(self, source: Source, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._problems.append(f"{source.name}: {notice_of(error).text}")

    def _finish(self) -> None:
        left_out = self._asked - self._taken
        if left_out:
            counts = _("{taken} of {asked} were taken in.").format(taken=self._taken, asked=self._asked)
            self.told.emit(Notice(tone="warning", text="\n".join([*self._problems, counts])))
        self._taken, self._asked, self._plan, self._job = 0, 0, None, None
        self._problems.clear()
        self.hide()

    def _show(self, done: int, total: int) -> None:
        name = self._sealing.name if self._sealing else ""
        number = self._asked - len(self._waiting)
        self._what.setText(_("Taking in {number} of {count} · {name}").format(number=number, count=self._asked, name=name))
        seconds = time.monotonic() - self._began
        amount = _("{done} of {total}").format(done=size_text(done), total=size_text(total)) if total else _("reading")
        parts = [amount, pace_text(done, seconds), rest_text(done, total, seconds)]
        self._how.setText(" · ".join(part for part in parts if part))
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(1000 * done // total if total else 0)

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.addWidget(self._what)
        words.addStretch(1)
        words.addWidget(self._how)
        column = QVBoxLayout()
        column.addLayout(words)
        column.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 8, 16, 8)
        layout.setSpacing(16)
        layout.addLayout(column, 1)
        layout.addWidget(button(_("Stop"), self.stop, name=_("Stop taking evidence in")))


def _plan(workspace: "Workspace") -> "IntakePlan":
    from auditor_app.workflows.evidence import plan_intake  # noqa: PLC0415 - the first window does not wait for the vault

    return plan_intake(workspace)


def _seal(plan: "IntakePlan", source: Source, progress: Progress) -> "SealedFile":
    from auditor_app.workflows.evidence import seal_file, seal_stream  # noqa: PLC0415

    if source.data is None:
        return seal_file(plan, source.path, progress=progress)
    return seal_stream(plan, io.BytesIO(source.data), source.name, size=len(source.data), progress=progress)


def _record(workspace: "Workspace", source: Source, sealed: "SealedFile") -> Changes:
    from auditor_app.workflows.evidence import record_intake  # noqa: PLC0415

    return record_intake(workspace, source.visit, [sealed], targets=source.targets, stance=source.stance)
