"""What the photo review shows, as pure functions of a visit: photos, days, counts, objections. Free of Qt widgets."""

from dataclasses import dataclass

from auditor_app.domain.photo_review import Tally, is_copy_of, reviewable, shown_in, tally
from auditor_app.domain.photos import BLURRED, KEPT, NO_OBJECTION, SEEN, WITHDRAWN, Objection
from auditor_app.domain.visit import Evidence, VisitState
from auditor_app.ids import Digest
from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, PARTLY, WAITING, Mark
from auditor_app.ui.moments import captured_at, day_words, local_words
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.visits import OpenVisit

OBJECTED = "objected"
ANSWERS = {
    "": (OPEN, N_("Not shown yet")),
    SEEN: (WAITING, N_("Shown, nothing said")),
    NO_OBJECTION: (GOOD, N_("No objection")),
    OBJECTED: (BAD, N_("Objected")),
}
DECISIONS = {"": N_("Not settled"), KEPT: N_("Kept"), BLURRED: N_("Blurred"), WITHDRAWN: N_("Withdrawn")}
LACKS = {
    "decision": N_("not settled yet: the photo is not printed until it is"),
    "because": N_("kept, but it is not said why"),
    "instead": N_("to be blurred: no copy is chosen yet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One photo or film as the site sees it: its number in the report and when it was taken; never what it is called."""

    digest: Digest
    number: int
    when: str
    day: str
    media_type: str

    @property
    def is_film(self) -> bool:
        """Say whether it moves, so that another program must show it."""
        return self.media_type.startswith("video/")


def numbers_of(state: VisitState) -> dict[Digest, int]:
    """Number all evidence as the report does."""
    in_order = sorted(state.evidence.values(), key=lambda one: (one.taken_in_at, one.digest))
    return {one.digest: number for number, one in enumerate(in_order, start=1)}


def photos_to_show(opened: OpenVisit, day: str = "") -> tuple[Photo, ...]:
    """List the photos of a day ("" for all): what the site has not seen yet first."""
    numbers, seen = numbers_of(opened.state), shown_in(opened.state)
    photos = [_photo(one, numbers[one.digest]) for one in reviewable(opened.state)]
    return tuple(sorted((one for one in photos if day in {"", one.day}), key=lambda one: (one.digest in seen, one.number)))


def days_of(opened: OpenVisit) -> tuple[tuple[str, str], ...]:
    """List the days on which photos were taken, with words that count them."""
    days = [_day(one) for one in reviewable(opened.state)]
    return tuple((day, f"{day_words(day)} ({days.count(day)})") for day in sorted(set(days)))


def answer_of(opened: OpenVisit, digest: str) -> str:
    """Tell what the site said of a photo, in any session: a key of ANSWERS."""
    return shown_in(opened.state).get(digest, "")


def count_words(counted: Tally) -> str:
    """Count how far a review is."""
    parts = (
        plural("{count} shown", "{count} shown", counted.shown),
        plural("{count} without objection", "{count} without objection", counted.no_objection),
        plural("{count} objected to", "{count} objected to", counted.objected),
        plural("{count} left", "{count} left", counted.left) if counted.left else _("none left"),
    )
    return " · ".join(parts)


def session_words(state: VisitState, review: str) -> str:
    """Count what was shown in one session."""
    counted = tally(state, review)
    if not counted.shown:
        return _("nothing shown yet")
    shown = plural("{count} photo shown", "{count} photos shown", counted.shown)
    return f"{shown} · {plural('{count} objected to', '{count} objected to', counted.objected)}"


def copies_of(opened: OpenVisit, digest: str) -> tuple[Evidence, ...]:
    """List the copies of a photo, the latest first."""
    copies = [one for one in opened.state.evidence.values() if is_copy_of(opened.state, one.digest, digest)]
    return tuple(sorted(copies, key=lambda one: one.taken_in_at, reverse=True))


def objection_rows(opened: OpenVisit) -> tuple[Row, ...]:
    """List the objections, those that are not settled first."""
    numbers = numbers_of(opened.state)
    known = [one for one in opened.state.objections if Digest(one.evidence) in numbers]
    return tuple(_row(one, numbers) for one in sorted(known, key=lambda one: (not one.lacks, numbers[Digest(one.evidence)])))


def objection_in(opened: OpenVisit, review: str, digest: str) -> Objection | None:
    """Find the objection to a photo that a session speaks of: its own, otherwise the latest that is not settled."""
    found = [one for one in opened.state.objections if one.evidence == digest and (one.review == review or one.lacks)]
    return max(found, key=lambda one: (one.review == review, one.id), default=None)


def outcome_words(one: Objection, numbers: dict[Digest, int]) -> str:
    """Say what became of an objection."""
    if one.lacks:
        return _(LACKS[one.lacks])
    if one.decision == KEPT:
        return _("kept: {reason}").format(reason=one.because)
    if one.decision == BLURRED:
        return _("copy {number} is printed instead").format(number=numbers.get(Digest(one.instead), "–"))
    return _("withdrawn: no picture is printed")


def _row(one: Objection, numbers: dict[Digest, int]) -> Row:
    title, outcome = f"{one.by}: {one.why}" if one.by else one.why, outcome_words(one, numbers)
    return Row(
        key=one.id,
        number=str(numbers[Digest(one.evidence)]),
        title=title,
        mark=_mark(one),
        hint=outcome[:1].upper() + outcome[1:],
        hint_colour="partially" if one.lacks else "muted",
        side=_(DECISIONS.get(one.decision, one.decision)),
        spoken=_("Photo {number}, {title}. {outcome}").format(number=numbers[Digest(one.evidence)], title=title, outcome=outcome),
    )


def _mark(one: Objection) -> Mark:
    if one.lacks:
        return PARTLY
    return OUTSIDE if one.decision == WITHDRAWN else GOOD


def _photo(one: Evidence, number: int) -> Photo:
    taken = captured_at(one.captured.get("at", ""), one.captured.get("offset", ""))
    return Photo(digest=one.digest, number=number, when=taken or local_words(one.taken_in_at), day=_day(one), media_type=one.media_type)


def _day(one: Evidence) -> str:
    return str(one.captured.get("at", ""))[:10] or one.taken_in_at[:10]
