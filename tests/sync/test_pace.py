"""The size of parts, and over how many connections they travel."""

import pytest

from auditor_app.errors import Unavailable
from auditor_app.sync.mailbox import absent_parts, send
from auditor_app.sync.pace import FIRST, LANES, LEAST, MOST, TARGET_SECONDS, Pace
from auditor_app.sync.places import Place, open_place


def test_parts_grow_on_a_fast_line_up_to_the_most_and_travel_one_at_a_time():
    pace = Pace()
    sizes = []
    for _part in range(5):
        sizes.append(pace.size)
        pace.took(pace.size, 0.1)
    assert (sizes, pace.lanes) == ([FIRST, 4 * FIRST, 16 * FIRST, MOST, MOST], 1)


def test_on_a_slow_line_a_part_takes_its_seconds_over_all_its_lanes_together():
    pace, rate = Pace(), 20_000
    pace.took(FIRST, FIRST / rate)
    assert pace.size == rate * TARGET_SECONDS
    assert pace.lanes == pace.size // LEAST
    for _part in range(5):
        slice_size, lanes = pace.size // pace.lanes, pace.lanes
        pace.took(slice_size, slice_size / rate, lanes)
    assert pace.lanes == LANES
    assert pace.size == pytest.approx(rate * LANES * TARGET_SECONDS, rel=0.01)


def test_a_short_part_says_nothing_about_larger_ones_but_tells_a_slow_line():
    pace = Pace()
    pace.took(LEAST - 1, 3.0)
    assert (pace.size, pace.slow) == (FIRST, False)
    pace.took(LEAST, 3.0)
    assert (pace.size, pace.slow, pace.lanes) == (FIRST, True, FIRST // LEAST)


def test_a_limit_needs_no_second_lane():
    assert Pace(slow=True, rate=100_000).lanes == 1
    assert Pace(size=MOST, rate=100_000).size == 1_000_000


def test_what_did_not_get_through_makes_parts_smaller():
    pace = Pace(size=MOST)
    pace.failed()
    assert pace.size == MOST // 4
    for _part in range(9):
        pace.failed()
    assert pace.size == LEAST


def test_over_many_lanes_everything_arrives_and_what_is_under_way_is_one_part_at_most(webdav, dav_storage, make_bundle):
    bundle = make_bundle([3 << 20, 100, 0, 70_000, 1 << 20])
    pace = SlowPace()
    send(dav_storage, bundle.listing, bundle.open, pace=pace)
    assert send(dav_storage, bundle.listing, bundle.open).sent_parts == 0
    sizes = [path.stat().st_size for path in (webdav.folder / "inbox").glob("*/objects/*")]
    assert sum(sizes) == sum(one.size for one in bundle.listing.objects)
    assert max(sizes) == SlowPace.PART // LANES


@pytest.mark.parametrize("after", [300_000, 900_000, 1_500_000])
def test_when_one_of_many_lanes_is_cut_what_is_under_way_on_the_others_still_arrives(webdav, cutting_line, make_bundle, after):
    bundle = make_bundle([3 << 20])
    url = webdav.url.replace(str(webdav.server.port), str(cutting_line.port))
    storage = open_place(Place(url=url, user=webdav.user, password=webdav.password))
    webdav.server.requests.clear()
    confirmed = set()
    cutting_line.cut_after(after)
    with pytest.raises(Unavailable, match="place_unreachable"):
        send(storage, bundle.listing, bundle.open, confirmed=confirmed, pace=SlowPace())
    assert confirmed and absent_parts(storage, bundle.listing)
    send(storage, bundle.listing, bundle.open, confirmed=confirmed, pace=SlowPace())
    put = [name for name in webdav.server.puts() if "-" in name]
    assert len(put) <= len(set(put)) + 1


class SlowPace(Pace):
    """The pace of a slow line, which learns nothing more."""

    PART = 512 << 10

    def __init__(self):
        super().__init__(size=self.PART, slow=True)

    def took(self, size, seconds, lanes=1):
        """Stay as it is."""
