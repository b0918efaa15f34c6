"""Where the office reviews: which received bundle is open, its review, and what is done to it. All of it runs beside the window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from auditor_app.clock import SystemClock
from auditor_app.domain.journal import Subject
from auditor_app.ui.background import Background, Done
from auditor_app.ui.office.ask_part import AskPart
from auditor_app.ui.theme import Theme
from auditor_app.workflows.closing_words import ChangeLine
from auditor_app.workflows.difference_words import difference_line
from auditor_app.workflows.office.folder import Office, open_office
from auditor_app.workflows.office.reading import ReceivedBundle
from auditor_app.workflows.office.returning import Returned, return_review
from auditor_app.workflows.office.review_state import Reviewing, reviewing
from auditor_app.workflows.office.reviewing import ask, begin, change_question, decide, drop_question, settle_question
from auditor_app.workflows.office.versions import differences_of, read_version

T = TypeVar("T")


class Room(QObject):
    """One bundle at a time; `changed` says that its review was read anew and stands in `reviewing`."""

    changed = Signal()
    told = Signal(object)
    """An error that concerns no single place."""
    wanted = Signal(str)
    """Another bundle is to be opened."""

    def __init__(self, background: Background, folder: Path, parent: QObject) -> None:
        """Work in an office's folder; nothing is open yet."""
        super().__init__(parent)
        self.folder, self._background = folder, background
        self.line: ReceivedBundle | None = None
        self.reviewing: Reviewing | None = None

    def ask_part(self, theme: Theme) -> AskPart:
        """Make the part of a page in which the auditor is asked about what the page shows."""
        return AskPart(theme, self)

    def work(self, act: Callable[[Office], T], *, owner: QObject, done: Done | None = None, failed: Done | None = None) -> None:
        """Do something with the office's folder beside the window."""
        folder = self.folder
        self._background.work(lambda _progress: act(open_office(folder, SystemClock())), owner=owner, done=done, failed=failed)

    def show(self, line: ReceivedBundle) -> None:
        """Go on with another bundle; its review is read."""
        if self.line is None or line.bundle != self.line.bundle:
            self.reviewing = None
        self.line = line
        self.work(partial(reviewing, bundle=line.bundle), owner=self, done=self._read)

    def ask(self, about: Subject, text: str, *, done: Done, failed: Done) -> None:
        """Ask a question of the bundle that is open."""
        self._change(lambda office, bundle: ask(office, bundle, about, text), done, failed)

    def word(self, question: str, text: str, *, done: Done, failed: Done) -> None:
        """Word a question otherwise that was not sent yet."""
        self._change(lambda office, _bundle: change_question(office, question, text), done, failed)

    def drop(self, question: str, *, done: Done, failed: Done) -> None:
        """Take a question out that was not sent yet."""
        self._change(lambda office, _bundle: drop_question(office, question), done, failed)

    def settle(self, question: str, because: str, *, done: Done, failed: Done) -> None:
        """Say why a question needs no reply any more; without words that is taken back."""
        self._change(lambda office, _bundle: settle_question(office, question, because), done, failed)

    def decide(self, decision: str, words: str, by: str, *, done: Done, failed: Done) -> None:
        """Decide of the bundle that is open; it may be changed until it is sent."""
        self._change(lambda office, bundle: decide(office, bundle, decision, words, by), done, failed)

    def begin_anew(self, by: str, *, done: Done, failed: Done) -> None:
        """Begin a further round on the bundle that is open, which was decided of before."""
        self._change(lambda office, bundle: begin(office, bundle, by, new_round=True), done, failed)

    def send(self, out: Path | None, *, done: Callable[[Returned], object], failed: Done) -> None:
        """Sign the review and put its letter into the mailbox, or into a folder on a stick."""
        self._change(lambda office, bundle: return_review(office, bundle, mailbox=out is None, out=out), done, failed)

    def differences(self, *, owner: QObject, done: Callable[[tuple[ChangeLine, ...]], object]) -> None:
        """Read what the bundle that is open says otherwise than the version before it; nothing where it is the first."""
        found = self.reviewing
        if found is None or found.before is None:
            done(())
        else:
            self.work(partial(_differences, older=found.before.bundle, newer=found.bundle), owner=owner, done=done)

    def _change(self, act: Callable[[Office, str], object], done: Done, failed: Done) -> None:
        """Change the review, and read it anew in any case: a letter that a place refuses is signed all the same."""
        if self.line is None:
            return
        line = self.line

        def told(result: object) -> None:
            done(result)
            self.show(line)

        def not_done(error: BaseException) -> None:
            failed(error)
            self.show(line)

        self.work(lambda office: act(office, line.bundle), owner=self, done=told, failed=not_done)

    def _read(self, found: Reviewing) -> None:
        if self.line is not None and found.bundle == self.line.bundle:
            self.reviewing = found
            self.changed.emit()


def _differences(office: Office, older: str, newer: str) -> tuple[ChangeLine, ...]:
    before, after = read_version(office, older), read_version(office, newer)
    return tuple(difference_line(after.state, after.form, change) for change in differences_of(before, after))
