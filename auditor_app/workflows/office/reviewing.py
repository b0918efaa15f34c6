"""Reviewing a bundle: questions asked and a decision taken, one round after another. What is returned is no more changed."""

from auditor_app.clock import moment_text
from auditor_app.domain.journal import Subject
from auditor_app.domain.reviews import ABOUTS, LONGEST_QUESTION, MOST_QUESTIONS, OUTCOMES
from auditor_app.errors import NotAllowed
from auditor_app.ids import new_id
from auditor_app.plain_text import one_line, paragraph, required
from auditor_app.register import reviews as rows
from auditor_app.register.register import open_register
from auditor_app.sqlite_driver import Database
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.review_state import Reviewing, ReviewLine, check_may, reviewing_in
from auditor_app.workflows.office.versions import read_version


def begin(office: Office, bundle: str, by: str = "", *, new_round: bool = False) -> Reviewing:
    """Begin the review of the newest version of a visit, or go on with the one in the making, which moves along to a newer version.

    Raises NotAllowed: "review_decided" when this version was decided of and no new round is asked for, "review_of_older_version".
    """
    with open_register(office.register) as db:
        found = reviewing_in(db, bundle)
        if not found.is_newest:
            raise NotAllowed("review_of_older_version", version=len(found.versions))
        if found.draft is None and found.decided is not None and not new_round:
            raise NotAllowed("review_decided", decision=found.decided.decision, round=found.decided.round)
        cleaned = {"by_whom": one_line(by, "by")} if by.strip() else {}
        if found.draft is None:
            beginning = {"review": new_id(office.clock), "visit": found.visit, "begun_at": moment_text(office.clock.now())}
            rows.add_review(db, {**beginning, "bundle": bundle, "round": len(found.rounds) + 1, **cleaned})
        elif found.draft.bundle != bundle or cleaned:
            rows.revise_review(db, found.draft.id, {"bundle": bundle, **cleaned})
        return reviewing_in(db, bundle)


def ask(office: Office, bundle: str, about: Subject, text: str) -> str:
    """Ask a question about a criterion, check or finding of a bundle, or about the whole (WHOLE); gives its id. Begins the review.

    Raises NotAllowed: "question_about_nothing" for what the bundle does not have, "questions_too_many", and what `begin` raises.
    """
    _check_there(office, bundle, about)
    words = _question(text)
    draft = _draft(begin(office, bundle))
    with open_register(office.register) as db:
        asked = rows.questions_of(db, rows.visit_of(db, bundle))
        if sum(one["review"] == draft.id for one in asked) >= MOST_QUESTIONS:
            raise NotAllowed("questions_too_many", most=MOST_QUESTIONS)
        question = new_id(office.clock)
        row = {"question": question, "review": draft.id, "visit": rows.visit_of(db, bundle), "about": about.kind, "subject": about.id}
        rows.add_question(db, {**row, "text": words, "asked_at": moment_text(office.clock.now())})
    return question


def change_question(office: Office, question: str, text: str) -> None:
    """Word a question of the review in the making otherwise. Raises NotAllowed("question_unknown"), "question_returned"."""
    words = _question(text)
    with open_register(office.register) as db:
        _known(db, question, returned=False)
        rows.revise_question(db, question, {"text": words})


def drop_question(office: Office, question: str) -> None:
    """Take a question out of the review in the making. Raises NotAllowed("question_unknown"), "question_returned"."""
    with open_register(office.register) as db:
        _known(db, question, returned=False)
        rows.remove_question(db, question)


def settle_question(office: Office, question: str, because: str) -> None:
    """Say why a question that was returned needs no reply any more; "" takes that back.

    Raises NotAllowed("question_unknown"), "question_not_returned".
    """
    with open_register(office.register) as db:
        _known(db, question, returned=True)
        rows.revise_question(db, question, {"settled": one_line(because, "because")})


def decide(office: Office, bundle: str, decision: str, words: str = "", by: str = "") -> Reviewing:
    """Decide of a bundle: "accepted", "returned" or "withdrawn", with words if wanted. It may be changed until it is returned.

    Raises NotAllowed: "choice_unknown", "review_questions_open" for accepting what has questions without a reply, "review_says_nothing"
    for returning without a question or words, "text_missing" without the name of who decides, and what `begin` raises.
    """
    if decision not in OUTCOMES:
        raise NotAllowed("choice_unknown", field="decision", value=decision, choices=", ".join(OUTCOMES))
    said = _not_longer(paragraph(words, "words").strip(), "words")
    found = begin(office, bundle, by)
    check_may(found, decision, said)
    draft = _draft(found)
    required(draft.by, "by")
    with open_register(office.register) as db:
        rows.revise_review(db, draft.id, {"decision": decision, "words": said})
        return reviewing_in(db, bundle)


def _check_there(office: Office, bundle: str, about: Subject) -> None:
    """Demand that a bundle has what a question is about."""
    read = read_version(office, bundle)
    criteria = read.form.criteria if read.form else ()
    there = {
        "criterion": {*read.state.criteria, *(str(one.number) for one in criteria)},
        "check": {*read.state.checks, *(check.id for one in criteria for check in one.checks)},
        "finding": {one.id for one in read.state.findings},
        "report": {"", *(one.id for one in read.record.reports)},
    }
    if about.kind not in ABOUTS or about.id not in there[about.kind]:
        raise NotAllowed("question_about_nothing", kind=about.kind, subject=about.id)


def _draft(found: Reviewing) -> ReviewLine:
    if found.draft is None:
        raise NotAllowed("review_undecided")
    return found.draft


def _known(db: Database, question: str, *, returned: bool) -> None:
    row = rows.question_row(db, question)
    if row is None:
        raise NotAllowed("question_unknown", question=question)
    if returned != bool(row["returned_at"]):
        raise NotAllowed("question_not_returned" if returned else "question_returned")


def _question(text: str) -> str:
    words = paragraph(text, "question").strip()
    if not words:
        raise NotAllowed("text_missing", place="question")
    return _not_longer(words, "question")


def _not_longer(text: str, place: str) -> str:
    if len(text) > LONGEST_QUESTION:
        raise NotAllowed("text_too_long", place=place, longest=LONGEST_QUESTION)
    return text
