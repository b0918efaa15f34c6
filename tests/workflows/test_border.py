"""Before a border: what leaves the laptop, what stays for the next days, and what stays because nobody has signed for it."""

from datetime import date, timedelta

import pytest

from auditor_app.errors import Cancelled, NotAllowed, Unavailable
from auditor_app.workflows.border import before_border, cross_border
from auditor_app.workflows.evidence import original_bytes, small_picture
from auditor_app.workflows.hand_over import hand_overs, make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.mail import Taking
from auditor_app.workflows.office.receiving import receipt_letter, receive_path
from auditor_app.workflows.receipts import release, take_receipt
from auditor_app.workflows.reports import list_reports, make_report, report_bytes
from auditor_app.workflows.sending import plan_sending
from auditor_app.workflows.sending_queue import queue
from auditor_app.workflows.visits import begin_visit, describe_visit
from auditor_app.workflows.workspaces import check

MANY = 1 << 30


@pytest.fixture
def laptop(enrolled, visit, sample_photo, tmp_path):
    """A workspace with evidence in a visit of last week, and another visit next week without any."""
    describe_visit(enrolled, visit, {"starts_on": _day(enrolled, -9), "ends_on": _day(enrolled, -7)})
    take_in(enrolled, visit, sample_photo(tmp_path / "photo.jpg"))
    later, _ = begin_visit(enrolled, "copper-mark-rra-3.0", {"site": "Puerto", "site_type": "mine"})
    describe_visit(enrolled, later, {"starts_on": _day(enrolled, 3), "ends_on": _day(enrolled, 5)})
    return enrolled


def _day(workspace, days: int) -> str:
    return date.fromordinal(workspace.clock.now().astimezone().date().toordinal() + days).isoformat()


def hand_over(workspace, visit, office, folder) -> None:
    make_report(workspace, visit, sign=True)
    made = make_bundle(workspace, visit, out=folder).id
    assert receive_path(office, folder).outcome == "received"
    take_receipt(workspace, Taking(name="receipt", letter=receipt_letter(office, made)))


def at_border(workspace, visit, **asked):
    return next(one for one in before_border(workspace, **asked) if one.visit == visit)


def test_what_the_office_has_signed_for_leaves_with_its_small_picture_and_the_journal_stays(laptop, visit, office, tmp_path):
    (digest,) = laptop.visit(visit).evidence
    hand_over(laptop, visit, office, tmp_path / "bundle")
    assert small_picture(laptop, digest)
    told = at_border(laptop, visit)
    assert (told.stays, told.leaving, told.without_receipt) == (False, 2, 0), "the photo and the signed report"
    keep = {one.visit for one in before_border(laptop) if one.stays}
    gone = cross_border(laptop, keep)
    assert (gone.files, gone.size) == (told.leaving, told.size)
    assert small_picture(laptop, digest) is None
    with pytest.raises(Unavailable):
        original_bytes(laptop, digest, limit=MANY)
    with pytest.raises(Unavailable):
        report_bytes(laptop, list_reports(laptop, visit)[0])
    assert not any((laptop.outgoing / hand_overs(laptop, visit)[0].id).glob("**/*"))
    assert laptop.visit(visit).evidence[digest].name
    assert check(laptop, deep=True) == []
    assert cross_border(laptop, keep).files == 0
    assert at_border(laptop, visit).leaving == 0


def test_nothing_leaves_without_a_receipt(laptop, visit, tmp_path):
    make_report(laptop, visit, sign=True)
    make_bundle(laptop, visit)
    told = at_border(laptop, visit)
    assert (told.leaving, told.without_receipt) == (0, 2)
    assert cross_border(laptop, ()).files == 0
    (digest,) = laptop.visit(visit).evidence
    assert original_bytes(laptop, digest, limit=MANY)


def test_a_visit_of_the_next_days_stays(laptop, visit, office, tmp_path):
    hand_over(laptop, visit, office, tmp_path / "bundle")
    describe_visit(laptop, visit, {"starts_on": _day(laptop, 6), "ends_on": _day(laptop, 8)})
    assert at_border(laptop, visit).stays
    assert not at_border(laptop, visit, days=5).stays
    assert at_border(laptop, visit, keep=()).leaving == 2
    assert cross_border(laptop, {one.visit for one in before_border(laptop) if one.stays}).files == 0


@pytest.mark.parametrize(("first", "last", "stays"), [(-1, 0, True), (0, 9, True), (-5, -1, False), (7, 9, True), (8, 9, False)])
def test_the_next_days_begin_today_and_include_the_last_one(laptop, visit, first, last, stays):
    describe_visit(laptop, visit, {"starts_on": _day(laptop, first), "ends_on": _day(laptop, last)})
    assert at_border(laptop, visit, days=7).stays is stays


def test_an_open_visit_without_days_stays(laptop, visit):
    describe_visit(laptop, visit, {"starts_on": "", "ends_on": ""})
    assert at_border(laptop, visit).stays


def test_what_a_visit_that_stays_uses_too_does_not_leave(laptop, visit, office, sample_photo, tmp_path):
    hand_over(laptop, visit, office, tmp_path / "bundle")
    later = next(one.visit for one in before_border(laptop) if one.visit != visit)
    take_in(laptop, later, sample_photo(tmp_path / "photo.jpg"))
    (digest,) = laptop.visit(visit).evidence
    assert at_border(laptop, visit).leaving == 1, "the report alone"
    cross_border(laptop, {later})
    assert original_bytes(laptop, digest, limit=MANY) and small_picture(laptop, digest)
    cross_border(laptop, ())
    assert original_bytes(laptop, digest, limit=MANY), "the later visit has no receipt for it"


def test_breaking_off_leaves_the_rest_for_the_next_time(laptop, visit, office, tmp_path):
    hand_over(laptop, visit, office, tmp_path / "bundle")

    def stop(_step: str, done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        cross_border(laptop, (), stop)
    assert at_border(laptop, visit, keep=()).leaving == 1
    assert check(laptop, deep=True) == []
    assert cross_border(laptop, ()).files == 1


def test_no_copy_stays_behind_in_a_bundle_that_a_newer_one_has_replaced(laptop, visit, office, tmp_path):
    make_report(laptop, visit, sign=True)
    older = make_bundle(laptop, visit)
    hand_over(laptop, visit, office, tmp_path / "bundle")
    assert cross_border(laptop, ()).files == 3, "the photo and two reports"
    assert list(laptop.outgoing.rglob("*.age")) == []
    assert queue(laptop) == (), "nothing is left of the older one to send"
    with pytest.raises(NotAllowed, match="bundle_not_here"):
        plan_sending(laptop, older.id)


def test_what_a_newer_bundle_has_stays_until_the_office_has_taken_that_one_too(laptop, visit, office, tmp_path):
    hand_over(laptop, visit, office, tmp_path / "bundle")
    describe_visit(laptop, visit, {"scope": "The port too"})
    newer = make_bundle(laptop, visit, out=tmp_path / "newer")
    told = at_border(laptop, visit)
    assert (told.leaving, told.without_receipt) == (0, 2)
    assert cross_border(laptop, ()).files == 0
    with pytest.raises(NotAllowed, match="no_receipt"):
        release(laptop, visit)
    assert receive_path(office, tmp_path / "newer").outcome == "received"
    take_receipt(laptop, Taking(name="receipt", letter=receipt_letter(office, newer.id)))
    assert cross_border(laptop, ()).files == 2
    assert list(laptop.outgoing.rglob("*.age")) == []


def test_the_newest_bundle_is_the_one_made_last_also_when_the_clock_was_set_back(laptop, visit, office, clock, tmp_path):
    hand_over(laptop, visit, office, tmp_path / "bundle")
    clock.moment -= timedelta(hours=7)
    describe_visit(laptop, visit, {"scope": "The port too"})
    newer = make_bundle(laptop, visit)
    assert hand_overs(laptop, visit)[0].id == newer.id
    assert [one.bundle for one in queue(laptop)] == [newer.id]
    assert at_border(laptop, visit, keep=()).leaving == 0
