"""What the office received, newest first, and the ways in which more comes: the mailbox, a stick."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.clock import SystemClock
from auditor_app.progress import Progress
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.office.outcomes import Outcomes
from auditor_app.ui.office.received_words import bundle_row
from auditor_app.ui.office.room import Room
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.empty_state import EmptyState
from auditor_app.ui.widgets.job_line import JobLine
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList
from auditor_app.workflows.office.folder import Office, open_office
from auditor_app.workflows.office.reading import ReceivedBundle, received_bundles
from auditor_app.workflows.office.receiving import receive_mailbox
from auditor_app.workflows.office.refusing import Received
from auditor_app.workflows.office.sticks import receive_stick


class ReceivedPage(QWidget):
    """Every received bundle with its version and the state of its review; opens one."""

    def __init__(self, desk: Desk, room: Room, open_bundle: Callable[[str], object], check_signature: Callable[[], object]) -> None:
        """Build list, empty state and the buttons that receive."""
        super().__init__()
        self.setProperty("ground", "background")
        self.desk, self.room, self._open_bundle = desk, room, open_bundle
        self.list = RowList(desk.theme, name=_("What was received"))
        self.list.setProperty("framed", "true")
        self.list.fit_rows()
        self.list.opened.connect(self._opened)
        self.list.clicked.connect(lambda index: self._opened(self.list.key_at(index)))
        self.count = label("", "muted")
        self.verify = button(_("Check a signature…"), check_signature)
        self.from_stick = button(_("Receive from a stick…"), self.choose_bundle)
        self.look = button(_("Look in the mailbox"), self.look_in_mailbox, role="first", key="Ctrl+M")
        self.job, self.outcomes = JobLine(desk.background, name=_("Receiving")), Outcomes(desk.theme)
        self.empty = EmptyState(
            _("Nothing was received yet"),
            _(
                "What auditors hand over comes through the mailbox or on a stick. Each bundle is verified before it is received, and its"
                " auditor gets a signed receipt. Then it can be read here, with questions asked and a decision returned."
            ),
        )
        self._pages = QStackedWidget()
        self._lay_out()

    def show_list(self) -> None:
        """Read what was received and show it."""
        self.room.work(received_bundles, owner=self, done=self._show)

    def look_in_mailbox(self) -> None:
        """Receive everything that waits in the mailbox."""
        self._receive(receive_mailbox, _("Looking in the mailbox…"))

    def choose_bundle(self) -> None:
        """Let a person choose a bundle's folder on a stick."""
        if chosen := QFileDialog.getExistingDirectory(self, _("The folder of a bundle")):
            self.receive_from(Path(chosen))

    def receive_from(self, path: Path) -> None:
        """Receive one bundle from a stick."""
        self._receive(lambda office, progress: receive_stick(office, path, progress), _("Reading the bundle…"))

    def _receive(self, act: Callable[[Office, Progress], list[Received]], first: str) -> None:
        if self.job.at_work:
            return
        folder = self.room.folder
        self.outcomes.clear()
        self.job.run_apart(
            lambda progress: act(open_office(folder, SystemClock()), progress),
            first=first,
            done=self._received,
            failed=self.desk.tell_error,
        )

    def _received(self, results: list[Received]) -> None:
        if not results:
            self.desk.tell(Notice(tone="note", text=_("Nothing waits in the mailbox.")))
        self.outcomes.show_results(results)
        self.show_list()

    def _show(self, bundles: list[ReceivedBundle]) -> None:
        self.count.setText(plural("{count} bundle", "{count} bundles", len(bundles)) if bundles else "")
        current = self.list.key_at(self.list.currentIndex())
        known = {one.bundle for one in bundles}
        self.list.show_rows(tuple(map(bundle_row, bundles)), current if current in known else bundles[0].bundle if bundles else "")
        self._pages.setCurrentIndex(0 if bundles else 1)
        if self.isVisible():
            self.list.setFocus() if bundles else self.look.setFocus()

    def _opened(self, key: str) -> None:
        if key:
            self._open_bundle(key)

    def _lay_out(self) -> None:
        title, acts, head = QHBoxLayout(), QHBoxLayout(), Beside(spacing=16)
        title.setSpacing(16)
        title.addWidget(label(_("Received"), "title"))
        title.addWidget(self.count, 1)
        acts.setSpacing(8)
        acts.addStretch(1)
        for widget in (self.verify, self.from_stick, self.look):
            acts.addWidget(widget)
        head.add(title, 1)
        head.add(acts)
        there = QWidget()
        column = QVBoxLayout(there)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addStretch(1)
        self._pages.addWidget(there)
        self._pages.addWidget(self.empty)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        for part in (head, self.job, self.outcomes):
            layout.addWidget(part)
        layout.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
