"""Long work with the workspace, told where it was started: what, how much, how fast, how long, and a way to stop."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from auditor_app.errors import Cancelled
from auditor_app.progress import Progress
from auditor_app.translation import N_, _
from auditor_app.ui.background import Background, Beside, Done, Job
from auditor_app.ui.sizes import pace_text, rest_text, size_text
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from auditor_app.workspace import Workspace

T = TypeVar("T")

STEPS = {
    "laying_out_pages": N_("Laying out the pages"),
    "checking_archival_form": N_("Checking the archival form"),
    "signing": N_("Signing"),
    "sealing": N_("Sealing the evidence to the office"),
    "packing": N_("Packing"),
    "checking": N_("Reading everything again"),
    "copying": N_("Copying"),
    "opening": N_("Opening it as the office would"),
    "checking_signatures": N_("Checking the signatures"),
    "sending": N_("Sending"),
    "fetching": N_("Looking in the mailbox"),
    "removing": N_("Removing"),
}


class JobLine(Card):
    """Runs one long work at a time; hidden while there is none."""

    def __init__(self, background: Background, *, name: str) -> None:
        """Begin without work; `name` says what the bar is the progress of."""
        super().__init__("soft", margin=14, spacing=8)
        self._background = background
        self._job: Job | None = None
        self._ended: Callable[[], object] | None = None
        self._bytes, self._step, self._began, self._start = False, "", 0.0, 0
        self._what, self._how = Elided("", "strong"), label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        self.stop = button(_("Stop"), self._cancel, name=_("Stop: {what}").format(what=name))
        words = QHBoxLayout()
        words.setSpacing(16)
        words.addWidget(self._what, 1)
        words.addWidget(self._how)
        words.addWidget(self.stop)
        self.content.addLayout(words)
        self.content.addWidget(self._bar)
        self.hide()

    @property
    def at_work(self) -> bool:
        """Say whether something is under way."""
        return self._job is not None

    def run(
        self,
        work: Callable[["Workspace", Progress], T] | Beside[Any, Any],
        *,
        first: str,
        done: Callable[[T], object],
        failed: Done,
        ended: Callable[[], object] | None = None,
        in_bytes: bool = False,
    ) -> None:
        """Do something long on the lane, or beside it.

        `first` is shown until it tells its first step, `in_bytes` says what its numbers count.

        `ended` is called before `done` or `failed`, and also when it was stopped.
        """
        start: Any = self._background.run_beside if isinstance(work, Beside) else self._background.run_long
        self._begin(start, work, first=first, done=done, failed=failed, ended=ended, in_bytes=in_bytes)

    def run_apart(self, work: Callable[[Progress], T], *, first: str, done: Callable[[T], object], failed: Done) -> None:
        """Do something long that needs no workspace, on a worker."""
        self._begin(self._background.work, work, first=first, done=done, failed=failed, ended=None, in_bytes=False)

    def _begin(
        self,
        start: Callable[..., Job],
        work: object,
        *,
        first: str,
        done: Callable[[Any], object],
        failed: Done,
        ended: Callable[[], object] | None,
        in_bytes: bool,
    ) -> None:
        self._ended, self._bytes, self._step, self._began = ended, in_bytes, "", time.monotonic()
        self._what.setText(first)
        self._how.setText("")
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()
        self._job = start(
            work,
            owner=self,
            done=lambda result: self._end(lambda: done(result)),
            failed=lambda error: self._end(lambda: None if isinstance(error, Cancelled) else failed(error)),
            progress=self._told,
        )

    def _told(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self._step, self._began, self._start = step, time.monotonic(), done
        self._what.setText(_(STEPS.get(step, step)))
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(1000 * done // total if total else 0)
        seconds = time.monotonic() - self._began
        if self._bytes:
            amount = _("{done} of {total}").format(done=size_text(done), total=size_text(total))
            parts = [amount, pace_text(done - self._start, seconds), rest_text(done - self._start, total - self._start, seconds)]
        else:
            parts = [_("{done} of {total}").format(done=done, total=total) if total > 1 else ""]
        self._how.setText(" · ".join(part for part in parts if part))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)
            self._what.setText(_("Stopping at the next safe point…"))

    def _end(self, then: Callable[[], object]) -> None:
        self._job = None
        self.hide()
        if self._ended is not None:
            self._ended()
        then()
