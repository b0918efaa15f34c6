"""What of each visit lies on this laptop, and what of it may leave: the office has signed for it, and nothing here needs it any more."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from auditor_app.bundle.names import REPORT_FILES
from auditor_app.clock import moment_text
from auditor_app.domain.visit import EVIDENCE
from auditor_app.ids import Digest, VisitId
from auditor_app.store.journal import values_of_kind, visits
from auditor_app.store.records import Sealed, add_sealed, all_sealed, reports
from auditor_app.workflows.custody import awaited, signed_for
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """All sealed files of the laptop, and by visit its originals and reports, and the sealed files that the office has signed for.

    What is in a bundle that the office is still to take is not among the latter, whatever an earlier receipt says.
    """

    files: tuple[Sealed, ...]
    own: dict[VisitId, set[Digest]]
    signed: dict[VisitId, set[Digest]]

    def here(self, visit: VisitId) -> list[Sealed]:
        """List what is here of a visit."""
        return [one for one in self.files if one.original in self.own[visit] and not one.released_at]

    def leaving(self, visit: VisitId, keep: Collection[VisitId] = ()) -> list[Sealed]:
        """List what of a visit may leave; `keep` names visits that are to stay as they are."""
        return [one for one in self.here(visit) if one.sealed in self.signed[visit] and not self._stays(one, visit, keep)]

    def _stays(self, one: Sealed, visit: VisitId, keep: Collection[VisitId]) -> bool:
        """Say whether another visit needs a file: it is kept, or the office has not signed for the file there."""
        others = [other for other, own in self.own.items() if other != visit and one.original in own]
        return any(other in keep or one.sealed not in self.signed[other] for other in others)


def look(workspace: Workspace) -> Laptop:
    """Look at all visits once."""
    known = visits(workspace.db)
    return Laptop(
        files=tuple(all_sealed(workspace.db)),
        own={one: {*_evidence(workspace, one), *(report.digest for report in reports(workspace.db, one))} for one in known},
        signed={one: _signed(workspace, one) for one in known},
    )


def let_go(workspace: Workspace, one: Sealed) -> None:
    """Remove one sealed file that the office has signed for, noted first: what is noted and still there is swept away later."""
    with workspace.transaction() as db:
        add_sealed(db, replace(one, released_at=moment_text(workspace.clock.now())))
    workspace.vault.path(one.sealed).unlink(missing_ok=True)


def _signed(workspace: Workspace, visit: VisitId) -> set[Digest]:
    return {*signed_for(workspace, visit), *signed_for(workspace, visit, REPORT_FILES)} - awaited(workspace, visit)


def _evidence(workspace: Workspace, visit: VisitId) -> Iterable[Digest]:
    return (Digest(digest) for digest in values_of_kind(workspace.db, visit, EVIDENCE, "original"))
