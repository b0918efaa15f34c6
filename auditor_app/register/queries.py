"""The ready queries: what an office asks every week. Each reads counts or an index, so that it stays quick when the register grows."""

from dataclasses import dataclass
from typing import Any

from auditor_app.sqlite_driver import Database

TODAY = "_now_date_utc"
"""The parameter that stands for today, as the browser of the register names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """How to draw a query: one bar for each value of `label`, as long as `value` says, in parts by `part` ("" for whole bars)."""

    label: tuple[str, ...]
    value: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyQuery:
    """A question with its SQL; `parameters` are asked of the reader."""

    name: str
    title: str
    words: str
    sql: str
    chart: Chart | None = None
    parameters: tuple[str, ...] = ()


QUERIES = (
    ReadyQuery(
        name="ratings-by-criterion",
        title="Ratings by criterion",
        words="How often each criterion was rated how, over all visits as their newest bundles tell. Ratings are proposed, never awarded.",
        sql="""SELECT form, criterion, name, rating_label AS rating, rows AS visits FROM rating_count
ORDER BY form, CAST(criterion AS INTEGER), name, level, rating_label""",
        chart=Chart(label=("criterion", "name", "form"), value="visits", part="rating"),
    ),
    ReadyQuery(
        name="overdue-improvement-items",
        title="Overdue improvement items",
        words="What should be closed by now and is not, the oldest first; the first 200.",
        sql="""SELECT due, CAST(julianday(:_now_date_utc) - julianday(due) AS INTEGER) AS days_late, site, company,
    item.criterion, item.title, grade_label AS grade, action, owner, item.state, item.visit
FROM improvement_item AS item JOIN visit USING (visit)
WHERE item.state <> 'closed' AND due < :_now_date_utc ORDER BY due LIMIT 200""",
    ),
    ReadyQuery(
        name="open-improvement-items-by-month",
        title="Open improvement items by month",
        words="How many items are not closed yet, by the month in which they are due.",
        sql="""SELECT substr(due, 1, 7) AS month, CASE WHEN due < :_now_date_utc THEN 'overdue' ELSE 'not due yet' END AS state,
    sum(rows) AS items
FROM due_count GROUP BY month, state ORDER BY month, state DESC""",
        chart=Chart(label=("month",), value="items", part="state"),
    ),
    ReadyQuery(
        name="sites-by-state",
        title="Sites by state",
        words="How many sites have overdue items, open ones, have closed all, or had nothing to improve, by their latest visit.",
        sql="""SELECT CASE WHEN state <> 'improving' THEN state WHEN next_due <> '' AND next_due < :_now_date_utc THEN 'improving_overdue'
    ELSE 'improving_in_time' END AS state, sum(rows) AS sites
FROM site_count GROUP BY 1 ORDER BY sites DESC""",
        chart=Chart(label=("state",), value="sites"),
    ),
    ReadyQuery(
        name="time-to-report",
        title="Time to report",
        words="How many days passed from the last day on site to the first signed report.",
        sql="""SELECT CASE WHEN days <= 0 THEN 'on site' WHEN days <= 2 THEN '1 to 2 days' WHEN days <= 7 THEN '3 to 7 days'
    WHEN days <= 14 THEN '8 to 14 days' WHEN days <= 30 THEN '15 to 30 days' ELSE 'more than 30 days' END AS passed,
    sum(rows) AS visits, min(days) AS fewest_days, max(days) AS most_days
FROM report_count GROUP BY passed ORDER BY fewest_days""",
        chart=Chart(label=("passed",), value="visits"),
    ),
    ReadyQuery(
        name="newest-bundles",
        title="Newest bundles",
        words="What was received last; the newest 200.",
        sql="""SELECT bundle.received_at, site, company, country, bundle.auditor_name AS auditor, entries, bundle.visit, bundle.bundle
FROM bundle JOIN visit USING (visit) ORDER BY bundle.received_at DESC LIMIT 200""",
    ),
    ReadyQuery(
        name="questions-without-reply",
        title="Questions without a reply",
        words="What auditors were asked and have not replied to in their newest bundle, the oldest first; the first 200.",
        sql="""SELECT review.returned_at AS asked_at, CAST(julianday(:_now_date_utc) - julianday(review.returned_at) AS INTEGER) AS days,
    site, company, review.round, about, subject, text, visit.auditor_name AS auditor, question.visit
FROM question JOIN review USING (review) JOIN visit ON visit.visit = question.visit
WHERE reply = '' AND settled = '' AND review.returned_at IS NOT NULL ORDER BY question.asked_at LIMIT 200""",
    ),
    ReadyQuery(
        name="refused-bundles",
        title="Refused bundles",
        words="What was not taken and why, the newest first; 200 of them. A bundle that was received later is left out.",
        sql="""SELECT at, auditor_name AS auditor, came_from, outcome, reasons, has_letter, bundle FROM refusal
WHERE bundle NOT IN (SELECT bundle FROM bundle) ORDER BY at DESC LIMIT 200""",
    ),
    ReadyQuery(
        name="visits-to-a-site",
        title="Visits to a site",
        words="All visits to one site of a company, the newest first.",
        sql="""SELECT ends_on, country, kind, form, state, auditor_name AS auditor, reported_at, received_at, visit FROM visit
WHERE company = :company AND site = :site ORDER BY ends_on DESC""",
        parameters=("company", "site"),
    ),
)


def answer(db: Database, query: ReadyQuery, today: str, **parameters: str) -> list[dict[str, Any]]:
    """Answer a ready query as of a day (2026-11-19); parameters that are not given are empty."""
    given = {TODAY: today, **dict.fromkeys(query.parameters, ""), **parameters}
    return list(db.query(query.sql, given))
