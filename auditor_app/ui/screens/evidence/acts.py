"""What the evidence screen saves: words and times of a piece, links and words of many, originals written out. One change each."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import Evidence
from auditor_app.ids import Digest, VisitId
from auditor_app.translation import _, plural
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.moments import read_typed
from auditor_app.workflows.evidence import describe_evidence, export_original, link_evidence, link_many
from auditor_app.workspace import Workspace


class EvidenceActs(QObject):
    """`told` carries the words of what was done, for what covers the window's banner."""

    told = Signal(str)

    def __init__(self, desk: Desk, screen: QWidget) -> None:
        """Act for a screen; it says the visit before anything is done."""
        super().__init__(screen)
        self._desk, self._screen = desk, screen
        self.visit = VisitId("")

    def describe(self, key: str, text: str, done: Done, failed: Done) -> None:
        """Save one field of a piece, known as "visit/digest/field"."""
        visit, digest, field = key.split("/")
        said = {field: text}
        self._save(lambda workspace: describe_evidence(workspace, VisitId(visit), Digest(digest), **said), done, failed)

    def say_when(self, key: str, text: str, done: Done, failed: Done) -> None:
        """Save when it happened, once the time that was typed is one."""
        try:
            moment = read_typed(text)
        except ValueError as error:
            failed(error)
            words = _("“{text}” is not a time. Write it like 2026-11-16 09:30; it is not saved yet.").format(text=text)
            self._desk.tell(Notice(tone="warning", text=words))
            return
        self.describe(key, moment, done, failed)

    def link(self, digest: Digest, target: Subject, stance: str) -> None:
        """Link one piece to one thing."""
        visit = self.visit
        self._desk.background.change(lambda workspace: link_evidence(workspace, visit, digest, target, stance), owner=self)

    def describe_many(self, digests: Sequence[Digest], said: dict[str, str]) -> None:
        """Say the same of pieces, in one change."""
        visit = self.visit
        self._desk.background.change(
            lambda workspace: describe_evidence(workspace, visit, *digests, **said),
            owner=self,
            done=lambda _changes: self._tell(plural("{count} piece says it now.", "{count} pieces say it now.", len(digests))),
        )

    def link_many(self, digests: Sequence[Digest], targets: Sequence[Subject], stance: str) -> None:
        """Link pieces to things, each to each, in one change."""
        visit = self.visit
        pieces = plural("{count} piece", "{count} pieces", len(digests))
        things = plural("{count} criterion or finding", "{count} criteria and findings", len(targets))
        told = (_("{pieces} linked to {things}.") if stance else _("{pieces} no longer linked to {things}.")).format(
            pieces=pieces, things=things
        )
        self._desk.background.change(
            lambda workspace: link_many(workspace, visit, digests, targets, stance), owner=self, done=lambda _changes: self._tell(told)
        )

    def export(self, one: Evidence) -> None:
        """Let a person choose where an original is written to."""
        name, _kind = QFileDialog.getSaveFileName(self._screen, _("Export original"), one.name)
        if not name:
            return
        target = Path(name)
        self._desk.background.run(
            lambda workspace: export_original(workspace, one.digest, target),
            owner=self,
            done=lambda _none: self._tell(_("{name} was written, byte for byte as it was taken in.").format(name=target)),
            failed=self._not_done,
        )

    def _save(self, work: Callable[[Workspace], Changes], done: Done, failed: Done) -> None:
        self._desk.save(work, owner=self, done=done, failed=failed)

    def _not_done(self, error: BaseException) -> None:
        self._desk.tell_error(error)
        self.told.emit(notice_of(error).text)

    def _tell(self, words: str) -> None:
        self._desk.tell(Notice(tone="good", text=words))
        self.told.emit(words)
