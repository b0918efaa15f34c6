"""What may leave the circle of auditors, office and site: one table for every field, at the source. Pure.

What is not in the table is confidential: a field that is added later stays out of the public summary until someone puts it here.
"""

from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.findings import FINDING
from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.journal import Heads
from auditor_app.domain.visit import CRITERION, VISIT, VisitState, read_visit

PUBLIC: dict[str, frozenset[str]] = {
    VISIT: frozenset(
        {
            "site",
            "company",
            "country",
            "location",
            "site_type",
            "kind",
            "form",
            "form_digest",
            "starts_on",
            "ends_on",
            "office",
            "metals",
            "products",
            "period",
            "scope",
            "exclusions",
        }
    ),
    CRITERION: frozenset({"rating", "applies"}),
    EQUIVALENCE: frozenset({"system", "version", "expires", "criteria", "decision"}),
    FINDING: frozenset({"criterion", "grade", "title", "systemic", "action", "due", "state", "closed_on"}),
}
"""The fields that the public summary may print."""

SEALED: dict[str, frozenset[str]] = {
    INTERVIEW: frozenset({"summary", "place", "minutes", "interpreter", "gender", "shift", "union", "community", "employer"}),
    QUOTE: frozenset({"original", "interpreted"}),
}
"""What people said, and what they could be known by: in no report at all, only in the record that is sealed to the office."""


def public_view(state_of: Heads, visit: VisitState) -> VisitState:
    """Read a visit again from its public fields alone: what is confidential is not there."""
    allowed = {where: found for where, found in state_of.items() if where.name in PUBLIC.get(where.subject.kind, ())}
    return read_visit(visit.id, allowed)
