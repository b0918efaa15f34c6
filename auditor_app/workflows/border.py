"""Before a border: what the office has signed for leaves the laptop, small pictures too, but for what the next days need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from auditor_app.ids import VisitId
from auditor_app.progress import Progress, silent
from auditor_app.store.records import drop_thumbnail
from auditor_app.workflows.leaving import Laptop, let_go, look
from auditor_app.workflows.receipts import drop_outgoing
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
    known, laptop = list_visits(workspace), look(workspace)
    staying = {one.id for one in known if _is_needed(one, today, days)} if keep is None else set(keep)
    return tuple(_at_border(laptop, one, staying) for one in known)


def cross_border(workspace: Workspace, keep: Collection[VisitId], progress: Progress = silent) -> Crossing:
    """Remove from the laptop the evidence and signed reports of every visit but those to keep, where the office has signed for them.

    Journal, answers and digests stay, encrypted. What the office has not signed for stays too. May be broken off and called again.
    """
    laptop = look(workspace)
    going = [visit for visit in laptop.own if visit not in keep]
    leaving = {one.sealed: one for visit in going for one in laptop.leaving(visit, keep)}
    for done, one in enumerate(leaving.values()):
        progress("removing", done, len(leaving))
        let_go(workspace, one)
    _forget_pictures(workspace, look(workspace), keep)
    for visit in going:
        drop_outgoing(workspace, visit)
    return Crossing(files=len(leaving), size=sum(one.sealed_size for one in leaving.values()))


def _at_border(laptop: Laptop, visit: VisitSummary, keep: Collection[VisitId]) -> AtBorder:
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


def _forget_pictures(workspace: Workspace, laptop: Laptop, keep: Collection[VisitId]) -> None:
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
