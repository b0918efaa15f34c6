"""Checks that a schema cannot make: what must be unique, and that every name used in a form exists in it.

They look at plain values and take only what is shaped as it must be, so that a form with a wrong shape somewhere still has all its
other faults told.
"""

from collections.abc import Iterator
from typing import Any

from auditor_app.form_engine.reading import Place

Fault = tuple[str, Place, str]
"""A problem's code, place and detail."""

Path = tuple[str, ...]
"""Steps into a form; "*" is every item of a list, or every value of a mapping."""

_ANSWERS: Path = ("rating", "check_answers", "*", "key")
_LEVELS: Path = ("rating", "scale", "*", "key")
_SITE_TYPES: Path = ("site_types", "*", "key")
_CHECKS: Path = ("criteria", "*", "checks", "*", "id")

UNIQUE: tuple[Path, ...] = (
    ("criteria", "*", "number"),
    ("pillars", "*", "key"),
    ("finding_grades", "*", "key"),
    ("visit_kinds", "*", "key"),
    _SITE_TYPES,
    _LEVELS,
    _ANSWERS,
    _CHECKS,
)
"""What must not stand twice."""

NAMED: tuple[tuple[Path, Path], ...] = (
    (("criteria", "*", "pillar"), ("pillars", "*", "key")),
    (("criteria", "*", "applies_to", "*"), _SITE_TYPES),
    (("criteria", "*", "related", "*"), ("criteria", "*", "number")),
    (("criteria", "*", "checks", "*", "when", "site_type", "*"), _SITE_TYPES),
    (("criteria", "*", "checks", "*", "when", "answer", "*", "*"), _ANSWERS),
    (("rating", "roll_up", "*", "when", "all", "*"), _ANSWERS),
    (("rating", "roll_up", "*", "when", "none", "*"), _ANSWERS),
    (("rating", "roll_up", "*", "when", "any", "*"), _ANSWERS),
    (("rating", "roll_up", "*", "propose"), _LEVELS),
    (("award", "every_criterion", "*"), _LEVELS),
)
"""What names something that must be among the others."""


def reference_faults(form: Any) -> Iterator[Fault]:
    """Find everything in a form that is named twice or names something unknown."""
    for path in UNIQUE:
        yield from _duplicates(form, path)
    for path, others in NAMED:
        yield from _unknown(_names(form, path), {name for _place, name in _names(form, others)})
    for place, criterion in _each(form, ("criteria", "*")):
        yield from _check_faults(criterion, place)
    yield from _roll_up_faults(form)


def _each(value: Any, path: Path, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Follow a path as far as the form has it, giving each place and what is there."""
    if not path:
        yield place, value
    elif path[0] == "*":
        items = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
        for step, item in items:
            yield from _each(item, path[1:], (*place, step))
    elif isinstance(value, dict) and path[0] in value:
        yield from _each(value[path[0]], path[1:], (*place, path[0]))


def _names(value: Any, path: Path, place: Place = ()) -> Iterator[tuple[Place, str | int]]:
    yield from ((where, name) for where, name in _each(value, path, place) if isinstance(name, str | int))


def _duplicates(form: Any, path: Path) -> Iterator[Fault]:
    seen: set[str | int] = set()
    for place, name in _names(form, path):
        if name in seen:
            yield "duplicate", place, str(name)
        seen.add(name)


def _unknown(names: Iterator[tuple[Place, str | int]], known: set[str | int]) -> Iterator[Fault]:
    yield from (("unknown_reference", place, str(name)) for place, name in names if name not in known)


def _check_faults(criterion: Any, place: Place) -> Iterator[Fault]:
    """Find what names a check that the same criterion does not have, or, in a condition, has only later."""
    ids = {name for _place, name in _names(criterion, ("checks", "*", "id"))}
    for part in ("covers", "still_look_at"):
        yield from _unknown(_names(criterion, ("equivalence", "*", part, "*"), place), ids)
    before: set[str | int] = set()
    for where, check in _each(criterion, ("checks", "*"), place):
        asked = ((step, step[-1]) for step, _wanted in _each(check, ("when", "answer", "*"), where))
        yield from _unknown(asked, before)
        before.update(name for _place, name in _names(check, ("id",)))


def _roll_up_faults(form: Any) -> Iterator[Fault]:
    rules = list(_each(form, ("rating", "roll_up", "*")))
    for place, rule in rules:
        conditions = sum(any(_each(rule, ("when", part, "*"))) for part in ("all", "none", "any"))
        if isinstance(rule, dict) and conditions != (0 if rule.get("otherwise") else 1):
            yield "roll_up_unclear", place, ""
    if rules and not (isinstance(rules[-1][1], dict) and rules[-1][1].get("otherwise")):
        yield "roll_up_open", ("rating", "roll_up"), ""
