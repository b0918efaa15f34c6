"""What the coverage screen shows, as pure functions of a visit: standings, the matrix, the gaps and where each belongs. Free of Qt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from auditor_app.domain.coverage import KINDS, Coverage, Sources
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.journal import Subject
from auditor_app.domain.photos import OBJECTION, REVIEW
from auditor_app.domain.planning import AREA, DOCUMENT, QUOTA, TRAITS, Quota, Todo
from auditor_app.domain.quality import SEVERITIES, TWO_VALUES, Gap
from auditor_app.domain.reviews import QUESTION
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, FINDING
from auditor_app.form_engine.definition import Form
from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, PARTLY, WAITING, Mark
from auditor_app.ui.marks import rating_label, rating_mark
from auditor_app.ui.moments import day_words
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.coverage import Standing, gap_words
from auditor_app.workflows.visits import OpenVisit

SEVERITY_NAMES = {"error": N_("Stops sign-off"), "warning": N_("Ask yourself"), "hint": N_("Worth a look")}
SEVERITY_MARKS = {"error": BAD, "warning": PARTLY, "hint": WAITING}
COLUMNS = (
    ("document", N_("Docs"), N_("documents")),
    ("interview", N_("Heard"), N_("interviews")),
    ("observation", N_("Seen"), N_("observations")),
    ("supports", N_("For"), N_("pieces of evidence that support")),
    ("contradicts", N_("Against"), N_("pieces of evidence that contradict")),
)
FEW = 4
"""How many gaps of one rule are shown before the rest is folded away."""
MORE = "more "

DOCUMENT_MARKS = {"asked": WAITING, "received": GOOD, "partly_received": PARTLY, "not_received": BAD, "does_not_exist": OUTSIDE}
DOCUMENT_WORDS = {
    "asked": N_("asked"),
    "received": N_("received"),
    "partly_received": N_("in part"),
    "not_received": N_("not received"),
    "does_not_exist": N_("does not exist"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How one line of the plan stands: `done` of `total`, drawn as a bar where `total` is given."""

    key: str
    title: str
    mark: Mark
    side: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMark:
    """One field of the matrix: how many, with which mark (None: nothing there), and the words for it."""

    count: int
    mark: Mark | None
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One criterion of the matrix."""

    number: str
    name: str
    mark: Mark
    rating: str
    cells: tuple[CellMark, ...]


def heard(coverage: Coverage) -> tuple[Stand, ...]:
    """Tell for each group of the interview plan how many people were heard, those still to hear first."""
    lines = sorted(coverage.quotas, key=lambda line: not line.missing)
    planned = [
        Stand(
            key=line.quota.id,
            title=quota_words(line.quota),
            mark=GOOD if not line.missing else PARTLY if line.heard else OPEN,
            side=_("{done} of {total}").format(done=line.heard, total=line.quota.planned),
            done=line.heard,
            total=line.quota.planned,
        )
        for line in lines
    ]
    people = sum(one.people for one in coverage.unplanned)
    beside = [Stand(key="", title=_("Heard beside the plan"), mark=WAITING, side=str(people))] if people else []
    return tuple(planned + beside)


def walked(coverage: Coverage) -> tuple[Stand, ...]:
    """Tell which areas were walked, those still to walk first."""
    to_walk = [Stand(key=area.id, title=area.name, mark=OPEN, side=_("to walk")) for area in coverage.not_walked]
    return (*to_walk, *(Stand(key=area.id, title=area.name, mark=GOOD, side=day_words(area.walked_on)) for area in coverage.walked))


def received(coverage: Coverage) -> tuple[Stand, ...]:
    """Tell what became of the documents asked for, those missing first."""
    return tuple(
        Stand(key=one.id, title=one.title, mark=DOCUMENT_MARKS[one.state], side=_(DOCUMENT_WORDS[one.state]))
        for one in (*coverage.missing, *coverage.received)
    )


def quota_words(quota: Quota) -> str:
    """Name a line of the interview plan with all that it is told apart by."""
    parts = {part.casefold(): part for part in (*(getattr(quota, trait) for trait in reversed(TRAITS)), quota.group) if part}
    return " · ".join(reversed(parts.values()))


def totals(coverage: Coverage) -> tuple[str, str, str]:
    """Say how much of interviews, areas and documents is done."""
    people, planned = sum(line.heard for line in coverage.quotas), sum(line.quota.planned for line in coverage.quotas)
    areas, documents = len(coverage.walked) + len(coverage.not_walked), len(coverage.received) + len(coverage.missing)
    return (
        _("{done} of {total} people").format(done=people, total=planned) if planned else "",
        _("{done} of {total} walked").format(done=len(coverage.walked), total=areas) if areas else "",
        _("{done} of {total} settled").format(done=len(coverage.received), total=documents) if documents else "",
    )


def matrix(opened: OpenVisit, coverage: Coverage) -> dict[str, tuple[MatrixRow, ...]]:
    """Make the matrix, by the names of the form's pillars."""
    blocks: dict[str, list[MatrixRow]] = defaultdict(list)
    names = {pillar.key: pillar.name for pillar in opened.form.pillars}
    for criterion in opened.form.criteria:
        number = str(criterion.number)
        rating = opened.state.criteria[number].rating if number in opened.state.criteria else ""
        blocks[names[criterion.pillar]].append(
            MatrixRow(
                number=number,
                name=criterion.name,
                mark=rating_mark(opened.form, rating),
                rating=rating_label(opened.form, rating) or _("no rating yet"),
                cells=_cells(coverage.sources.get(number, Sources())),
            )
        )
    return {name: tuple(rows) for name, rows in blocks.items()}


def in_columns(lengths: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Share tables, given with their lengths, over two columns in their order: each goes to the column that is shorter so far."""
    columns: list[list[str]] = [[], []]
    for name in lengths:
        shorter = min(columns, key=lambda column: sum(lengths[one] for one in column))
        shorter.append(name)
    return tuple(tuple(column) for column in columns if column)


def _cells(sources: Sources) -> tuple[CellMark, ...]:
    return tuple(
        CellMark(
            count=getattr(sources, field),
            mark=_cell_mark(field, sources),
            spoken=f"{getattr(sources, field)} {_(words)}" + (f", {_('the only kind of source')}" if sources.kinds == (field,) else ""),
        )
        for field, _short, words in COLUMNS
    )


def _cell_mark(field: str, sources: Sources) -> Mark | None:
    """Choose the mark of a field: a tick, half a disc for the only kind of source, a triangle for what contradicts."""
    if not getattr(sources, field):
        return None
    if field == "contradicts":
        return BAD
    return PARTLY if field in KINDS and len(sources.kinds) == 1 else GOOD


def gap_key(gap: Gap) -> str:
    """Name a gap as the to-do list does."""
    return f"{gap.rule} {gap.subject.kind} {gap.subject.id}"


def gap_rows(opened: OpenVisit, standing: Standing, unfolded: Set[str]) -> tuple[Row, ...]:
    """List the gaps by severity; of many of one rule only the first few are shown until it is unfolded."""
    rows: list[Row] = []
    for severity in SEVERITIES:
        found = [gap for gap in standing.gaps if gap.severity == severity]
        if found:
            rows.append(Row(key=severity, title=_(SEVERITY_NAMES[severity]).upper(), side=str(len(found))))
        for rule in dict.fromkeys(gap.rule for gap in found):
            rows += _rule_rows(opened, [gap for gap in found if gap.rule == rule], unfolded)
    return tuple(rows)


def _rule_rows(opened: OpenVisit, gaps: list[Gap], unfolded: Set[str]) -> Iterable[Row]:
    folded = gaps[0].rule not in unfolded and len(gaps) > FEW + 1
    mark = SEVERITY_MARKS[gaps[0].severity]
    for gap in gaps[:FEW] if folded else gaps:
        words, where = gap_words(gap), place_words(opened.form, gap.subject)
        severity = _(SEVERITY_NAMES[gap.severity])
        yield Row(key=gap_key(gap), title=words, mark=mark, side=where, spoken=f"{severity}: {words}. {where}")
    if folded:
        text = plural("{count} more like this", "{count} more like these", len(gaps) - FEW)
        yield Row(key=MORE + gaps[0].rule, title=text, mark=OPEN, side=_("show"), spoken=text)


def place_of(form: Form, kind: str, name: str) -> tuple[str, str]:
    """Tell the stage and the item where a subject is worked on; an empty stage when there is none."""
    if kind == CHECK:
        return "criteria", next((str(one.number) for one in form.criteria for check in one.checks if check.id == name), "")
    stages = {CRITERION: "criteria", EVIDENCE: "evidence", FINDING: "findings", "interview": "interviews"}
    stages |= dict.fromkeys((QUOTA, DOCUMENT, AREA, EQUIVALENCE), "plan") | dict.fromkeys((REVIEW, OBJECTION), "photo_review")
    stages[QUESTION] = "hand_over"
    return stages.get(kind, ""), name


def way_of(form: Form, key: str) -> tuple[str, str]:
    """Tell the stage and the item where a gap is mended, by the gap's key."""
    rule, kind, name = key.split(" ", 2)
    return ("history", "") if rule == TWO_VALUES else place_of(form, kind, name)


def place_words(form: Form, subject: Subject) -> str:
    """Name the place where a subject is worked on."""
    stage, item = place_of(form, subject.kind, subject.id)
    if stage == "criteria":
        return _("criterion {number}").format(number=item)
    words = {"evidence": N_("evidence"), "findings": N_("findings"), "interviews": N_("interviews"), "plan": N_("plan")}
    words |= {"photo_review": N_("photo review"), "hand_over": N_("hand over")}
    return _(words[stage]) if stage else ""


def in_order(todos: Iterable[Todo]) -> tuple[Todo, ...]:
    """Put what is still to do first, by day."""
    return tuple(sorted(todos, key=lambda one: (one.done, one.day, one.id)))


def fresh_gaps(standing: Standing, todos: Iterable[Todo]) -> int:
    """Count the gaps that are not on the to-do list yet."""
    return len({gap_key(gap) for gap in standing.gaps} - {todo.about for todo in todos})
