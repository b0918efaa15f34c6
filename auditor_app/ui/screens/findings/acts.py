"""What the findings screen saves, each as one change on the lane."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING
from auditor_app.ids import Digest, EntryId, VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.findings import (
    note_limit,
    raise_finding,
    raise_from_check,
    revise_finding,
    revise_limit,
    withdraw_finding,
    withdraw_limit,
)
from auditor_app.workflows.history import history, undo
from auditor_app.workspace import Workspace

Made = Callable[[str], object]
"""Called with the id of what was made."""


class FindingActs:
    """Saves for one screen; what could not be saved is told in the banner and to who asked."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        """Save with the desk's background, as long as the owner is there."""
        self._desk, self._owner = desk, owner

    def raise_finding(self, visit: VisitId, place: tuple[str, str], title: str, grade: str, made: Made) -> None:
        """Raise a finding on a criterion, or on what a check of it showed (`place`: criterion and check, which may be "")."""
        criterion, check = place

        def act(workspace: Workspace) -> tuple[str, Changes]:
            if check:
                return raise_from_check(workspace, visit, check, title, grade=grade)
            return raise_finding(workspace, visit, criterion, title, grade=grade)

        self._desk.background.change(act, owner=self._owner, done=lambda found: made(found[0]))

    def note_limit(self, visit: VisitId, what: str, why: str, criteria: tuple[str, ...], made: Made) -> None:
        """Note what was not seen."""
        self._desk.background.change(
            lambda workspace: note_limit(workspace, visit, what, why, criteria), owner=self._owner, done=lambda found: made(found[0])
        )

    def revise(self, visit: VisitId, finding: str, fields: dict[str, Any], done: Done, failed: Done) -> None:
        """Change fields of a finding."""
        self._change(lambda workspace: revise_finding(workspace, visit, finding, **fields), done, failed)

    def revise_limit(self, visit: VisitId, limit: str, field: str, value: Any, done: Done, failed: Done) -> None:
        """Change a field of a limit."""
        self._change(lambda workspace: revise_limit(workspace, visit, limit, **{field: value}), done, failed)

    def withdraw(self, visit: VisitId, subject: Subject, reason: str, brought_back: Made) -> None:
        """Withdraw a finding or a limit, and offer to bring it back."""
        self._desk.background.change(
            lambda workspace: _withdrawn(workspace, visit, subject, reason),
            owner=self._owner,
            done=lambda found: self._offer_back(visit, subject.id, found[0], brought_back),
        )

    def link(self, visit: VisitId, digests: tuple[Digest, ...], target: Subject, stance: str) -> None:
        """Link evidence to a finding, or take links away (stance "")."""
        self._desk.background.change(
            lambda workspace: tuple(link_evidence(workspace, visit, digest, target, stance) for digest in digests), owner=self._owner
        )

    def _change(self, act: Callable[[Workspace], object], done: Done, failed: Done) -> None:
        self._desk.save(act, owner=self._owner, done=done, failed=failed)

    def _offer_back(self, visit: VisitId, item: str, entry: EntryId, brought_back: Made) -> None:
        words = Notice(tone="good", text=_("It was withdrawn. What was said stays in the history, with your reason."))

        def take_back() -> None:
            brought_back(item)
            self._desk.background.change(lambda workspace: undo(workspace, visit, entry), owner=self._owner)

        self._desk.tell(words, _("Bring it back"), take_back)


def _withdrawn(workspace: Workspace, visit: VisitId, subject: Subject, reason: str) -> tuple[EntryId, Changes]:
    """Withdraw a finding or a limit; gives the entry that did it, so that it can be taken back."""
    withdraw = withdraw_finding if subject.kind == FINDING else withdraw_limit
    changes = withdraw(workspace, visit, subject.id, reason=reason)
    return history(workspace, visit, subject)[-1].id, changes
