"""Checks that a schema cannot make: what must be unique, and that every name used in a form exists in it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from auditor_app.form_engine.definition import Criterion, Form
from auditor_app.form_engine.reading import Place

Fault = tuple[str, Place, str]
"""A problem's code, place and detail."""


def reference_faults(form: Form) -> Iterator[Fault]:
    """Find everything in a well-shaped form that is named twice or names something unknown."""
    yield from _unique(("criteria", "number"), [one.number for one in form.criteria])
    yield from _unique(("pillars", "key"), [one.key for one in form.pillars])
    yield from _unique(("site_types", "key"), [one.key for one in form.site_types])
    yield from _unique(("rating", "scale", "key"), [one.key for one in form.rating.scale])
    yield from _unique(("rating", "check_answers", "key"), [one.key for one in form.rating.check_answers])
    yield from _unique(("finding_grades", "key"), [one.key for one in form.finding_grades])
    yield from _unique(("criteria", "checks", "id"), [check.id for one in form.criteria for check in one.checks])
    for index, criterion in enumerate(form.criteria):
        yield from _criterion_faults(form, criterion, ("criteria", index))
    yield from _roll_up_faults(form)
    yield from _unknown(("award", "every_criterion"), form.award.every_criterion, {level.key for level in form.rating.scale})


def _unique(place: Place, values: Iterable[Hashable]) -> Iterator[Fault]:
    yield from (("duplicate", place, str(value)) for value, count in Counter(values).items() if count > 1)


def _unknown(place: Place, names: Iterable[Hashable], known: set[Hashable] | set[str] | set[int]) -> Iterator[Fault]:
    yield from (("unknown_reference", (*place, index), str(name)) for index, name in enumerate(names) if name not in known)


def _criterion_faults(form: Form, criterion: Criterion, place: Place) -> Iterator[Fault]:
    site_types = {one.key for one in form.site_types}
    checks = {check.id for check in criterion.checks}
    if criterion.pillar not in {pillar.key for pillar in form.pillars}:
        yield "unknown_reference", (*place, "pillar"), criterion.pillar
    if criterion.applies_to != "all":
        yield from _unknown((*place, "applies_to"), criterion.applies_to, site_types)
    yield from _unknown((*place, "related"), criterion.related, {one.number for one in form.criteria})
    for index, check in enumerate(criterion.checks):
        if check.when:
            yield from _unknown((*place, "checks", index, "when", "site_type"), check.when.site_type, site_types)
    for index, same in enumerate(criterion.equivalence):
        yield from _unknown((*place, "equivalence", index, "covers"), same.covers, checks)
        yield from _unknown((*place, "equivalence", index, "still_look_at"), same.still_look_at, checks)


def _roll_up_faults(form: Form) -> Iterator[Fault]:
    rules = form.rating.roll_up
    answers, levels = {one.key for one in form.rating.check_answers}, {one.key for one in form.rating.scale}
    for index, rule in enumerate(rules):
        place: Place = ("rating", "roll_up", index)
        named = [*rule.when.all, *rule.when.none, *rule.when.any] if rule.when else []
        if bool(named) == rule.otherwise:
            yield "roll_up_unclear", place, ""
        yield from _unknown((*place, "when"), named, answers)
        if rule.propose is not None and rule.propose not in levels:
            yield "unknown_reference", (*place, "propose"), rule.propose
    if not rules[-1].otherwise:
        yield "roll_up_open", ("rating", "roll_up"), ""
