"""Sends bundles one after the other beside the window; what the world refuses for now is tried again every minute."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from auditor_app.errors import AuditorAppError, Unavailable
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Beside
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.screens.hand_over import on_lane
from auditor_app.ui.screens.hand_over.network import is_metered
from auditor_app.ui.widgets.job_line import JobLine

AGAIN_MS = 60_000
WAITS = ("sending_waits_for_night", "sending_waits_for_network")


class Sender(QObject):
    """`changed` comes whenever something went, was set aside or waits; `asks` when a person must say whether a metered network will do."""

    changed = Signal()
    asks = Signal()

    def __init__(self, desk: Desk, job: JobLine) -> None:
        """Begin with nothing to send."""
        super().__init__(job)
        self._desk, self._job = desk, job
        self._wanted: list[str] = []
        self._allowed = False
        self.metered: Callable[[], bool] = is_metered
        self.again = QTimer(self)
        self.again.setInterval(AGAIN_MS)
        self.again.timeout.connect(self._next)
        job.stop.clicked.connect(self.stop)

    @property
    def waits(self) -> bool:
        """Say whether something is to be tried again."""
        return self.again.isActive()

    def send(self, bundles: list[str], *, asks: bool) -> None:
        """Send bundles in this order. `asks` says that a person is asked first where the network is paid by the amount."""
        self._wanted = list(bundles)
        if asks and not self._allowed and self.metered():
            self.asks.emit()
            return
        self._next()

    def go_on_all_the_same(self) -> None:
        """Send although the network is metered."""
        self._allowed = True
        self._next()

    def send_ahead(self, visit: VisitId) -> None:
        """Send the evidence of a visit ahead of its record."""
        plan = partial(on_lane.plan_sending_ahead, visit=visit, metered=self.metered())
        self._run(
            Beside(plan, on_lane.carry_out, on_lane.note_sent),
            _("The evidence is in the mailbox, ahead of the record. It is not sent again."),
        )

    def stop(self) -> None:
        """Want nothing any more; what is under way stops at its next part."""
        self._wanted.clear()
        self.again.stop()
        self.changed.emit()

    def leave_out(self, bundle: str) -> None:
        """Want one bundle no more."""
        self._wanted = [one for one in self._wanted if one != bundle]
        if not self._wanted:
            self.again.stop()

    def _next(self) -> None:
        self.again.stop()
        if self._job.at_work:
            self.again.start()
        elif self._wanted:
            plan = partial(on_lane.plan_sending, bundle=self._wanted[0], metered=self.metered())
            self._run(
                Beside(plan, on_lane.carry_out, on_lane.note_sent),
                _("Every file is in the mailbox. It counts as handed over once the office's receipt is here."),
            )

    def _run(self, work: Beside[object, object], told: str) -> None:
        self._job.run(
            work,
            first=_("Looking what is in the mailbox already"),
            done=lambda _none: self._went(told),
            failed=self._failed,
            ended=self.changed.emit,
            in_bytes=True,
        )
        self.changed.emit()

    def _went(self, told: str) -> None:
        self._desk.tell(Notice(tone="good", text=told))
        self._wanted = self._wanted[1:]
        self._next()

    def _failed(self, error: BaseException) -> None:
        later = isinstance(error, Unavailable) or (isinstance(error, AuditorAppError) and error.code in WAITS)
        if self._wanted and isinstance(error, AuditorAppError) and on_lane.is_of_the_bundle(error):
            aside = partial(on_lane.set_aside, bundle=self._wanted.pop(0), error=error)
            self._desk.background.run(aside, owner=self, done=lambda _none: self._after())
            self._desk.tell_error(error)
        elif self._wanted and later:
            self.again.start()
            words = _("It is tried again every minute while this program is open.")
            self._desk.tell(Notice(tone="warning", text=f"{notice_of(error).text} {words}"))
            self.changed.emit()
        else:
            self._wanted.clear()
            self._desk.tell_error(error)

    def _after(self) -> None:
        self.changed.emit()
        self._next()
