"""How long originals may stay on this laptop after the office has signed for them, as its profile says. Nothing goes by itself."""

import calendar
from dataclasses import dataclass
from datetime import date

from auditor_app.clock import parse_moment
from auditor_app.ids import VisitId
from auditor_app.store.records import bundles
from auditor_app.workflows.identity import known_office
from auditor_app.workflows.receipts import evidence_leaving
from auditor_app.workflows.visits import list_visits
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A visit of which so many originals should have left this laptop by a day, and are still here."""

    visit: VisitId
    site: str
    day: date
    files: int


def leave_by(workspace: Workspace, visit: VisitId) -> date | None:
    """Tell by when the office asks that a visit's originals leave this laptop; None before its receipt, or where it asks nothing."""
    office = known_office(workspace)
    received = [one.received_at for one in bundles(workspace.db, visit) if one.received_at]
    if office is None or not office.retention.laptop_months or not received:
        return None
    return _months_after(parse_moment(max(received)).astimezone().date(), office.retention.laptop_months)


def overdue(workspace: Workspace) -> tuple[Overdue, ...]:
    """List the visits whose originals should have left by now and may."""
    today = workspace.clock.now().astimezone().date()
    days = [(one, day) for one in list_visits(workspace) if (day := leave_by(workspace, one.id)) and day < today]
    files = ((one, day, len(evidence_leaving(workspace, one.id))) for one, day in days)
    return tuple(Overdue(visit=one.id, site=one.site, day=day, files=count) for one, day, count in files if count)


def _months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
