"""How far a visit is, as header and rail say it: pure functions of the visit."""

from auditor_app.domain.coverage import cover_quotas
from auditor_app.domain.reviews import ACCEPTED, latest_decision
from auditor_app.translation import _
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
    if decision is None or not decision.is_final:
        return ""
    return _("accepted by the office") if decision.decision == ACCEPTED else _("withdrawn by the office")


def late_words(opened: OpenVisit) -> str:
    """Warn of a change to a visit that the office has closed for good; "" while it has not."""
    decision = latest_decision(opened.state.decisions)
    if decision is None or not decision.is_final:
        return ""
    if decision.decision == ACCEPTED:
        return _("The office has accepted this visit. Your change is saved, but it is not part of what was accepted.")
    return _("The office goes no further with this visit. Your change is saved, but the office will not look at it.")


def counts_of(opened: OpenVisit) -> dict[str, str]:
    """Give the short counts beside the stages, by stage; nothing beside those that have nothing yet."""
    state, (rated, criteria) = opened.state, rated_of(opened)
    lines = cover_quotas(state)
    heard, planned = sum(min(one.heard, one.quota.planned) for one in lines), sum(one.quota.planned for one in lines)
    interviews = f"{heard}/{planned}" if planned else str(len(state.interviews) or "")
    evidence, findings = (str(len(things) or "") for things in (state.evidence, state.findings))
    said = sum(one.was_answered for one in state.findings)
    closing = f"{said}/{len(state.findings)}" if state.closings and state.findings else ""
    asked = state.questions
    answered = f"{sum(one.is_answered for one in asked)}/{len(asked)}" if asked else ""
    counts = {"criteria": f"{rated}/{criteria}", "evidence": evidence, "findings": findings, "interviews": interviews, "closing": closing}
    return {**counts, "hand_over": answered}
