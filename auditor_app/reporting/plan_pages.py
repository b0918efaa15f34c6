"""The improvement items: how far they are as a chart, and the table of actions, owners, days and states."""

from collections import Counter
from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.assessment import PlanItem
from auditor_app.reporting.blocks import section
from auditor_app.reporting.charts import shares
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.keys import evidence_key, finding_key
from auditor_app.reporting.styles import BODY, COPPER, LABEL, NOTE, RATING_COLOURS, SMALL, SMALL_BOLD, STEP
from auditor_app.reporting.tables import Cell, ruled_table
from auditor_app.reporting.writing import linked_words, paragraph
from auditor_app.translation import N_, _

_WIDTHS = (30, 203, 88, 94, 68)
STATES: dict[str, tuple[str, Color]] = {
    "open": (N_("Open"), HexColor("#B9B2A8")),
    "replied": (N_("Replied"), HexColor("#C98A63")),
    "in_progress": (N_("In progress"), COPPER),
    "closed": (N_("Closed"), RATING_COLOURS["fully"]),
}
"""The states of an item from first to last, each with its word and colour in charts."""


def plan_pages(content: ReportContent, plan: Sequence[PlanItem], *, linked: bool = True) -> list[Flowable]:
    """Chart the progress and list the items, the earliest day first; `linked` to findings and evidence of the same document."""
    pieces = section(_("Improvement plan"), "plan")
    if not plan:
        return [*pieces, paragraph(_("Nothing is to be improved after this visit."), BODY)]
    heads = (_("No."), _("What is to be done"), _("Owner"), _("Due"), _("State"))
    rows: list[list[Cell]] = [[paragraph(head, LABEL) for head in heads], *(_item(content, one, linked) for one in plan)]
    return [*pieces, *progress_chart([one.state for one in plan]), Spacer(0, 3 * STEP), ruled_table(rows, _WIDTHS, whole={3})]


def progress_chart(states: Sequence[str]) -> list[Flowable]:
    """Chart how many items stand where."""
    found = Counter(states)
    return shares([(_(words), found[state], colour) for state, (words, colour) in STATES.items()])


def _item(content: ReportContent, one: PlanItem, linked: bool) -> list[Cell]:
    about = " · ".join(part for part in (_("Criterion {number}").format(number=one.criterion_number), one.grade) if part)
    told: list[Flowable] = [paragraph(one.title, SMALL_BOLD), paragraph(about, NOTE)]
    told.append(paragraph(one.action, SMALL) if one.action.strip() else paragraph(_("No action was agreed."), NOTE))
    told += [paragraph(one.closure, NOTE)] if one.closure.strip() else []
    if one.evidence:
        links = [(ref.number, evidence_key(content, ref.number) if linked else "") for ref in one.evidence]
        told.append(linked_words(links, NOTE, label=_("Shown by evidence")))
    due: Cell = [paragraph(one.due or "–", SMALL), *([paragraph(_("! overdue"), SMALL_BOLD)] if one.overdue else [])]
    number = paragraph(one.number, SMALL, target=finding_key(content, one.number) if linked else "")
    return [number, told, paragraph(one.owner or "–", SMALL), due, paragraph(one.state_words, SMALL)]
