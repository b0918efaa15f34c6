"""The register of a visit's findings: numbered, filtered, as an improvement plan by day, and the day that the form proposes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor_app.domain.findings import Finding, months_after
from auditor_app.translation import plural
from auditor_app.workflows.visits import OpenVisit

PLAN = "improvement_plan"
"""The deadline of a form that holds for what is to be improved."""

GOOD_PRACTICE, GAP = "good_practice", "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A finding with its number in the report."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which findings to list; what is empty excludes nothing. `overdue_on` is a day: those whose day has passed by then."""

    grade: str = ""
    state: str = ""
    criterion: str = ""
    overdue_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueByForm:
    """The day that a form proposes, and how many months after the visit that is."""

    day: str
    months: int

    @property
    def words(self) -> str:
        """Say where the day comes from."""
        return plural("{count} month after the visit, by the form", "{count} months after the visit, by the form", self.months)


def numbered(opened: OpenVisit) -> tuple[Numbered, ...]:
    """Number the findings as every report does."""
    return tuple(Numbered(number=number, finding=one) for number, one in enumerate(opened.state.findings, start=1))


def register(opened: OpenVisit, wanted: Wanted) -> tuple[Numbered, ...]:
    """List the findings that are wanted, in the order in which they were raised. A good practice has no state."""

    def fits(one: Finding) -> bool:
        return (
            wanted.grade in {"", one.grade}
            and wanted.criterion in {"", one.criterion}
            and (not wanted.state or (is_followed_up(opened, one) and one.state == wanted.state))
            and (not wanted.overdue_on or (is_followed_up(opened, one) and one.is_overdue(wanted.overdue_on)))
        )

    return tuple(one for one in numbered(opened) if fits(one.finding))


def improvement_plan(opened: OpenVisit) -> tuple[Numbered, ...]:
    """List what is to be improved by its day, the earliest first; what has no day comes last."""
    followed = (one for one in numbered(opened) if is_followed_up(opened, one.finding))
    return tuple(sorted(followed, key=lambda one: (one.finding.due or "9", one.number)))


def nature_of(opened: OpenVisit, grade: str) -> str:
    """Tell what a grade of the form means: "gap", "observation" or "good_practice"."""
    found = opened.form.grade(grade)
    return found.nature if found else GAP


def is_followed_up(opened: OpenVisit, finding: Finding) -> bool:
    """Say whether something is to follow from a finding, so that it has a state."""
    return nature_of(opened, finding.grade) != GOOD_PRACTICE


def due_by_form(opened: OpenVisit, grade: str) -> DueByForm | None:
    """Propose the day by which a finding of this grade is to be closed; None where the form or the visit's days do not say."""
    found, facts = opened.form.grade(grade), opened.state.facts
    if found is None or found.nature == GOOD_PRACTICE:
        return None
    plan = opened.form.award.deadlines.get(PLAN)
    months = found.due_months or (plan.months if plan else 0)
    begins = _day(facts)
    return DueByForm(day=months_after(begins, months).isoformat(), months=months) if months and begins else None


def _day(facts: Mapping[str, object]) -> date | None:
    """Give the last day on site, or the first one where only that is known."""
    for name in ("ends_on", "starts_on"):
        try:
            return date.fromisoformat(str(facts.get(name) or ""))
        except ValueError:
            continue
    return None
