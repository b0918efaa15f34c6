"""The window's session: where a person is at work, kept in the workspace, so that the next start opens the same place.

A session that was not ended tells the next one that the program died: then it says what was recovered.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec

from auditor_app.clock import moment_text
from auditor_app.domain.journal import Entry
from auditor_app.ids import VisitId
from auditor_app.store.journal import last_entry, visits
from auditor_app.workspace import Workspace
from auditor_app.workspace.layout import LEFT_BEHIND, SESSION

NO_VISIT = VisitId("")
"""Stands where no visit is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person is: visit, stage, the thing in it, and the accessible name of what has the cursor; all may be empty.

    `waiting` has the ratings that wait for their reasons, by "visit/criterion".
    """

    visit: VisitId = NO_VISIT
    stage: str = ""
    item: str = ""
    cursor: str = ""
    waiting: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What a session that died left: when it was last seen alive, its last entry if it wrote one."""

    seen_at: str
    last: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How a session begins: where the one before was, what was recovered if that one died, and how many files were half taken in."""

    place: Place
    recovery: Recovery | None
    left_behind: int


class _Session(msgspec.Struct, frozen=True, kw_only=True):
    """As it stands in the workspace; `began` is empty once it was ended."""

    began: str = ""
    seen: str = ""
    place: Place = Place()


def begin_session(workspace: Workspace) -> Beginning:
    """Begin a session where the one before was, and tell what that one left; a visit that is not here any more is no place."""
    kept = _read(workspace)
    place = kept.place if kept.place.visit in visits(workspace.db) else Place()
    recovery = _recovered(workspace, kept) if kept.began else None
    left_behind = int(workspace.fact(LEFT_BEHIND) or 0)
    now = moment_text(workspace.clock.now())
    with workspace.transaction():
        workspace.set_fact(LEFT_BEHIND, 0)
        _write(workspace, _Session(began=now, seen=now, place=place))
    return Beginning(place=place, recovery=recovery, left_behind=left_behind)


def note_place(workspace: Workspace, place: Place) -> None:
    """Note where a person is now."""
    kept = _read(workspace)
    _write(workspace, _Session(began=kept.began, seen=moment_text(workspace.clock.now()), place=place))


def end_session(workspace: Workspace, place: Place) -> None:
    """End the session in peace; the next one begins at the same place and says nothing."""
    _write(workspace, _Session(place=place))


def last_saved(workspace: Workspace) -> str:
    """Tell when this laptop last saved anything, in any visit; empty before the first time."""
    last = last_entry(workspace.db, workspace.device)
    return last.recorded_at if last else ""


def _recovered(workspace: Workspace, kept: _Session) -> Recovery:
    last = last_entry(workspace.db, workspace.device)
    if last is not None and last.recorded_at < kept.began:
        last = None
    return Recovery(seen_at=max(kept.seen, last.recorded_at if last else ""), last=last)


def _read(workspace: Workspace) -> _Session:
    try:
        return msgspec.convert(workspace.fact(SESSION) or {}, _Session)
    except msgspec.ValidationError:
        return _Session()  # another version's: as good as none


def _write(workspace: Workspace, session: _Session) -> None:
    plain: dict[str, Any] = {"began": session.began, "seen": session.seen, "place": asdict(session.place)}
    workspace.set_fact(SESSION, plain)
