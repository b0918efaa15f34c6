"""Certificates in place of checks: what to be careful of on the day of the report."""

from datetime import date

import pytest

from auditor_app.domain.equivalence import Equivalence, cares

DAY = date(2026, 11, 19)
SOUND = Equivalence(
    id="1", system="ISO 45001", scope="The plant.", expires="2027-06-30", decision="credited", because="It covers the checks on drills."
)


def test_a_sound_certificate_needs_no_care():
    assert cares(SOUND, DAY) == ()


@pytest.mark.parametrize(
    ("expires", "found"),
    [
        ("2026-11-18", ("expired",)),
        ("2026-11-19", ("expires_soon",)),
        ("2027-01-18", ("expires_soon",)),
        ("2027-01-19", ()),
        ("", ()),
        ("next year", ()),
    ],
)
def test_one_that_has_expired_or_soon_will_is_told(expires, found):
    assert cares(Equivalence(id="1", system="x", expires=expires), DAY) == found


def test_credit_without_scope_or_reason_and_open_nonconformities_are_told():
    bare = Equivalence(id="1", system="x", decision="credited_in_part", nonconformities="One major.")
    assert cares(bare, DAY) == ("nonconformities", "no_scope", "no_reason")
    refused = Equivalence(id="1", system="x", decision="not_credited", because="Another site.")
    assert cares(refused, DAY) == ()
