"""The closing meeting: it freezes the findings where they stand, and lists what was changed since."""

from dataclasses import dataclass

from auditor_app.clock import moment_text
from auditor_app.domain.changes import Changes
from auditor_app.domain.closing import CLOSING, ClosingMeeting
from auditor_app.domain.findings import Finding
from auditor_app.domain.journal import Field, Subject, chain_heads, fold
from auditor_app.domain.provisional import Change, changes_between, entries_within
from auditor_app.domain.visit import CRITERION, FINDING, VisitState, read_visit
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId, new_id
from auditor_app.plain_text import one_line, paragraph, required
from auditor_app.store.journal import entries_of_visit
from auditor_app.workspace import Workspace

FACTS = ("held_at", "place", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A closing meeting with the visit as it was frozen, and what was changed since."""

    meeting: ClosingMeeting
    provisional: VisitState
    changes: tuple[Change, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """List the findings as they were shown."""
        return self.provisional.findings


def begin_closing(workspace: Workspace, visit: VisitId, *, held_at: str = "", place: str = "", note: str = "") -> tuple[str, Changes]:
    """Begin a closing meeting: what was said until now is the provisional state. Gives its id.

    `held_at` is now where it is not given. Raises NotAllowed("closing_at_work") while another one is not ended.
    """
    if any(not one.ended_at for one in workspace.visit(visit).closings):
        raise NotAllowed("closing_at_work")
    now, closing = workspace.clock.now(), new_id(workspace.clock)
    facts = _cleaned({"held_at": held_at or now.strftime("%Y-%m-%d %H:%M"), "place": place, "note": note})
    with workspace.recording(visit) as recorder:
        heads = chain_heads(entries_of_visit(workspace.db, visit))
        frozen = {str(device): str(digest) for device, (_last, digest) in heads.items()}
        for name, value in {
            **{name: text for name, text in facts.items() if text},
            "frozen_at": moment_text(now),
            "frozen": frozen,
        }.items():
            recorder.set(Subject(CLOSING, closing), name, value)
    return closing, recorder.changes


def describe_closing(workspace: Workspace, visit: VisitId, closing: str, **facts: str) -> Changes:
    """Change when and where a closing meeting was held, or its note."""
    found = find_closing(workspace.visit(visit), closing)
    with workspace.recording(visit) as recorder:
        for name, value in _cleaned(facts).items():
            recorder.set(Subject(CLOSING, found.id), name, value)
    return recorder.changes


def end_closing(workspace: Workspace, visit: VisitId, closing: str = "") -> Changes:
    """End a closing meeting; one that has ended stays as it is."""
    found = find_closing(workspace.visit(visit), closing)
    with workspace.recording(visit) as recorder:
        if not found.ended_at:
            recorder.set(Subject(CLOSING, found.id), "ended_at", moment_text(workspace.clock.now()))
    return recorder.changes


def find_closing(state: VisitState, name: str = "") -> ClosingMeeting:
    """Find a closing meeting by the beginning of its id; the latest one by "". Raises NotAllowed("closing_unknown")."""
    fits = state.closings[-1:] if not name else [one for one in state.closings if one.id.startswith(name)]
    if len(fits) != 1:
        raise NotAllowed("closing_unknown")
    return fits[0]


def held(workspace: Workspace, visit: VisitId, closing: str = "") -> Held:
    """Give a closing meeting with the provisional state and what was changed since. Raises NotAllowed, Corrupted."""
    entries = entries_of_visit(workspace.db, visit)
    now = read_visit(visit, fold(entries))
    meeting = find_closing(now, closing)
    within = entries_within(entries, meeting.frozen)
    known = {entry.id for entry in within}
    before = read_visit(visit, fold(within))
    since = [entry for entry in entries if entry.id not in known]
    return Held(meeting=meeting, provisional=before, changes=changes_between(before, now, since))


def explain_change(workspace: Workspace, visit: VisitId, subject: Subject, field: str, reason: str) -> Changes:
    """Say later why a finding's field or a criterion's rating was changed: the same value is set once more, with the reason.

    Raises NotAllowed("line_unknown") for what has no value, and while the field is in clash.
    """
    with workspace.recording(visit) as recorder:
        heads = recorder.heads(subject).get(Field(subject, field), ())
        if len(heads) != 1 or subject.kind not in {FINDING, CRITERION}:
            raise NotAllowed("line_unknown", kind=subject.kind, line=field)
        recorder.add(subject, field, heads[0].value, replaces=(heads[0].id,), reason=required(reason, "reason"))
    return recorder.changes


def _cleaned(facts: dict[str, str]) -> dict[str, str]:
    if unknown := set(facts) - set(FACTS):
        raise NotAllowed("fact_unknown", facts=", ".join(sorted(unknown)))
    cleaned = {name: paragraph(text, name) if name == "note" else one_line(text, name) for name, text in facts.items()}
    if "held_at" in cleaned:
        required(cleaned["held_at"], "held_at")
    return cleaned
