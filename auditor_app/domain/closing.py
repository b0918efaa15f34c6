"""The closing meeting: when it was held, at what state of the findings, and who was there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CLOSING, ATTENDEE = "closing_meeting", "attendee"

SITE, WORKERS, TEAM, OBSERVER = "site", "worker_representative", "team", "observer"
SIDES = (SITE, WORKERS, TEAM, OBSERVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingMeeting:
    """One closing meeting. `held_at` is as people write it (2026-11-19 15:30); the other moments are canonical.

    `frozen` gives the last entry of each device's chain when the meeting began, by its digest: what was said until then is the
    provisional state, which is never copied.
    """

    id: str
    held_at: str = ""
    place: str = ""
    note: str = ""
    frozen: Mapping[str, str] = field(default_factory=dict)
    frozen_at: str = ""
    ended_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """One person at the opening or the closing meeting, by name: never an interviewee as such. `side` is one of SIDES."""

    id: str
    name: str = ""
    role: str = ""
    organisation: str = ""
    side: str = ""
    opening: bool = False
    closing: bool = False
