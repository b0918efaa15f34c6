"""Full-text search over everything said in a visit; folded from the entries like the other tables.

Accents and case do not matter. Scripts without spaces are found by any piece of a word, because each of their characters is kept
as a word of its own and looked for as a phrase.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor_app.domain.fields import PROFILE
from auditor_app.domain.journal import Entry, Subject
from auditor_app.domain.planning import TRAITS
from auditor_app.ids import VisitId
from auditor_app.sqlite_driver import Database

FIELDS = {
    "visit": ("site", "company", "country", "location", "metals", "scope", "exclusions", "team", "note", *PROFILE),
    "criterion": ("because", "departs", "assigned", "applies_because", "site_says"),
    "check": ("note", "site_says"),
    "earlier_finding": ("title", "statement", "action", "owner"),
    "evidence": ("caption", "provided_by", "derived_by"),
    "intake": ("what",),
    "finding": ("title", "statement", "objective_evidence", "requirement", "action", "owner", "site_reply", "closed_because"),
    "limit": ("what", "why"),
    "link": ("settled",),
    "area": ("name", "why", "walked_by", "note"),
    "document": ("title", "asked_of", "note"),
    "quota": ("group", *TRAITS, "note"),
    "workforce": ("group", "note"),
    "day": ("plan",),
    "todo": ("text",),
    "interview": ("group", *TRAITS, "interpreter", "place", "summary"),
    "quote": ("original", "interpreted", "settled"),
    "photo_review": ("present", "note"),
    "objection": ("by", "why", "because"),
    "closing_meeting": ("place", "note"),
    "equivalence": ("system", "number", "issuer", "scope", "nonconformities", "checks", "because"),
    "attendee": ("name", "role", "organisation"),
    "review": ("by", "words"),
    "question": ("asked_by", "text", "reply"),
}
"""What can be found. Names of interviewees are in no field of the journal, so they cannot be found."""

_SPACELESS = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart into a plain letter and an accent, but that people type without."""
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place found: the subject, the field, and a piece of the text around the words."""

    subject: Subject
    field: str
    text: str


def searchable(entry: Entry) -> str:
    """Give the text of an entry that can be found; empty when it has none."""
    if entry.field not in FIELDS.get(entry.subject_kind, ()):
        return ""
    value = entry.value.get("name", "") if isinstance(entry.value, dict) else entry.value
    return _spread(value) if isinstance(value, str) else ""


def search(db: Database, visit: VisitId, text: str, limit: int = 100) -> list[Hit]:
    """Find all words of a text, the last one by its beginning; best first."""
    query = _query(text)
    if not query:
        return []
    rows = db.execute(
        "SELECT entries.subject_kind, entries.subject_id, entries.field, entries.document FROM search"
        " JOIN entries ON entries.number = search.rowid WHERE search MATCH ? AND entries.visit = ? ORDER BY rank LIMIT ?",
        [query, visit, limit],
    )
    return list(_hits(rows.fetchall()))


def _hits(rows: list[tuple[str, str, str, str]]) -> Iterator[Hit]:
    for kind, subject, field, document in rows:
        value = json.loads(document)["value"]
        yield Hit(subject=Subject(kind, subject), field=field, text=value.get("name", "") if isinstance(value, dict) else str(value))


def _query(text: str) -> str:
    words = [f'"{" ".join(_WORD.findall(_spread(word)))}"' for word in text.split() if _WORD.search(word)]
    return " ".join([*words[:-1], words[-1] + "*"]) if words else ""


def _spread(text: str) -> str:
    """Set each character of a script without spaces apart, and write plain what people type plain."""
    return _SPACELESS.sub(r" \1 ", text.translate(_LETTERS))
