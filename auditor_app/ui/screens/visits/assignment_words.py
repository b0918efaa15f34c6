"""An assignment in words, as its card shows it. Free of Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor_app.domain.visit import CRITERION, EVIDENCE, LINK, VISIT
from auditor_app.translation import _, plural
from auditor_app.ui.moments import day_words
from auditor_app.ui.screens.history.field_names import FIELD_NAMES, KIND_NAMES

if TYPE_CHECKING:
    from auditor_app.workflows.assignments import AssignedVisit, Word

LONGEST = 60
"""Characters of a value that stands on a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """One card: the site, what it is about, when by whom, what the office asks for, and, of a changed one, what changed."""

    id: str
    site: str
    about: str
    work: str
    instructions: str
    is_new: bool
    changes: str = ""


def assigned_words(one: "AssignedVisit", news: "Sequence[Word]") -> Assigned:
    """Put an assignment into words."""
    is_new = one.state != "changed"
    number = _("Assignment {number}").format(number=one.number) if one.number else ""
    due = _("due {day}").format(day=day_words(one.due)) if one.due else ""
    team = ", ".join(f"{member.name} ({member.role})" if member.role else member.name for member in one.team)
    documents = plural("{count} document", "{count} documents", one.documents) if one.documents else ""
    return Assigned(
        id=one.id,
        site=one.site,
        about=" · ".join(part for part in (one.company, one.kind, days_words(one.starts_on, one.ends_on), one.form) if part),
        work=" · ".join(part for part in (number, due, team, documents) if part),
        instructions=one.instructions,
        is_new=is_new,
        changes="" if is_new else "; ".join(_changes(news)),
    )


def days_words(first: str, last: str) -> str:
    """Write the days of a visit with how many they are: "16 Nov 2026 – 19 Nov 2026 (4 days)"."""
    words = " – ".join(dict.fromkeys(day_words(day) for day in (first, last) if day))
    try:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    except ValueError:
        return words
    return f"{words} ({plural('{count} day', '{count} days', days)})"


def _changes(news: "Sequence[Word]") -> Iterator[str]:
    """Say what the office says anew: short facts with both values, lists by how many lines."""
    counted: dict[str, set[str]] = {}
    for word in news:
        entry = word.entry
        if entry.subject_kind == VISIT:
            yield _fact(entry.field, word.before, entry.value)
        elif entry.subject_kind != LINK:
            counted.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    for kind, subjects in counted.items():
        if kind == CRITERION:
            yield _("criteria {numbers}").format(numbers=", ".join(sorted(subjects, key=lambda number: (len(number), number))))
        else:
            name = _("Document") if kind == EVIDENCE else _(KIND_NAMES.get(kind, kind))
            yield f"{name} ({len(subjects)})"


def _fact(field: str, before: Any, now: Any) -> str:
    name = _(FIELD_NAMES[VISIT, field]) if (VISIT, field) in FIELD_NAMES else field.replace("_", " ")
    short = [value for value in (before, now) if isinstance(value, str) and value and len(value) <= LONGEST]
    return f"{name}: {' → '.join(short)}" if len(short) == 2 else f"{name}: {now}" if now in short else name
