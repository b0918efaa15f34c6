"""The office's word on how long originals stay on a laptop: said in time, and only where something can leave."""

from datetime import date, timedelta

import pytest

from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import import_profile
from auditor_app.workflows.office.folder import open_office, profile_letter
from auditor_app.workflows.office.profile import Change, set_profile
from auditor_app.workflows.office.receiving import receive_mailbox
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.receipts import release
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.retention import _months_after, leave_by, overdue
from auditor_app.workflows.sending import send


@pytest.fixture
def handed_over(with_photo, visit, office):
    """A workspace whose office asks that laptops release evidence after six months, and has signed for all of it."""
    asked = set_profile(office, Change(laptop_months=6))
    import_profile(with_photo, profile_letter(asked))
    make_report(with_photo, visit, sign=True)
    send(with_photo, make_bundle(with_photo, visit).id)
    assert leave_by(with_photo, visit) is None, "there is no receipt"
    receive_mailbox(asked)
    fetch(with_photo)
    return with_photo


def test_what_should_have_left_is_told_from_the_day_after_on_until_it_has(handed_over, visit, clock):
    day = leave_by(handed_over, visit)
    assert day == date(2026, 11, 4)
    clock.moment += timedelta(days=(day - clock.moment.date()).days)
    assert overdue(handed_over) == ()
    clock.moment += timedelta(days=1)
    (told,) = overdue(handed_over)
    assert (told.visit, told.day, told.files) == (visit, day, 1)
    release(handed_over, visit)
    assert overdue(handed_over) == ()


def test_an_office_that_asks_nothing_is_told_nothing(handed_over, office, visit, clock):
    clock.moment += timedelta(days=1)
    import_profile(handed_over, profile_letter(set_profile(open_office(office.folder, clock), Change(laptop_months=0))))
    clock.moment += timedelta(days=4000)
    assert leave_by(handed_over, visit) is None and overdue(handed_over) == ()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-08-31", 6, "2027-02-28"), ("2026-12-31", 12, "2027-12-31"), ("2027-08-31", 6, "2028-02-29"), ("2026-11-22", 1, "2026-12-22")],
)
def test_months_end_on_a_day_that_there_is(day, months, later):
    assert _months_after(date.fromisoformat(day), months) == date.fromisoformat(later)
