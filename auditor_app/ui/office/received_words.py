"""What was received, and what became of a bundle, in words. Free of Qt widgets."""

from auditor_app.domain.reviews import ACCEPTED, RETURNED, WITHDRAWN
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, PARTLY, WAITING, Mark
from auditor_app.ui.moments import local_words
from auditor_app.ui.screens.verification.words import reason_words
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.answers import QUESTIONS, Answer
from auditor_app.workflows.difference_words import decision_words
from auditor_app.workflows.office.reading import ReceivedBundle
from auditor_app.workflows.office.refusing import Received

DECISION_MARKS: dict[str, Mark] = {ACCEPTED: GOOD, RETURNED: PARTLY, WITHDRAWN: OUTSIDE}
"""By what was decided of a bundle."""


def bundle_row(one: ReceivedBundle) -> Row:
    """Show a received bundle as a line of the list."""
    version = _("version {number} of {count}").format(number=one.version, count=one.versions)
    about = " · ".join(part for part in (one.company, one.auditor, version, local_words(one.received_at)) if part)
    state = review_words(one)
    return Row(key=one.bundle, title=one.site, mark=review_mark(one), hint=about, side=state, spoken=f"{one.site}, {about}, {state}")


def review_words(one: ReceivedBundle) -> str:
    """Say how far the review of a bundle is."""
    if one.decision:
        replied = _("{answered} of {asked} answered").format(answered=one.answered, asked=one.asked)
        waits = one.decision == RETURNED and one.asked
        return f"{decision_words(one.decision)} · {replied}" if waits else decision_words(one.decision)
    if one.is_begun:
        return plural("{count} question, not sent", "{count} questions, not sent", one.drafts) if one.drafts else _("review begun")
    return _("not reviewed yet") if one.is_newest else _("a newer version is there")


def review_mark(one: ReceivedBundle) -> Mark:
    """Give the mark beside those words."""
    if one.decision:
        return DECISION_MARKS[one.decision]
    return WAITING if one.is_begun else OPEN if one.is_newest else OUTSIDE


def outcome_words(one: Received) -> str:
    """Say what became of one bundle, or of a place of the mailbox."""
    words = {
        "received": _("{site}: received").format(site=one.site or one.bundle[:12]),
        "known": _("{bundle}…: received before").format(bundle=one.bundle[:12]),
        "refused": _("{bundle}…: refused").format(bundle=one.bundle[:12]),
        "damaged": _("{bundle}…: damaged in the mailbox").format(bundle=one.bundle[:12]),
        "waits": _("{bundle}…: waits, there is no room for it now").format(bundle=one.bundle[:12]),
    }
    return words.get(one.outcome, one.outcome.replace("_", " "))


def outcome_mark(one: Received) -> Mark:
    """Give the mark beside those words."""
    return {"received": GOOD, "known": GOOD, "waits": WAITING}.get(one.outcome, BAD)


def outcome_reasons(one: Received) -> tuple[str, ...]:
    """Give the reasons of a bundle that was not received, each with what was asked and where."""
    wrong = tuple(_reason(answer) for answer in one.answers if answer.answer != "yes") if one.outcome not in {"received", "known"} else ()
    return (*wrong, *([one.words or one.reason] if one.words or one.reason else []))


def _reason(answer: Answer) -> str:
    question = _(QUESTIONS.get(answer.question, answer.question))
    where = ", ".join(answer.places[:3]) + (" …" if len(answer.places) > 3 else "")
    return " ".join(part for part in (question, reason_words(answer.reason), f"({where})" if where else "") if part)
