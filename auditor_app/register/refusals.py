"""Refused bundles in the register: one row for each time that one was judged and not taken."""

from collections.abc import Mapping
from typing import Any

from auditor_app.sqlite_driver import Database


def note_refusal(db: Database, row: Mapping[str, Any]) -> None:
    """Note that a bundle was refused."""
    with db.atomic():
        db.table("refusal").insert(dict(row))
