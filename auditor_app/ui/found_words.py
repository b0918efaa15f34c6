"""What was found in a visit, as lines of the palette: what it is, the words around, and the place to jump to."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING
from auditor_app.ids import VisitId
from auditor_app.translation import N_, _
from auditor_app.ui.background import Background
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, WAITING, Mark
from auditor_app.ui.marks import answer_mark, rating_mark
from auditor_app.ui.widgets.rows import Row

if TYPE_CHECKING:  # the first window does not wait for the workflows
    from auditor_app.workflows.finding_words import Hit
    from auditor_app.workflows.visits import OpenVisit
    from auditor_app.workspace import Workspace

Command = tuple[Row, Callable[[], object]]
"""A line of the palette, and what to do."""

MOST = 40
BEFORE, LONGEST, LONGEST_TITLE = 24, 110, 90
"""Letters of a piece of text shown before the word found, and in all; letters of a title."""

KINDS = {
    "visit": N_("Visit"),
    "criterion": N_("Criterion"),
    "check": N_("Check"),
    "evidence": N_("Evidence"),
    "intake": N_("Evidence"),
    "link": N_("Contradiction"),
    "finding": N_("Finding"),
    "earlier_finding": N_("Finding of the visit before"),
    "limit": N_("Not seen"),
    "area": N_("Area"),
    "document": N_("Document"),
    "quota": N_("Sampling plan"),
    "workforce": N_("Workforce"),
    "day": N_("Day"),
    "todo": N_("To do"),
    "interview": N_("Interview"),
    "quote": N_("Quote"),
    "objection": N_("Objection"),
    "photo_review": N_("Photo review"),
    "closing_meeting": N_("Closing meeting"),
    "attendee": N_("Attendance"),
    "equivalence": N_("Equivalence"),
    "review": N_("The office's review"),
    "question": N_("The office asks"),
}

STAGES_OF = {
    FINDING: "findings",
    "limit": "findings",
    "objection": "photo_review",
    "photo_review": "photo_review",
    "closing_meeting": "closing",
    "attendee": "closing",
    "review": "hand_over",
    "question": "hand_over",
}
"""Where a kind is worked on; all others are in the plan, or found by what they belong to."""

WHOLE = {"visit", "review", "question"}
"""Kinds whose place is the stage itself."""


class WordFinder:
    """Looks on the lane for words in the visit that is open."""

    def __init__(self, background: Background, opened: "Callable[[], OpenVisit | None]", go_to: Callable[[str, str], object]) -> None:
        """Look with `background`, in what `opened` gives; `go_to` jumps to a stage and an item."""
        self._background, self._opened, self._go_to = background, opened, go_to

    def ask(self, text: str, *, done: Callable[[list[Command]], object]) -> None:
        """Find a text; answers with nothing while no visit is open."""
        opened = self._opened()
        if opened is None or (len(text.strip()) < 2 and text.isascii()):
            done([])
            return
        visit = opened.state.id
        self._background.run(
            lambda workspace: _find(workspace, visit, text),
            owner=self._background,
            done=lambda hits: done(commands_of(opened, hits, text, self._go_to)),
        )


def commands_of(opened: "OpenVisit", hits: "list[Hit]", text: str, go_to: Callable[[str, str], object]) -> list[Command]:
    """Make lines of hits, best first, one for each place; names of criteria are left out, since the palette lists them anyway."""
    found: dict[tuple[str, str, str], Command] = {}
    for hit in hits:
        place = place_of(opened, hit)
        if place is None or (hit.subject.kind == CRITERION and hit.field == "name"):
            continue
        key = (*place, hit.subject.kind)
        if key not in found and len(found) < MOST:
            found[key] = (_row(opened, hit, text), partial(go_to, *place))
    return list(found.values())


def place_of(opened: "OpenVisit", hit: "Hit") -> tuple[str, str] | None:
    """Give the stage and the item where something is worked on; None when it is not there any more."""
    state, kind, name = opened.state, hit.subject.kind, hit.subject.id
    if kind in {CRITERION, CHECK}:
        return "criteria", name if kind == CRITERION else _criterion_of(opened, name)
    if kind == "earlier_finding":
        numbers = next((one.criteria for one in state.earlier if one.id == name), ())
        return ("criteria", numbers[0]) if numbers else ("plan", "site")
    if kind in {"interview", "quote"}:
        talk = name if kind == "interview" else next((one.interview for one in state.quotes if one.id == name), "")
        return ("interviews", talk) if talk else None
    if kind in {"evidence", "intake", "link"}:
        digest = _evidence_of(opened, hit)
        return ("evidence", digest) if digest else None
    return STAGES_OF.get(kind, "plan"), "" if kind in WHOLE else name


def snippet(text: str, wanted: str) -> str:
    """Cut the piece out of a text that has the first of the words wanted, on one line."""
    line = " ".join(text.split())
    places = [at for word in wanted.casefold().split() if (at := line.casefold().find(word)) >= 0]
    start = max(0, min(places, default=0) - BEFORE)
    start = line.rfind(" ", 0, start) + 1 if start else 0
    cut = line[start : start + LONGEST]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST < len(line) else ''}"


def _row(opened: "OpenVisit", hit: "Hit", text: str) -> Row:
    whole = _title(opened, hit)
    title = whole if len(whole) <= LONGEST_TITLE else f"{whole[: LONGEST_TITLE - 1]}…"
    mark, kind = _mark(opened, hit.subject), _(KINDS.get(hit.subject.kind, hit.subject.kind))
    words = snippet(hit.text, text)
    is_said = hit.text.split() == whole.split() and text.casefold().split()[0] in title.casefold()
    hint = "" if is_said or words.casefold() == title.casefold() else words
    return Row(
        key=f"{hit.subject.kind} {hit.subject.id} {hit.field}",
        title=title,
        mark=mark,
        hint=hint,
        side=kind,
        spoken=", ".join(part for part in (kind, title, hint) if part),
    )


def _title(opened: "OpenVisit", hit: "Hit") -> str:
    """Name what was found as its own screen does."""
    from auditor_app.ui.names import names_of  # noqa: PLC0415 - the first window does not wait for the workflows

    state, subject = opened.state, hit.subject
    if subject.kind in {CRITERION, CHECK, FINDING}:
        return names_of(opened).long(subject)
    if subject.kind in {"evidence", "intake", "link", "objection"}:
        digest = _evidence_of(opened, hit)
        return next((one.title for one in state.evidence.values() if one.digest == digest), hit.text)
    if subject.kind in {"interview", "quote"}:
        place = place_of(opened, hit)
        group = next((one.group for one in state.interviews if place and one.id == place[1]), "")
        return group or snippet(hit.text, "")
    return snippet(hit.text, "")


def _mark(opened: "OpenVisit", subject: Subject) -> Mark:
    """Give the mark that the thing has on its own screen, as far as it has one."""
    state, form = opened.state, opened.form
    if subject.kind == CRITERION:
        return rating_mark(form, state.criteria[subject.id].rating if subject.id in state.criteria else "")
    if subject.kind == CHECK:
        return answer_mark(form, state.checks[subject.id].answer if subject.id in state.checks else "")
    if subject.kind == "quote":
        return next((BAD if one.stance == "contradicts" else GOOD for one in state.quotes if one.id == subject.id), OPEN)
    return {FINDING: BAD, "limit": OUTSIDE, "link": BAD}.get(subject.kind, WAITING)


def _criterion_of(opened: "OpenVisit", check: str) -> str:
    return next((str(one.number) for one in opened.form.criteria if any(known.id == check for known in one.checks)), "")


def _evidence_of(opened: "OpenVisit", hit: "Hit") -> str:
    state, kind, name = opened.state, hit.subject.kind, hit.subject.id
    if kind == "intake":  # its id is not the evidence's, but the name is what was found
        return next((one.digest for one in state.evidence.values() if one.name == hit.text), "")
    if kind == "objection":
        return next((one.evidence for one in state.objections if one.id == name), "")
    digest = name.partition("/")[0]
    return digest if any(digest == known for known in state.evidence) else ""


def _find(workspace: "Workspace", visit: VisitId, text: str) -> "list[Hit]":
    from auditor_app.workflows.finding_words import find_words  # noqa: PLC0415 - the first window does not wait for the database

    return find_words(workspace, visit, text)
