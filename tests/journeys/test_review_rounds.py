"""A visit goes to the office over a mailbox, comes back with questions, goes again with the replies, and is accepted."""

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.reviews import QUESTION
from auditor_app.domain.visit import CRITERION, FINDING
from auditor_app.errors import NotAllowed
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.findings import raise_finding, revise_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.receiving import receive_mailbox
from auditor_app.workflows.office.returning import return_review
from auditor_app.workflows.office.review_state import OPEN, reviewing
from auditor_app.workflows.office.reviewing import ask, decide
from auditor_app.workflows.office.versions import differences
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.reviews import reply, since_read
from auditor_app.workflows.sending import send
from auditor_app.workflows.visits import close_visit, list_visits
from auditor_app.workflows.workspaces import check


@pytest.fixture
def handed_over(enrolled, visit, office):
    """Hand the visit over as it stands, over the mailbox; gives the bundle that the office received."""

    def again() -> str:
        make_report(enrolled, visit, sign=True)
        send(enrolled, make_bundle(enrolled, visit).id)
        (received,) = [one.bundle for one in receive_mailbox(office) if one.outcome == "received"]
        return received

    return again


@pytest.fixture
def finding(enrolled, visit) -> str:
    """The one finding of a visit that is rated throughout and closed."""
    for number in range(1, 34):
        rate(enrolled, visit, str(number), "fully")
    rate(enrolled, visit, "17", "partially", because="One of five was missing.")
    raised, _changes = raise_finding(enrolled, visit, "17", "Guard missing", statement="One of five guards was missing.")
    close_visit(enrolled, visit)
    return raised


@pytest.fixture
def answer(enrolled, visit, finding, sample_photo, tmp_path):
    """Reply to the two questions, show a photo and word the finding anew."""

    def done(on_criterion: str, on_finding: str) -> None:
        reply(enrolled, visit, on_criterion, "Units 1 to 5, all of line A.")
        reply(enrolled, visit, on_finding, "It is back in place.")
        take_in(enrolled, visit, sample_photo(tmp_path / "card" / "guard.jpg"), targets=[Subject(FINDING, finding)])
        revise_finding(enrolled, visit, finding, statement="One of five guards was missing; it is back.", reason="Asked by the office.")

    return done


def test_two_rounds_from_the_first_bundle_to_the_accepted_one(enrolled, visit, office, finding, handed_over, answer):
    first = handed_over()
    on_criterion = ask(office, first, Subject(CRITERION, "17"), "Which units were sampled?")
    on_finding = ask(office, first, Subject(FINDING, finding), "Show the guard in place.")
    decide(office, first, "returned", "Please answer and show.", "Rosa Quispe")
    return_review(office, first)
    assert {one.kind for one in fetch(enrolled).news} == {"receipt", "review"}
    assert list_visits(enrolled)[0].state == "open"
    assert since_read(enrolled, visit).changes == ()

    answer(on_criterion, on_finding)
    seen_here = since_read(enrolled, visit).changes
    second = handed_over()

    found = reviewing(office, second)
    assert [(one.number, one.bundle, one.decision) for one in found.versions] == [(1, first, "returned"), (2, second, "")]
    assert [one.reply for one in found.questions] == ["Units 1 to 5, all of line A.", "It is back in place."]
    assert found.in_state(OPEN) == ()
    told = differences(office, first, second)
    assert {(one.subject.kind, one.kind, one.field) for one in told} == {
        (QUESTION, "changed", "reply"),
        (FINDING, "changed", "statement"),
        (FINDING, "changed", "supports"),
        ("evidence", "raised", ""),
    }
    assert told == seen_here
    assert [one.reason for one in told if one.field == "statement"] == ["Asked by the office."]

    decide(office, second, "accepted", "Thank you.", "Rosa Quispe")
    return_review(office, second)
    fetch(enrolled)
    state = enrolled.visit(visit)
    assert [(one.round, one.decision, one.bundle) for one in state.decisions] == [(1, "returned", first), (2, "accepted", second)]
    assert list_visits(enrolled)[0].state == "closed"
    with pytest.raises(NotAllowed, match="review_decided"):
        decide(office, second, "returned", "After all.", "Rosa Quispe")
    assert check(enrolled, deep=True) == []
