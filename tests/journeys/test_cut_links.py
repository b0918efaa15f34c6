"""From assignment to receipt while lines are cut, programs killed and parts spoiled: the same digests at the end, no untrue receipt.

Short and seeded; `tests/benchmarks/cut_links.py` does the same for as long as one likes.
"""

import random

import pytest

from auditor_app.workflows.office.folder import found_office
from tests.journeys.cutting import Journey
from tests.journeys.cutting_laptop import journey_of

TROUBLES = {
    "folder": ("kill client", "office early", "cut all", "spoil"),
    "wsgidav": ("cut up", "kill client", "spoil", "sleep"),
    "rclone": ("kill server", "cut down", "office early", "cut all"),
    "s3": ("cut all", "kill client", "cut up", "kill server"),
}
"""Each kind of trouble at some kind of place."""


@pytest.fixture
def office(tmp_path, clock):
    """An office that names no other place: everything goes over the one that is cut."""
    return found_office(tmp_path / "office", "Office of Assurance", clock)


@pytest.fixture
def journey(request, tmp_path, office, enrolled, laptop, secret):
    with journey_of(request.param, tmp_path, office, enrolled, laptop, secret, random.Random(f"cut links {request.param}")) as made:
        yield made


@pytest.mark.parametrize("journey", TROUBLES, indirect=True)
def test_whatever_happens_on_the_way_the_office_holds_the_same_and_signs_for_nothing_else(journey: Journey):
    journey.go(TROUBLES[journey.server.kind])
    assert journey.line.cuts >= 2 or journey.server.kind == "folder", journey.said
