"""What the office's decision means for a person who goes on changing the visit."""

from auditor_app.domain.reviews import ACCEPTED, latest_decision
from auditor_app.domain.visit import VisitState
from auditor_app.translation import _


def late_words(state: VisitState) -> str:
    """Warn of a change to a visit that the office has closed for good; "" while it has not."""
    decision = latest_decision(state.decisions)
    if decision is None or not decision.is_final:
        return ""
    if decision.decision == ACCEPTED:
        return _("The office has accepted this visit. Your change is saved, but it is not part of what was accepted.")
    return _("The office goes no further with this visit. Your change is saved, but the office will not look at it.")
