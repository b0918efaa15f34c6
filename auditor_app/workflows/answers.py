"""How checks answer: separate questions, each yes, no or not checked, with the reason and the places. Never one boolean."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor_app.translation import N_

YES, NO, NOT_CHECKED = "yes", "no", "not_checked"

QUESTIONS = {
    "bag_intact": N_("Is the bundle intact, with nothing missing, added or changed?"),
    "signature_valid": N_("Is the signature over the bundle valid?"),
    "signer_trusted": N_("Is the signer one whom the office trusts?"),
    "record_opens": N_("Can the record be opened and read?"),
    "journal_unbroken": N_("Is every chain of the journal unbroken?"),
    "evidence_complete": N_("Is all evidence there that the record names?"),
    "evidence_right": N_("Is every piece of evidence what its digest says?"),
    "form_known": N_("Is the form of the visit known here?"),
    "form_right": N_("Is the form in the record what its digest says?"),
    "report_right": N_("Is every report what its digest says?"),
    "report_signature_valid": N_("Is the signature in every report valid?"),
    "report_signer_trusted": N_("Is the signer of every report one whom the office trusts?"),
    "report_whole_file_signed": N_("Does the signature cover the whole of every report?"),
    "report_unchanged": N_("Is every report unchanged since it was signed?"),
    "report_in_bundle": N_("Is this report one of the bundle's, by the digest of what was signed?"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer; `reason` is a stable code for whatever is not a plain yes, `places` names the files or entries at fault."""

    question: str
    answer: str
    reason: str = ""
    places: tuple[str, ...] = ()


@dataclass(slots=True)
class Answers:
    """Answers as they come in, one for each question; a "no" is never taken back by a later "yes"."""

    given: dict[str, Answer] = field(default_factory=dict)

    def yes(self, question: str) -> None:
        """Answer yes, unless it was answered otherwise."""
        self.given.setdefault(question, Answer(question=question, answer=YES))

    def no(self, question: str, reason: str, places: Iterable[str] = ()) -> None:
        """Answer no, adding places to an earlier no."""
        before = self.given.get(question)
        old = before.places if before and before.answer == NO else ()
        first = before.reason if before and before.answer == NO else reason
        self.given[question] = Answer(question=question, answer=NO, reason=first, places=tuple(dict.fromkeys((*old, *places))))

    def not_checked(self, reason: str, *questions: str) -> None:
        """Leave questions open, unless they were answered no."""
        for question in questions:
            before = self.given.get(question)
            if before is None or before.answer == YES:
                self.given[question] = Answer(question=question, answer=NOT_CHECKED, reason=reason)

    def holds(self, question: str, verdict: bool | None, reason: str | None, places: Iterable[str]) -> None:
        """Answer from a verdict: True, False, or None for not checked."""
        if verdict:
            self.yes(question)
        elif verdict is None:
            self.not_checked(reason or "", question)
        else:
            self.no(question, reason or "", places)

    def in_order(self) -> tuple[Answer, ...]:
        """Give the answers in the order in which the questions are asked."""
        return tuple(self.given[question] for question in QUESTIONS if question in self.given)
