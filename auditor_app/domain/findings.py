"""Findings and limits: what was found wrong or good, what follows from it, and what was not seen. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

FINDING, LIMIT = "finding", "limit"

OPEN, REPLIED, IN_PROGRESS, CLOSED = "open", "replied", "in_progress", "closed"
FINDING_STATES = (OPEN, REPLIED, IN_PROGRESS, CLOSED)

AGREES, PARTLY, DISAGREES = "agrees", "partly", "disagrees"
POSITIONS = (AGREES, PARTLY, DISAGREES)
"""What the site says of a finding; its own words stand beside it."""

CLOSES = "closes"
"""The stance of evidence that shows that a finding is closed; only findings have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding as raised; texts are the auditor's, keys are the form's. `check` is the check that it came from, "" for none.

    `position` (one of POSITIONS) and `site_reply` are the site's; `closed_because` says why it is closed where no evidence shows it.
    One that was deleted while another went on with it has only what the other wrote, perhaps no criterion, until someone chooses.
    """

    id: str
    criterion: str = ""
    check: str = ""
    title: str = ""
    statement: str = ""
    objective_evidence: str = ""
    requirement: str = ""
    grade: str = ""
    systemic: bool = False
    action: str = ""
    owner: str = ""
    due: str = ""
    position: str = ""
    site_reply: str = ""
    state: str = OPEN
    closed_on: str = ""
    closed_because: str = ""

    @property
    def was_answered(self) -> bool:
        """Say whether the site said anything of it."""
        return bool(self.position or self.site_reply.strip())

    @property
    def may_be_replied(self) -> bool:
        """Say whether it is still open although the site has answered."""
        return self.state == OPEN and self.was_answered

    def is_overdue(self, today: str) -> bool:
        """Say whether its day has passed (`today` as in 2026-11-19) and it is not closed."""
        return bool(self.due) and self.due < today and self.state != CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What was not seen, why, and which criteria it touches."""

    id: str
    what: str = ""
    why: str = ""
    criteria: tuple[str, ...] = ()


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
