"""Before a border: what the office has signed for leaves the laptop, small pictures too, but for what the next days need."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from auditor_app.bundle.names import REPORT_FILES
from auditor_app.domain.visit import EVIDENCE
from auditor_app.ids import Digest, VisitId
from auditor_app.progress import Progress, silent
from auditor_app.store.journal import values_of_kind, visits
from auditor_app.store.records import Sealed, all_sealed, drop_thumbnail, reports
from auditor_app.workflows.custody import signed_for
from auditor_app.workflows.receipts import drop_outgoing, let_go
from auditor_app.workflows.visits import CLOSED, VisitSummary, list_visits
from auditor_app.workspace import Workspace

DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class AtBorder:
    """One visit before a border: whether it stays as it is, what leaves with it, and what cannot, in files and bytes of the laptop.

    `without_receipt` counts files that the office has not signed for; they stay in any case.
    """

    visit: VisitId
    site: str
    starts_on: str
    ends_on: str
    stays: bool
    leaving: int
    size: int
    without_receipt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """What left the laptop: files, and their bytes."""

    files: int
    size: int


def before_border(workspace: Workspace, *, days: int = DAYS, keep: Collection[VisitId] | None = None) -> tuple[AtBorder, ...]:
    """Tell of every visit what would leave the laptop; nothing is changed.

    A visit stays when its days, or it has none and is open, fall into the next `days`; `keep` names those that stay instead.
    """
    today = workspace.clock.now().astimezone().date()
    known, laptop = list_visits(workspace), _look(workspace)
    staying = {one.id for one in known if _is_needed(one, today, days)} if keep is None else set(keep)
    return tuple(_at_border(laptop, one, staying) for one in known)


def cross_border(workspace: Workspace, keep: Collection[VisitId], progress: Progress = silent) -> Crossing:
    """Remove from the laptop the evidence and signed reports of every visit but those to keep, where the office has signed for them.

    Journal, answers and digests stay, encrypted. What the office has not signed for stays too. May be broken off and called again.
    """
    laptop = _look(workspace)
    going = [visit for visit in laptop.own if visit not in keep]
    leaving = {one.sealed: one for visit in going for one in laptop.leaving(visit, keep)}
    for done, one in enumerate(leaving.values()):
        progress("removing", done, len(leaving))
        let_go(workspace, one)
    _forget_pictures(workspace, _look(workspace), keep)
    for visit in going:
        drop_outgoing(workspace, visit)
    return Crossing(files=len(leaving), size=sum(one.sealed_size for one in leaving.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laptop:
    """What is on the laptop: all sealed files, and by visit its originals and the sealed files that the office has signed for."""

    files: tuple[Sealed, ...]
    own: dict[VisitId, set[Digest]]
    signed: dict[VisitId, set[Digest]]

    def here(self, visit: VisitId) -> list[Sealed]:
        return [one for one in self.files if one.original in self.own[visit] and not one.released_at]

    def leaving(self, visit: VisitId, keep: Collection[VisitId]) -> list[Sealed]:
        return [one for one in self.here(visit) if one.sealed in self.signed[visit] and not self._stays(one, visit, keep)]

    def _stays(self, one: Sealed, visit: VisitId, keep: Collection[VisitId]) -> bool:
        """Say whether another visit needs a file: it is kept, or the office has not signed for the file there."""
        others = [other for other, own in self.own.items() if other != visit and one.original in own]
        return any(other in keep or one.sealed not in self.signed[other] for other in others)


def _look(workspace: Workspace) -> _Laptop:
    known = visits(workspace.db)
    return _Laptop(
        files=tuple(all_sealed(workspace.db)),
        own={one: {*_evidence(workspace, one), *(report.digest for report in reports(workspace.db, one))} for one in known},
        signed={one: {*signed_for(workspace, one), *signed_for(workspace, one, REPORT_FILES)} for one in known},
    )


def _evidence(workspace: Workspace, visit: VisitId) -> Iterable[Digest]:
    return (Digest(digest) for digest in values_of_kind(workspace.db, visit, EVIDENCE, "original"))


def _at_border(laptop: _Laptop, visit: VisitSummary, keep: Collection[VisitId]) -> AtBorder:
    leaving = [] if visit.id in keep else laptop.leaving(visit.id, keep)
    return AtBorder(
        visit=visit.id,
        site=visit.site,
        starts_on=visit.starts_on,
        ends_on=visit.ends_on,
        stays=visit.id in keep,
        leaving=len(leaving),
        size=sum(one.sealed_size for one in leaving),
        without_receipt=sum(one.sealed not in laptop.signed[visit.id] for one in laptop.here(visit.id)),
    )


def _forget_pictures(workspace: Workspace, laptop: _Laptop, keep: Collection[VisitId]) -> None:
    """Forget the small pictures of all that was released, now or before, but for visits that stay."""
    kept = {digest for visit in keep for digest in laptop.own.get(visit, ())}
    with workspace.transaction() as db:
        for one in laptop.files:
            if one.released_at and one.original not in kept:
                drop_thumbnail(db, one.original)


def _is_needed(visit: VisitSummary, today: date, days: int) -> bool:
    if visit.state == CLOSED or not (visit.starts_on or visit.ends_on):
        return visit.state != CLOSED
    begins, ends = visit.starts_on or visit.ends_on, visit.ends_on or visit.starts_on
    return begins <= (today + timedelta(days=days)).isoformat() and ends >= today.isoformat()
