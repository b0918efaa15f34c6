"""Reviews and their questions in the register: in the making, returned, and replied to."""

from collections.abc import Iterable, Mapping
from typing import Any

from auditor_app.sqlite_driver import Database

Row = dict[str, Any]


def versions_of(db: Database, visit: str) -> list[Row]:
    """List the bundles of a visit in the order in which they follow one another: each goes on from the one before."""
    columns = "bundle, visit, auditor, auditor_name, received_at, entries"
    return list(db.query(f"SELECT {columns} FROM bundle WHERE visit = ? ORDER BY entries, rowid", [visit]))  # noqa: S608 - our own words


def visit_of(db: Database, bundle: str) -> str:
    """Give the visit of a received bundle; "" for a bundle that is not here."""
    row = db.execute("SELECT visit FROM bundle WHERE bundle = ?", [bundle]).fetchone()
    return str(row[0]) if row else ""


def bundles_named(db: Database, beginning: str) -> list[str]:
    """Give the received bundles whose id begins so; two at most."""
    found = db.execute("SELECT bundle FROM bundle WHERE substr(bundle, 1, ?) = ? LIMIT 2", [len(beginning), beginning])
    return [bundle for (bundle,) in found]


def heads_of(db: Database, bundle: str) -> dict[str, str]:
    """Give the last entry of each device's chain in a bundle, by its digest."""
    return dict(db.execute("SELECT device, digest FROM chain WHERE bundle = ? ORDER BY device", [bundle]))


def reviews_of(db: Database, visit: str) -> list[Row]:
    """List the reviews of a visit in the order of their rounds, the one in the making last."""
    return list(db.query("SELECT * FROM review WHERE visit = ? ORDER BY round", [visit]))


def questions_of(db: Database, visit: str) -> list[Row]:
    """List all questions of a visit in the order in which they were asked."""
    return list(
        db.query(
            "SELECT question.*, review.round, review.returned_at FROM question JOIN review USING (review) WHERE question.visit = ?"
            " ORDER BY review.round, question.question",
            [visit],
        )
    )


def question_row(db: Database, question: str) -> Row | None:
    """Give one question with the moment at which its letter was signed, or None."""
    sql = "SELECT question.*, review.round, review.returned_at FROM question JOIN review USING (review) WHERE question = ?"
    return next(iter(db.query(sql, [question])), None)


def add_review(db: Database, row: Mapping[str, Any]) -> None:
    """Begin a review."""
    with db.atomic():
        db.table("review").insert(dict(row))


def revise_review(db: Database, review: str, values: Mapping[str, Any]) -> None:
    """Change what a review says."""
    with db.atomic():
        db.table("review").update(review, dict(values))


def add_question(db: Database, row: Mapping[str, Any]) -> None:
    """Ask a question."""
    with db.atomic():
        db.table("question").insert(dict(row))


def revise_question(db: Database, question: str, values: Mapping[str, Any]) -> None:
    """Change a question."""
    with db.atomic():
        db.table("question").update(question, dict(values))


def remove_question(db: Database, question: str) -> None:
    """Take a question out of a review in the making."""
    with db.atomic():
        db.table("question").delete(question)


def note_replies(db: Database, visit: str, replies: Iterable[Mapping[str, Any]]) -> None:
    """Note what a newer bundle replies to the questions of its visit; questions that the office never asked are not its own."""
    for one in replies:
        db.execute(
            "UPDATE question SET reply = :reply, replied_by = :replied_by, replied_at = :replied_at"
            " WHERE question = :question AND visit = :visit",
            {**one, "visit": visit},
        )
