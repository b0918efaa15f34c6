"""The names by which people know the things of a visit: criteria, checks, findings, evidence."""

from dataclasses import dataclass

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING
from auditor_app.translation import _
from auditor_app.workflows.visits import OpenVisit


@dataclass(frozen=True, slots=True)
class Names:
    """Looked up once for a visit; what is not there any more has its id's beginning for a name."""

    criteria: dict[str, str]
    checks: dict[str, tuple[str, str]]
    """The number of its criterion, and the question."""
    findings: dict[str, tuple[int, str]]
    """Its number in the report, and the title."""

    def long(self, target: Subject) -> str:
        """Name a criterion, check or finding in full."""
        if target.kind == CRITERION:
            return f"{target.id} {self.criteria.get(target.id, '')}".strip()
        if target.kind == CHECK:
            criterion, prompt = self.checks.get(target.id, ("", target.id))
            return f"{criterion} · {prompt}" if criterion else prompt
        number, title = self.findings.get(target.id, (0, ""))
        return _("Finding {number}: {title}").format(number=number, title=title) if number else _("a withdrawn finding")

    def short(self, target: Subject) -> str:
        """Name it by its number alone: "17", "finding 3"."""
        if target.kind == FINDING:
            number, _title = self.findings.get(target.id, (0, ""))
            return _("finding {number}").format(number=number or "–")
        return target.id if target.kind == CRITERION else self.checks.get(target.id, (target.id, ""))[0]


def names_of(opened: OpenVisit) -> Names:
    """Look the names of a visit up."""
    criteria = opened.form.criteria
    return Names(
        criteria={str(one.number): one.name for one in criteria},
        checks={check.id: (str(one.number), check.prompt) for one in criteria for check in one.checks},
        findings={one.id: (number, one.title) for number, one in enumerate(opened.state.findings, start=1)},
    )


def in_groups(digest: str, size: int = 8) -> str:
    """Write a digest in groups that an eye can compare."""
    return " ".join(digest[at : at + size] for at in range(0, len(digest), size))
