"""What is known of a site before a visit: how the visit before rated it, what that left open, and what the site says of itself. Pure."""

from dataclasses import dataclass
from typing import Any

EARLIER = "earlier_finding"
"""A finding of an earlier visit, as the office handed it over."""

CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRating:
    """How the visit before rated a criterion: its number and name in the form of then, and the rating in that form's words."""

    criterion: str
    name: str = ""
    rating: str = ""
    label: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierFinding:
    """A finding of the visit before; `criteria` are those of this visit's form that it belongs to, `was` its criterion of then.

    Days are as in 2026-11-19; `grade` is in words.
    """

    id: str
    criteria: tuple[str, ...] = ()
    was: str = ""
    title: str = ""
    grade: str = ""
    statement: str = ""
    action: str = ""
    owner: str = ""
    due: str = ""
    state: str = ""
    closed_on: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether it was left to be done."""
        return self.state != CLOSED


def earlier_ratings(values: tuple[dict[str, Any], ...]) -> tuple[EarlierRating, ...]:
    """Read the ratings that a criterion's field `earlier` holds."""
    return tuple(EarlierRating(**value) for value in values)
