"""An open workspace: what workflows work on. One thread owns it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import BaseFileLock

from auditor_app.clock import Clock
from auditor_app.domain.journal import Entry, Field, Subject
from auditor_app.domain.visit import AUDITOR, VisitState, read_visit
from auditor_app.errors import AuditorAppError, NotAllowed
from auditor_app.form_engine.compiling import CompiledForm
from auditor_app.ids import AuditorId, VisitId
from auditor_app.sqlite_driver import Database, sqlite_errors
from auditor_app.store.journal import heads_of_visit
from auditor_app.store.records import fact, set_fact
from auditor_app.vault.keys import Secret
from auditor_app.vault.vault import Vault
from auditor_app.workspace.layout import OUTGOING, READING, VAULT
from auditor_app.workspace.marks import Marks
from auditor_app.workspace.recording import Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The auditor whose workspace this is; the id stands in entries, the name only in the visit's own record."""

    id: AuditorId
    name: str
    organisation: str = ""


class Workspace:
    """An open data folder with its lock, database, vault and secret. Close it, or use it in a with-block."""

    def __init__(self, folder: Path, db: Database, secret: Secret, lock: BaseFileLock, clock: Clock, marks: Marks) -> None:
        """Hold what `open_workspace` opened."""
        self.folder, self.db, self.secret, self.clock = folder, db, secret, clock
        self.is_reading_copy = self.fact(READING) is not None
        """Whether this is an office's copy of what was handed over: it is looked at, and nothing in it can be changed."""
        self.vault = Vault(folder / VAULT, only_reads=self.is_reading_copy)
        self.device = marks.mark.device
        self._me: Me | None = None
        self._moment: datetime | None = None
        self._introduced: set[tuple[VisitId, Me]] = set()
        self.changed: dict[VisitId, set[Subject]] = {}
        """What was changed since it was opened, by visit."""
        self.forms: dict[str, CompiledForm] = {}
        """Forms that were loaded already, by digest; a form never changes."""
        self._lock, self._marks = lock, marks

    @property
    def outgoing(self) -> Path:
        """Give the folder of bundles made for the office."""
        return self.folder / OUTGOING

    @property
    def me(self) -> Me:
        """Tell whose workspace this is. Raises NotAllowed until it was said."""
        if self._me is None:
            found = self.fact("me")
            if found is None:
                raise NotAllowed("auditor_unknown")
            self._me = Me(**found)
        return self._me

    def recipients(self) -> Sequence[str]:
        """List to whom evidence is sealed: this workspace, and the office once it is known."""
        office = self.fact("office_recipient")
        return (self.secret.recipient, *([office] if office else []))

    def fact(self, name: str) -> Any:
        """Read a named fact of the workspace, or None."""
        with sqlite_errors(self.folder):
            return fact(self.db, name)

    def set_fact(self, name: str, value: Any) -> None:
        """Set a named fact of the workspace, durably."""
        with self.transaction(beside_visits=True):
            set_fact(self.db, name, value)
        self._me = None

    @contextmanager
    def transaction(self, *, beside_visits: bool = False) -> Iterator[Database]:
        """Change the database: all of the block or nothing, durable when it ends. All entries written in it are of one moment.

        Raises NotAllowed("reading_copy") in an office's reading copy, except for what is not part of any visit: facts of this
        workspace, and small pictures.
        """
        if self.is_reading_copy and not beside_visits:
            raise NotAllowed("reading_copy")
        began = self._moment
        self._moment = began or self.clock.now()
        try:
            with sqlite_errors(self.folder), self.db.atomic():
                yield self.db
        finally:
            self._moment = began

    @contextmanager
    def recording(self, visit: VisitId) -> Iterator[Recorder]:
        """Change one visit in one transaction; the author's name is put into the visit with the first change."""
        me = self.me
        with self.transaction():
            recorder = Recorder(self.db, self.clock, visit, me.id, self.device, at=self._moment or self.clock.now())
            if (visit, me) not in self._introduced:
                recorder.set(Subject(AUDITOR, me.id), "name", me.name)
            yield recorder
        self._introduced.add((visit, me))  # only now is it on the disk
        self.changed.setdefault(visit, set()).update(recorder.changes.subjects)

    def visit(self, visit: VisitId) -> VisitState:
        """Load a visit as it stands. Raises NotAllowed for one that is not here."""
        with sqlite_errors(self.folder):
            heads = heads_of_visit(self.db, visit)
        if not heads:
            raise NotAllowed("visit_unknown", visit=visit)
        state = read_visit(visit, heads)
        _let_go(heads)
        return state

    def close(self) -> None:
        """Close the database and give the lock back."""
        with suppress(AuditorAppError), sqlite_errors(self.folder):
            self._marks.count()  # on a full disk it stays uncounted on either or both sides, as after a crash
        self.db.close()
        self._lock.release()

    def __enter__(self) -> "Workspace":
        """Enter a with-block."""
        return self

    def __exit__(self, *_args: object) -> None:
        """Close at the end of a with-block."""
        self.close()


def _let_go(heads: dict[Field, tuple[Entry, ...]]) -> None:
    """Forget heads one by one: at once takes tens of milliseconds for a large visit, in which Python lets no other thread move."""
    while heads:
        heads.popitem()
