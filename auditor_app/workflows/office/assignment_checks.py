"""What may be wrong in the file of an assignment: all of it is found before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from auditor_app.domain.assignments import LARGEST_ATTACHMENT, is_plain_name
from auditor_app.domain.fields import PROFILE
from auditor_app.domain.photo_review import DEMANDED, NO, YES
from auditor_app.form_engine.definition import Form
from auditor_app.form_engine.reading import Place
from auditor_app.plain_text import LONGEST_LINE, LONGEST_TEXT, forbidden_characters
from auditor_app.workflows.office.assignment_file import FACTS, DocumentLine, RatingLine, Read, former_form
from auditor_app.workflows.visits import PARAGRAPHS

_DATES = ("starts_on", "ends_on")


def check_file(found: Read, form: Form) -> None:
    """Note everything in a file that does not fit its form or itself."""
    _check_visit(found, form)
    _check_day(found, ("due",), found.file.due)
    _check_previous(found)
    _check_site(found, form)
    for part in ("equivalences", "requests", "documents"):
        for index, line in enumerate(getattr(found.file, part)):
            _check_line(found, (part, index), line, form)
    for place, text in _texts(msgspec.to_builtins(found.file), ()):
        if characters := forbidden_characters(text, allowed="\n\t"):
            found.problem(place, "text_has_control_characters", detail=", ".join(characters))
        if len(text) > (longest := LONGEST_TEXT if _is_long(place) else LONGEST_LINE):
            found.problem(place, "text_too_long", detail=longest)


def _check_visit(found: Read, form: Form) -> None:
    visit = found.file.visit
    for name in visit:
        if name not in FACTS:
            found.problem(("visit", name), "fact_unknown", detail=", ".join(FACTS))
    if not visit.get("site", "").strip():
        found.problem(("visit", "site"), "missing")
    kinds, types = ([one.key for one in choices] for choices in (form.visit_kinds, form.site_types))
    for name, choices in (("site_type", types), ("kind", ["", *kinds]), (DEMANDED, ["", YES, NO])):
        if (value := visit.get(name, "")) not in choices:
            found.problem(("visit", name), "choice_unknown", value=value, detail=", ".join(one for one in choices if one))
    for name in _DATES:
        _check_day(found, ("visit", name), visit.get(name, ""))
    first, last = (visit.get(name, "") for name in _DATES)
    if first and last and last < first:
        found.problem(("visit", "ends_on"), "days_turned")


def _check_previous(found: Read) -> None:
    if (previous := found.file.previous) is None:
        return
    _check_day(found, ("previous", "day"), previous.day)
    _check_ratings(found, ("previous", "criteria"), previous.criteria, former_form(previous.form))
    for index, line in enumerate(previous.findings):
        for name in ("due", "closed_on"):
            _check_day(found, ("previous", "findings", index, name), getattr(line, name))


def _check_site(found: Read, form: Form) -> None:
    site = found.file.site_says
    _check_ratings(found, ("site_says", "criteria"), site.criteria, form)
    known = {check.id for criterion in form.criteria for check in criterion.checks}
    answers = [one.key for one in form.rating.check_answers]
    for check, answered in site.checks.items():
        if check not in known:
            found.problem(("site_says", "checks", check), "check_unknown", value=check)
        answer = answered if isinstance(answered, str) else answered.answer
        if answer and answer not in answers:
            found.problem(("site_says", "checks", check), "choice_unknown", value=answer, detail=", ".join(answers))


def _check_ratings(found: Read, place: Place, ratings: Mapping[str, str | RatingLine], form: Form | None) -> None:
    """Check ratings by criteria, where their form is at hand."""
    scale = [level.key for level in form.rating.scale] if form else []
    for number, said in ratings.items() if form else ():
        _check_criterion(found, (*place, number), number, form)
        rating = said if isinstance(said, str) else said.rating
        if rating and rating not in scale:
            found.problem((*place, number), "choice_unknown", value=rating, detail=", ".join(scale))


def _check_line(found: Read, place: Place, line: Any, form: Form) -> None:
    """Check a line of a list: its criteria, its days, what it must have, and its file."""
    for index, number in enumerate(line.criteria):
        _check_criterion(found, (*place, "criteria", index), number, form)
    for name in ("issued", "expires", "audited", "asked_on"):
        _check_day(found, (*place, name), getattr(line, name, ""))
    for name in ("system", "title"):
        if not getattr(line, name, "").strip() and not isinstance(line, DocumentLine) and hasattr(line, name):
            found.problem((*place, name), "missing")
    if isinstance(line, DocumentLine):
        _check_document(found, (*place, "file"), line.file)


def _check_document(found: Read, place: Place, name: str) -> None:
    path = found.path.parent / name
    if not path.is_file():
        found.problem(place, "file_missing", value=name)
        return
    size = path.stat().st_size
    if not 0 < size <= LARGEST_ATTACHMENT * 9 // 10:  # sealing adds a little
        found.problem(place, "file_too_large" if size else "file_empty", value=name, detail=LARGEST_ATTACHMENT * 9 // 10_000_000)
    if not is_plain_name(path.name):
        found.problem(place, "file_name", value=name)


def _check_criterion(found: Read, place: Place, number: str, form: Form | None) -> None:
    if form and form.criterion(number) is None:
        found.problem(place, "criterion_unknown", value=number)


def _check_day(found: Read, place: Place, text: str) -> None:
    try:
        right = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        found.problem(place, "day_unreadable", value=text)


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    items: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list | tuple):
        items = enumerate(value)
    for key, item in items:
        yield from _texts(item, (*place, key))


_LONG = {"instructions", "words", "statement", "action", "scope", "nonconformities", "checks", "note", *PARAGRAPHS, *PROFILE}


def _is_long(place: Place) -> bool:
    return bool(place) and place[-1] in _LONG
