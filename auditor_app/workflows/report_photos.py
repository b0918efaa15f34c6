"""What a report says of the site's review of photos: sessions, objections, and which pictures are not printed. Pure."""

from auditor_app.domain.photo_review import DEMANDED, YES, tally
from auditor_app.domain.photos import BLURRED, KEPT, WITHDRAWN, Objection, PhotoReview
from auditor_app.domain.visit import VisitState
from auditor_app.ids import Digest
from auditor_app.reporting.content import ObjectionRow, PhotoReviewBlock, ReviewSession
from auditor_app.translation import _
from auditor_app.workflows.wording import date_words


def review_block(state: VisitState, numbers: dict[Digest, str]) -> PhotoReviewBlock | None:
    """Gather the review; `numbers` are those of the evidence. None where there is nothing to say."""
    demanded = state.facts.get(DEMANDED) == YES
    objections = [one for one in state.objections if one.evidence in numbers]
    if not (demanded or state.reviews or objections):
        return None
    counted = tally(state)
    return PhotoReviewBlock(
        demanded=demanded,
        photos=counted.photos,
        shown=counted.shown,
        sessions=tuple(_session(state, one) for one in state.reviews),
        objections=tuple(_objection(one, numbers) for one in objections),
    )


def _session(state: VisitState, one: PhotoReview) -> ReviewSession:
    counted = tally(state, one.id)
    return ReviewSession(
        held=held_words(one.held_at),
        present=one.present,
        note=one.note,
        shown=counted.shown,
        no_objection=counted.no_objection,
        objected=counted.objected,
    )


def held_words(text: str) -> str:
    """Write when a session was held by the site's clocks: a day, a day and a time (2026-11-19 16:40), or whatever was written."""
    day, _space, time = text.partition(" ")
    return f"{date_words(day)}, {time}" if time else date_words(day)


def _objection(one: Objection, numbers: dict[Digest, str]) -> ObjectionRow:
    return ObjectionRow(number=numbers[Digest(one.evidence)], by=one.by, why=one.why, outcome=_outcome(one, numbers))


def _outcome(one: Objection, numbers: dict[Digest, str]) -> str:
    words = _decided(one, numbers)
    return _("{decision}: {reason}").format(decision=words, reason=one.because) if one.because.strip() else words


def _decided(one: Objection, numbers: dict[Digest, str]) -> str:
    copy = numbers.get(Digest(one.instead), "")
    if one.decision == KEPT:
        return _("Kept")
    if one.decision == BLURRED and copy:
        return _("Blurred: copy no. {number} is shown instead").format(number=copy)
    if one.decision == BLURRED:
        return _("To be blurred; not shown until then")
    return _("Withdrawn: not shown in this report") if one.decision == WITHDRAWN else _("Not settled; not shown until it is")
