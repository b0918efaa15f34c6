"""What a form says about one visit: which criteria and checks apply, what the answers suggest, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor_app.form_engine.definition import Check, CheckWhen, Criterion, Form, RollUpRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the answers to a criterion's checks suggest: a rating key or None, why none, and how far the answering is."""

    rating: str | None
    say: str | None
    answered: int
    shown: int


def applies(criterion: Criterion, site_type: str) -> bool:
    """Say whether a criterion usually applies to a type of site; the auditor has the last word."""
    return criterion.applies_to == "all" or site_type in criterion.applies_to


def shown_checks(criterion: Criterion, site_type: str, answers: Mapping[str, str]) -> tuple[Check, ...]:
    """List the checks of a criterion that are shown for a type of site and the answers given so far."""
    shown: list[Check] = []
    for check in criterion.checks:
        if check.when is None or _is_met(check.when, site_type, answers, {one.id for one in shown}):
            shown.append(check)
    return tuple(shown)


def _is_met(when: CheckWhen, site_type: str, answers: Mapping[str, str], shown: set[str]) -> bool:
    """Say whether a condition is met; an answer counts only while its own check is shown."""
    return (not when.site_type or site_type in when.site_type) and all(
        check in shown and answers.get(check) in wanted for check, wanted in when.answer.items()
    )


def propose(form: Form, criterion: Criterion, site_type: str, answers: Mapping[str, str]) -> Proposal:
    """Propose a rating from the answers given so far (check id to answer key) by the first rule that fits."""
    checks = shown_checks(criterion, site_type, answers)
    given = [answers[check.id] for check in checks if answers.get(check.id)]
    rule = next((rule for rule in form.rating.roll_up if given and _fits(rule, given)), None)
    return Proposal(rating=rule.propose if rule else None, say=rule.say if rule else None, answered=len(given), shown=len(checks))


def _fits(rule: RollUpRule, given: Sequence[str]) -> bool:
    when = rule.when
    if when is None:
        return rule.otherwise
    if when.all:
        return all(answer in when.all for answer in given)
    if when.none:
        return not any(answer in when.none for answer in given)
    some = any(answer in when.any for answer in given)
    return some and (not when.no_others or all(answer in when.any for answer in given))


def missing_for(form: Form, rating: str, *, because: str, findings: int) -> tuple[str, ...]:
    """List what a rating still needs by the form: "reason", "finding"."""
    level = form.level(rating)
    needs = level.needs if level else ()
    had = {"reason": bool(because.strip()), "finding": findings > 0}
    return tuple(need for need in needs if not had[need])
