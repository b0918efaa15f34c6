"""Equivalences in words that window, reports and quality share. Pure, in the language of the context."""

from datetime import date

from auditor_app.domain.equivalence import CARES, CREDITED, CREDITED_IN_PART, NOT_CREDITED, Equivalence, cares
from auditor_app.reporting.assessment import EquivalenceRow
from auditor_app.reporting.values import Fact, criteria_words
from auditor_app.translation import N_, _
from auditor_app.workflows.wording import date_words

DECISIONS = {CREDITED: N_("Credited"), CREDITED_IN_PART: N_("Credited in part"), NOT_CREDITED: N_("Not credited")}


def equivalence_row(one: Equivalence, today: date) -> EquivalenceRow:
    """Put a record into words as it stands on a day."""
    facts = (
        (_("Number"), one.number),
        (_("Issued by"), one.issuer),
        (_("Accreditation"), one.accreditation),
        (_("Issued"), date_words(one.issued)),
        (_("Expires"), date_words(one.expires)),
        (_("Last audit"), date_words(one.audited)),
        (_("Scope"), one.scope),
        (_("Open nonconformities"), one.nonconformities),
    )
    return EquivalenceRow(
        system=" ".join(part for part in (one.system, one.version) if part),
        facts=tuple(Fact(label=label, value=value) for label, value in facts if value.strip()),
        credited="\n".join(part for part in (criteria_words(one.criteria), one.checks) if part.strip()),
        decision=_(DECISIONS[one.decision]) if one.decision in DECISIONS else _("Not decided yet"),
        because=one.because,
        warnings=tuple(_(CARES[key]) for key in cares(one, today)),
    )
