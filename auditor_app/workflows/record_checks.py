"""Checking what an opened record says: its journal, the visit that it tells, and its form."""

from collections.abc import Sequence

from auditor_app.bundle import names
from auditor_app.bundle.record import Record, form_of
from auditor_app.digests import sha256_of
from auditor_app.domain.fields import check_value
from auditor_app.domain.journal import Entry, chain_heads, check_replacements, fold, merge
from auditor_app.domain.visit import VisitState, read_visit
from auditor_app.errors import Corrupted
from auditor_app.ids import VisitId
from auditor_app.workflows.answers import Answers
from auditor_app.workflows.forms import forms_at_hand


def check_journal(answers: Answers, record: Record) -> VisitState | None:
    """Answer whether a record's journal is whole and whether its form is known here; gives the visit that it tells, None if broken."""
    try:
        visit = read_visit(VisitId(record.head.visit), fold(checked_entries(record.entries, VisitId(record.head.visit))))
    except Corrupted as error:
        answers.no("journal_unbroken", error.code, [f"{names.RECORD}: {error}"])
        answers.not_checked("journal_broken", "form_known")
        return None
    answers.yes("journal_unbroken")
    _check_form_known(answers, record, visit)
    return visit


def checked_entries(entries: Sequence[Entry], visit: VisitId) -> list[Entry]:
    """Demand that entries from outside are one visit's whole and unbroken journal, with known fields only. Raises Corrupted."""
    united = list(merge(entries).values())
    if len(united) != len(entries) or {entry.visit for entry in united} != {visit}:
        raise Corrupted("journal_of_other_visit", place=names.RECORD)
    chain_heads(united)
    check_replacements(united)
    for entry in united:
        check_value(entry)
    return united


def _check_form_known(answers: Answers, record: Record, visit: VisitState) -> None:
    if visit.facts.get("form_digest") != record.head.form_digest:
        answers.no("form_known", "form_differs", [names.RECORD])
    elif any(form.digest == record.head.form_digest for form in forms_at_hand()):
        answers.yes("form_known")
    else:
        answers.not_checked("form_not_here", "form_known")


def check_carried_form(answers: Answers, record: Record) -> None:
    """Answer whether the form that a record carries is what its digest says, and one that could be used."""
    if not record.form:
        answers.not_checked("no_form", "form_right")
    elif sha256_of(record.form) != record.head.form_digest:
        answers.no("form_right", "digest_differs", [names.RECORD])
    else:
        try:
            form_of(record)
            answers.yes("form_right")
        except Corrupted:
            answers.no("form_right", "form_wrong", [names.RECORD])
