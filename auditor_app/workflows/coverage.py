"""Looking at the whole visit: coverage of the plan, quality before sign-off, and what is missing turned into today's to-do list."""

from dataclasses import dataclass

from auditor_app.domain.changes import Changes
from auditor_app.domain.coverage import Coverage, cover
from auditor_app.domain.journal import Subject
from auditor_app.domain.planning import TODO
from auditor_app.domain.quality import RULES, Gap, Judged, Looked, quality_gaps
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId, new_id
from auditor_app.translation import _
from auditor_app.workflows.criteria import CriterionPage, criterion_pages
from auditor_app.workflows.visits import OpenVisit, open_visit
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a visit stands: its coverage and the gaps in its quality, worst first."""

    coverage: Coverage
    gaps: tuple[Gap, ...]

    @property
    def stops(self) -> tuple[Gap, ...]:
        """List the gaps that stop sign-off."""
        return tuple(gap for gap in self.gaps if gap.severity == "error")


def standing(opened: OpenVisit, pages: tuple[CriterionPage, ...] | None = None) -> Standing:
    """Measure a loaded visit, of which the pages may be gathered already; pure. What the form does not show counts for nothing."""
    pages = criterion_pages(opened) if pages is None else pages
    checks = {line.check.id: (str(page.criterion.number), line.check.kind) for page in pages for line in page.checks}
    coverage = cover(opened.state, checks)
    judged = tuple(
        Judged(
            number=str(page.criterion.number),
            rating=page.state.rating,
            proposed=page.proposal.rating,
            departs=page.state.departs,
            missing=page.missing,
        )
        for page in pages
    )
    chosen = {rule.rule: (rule.severity, rule.at_least) for rule in opened.form.quality}
    natures = {grade.key: grade.nature for grade in opened.form.finding_grades}
    looked = Looked(state=opened.state, coverage=coverage, criteria=judged, natures=natures)
    return Standing(coverage=coverage, gaps=quality_gaps(looked, chosen))


def gap_words(gap: Gap) -> str:
    """Give the sentence for a gap."""
    values = {name: ", ".join(_(word) for word in value) if isinstance(value, tuple) else value for name, value in gap.values.items()}
    return _(RULES[gap.rule].words).format(**values)


def todo_from_gaps(workspace: Workspace, visit: VisitId, day: str) -> tuple[int, Changes]:
    """Put every gap that is not on the to-do list yet onto it for a day; gives how many. Raises NotAllowed when nothing is missing."""
    opened = open_visit(workspace, visit)
    known = {todo.about for todo in opened.state.todos}
    fresh = {f"{gap.rule} {gap.subject.kind} {gap.subject.id}": gap for gap in standing(opened).gaps}
    fresh = {about: gap for about, gap in fresh.items() if about not in known}
    if not fresh:
        raise NotAllowed("nothing_missing")
    with workspace.recording(visit) as recorder:
        for about, gap in fresh.items():
            line = Subject(TODO, new_id(workspace.clock))
            for name, value in {"text": gap_words(gap), "day": day, "about": about}.items():
                recorder.set(line, name, value)
    return len(fresh), recorder.changes
