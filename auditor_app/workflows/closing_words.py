"""The register and the closing meeting in words that window, command line and reports share. Pure."""

from dataclasses import dataclass

from auditor_app.domain.closing import OBSERVER, SITE, TEAM, WORKERS
from auditor_app.domain.findings import AGREES, CLOSED, DISAGREES, IN_PROGRESS, OPEN, PARTLY, REPLIED
from auditor_app.domain.provisional import EVIDENCE, RAISED, WITHDRAWN, Change
from auditor_app.domain.visit import CRITERION
from auditor_app.ids import Digest
from auditor_app.translation import N_, _
from auditor_app.workflows.history import UNDID
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import date_words, moment_words

STATES = {OPEN: N_("Open"), REPLIED: N_("Replied"), IN_PROGRESS: N_("In progress"), CLOSED: N_("Closed")}
POSITIONS = {AGREES: N_("The site agrees"), PARTLY: N_("The site agrees in part"), DISAGREES: N_("The site disagrees")}
SIDES = {SITE: N_("Site"), WORKERS: N_("Workers' representative"), TEAM: N_("Audit team"), OBSERVER: N_("Observer")}
FIELDS = {
    "criterion": N_("Criterion"),
    "check": N_("Check"),
    "title": N_("Title"),
    "statement": N_("What was found"),
    "objective_evidence": N_("Objective evidence"),
    "requirement": N_("What is required"),
    "grade": N_("Grade"),
    "systemic": N_("Reach"),
    "action": N_("Proposed action"),
    "owner": N_("Owner"),
    "due": N_("Due"),
    "state": N_("State"),
    "closed_on": N_("Closed on"),
    "closed_because": N_("Why it is closed"),
    "rating": N_("Proposed rating"),
    EVIDENCE: N_("Evidence"),
}
"""What can differ between the provisional and the final state; a test holds it against what is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change in words: what it is about, what is now said of it, what was said before, who, when and why."""

    change: Change
    about: str
    what: str
    before: str = ""
    after: str = ""
    who: str = ""
    when: str = ""
    why: str = ""


def change_line(opened: OpenVisit, change: Change) -> ChangeLine:
    """Put one change into words. Moments are written at the offset of the laptop that made the change."""
    what = {RAISED: _("Raised since"), WITHDRAWN: _("Withdrawn since")}.get(change.kind) or _(FIELDS[change.field])
    taken_back = change.reason.startswith(UNDID)
    return ChangeLine(
        change=change,
        about=_about(opened, change),
        what=what,
        before=_value(opened, change.field, change.before) if change.field else "",
        after=_value(opened, change.field, change.after) if change.field else "",
        who=opened.state.writer(change.by) or _("somebody unknown"),
        when=moment_words(change.at, change.offset) if change.at else "",
        why=_("taken back") if taken_back else change.reason,
    )


def change_words(line: ChangeLine) -> str:
    """Say a change in one line."""
    values = _("{before} → {after}").format(before=line.before or "–", after=line.after or "–") if line.change.field else ""
    what = f"{line.what}: {values}" if values else line.what
    return " · ".join(part for part in (line.about, what, line.who, line.when, line.why) if part)


def position_words(position: str) -> str:
    """Say what the site's position is; "" where it has said none."""
    return _(POSITIONS[position]) if position in POSITIONS else ""


def state_words(state: str) -> str:
    """Name the state of a finding."""
    return _(STATES.get(state, state))


def side_words(side: str) -> str:
    """Name the side on which somebody sits at the meeting."""
    return _(SIDES.get(side, side))


def _about(opened: OpenVisit, change: Change) -> str:
    if change.subject.kind == CRITERION:
        criterion = opened.form.criterion(change.subject.id)
        return _("Criterion {number} {name}").format(number=change.subject.id, name=criterion.name if criterion else "").strip()
    if not change.number:
        return _("New finding: {title}").format(title=change.title)
    return _("Finding {number}: {title}").format(number=change.number, title=change.title)


def _value(opened: OpenVisit, field: str, value: object) -> str:
    form = opened.form
    if field == EVIDENCE and isinstance(value, tuple):
        return ", ".join(opened.state.evidence[Digest(one)].title for one in value if one in opened.state.evidence)
    if field == "systemic":
        return _("Systemic") if value else _("Isolated")
    text = str(value)
    if field in {"due", "closed_on"}:
        return date_words(text)
    if field == "criterion":
        criterion = form.criterion(text)
        return f"{text} {criterion.name if criterion else ''}".strip()
    grade, level = form.grade(text), form.level(text)
    known = {"grade": grade.label if grade else text, "rating": level.label if level else text, "state": state_words(text)}
    return known.get(field, text)
