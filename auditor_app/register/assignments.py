"""Assignments in the register: what was handed to which team, and how far its visit is."""

from collections.abc import Mapping
from typing import Any

from auditor_app.sqlite_driver import Database

Row = dict[str, Any]

_STATE = """
    CASE WHEN EXISTS (SELECT 1 FROM review WHERE review.visit = assignment.visit AND decision = 'accepted' AND returned_at IS NOT NULL)
            THEN 'accepted'
        WHEN EXISTS (SELECT 1 FROM bundle WHERE bundle.visit = assignment.visit) THEN 'handed_over'
        WHEN sent_at IS NULL THEN 'not_sent'
        ELSE 'assigned' END"""


def keep_assignment(db: Database, row: Mapping[str, Any]) -> None:
    """Keep an assignment in place of its version before; it counts as not sent until `mark_assignment_sent`."""
    with db.atomic():
        db.table("assignment").upsert(dict(row), pk="assignment")


def mark_assignment_sent(db: Database, assignment: str, at: str) -> None:
    """Note that an assignment lies where its team finds it."""
    with db.atomic():
        db.table("assignment").update(assignment, {"sent_at": at})


def assignments(db: Database) -> list[Row]:
    """List all assignments with their state, newest first, without their letters."""
    columns = "assignment, version, visit, site, company, form, starts_on, ends_on, due, team, made_at, sent_at"
    return list(db.query(f"SELECT {columns}, {_STATE} AS state FROM assignment ORDER BY assignment DESC"))  # noqa: S608 - our own words


def letters_of_visit(db: Database, visit: str) -> list[bytes]:
    """Give the letters of the assignments of a visit, each in its newest version."""
    return [bytes(letter) for (letter,) in db.execute("SELECT letter FROM assignment WHERE visit = ?", [visit])]


def assignments_named(db: Database, beginning: str) -> list[tuple[str, bytes]]:
    """Give id and letter of the assignments whose id begins so."""
    rows = db.execute("SELECT assignment, letter FROM assignment WHERE substr(assignment, 1, ?) = ? LIMIT 2", [len(beginning), beginning])
    return [(name, bytes(letter)) for name, letter in rows]


def visits_named(db: Database, beginning: str) -> list[Row]:
    """Give the visits whose id begins so."""
    return list(db.query("SELECT * FROM visit WHERE substr(visit, 1, ?) = ? LIMIT 2", [len(beginning), beginning]))


def ratings_of(db: Database, visit: str) -> list[Row]:
    """List the rated criteria of a visit in the order of its form."""
    sql = "SELECT * FROM criterion WHERE visit = ? AND rating <> '' ORDER BY CAST(criterion AS INTEGER), criterion"
    return list(db.query(sql, [visit]))


def findings_left(db: Database, visit: str) -> list[Row]:
    """List the findings of a visit that something was to follow from, with what and by when."""
    sql = """SELECT finding.criterion, finding.title, finding.grade_label AS grade, statement, item.action, item.owner, item.due,
        item.state, item.closed_on FROM finding JOIN improvement_item AS item USING (visit, finding)
        WHERE visit = ? ORDER BY finding.number"""
    return list(db.query(sql, [visit]))
