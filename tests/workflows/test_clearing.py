"""What leaves the mailbox, when, and that nothing is lost by it."""

import pytest

from auditor_app.workflows.hand_over import hand_overs, make_bundle
from auditor_app.workflows.office.receiving import receive_mailbox, receive_path
from auditor_app.workflows.office.returning import return_review
from auditor_app.workflows.office.reviewing import decide
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import look_again, send
from auditor_app.workflows.visits import describe_visit

BY = "Eva Oficina"


@pytest.fixture
def inbox(tmp_path):
    return tmp_path / "mailbox" / "inbox"


@pytest.fixture
def sent(with_photo, visit):
    """Hands the visit over by mailbox, each time as a new version."""

    def another(scope: str = "") -> str:
        describe_visit(with_photo, visit, {"scope": scope})
        made = make_bundle(with_photo, visit).id
        send(with_photo, made)
        return made

    make_report(with_photo, visit, sign=True)
    return another


def decided(office, bundle: str, decision: str) -> None:
    decide(office, bundle, decision, "Read.", BY)
    return_review(office, bundle)


def outcomes(results) -> list[tuple[str, str, bool]]:
    return [(one.bundle, one.outcome, one.taken_out) for one in results]


@pytest.mark.parametrize("decision", ["accepted", "withdrawn"])
def test_a_visit_that_is_done_with_leaves_the_mailbox_with_all_its_bundles(office, with_photo, sent, inbox, decision):
    first = sent()
    assert outcomes(receive_mailbox(office)) == [(first, "received", False)]
    decided(office, first, "returned")
    second = sent("All areas")
    receive_mailbox(office)
    decided(office, second, decision)
    assert outcomes(receive_mailbox(office)) == [(first, "known", True), (second, "known", True)]
    assert list(inbox.iterdir()) == []
    assert receive_mailbox(office) == []
    fetch(with_photo)
    assert look_again(with_photo) == [], "the office has signed for it, so it need not be there"


def test_what_may_come_again_stays_and_the_next_version_sends_only_what_is_new(office, with_photo, visit, sent, inbox):
    first = sent()
    receive_mailbox(office)
    decided(office, first, "returned")
    assert outcomes(receive_mailbox(office)) == [(first, "known", False)]
    describe_visit(with_photo, visit, {"scope": "All areas"})
    second = make_bundle(with_photo, visit)
    assert send(with_photo, second.id).skipped > 0
    assert (inbox / first / "bundle.json").is_file()


def test_a_laptop_that_comes_late_finds_its_receipt_and_sends_nothing_again(office, with_photo, visit, sent, inbox):
    bundle = sent()
    receive_mailbox(office)
    decided(office, bundle, "accepted")
    receive_mailbox(office)
    assert list(inbox.iterdir()) == []
    assert fetch(with_photo).about("receipt") == [bundle]
    assert look_again(with_photo) == []
    assert hand_overs(with_photo, visit)[0].received_at


def test_a_visit_that_comes_again_after_all_sends_everything_and_is_received(office, with_photo, sent):
    bundle = sent()
    receive_mailbox(office)
    decided(office, bundle, "accepted")
    receive_mailbox(office)
    again = sent("All areas")
    assert outcomes(receive_mailbox(office)) == [(again, "received", False)]


def test_nothing_leaves_while_another_bundle_of_the_visit_waits(office, sent, inbox):
    first = sent()
    receive_mailbox(office)
    second = sent("All areas")
    decided(office, first, "accepted")
    receive_mailbox(office)
    assert (inbox / first / "bundle.json").is_file(), "its newest version is not decided"
    third = sent("All areas and the port")
    decided(office, second, "accepted")
    part = max(inbox.glob("*/objects/*"), key=lambda path: path.stat().st_mtime_ns)
    part.write_bytes(bytes(part.stat().st_size))
    assert (third, "damaged", False) in outcomes(receive_mailbox(office))
    assert {path.parent.name for path in inbox.glob("*/bundle.json")} == {first, second, third}


def test_nothing_leaves_that_the_office_does_not_hold(office, sent, inbox):
    bundle = sent()
    receive_mailbox(office)
    decided(office, bundle, "accepted")
    lost = next((office.received / bundle).glob("data/evidence/*"))
    kept = lost.read_bytes()
    lost.write_bytes(kept[:-1])
    assert outcomes(receive_mailbox(office)) == [(bundle, "known", False)]
    lost.write_bytes(kept)
    assert outcomes(receive_mailbox(office)) == [(bundle, "known", True)]


def test_a_refused_bundle_goes_with_its_visit_and_stays_in_quarantine(office, with_photo, visit, sent, inbox):
    older = sent()
    describe_visit(with_photo, visit, {"scope": "All areas"})
    newer = make_bundle(with_photo, visit)
    assert receive_path(office, with_photo.outgoing / newer.id).outcome == "received"
    send(with_photo, newer.id)
    assert (older, "refused", False) in outcomes(receive_mailbox(office))
    decided(office, newer.id, "accepted")
    receive_mailbox(office)
    assert list(inbox.iterdir()) == []
    assert (office.quarantine / older).is_dir()
