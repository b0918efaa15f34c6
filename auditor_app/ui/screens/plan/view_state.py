"""What the plan shows, as pure functions of a visit: counts of its parts, groups to hear, days, who works on what. Free of Qt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from auditor_app.domain.coverage import heard_of
from auditor_app.form_engine.definition import Criterion
from auditor_app.form_engine.evaluation import applies, shown_checks
from auditor_app.translation import N_
from auditor_app.workflows.visits import OpenVisit

WORKFORCE_GROUPS = (
    N_("Employees"),
    N_("Contractors"),
    N_("Agency workers"),
    N_("Women"),
    N_("Migrant workers"),
    N_("Young workers"),
)
MOST_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped:
    """One criterion as the plan sees it: what the form says of this type of site, and what the auditor says."""

    criterion: Criterion
    by_form: bool
    override: str
    because: str
    assigned: str

    @property
    def number(self) -> str:
        """Give the number as text."""
        return str(self.criterion.number)

    @property
    def applies(self) -> bool:
        """Say whether it applies here."""
        return self.override == "yes" if self.override else self.by_form


def scoped(opened: OpenVisit) -> tuple[Scoped, ...]:
    """List the criteria with what form and auditor say of them."""
    known = opened.state.criteria
    return tuple(
        Scoped(
            criterion=one,
            by_form=applies(one, opened.site_type),
            override=known[str(one.number)].applies if str(one.number) in known else "",
            because=known[str(one.number)].applies_because if str(one.number) in known else "",
            assigned=known[str(one.number)].assigned if str(one.number) in known else "",
        )
        for one in opened.form.criteria
    )


def group_words(key: str) -> str:
    """Write a group of the form as people say it."""
    return key.replace("_", " ").capitalize()


def form_groups(opened: OpenVisit) -> tuple[str, ...]:
    """List the groups that the form wants heard at this type of site, those of most interview checks first."""
    counted: Counter[str] = Counter()
    for criterion in opened.form.criteria:
        if applies(criterion, opened.site_type):
            for check in shown_checks(criterion, opened.site_type, {}):
                counted.update(check.groups)
    return tuple(group_words(group) for group, _count in counted.most_common())


def not_planned(groups: Iterable[str], opened: OpenVisit) -> tuple[str, ...]:
    """Leave out the groups that the interview plan has already."""
    planned = {quota.group.casefold() for quota in opened.state.quotas}
    return tuple(group for group in groups if group.casefold() not in planned)


def team_names(opened: OpenVisit) -> tuple[str, ...]:
    """List the people of the team, from its text, and everyone who wrote in the visit."""
    said = str(opened.state.facts.get("team", "")).replace(",", "\n").splitlines()
    names = [one.partition("(")[0].strip() for one in said]
    return tuple(dict.fromkeys(name for name in (*names, *opened.state.auditors.values()) if name))


def days_between(first: str, last: str, known: Iterable[str]) -> tuple[str, ...]:
    """List the days of the visit that are not in the list yet; none while its first or last day is not said."""
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return ()
    days, there = [(begin + timedelta(days=step)).isoformat() for step in range(min((end - begin).days + 1, MOST_DAYS))], set(known)
    return tuple(day for day in days if day not in there)


def counts(opened: OpenVisit) -> dict[str, str]:
    """Say shortly how far each part of the plan is, where there is anything to be done to it."""
    state = opened.state
    come = sum(not one.is_missing for one in state.documents)
    outside = sum(not one.applies for one in scoped(opened))
    return {
        "areas": _of(sum(bool(area.walked_on) for area in state.areas), len(state.areas)),
        "documents": _of(come, len(state.documents)),
        "interviews": _of(*heard_of(state)),
        "applicability": _of(len(opened.form.criteria) - outside, len(opened.form.criteria)),
    }


def _of(done: int, total: int) -> str:
    return f"{done}/{total}" if total else ""
