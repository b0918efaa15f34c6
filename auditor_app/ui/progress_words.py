"""How far a visit is, as header, rail and the list of visits say it: pure functions."""

from auditor_app.domain.coverage import heard_of
from auditor_app.domain.reviews import ACCEPTED, RETURNED, latest_decision
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, WAITING, Mark
from auditor_app.workflows.custody import HandOverState
from auditor_app.workflows.visits import OpenVisit


def rated_of(opened: OpenVisit) -> tuple[int, int]:
    """Count the criteria with a rating, and all of them."""
    known = opened.state.criteria
    numbers = [str(one.number) for one in opened.form.criteria]
    return sum(bool(number in known and known[number].rating) for number in numbers), len(numbers)


def subtitle_of(opened: OpenVisit) -> str:
    """Name the kind of the visit and the standard."""
    form = opened.form
    kind = next((choice.label for choice in form.visit_kinds if choice.key == opened.state.facts.get("kind")), "")
    return " · ".join(part for part in (kind, form.title, final_words(opened)) if part)


def final_words(opened: OpenVisit) -> str:
    """Say that the office closed a visit for good; "" while it has not."""
    decision = latest_decision(opened.state.decisions)
    return _final_words(decision.decision) if decision and decision.is_final else ""


def hand_over_words(state: HandOverState) -> tuple[str, Mark, str]:
    """Say how far the hand-over of a visit is, with a mark and the role of the words; nothing before there is a bundle.

    *Sent* is never said: before the receipt it is in the mailbox.
    """
    if state.waiting:
        return plural("{count} bundle waits to be sent", "{count} bundles wait to be sent", state.waiting), OPEN, "strong"
    if state.unanswered:
        return _("In the mailbox, waiting for the receipt"), WAITING, "copper"
    if state.refused:
        return _("Refused by the office: see Hand over"), BAD, "error"
    if state.decision == RETURNED:
        left = plural("{count} to answer", "{count} to answer", state.to_answer) if state.to_answer else _("all answered")
        return _("Returned: {left}").format(left=left), WAITING, "copper"
    if state.decision:
        words = _final_words(state.decision)
        accepted = state.decision == ACCEPTED
        return words[:1].upper() + words[1:], GOOD if accepted else OUTSIDE, "fully" if accepted else "strong"
    return (_("Received by the office"), GOOD, "fully") if state.received else ("", OPEN, "muted")


def _final_words(decision: str) -> str:
    return _("accepted by the office") if decision == ACCEPTED else _("withdrawn by the office")


def counts_of(opened: OpenVisit) -> dict[str, str]:
    """Give the short counts beside the stages, by stage; nothing beside those that have nothing yet."""
    state, (rated, criteria) = opened.state, rated_of(opened)
    heard, planned = heard_of(state)
    interviews = f"{heard}/{planned}" if planned else str(heard or "")
    evidence, findings = (str(len(things) or "") for things in (state.evidence, state.findings))
    said = sum(one.was_answered for one in state.findings)
    closing = f"{said}/{len(state.findings)}" if state.closings and state.findings else ""
    asked = state.questions
    answered = f"{sum(one.is_answered for one in asked)}/{len(asked)}" if asked else ""
    counts = {"criteria": f"{rated}/{criteria}", "evidence": evidence, "findings": findings, "interviews": interviews, "closing": closing}
    return {**counts, "hand_over": answered}
