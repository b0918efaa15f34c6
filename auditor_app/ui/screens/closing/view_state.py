"""What the closing meeting shows, as pure functions of the visit and of what the meeting froze. Free of Qt widgets."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor_app.domain.closing import ClosingMeeting
from auditor_app.domain.findings import AGREES, DISAGREES, PARTLY, Finding
from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import withheld
from auditor_app.domain.quality import Gap
from auditor_app.domain.visit import FINDING, VisitState
from auditor_app.ids import Digest
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, WAITING, Mark
from auditor_app.ui.glyphs import PARTLY as HALF
from auditor_app.ui.moments import day_words
from auditor_app.ui.screens.coverage.view_state import gap_key, way_of
from auditor_app.ui.screens.findings.view_state import POSITION_MARKS, grade_label, grade_mark
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.closing import Held
from auditor_app.workflows.closing_words import change_line, position_words
from auditor_app.workflows.coverage import gap_words
from auditor_app.workflows.finding_register import GOOD_PRACTICE, nature_of
from auditor_app.workflows.visits import OpenVisit

ABOUT_FINDINGS = {"finding", "criterion", "photo_review", "objection"}
"""What is worth mending before the site is shown the findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A piece of evidence as it may be shown: its number in the report, and the digest of what is shown, "" where nothing may be."""

    number: int
    digest: Digest
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One finding as it was frozen, in words, with what the site says of it now and what was changed since."""

    finding: Finding
    number: int
    mark: Mark
    grade: str
    criterion: str
    due: str
    photos: tuple[Photo, ...]
    position: str
    reply: str
    changes: tuple[str, ...] = ()
    is_there: bool = True
    """Whether it is still among the findings."""


def slides_of(opened: OpenVisit, held: Held) -> tuple[Slide, ...]:
    """Put the frozen findings into the order in which they are told: what is good first, then by grade, the gravest first."""
    form, numbers = opened.form, {one.id: place for place, one in enumerate(held.findings, start=1)}
    order = {grade.key: place for place, grade in enumerate(form.finding_grades)}

    def told(one: Finding) -> tuple[bool, int, int]:
        return nature_of(opened, one.grade) != GOOD_PRACTICE, order.get(one.grade, 0), numbers[one.id]

    known = {one.id: one for one in opened.state.findings}
    return tuple(_slide(opened, held, one, (numbers[one.id], known.get(one.id))) for one in sorted(held.findings, key=told))


def _slide(opened: OpenVisit, held: Held, one: Finding, place: tuple[int, Finding | None]) -> Slide:
    number, now = place
    criterion = opened.form.criterion(one.criterion)
    reach = "" if nature_of(opened, one.grade) == GOOD_PRACTICE else _("Systemic") if one.systemic else _("Isolated")
    lines = [change_line(opened, change) for change in held.changes if change.subject == Subject(FINDING, one.id)]
    return Slide(
        finding=one,
        number=number,
        mark=grade_mark(opened.form, one.grade),
        grade=" · ".join(part for part in (grade_label(opened.form, one.grade), reach) if part),
        criterion=f"{one.criterion} {criterion.name if criterion else ''}".strip(),
        due=day_words(one.due),
        photos=_photos(held.provisional, opened.state, one),
        position=now.position if now else "",
        reply=now.site_reply if now else "",
        changes=tuple(
            _("{what}: {before} → {after}").format(what=a.what, before=a.before or "–", after=a.after or "–") if a.change.field else a.what
            for a in lines
        ),
        is_there=now is not None,
    )


def _photos(frozen: VisitState, now: VisitState, finding: Finding) -> tuple[Photo, ...]:
    """List the pictures of a finding as they may be shown to the site: never one that it objected to, but the agreed copy."""
    numbers = {
        one.digest: place for place, one in enumerate(sorted(now.evidence.values(), key=lambda one: (one.taken_in_at, one.digest)), start=1)
    }
    hidden = withheld(now)
    found = [link.evidence for link in frozen.links_to(Subject(FINDING, finding.id)) if link.evidence in now.evidence]
    pictures = [digest for digest in found if now.evidence[digest].media_type.startswith("image/")]
    return tuple(
        Photo(number=numbers[digest], digest=digest, shown=hidden.get(digest, digest))
        for digest in sorted(pictures, key=lambda one: numbers[one])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the site said so far, in findings."""

    findings: int
    agreed: int
    partly: int
    disagreed: int

    @property
    def words(self) -> str:
        """Say it in a line."""
        counts = (
            plural("{count} agreed", "{count} agreed", self.agreed) if self.agreed else "",
            plural("{count} in part", "{count} in part", self.partly) if self.partly else "",
            plural("{count} disagreed", "{count} disagreed", self.disagreed) if self.disagreed else "",
        )
        said = self.agreed + self.partly + self.disagreed
        left = plural("{count} not said yet", "{count} not said yet", self.findings - said) if self.findings - said else ""
        return " · ".join(part for part in (*counts, left) if part)


def tally(slides: Iterable[Slide]) -> Tally:
    """Count the site's positions."""
    said = [slide.position for slide in slides]
    return Tally(findings=len(said), agreed=said.count(AGREES), partly=said.count(PARTLY), disagreed=said.count(DISAGREES))


def slide_rows(slides: Iterable[Slide]) -> tuple[Row, ...]:
    """Make the rows of the meeting: each finding with what the site says of it."""
    return tuple(
        Row(
            key=slide.finding.id,
            title=slide.finding.title,
            number=str(slide.number),
            mark=slide.mark,
            hint=_said(slide),
            hint_wraps=True,
            hint_colour="does_not" if slide.position == DISAGREES else "muted",
            spoken=_("Finding {number}: {title}. {said}").format(number=slide.number, title=slide.finding.title, said=_said(slide)),
        )
        for slide in slides
    )


def _said(slide: Slide) -> str:
    if not slide.is_there:
        return _("withdrawn since")
    words = " ".join(slide.reply.split())
    return " · ".join(part for part in (slide.grade, position_words(slide.position) or _("not said yet"), words) if part)


def position_mark(position: str) -> Mark:
    """Give the mark of what the site says."""
    return POSITION_MARKS.get(position, OPEN)


def gap_rows(opened: OpenVisit, gaps: Iterable[Gap]) -> tuple[Row, ...]:
    """List what is worth mending before the findings are shown; keys are "stage:item"."""
    marks = {"error": BAD, "warning": HALF, "hint": WAITING}
    rows = []
    for gap in (gap for gap in gaps if gap.subject.kind in ABOUT_FINDINGS and gap.severity != "hint"):
        stage, item = way_of(opened.form, gap_key(gap))
        words = gap_words(gap)
        rows.append(Row(key=f"{stage}:{item}", title=words, mark=marks[gap.severity], spoken=words))
    return tuple(rows)


def meeting_of(state: VisitState) -> ClosingMeeting | None:
    """Give the closing meeting that counts: the latest one."""
    return state.closings[-1] if state.closings else None


def meeting_words(findings: int, *, is_over: bool) -> str:
    """Say what was frozen."""
    counted = plural("{count} finding", "{count} findings", findings)
    if is_over:
        return _("{findings} were shown as they stood when the meeting began.").format(findings=counted)
    return _("{findings} are frozen as they stood when the meeting began. What you change now is listed as a change.").format(
        findings=counted
    )


def meeting_mark(meeting: ClosingMeeting | None) -> Mark:
    """Give the mark of how far the meeting is."""
    return OPEN if meeting is None else GOOD if meeting.ended_at else WAITING
