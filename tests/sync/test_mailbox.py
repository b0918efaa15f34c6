import dataclasses
import time
import tracemalloc
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from auditor_app.errors import Cancelled, Corrupted, NotAllowed, Unavailable
from auditor_app.sync.listing import listing_bytes
from auditor_app.sync.mailbox import (
    absent_parts,
    list_outbox,
    put_outbox,
    read_listing,
    read_outbox,
    send,
    send_ahead,
    waiting,
)
from auditor_app.sync.pace import Pace
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.receiving import receive
from auditor_app.sync.removing import remove_bundles, sweep

FINGERPRINT = "ab" * 32


def part_files(kept, bundle):
    return sorted((kept / "inbox" / bundle.listing.bundle_id / "objects").iterdir())


def wait_until(happens):
    end = time.monotonic() + 5
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_bundle_arrives_with_the_same_bytes(storage, kept, bundle, tmp_path):
    result = send(storage, bundle.listing, bundle.open)
    assert (result.sent_parts, result.skipped_parts) == (8, 0)
    assert result.sent_bytes == sum(each.size for each in bundle.listing.objects)
    assert waiting(storage).ready == (bundle.listing.bundle_id,)
    assert {path.name for path in part_files(kept, bundle)} == set(bundle.listing.parts())
    received = receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    assert (received.listing, received.fetched, received.kept) == (bundle.listing, 4, 0)
    assert bundle.is_in(tmp_path / "office")


def test_sending_a_second_time_changes_nothing_and_says_so(storage, kept, bundle):
    send(storage, bundle.listing, bundle.open)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in kept.rglob("*") if path.is_file()}
    again = send(storage, bundle.listing, bundle.open)
    assert (again.sent_parts, again.skipped_parts, again.sent_bytes) == (0, 8, 0)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in kept.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("damage", ["truncated", "corrupted", "gone", "longer"])
@pytest.mark.parametrize("with_bundle_file", [True, False])
def test_a_part_damaged_at_the_place_is_found_and_mended_by_the_next_sending(storage, kept, bundle, tmp_path, damage, with_bundle_file):
    send(storage, bundle.listing, bundle.open)
    victim = max(part_files(kept, bundle), key=lambda path: path.stat().st_size)
    right = victim.read_bytes()
    if not with_bundle_file:
        (kept / "inbox" / bundle.listing.bundle_id / "bundle.json").unlink()
    victim.unlink()
    if damage != "gone":
        victim.write_bytes({"truncated": right[:1000], "corrupted": b"\0" * len(right), "longer": right + b"x"}[damage])
    again = send(storage, bundle.listing, bundle.open)
    assert (again.sent_parts, again.skipped_parts, again.sent_bytes) == (1, 7, len(right))
    assert victim.read_bytes() == right
    receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    assert bundle.is_in(tmp_path / "office")


SENT = [1, 700, 5_000, 70_000, 100_000, 200_000, 262_000, 330_000]
ANSWERED = [1, 700, 1_400, 2_100, 2_800]


@pytest.mark.parametrize("cut_after, downwards", [(each, False) for each in SENT] + [(each, True) for each in ANSWERED])
@pytest.mark.parametrize("remembering", [True, False])
def test_a_cut_line_costs_at_most_one_part_twice(webdav, cutting_line, bundle, tmp_path, cut_after, downwards, remembering):
    url = webdav.url.replace(str(webdav.server.port), str(cutting_line.port))
    storage = open_place(Place(url=url, user=webdav.user, password=webdav.password))
    webdav.server.requests.clear()
    confirmed = set()
    cutting_line.cut_after(cut_after, downwards=downwards)
    with pytest.raises(Unavailable, match="place_unreachable"):
        send(storage, bundle.listing, bundle.open, confirmed=confirmed)
    assert cutting_line.cuts == 1
    send(storage, bundle.listing, bundle.open, confirmed=confirmed if remembering else None)
    puts = Counter(name for name in webdav.server.puts() if name in bundle.listing.parts())
    assert puts.keys() == bundle.listing.parts().keys()
    assert sum(puts.values()) <= len(puts) + 1
    receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    assert bundle.is_in(tmp_path / "office")


def test_a_part_torn_by_the_cut_is_kept_by_the_server_and_replaced(webdav, cutting_line, bundle):
    """What the promise is about: presence alone would take the torn part for a sent one."""
    url = webdav.url.replace(str(webdav.server.port), str(cutting_line.port))
    storage = open_place(Place(url=url, user=webdav.user, password=webdav.password))
    cutting_line.cut_after(100_000)
    with pytest.raises(Unavailable, match="place_unreachable"):
        send(storage, bundle.listing, bundle.open)
    parts = bundle.listing.parts()

    def torn():
        return [path.name for path in part_files(webdav.folder, bundle) if path.stat().st_size != parts[path.name].size]

    wait_until(torn)
    send(storage, bundle.listing, bundle.open)
    assert torn() == []


def test_what_is_known_to_be_right_is_not_read_back(webdav, dav_storage, bundle):
    confirmed = set()
    send_ahead(dav_storage, bundle.listing, bundle.open, confirmed=confirmed)
    webdav.server.requests.clear()
    assert send(dav_storage, bundle.listing, bundle.open, confirmed=confirmed).sent_parts == 0
    assert [path.rsplit("/")[-1] for method, path in webdav.server.requests if method == "GET"] == ["bundle.json"]
    webdav.server.requests.clear()
    send(dav_storage, bundle.listing, bundle.open)
    assert sum(method == "GET" for method, _ in webdav.server.requests) == 8 + 1


def test_a_part_costs_one_request(webdav, dav_storage, bundle):
    send(dav_storage, bundle.listing, bundle.open)
    asked = Counter(method for method, _ in webdav.server.requests)
    assert asked["PUT"] == 8 + 1
    assert asked.total() - asked["PUT"] < 20
    webdav.server.requests.clear()
    send_ahead(dav_storage, bundle.listing, bundle.open)
    assert [method for method, _ in webdav.server.requests] == ["PROPFIND"]


def test_evidence_sent_ahead_is_no_bundle_yet(storage, bundle):
    assert send_ahead(storage, bundle.listing, bundle.open) == set(bundle.listing.parts())
    assert waiting(storage).ready == ()
    with pytest.raises(Unavailable, match="mailbox_bundle_missing"):
        receive(storage, bundle.listing.bundle_id, "unused")
    assert send(storage, bundle.listing, bundle.open).sent_parts == 0
    assert waiting(storage).ready == (bundle.listing.bundle_id,)


def test_cancelling_between_parts_leaves_a_sending_that_goes_on(storage, bundle):
    reports = []

    def cancel_after_three(step, done, total):
        reports.append((step, done, total))
        if len(reports) == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        send(storage, bundle.listing, bundle.open, cancel_after_three)
    assert [step for step, _, _ in reports] == ["sending"] * 4
    assert [done for _, done, _ in reports] == [0, 65536, 131072, 196608]
    assert waiting(storage).ready == ()
    later = []
    assert send(storage, bundle.listing, bundle.open, lambda *report: later.append(report)).skipped_parts == 3
    assert later[0] == ("sending", 196608, reports[0][2])
    assert [report for report in later if report[0] == "sending"][-1][1] == reports[0][2]
    assert later[-1] == ("checking", 196608, 196608)


def test_a_source_that_is_not_what_the_listing_says_never_leaves(storage, kept, bundle):
    victim = bundle.listing.objects[1].sha256
    bundle.contents[victim] = b"\0" + bundle.contents[victim][1:]
    with pytest.raises(Corrupted, match=r"object_damaged path='data/evidence/1.age'"):
        send(storage, bundle.listing, bundle.open)
    assert not [path for path in part_files(kept, bundle) if path.name.startswith(victim)]
    assert waiting(storage).ready == ()


def test_a_listing_that_the_office_would_refuse_is_not_sent(storage, kept, make_bundle):
    with pytest.raises(NotAllowed, match="mailbox_name_refused"):
        bad = make_bundle([10], bundle_id="../elsewhere")
        send(storage, bad.listing, bad.open)
    assert list(kept.iterdir()) == []


def test_two_files_of_the_same_bytes_travel_once(storage, make_bundle, tmp_path):
    bundle = make_bundle([0, 0, 10])
    assert send(storage, bundle.listing, bundle.open).sent_parts == 2
    assert receive(storage, bundle.listing.bundle_id, tmp_path / "office").fetched == 3
    assert bundle.is_in(tmp_path / "office")


def test_memory_stays_flat_for_a_large_object(tmp_path, make_bundle):
    bundle = make_bundle([48 << 20], part_size=1 << 20)
    (tmp_path / "stick").mkdir()
    (tmp_path / "large").write_bytes(next(iter(bundle.contents.values())))
    storage = open_place(Place(url=str(tmp_path / "stick")))
    bundle.contents.clear()
    tracemalloc.start()
    try:
        send(storage, bundle.listing, lambda _: (tmp_path / "large").open("rb"))
        receive(storage, bundle.listing.bundle_id, tmp_path / "office")
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_the_office_takes_a_bundle_out(storage, kept, bundle, make_bundle):
    other = make_bundle([5], bundle_id="another")
    send(storage, bundle.listing, bundle.open)
    send(storage, other.listing, other.open)
    for gone in ((bundle.listing.bundle_id,), ()):
        assert remove_bundles(storage, {bundle.listing.bundle_id}) == gone
    assert waiting(storage).ready == ("another",)
    assert [path.name for path in (kept / "inbox").iterdir()] == ["another"]


def test_a_damaged_bundle_is_set_aside_with_its_reason_and_the_rest_goes_on(storage, bundle):
    send(storage, bundle.listing, bundle.open)
    storage.publish("inbox/broken/bundle.json", b'{"format":"auditor-app-mailbox-1"')
    storage.publish("inbox/foreign/bundle.json", listing_bytes(bundle.listing))
    storage.publish("inbox/half/objects/x", b"still being sent")
    storage.publish("inbox/stray file", b"x")
    found = waiting(storage)
    assert found.ready == (bundle.listing.bundle_id,)
    assert [(name, error.code) for name, error in found.refused] == [
        ("broken", "mailbox_listing_refused"),
        ("foreign", "mailbox_listing_refused"),
    ]


def test_the_outbox_brings_answers_down(storage):
    assert list_outbox(storage, FINGERPRINT) == []
    put_outbox(storage, FINGERPRINT, "receipt-1.json", b"first")
    put_outbox(storage, FINGERPRINT, "receipt-1.json", b"again")
    put_outbox(storage, FINGERPRINT, "assignment.age", b"sealed")
    put_outbox(storage, "cd" * 32, "other.age", b"for someone else")
    storage.publish(f"outbox/{FINGERPRINT}/.hidden", b"not ours")
    assert list_outbox(storage, FINGERPRINT) == ["assignment.age", "receipt-1.json"]
    assert read_outbox(storage, FINGERPRINT, "receipt-1.json") == b"again"
    with pytest.raises(Corrupted, match="place_object_too_large"):
        read_outbox(storage, FINGERPRINT, "assignment.age", 5)


@pytest.mark.parametrize("name", ["../inbox", "a/b", "", ".hidden", "nul", "a\\b"])
def test_names_that_would_lead_elsewhere_in_the_mailbox_are_refused(storage, name):
    for use in (
        lambda: put_outbox(storage, FINGERPRINT, name, b""),
        lambda: read_outbox(storage, FINGERPRINT, name),
        lambda: list_outbox(storage, name),
        lambda: receive(storage, name, "unused"),
    ):
        with pytest.raises(NotAllowed, match="mailbox_name_refused"):
            use()


class FixedPace(Pace):
    """A pace whose next sizes are given."""

    def __init__(self, *sizes):
        super().__init__()
        self._sizes = list(sizes)

    @property
    def size(self):
        return self._sizes.pop(0) if len(self._sizes) > 1 else self._sizes[0]

    def took(self, size, seconds, lanes=1):
        """Learn nothing."""


def test_parts_of_one_object_may_differ_and_whoever_resumes_goes_on_in_other_sizes(storage, bundle, tmp_path):
    reports = []

    def cut_after_three(step, done, total):
        reports.append(done)
        if len(reports) == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        send(storage, bundle.listing, bundle.open, cut_after_three, pace=FixedPace(10_000, 40_000, 65_000))
    sent = send(storage, bundle.listing, bundle.open, pace=FixedPace(30_000))
    assert sent.skipped_parts == 3
    assert sent.sent_bytes == sum(each.size for each in bundle.listing.objects) - 115_000
    assert send(storage, bundle.listing, bundle.open, pace=FixedPace(7)).sent_parts == 0, "twice changes nothing"
    receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    assert bundle.is_in(tmp_path / "office")


def test_sending_stops_before_the_part_that_may_not_go(storage, bundle):
    def not_now():
        raise NotAllowed("sending_waits")

    with pytest.raises(NotAllowed, match="sending_waits"):
        send(storage, bundle.listing, bundle.open, pace=Pace(allow=not_now))
    assert absent_parts(storage, bundle.listing) == tuple(bundle.listing.parts())


def two_of_a_visit(storage, bundle):
    """Two bundles of one visit in the inbox, whose parts went ahead of both."""
    first = dataclasses.replace(bundle.listing, objects_in="cargo-1")
    second = dataclasses.replace(first, bundle_id="0199-second", objects=first.objects[1:])
    assert len(send_ahead(storage, dataclasses.replace(first, bundle_id="cargo-1"), bundle.open)) == 8
    assert waiting(storage).ready == ()
    assert send(storage, first, bundle.open).sent_parts == send(storage, second, bundle.open).sent_parts == 0
    assert waiting(storage).ready == (first.bundle_id, second.bundle_id)
    return first, second


def test_bundles_of_one_visit_share_their_parts_and_are_taken_out_together(storage, kept, bundle, tmp_path):
    first, second = two_of_a_visit(storage, bundle)
    assert remove_bundles(storage, {first.bundle_id}) == (), "the other one waits and needs the parts"
    receive(storage, second.bundle_id, tmp_path / "office")
    assert remove_bundles(storage, {second.bundle_id}, beside={first.bundle_id}) == (first.bundle_id, second.bundle_id)
    assert list((kept / "inbox").iterdir()) == []


def test_nothing_is_taken_out_while_a_list_cannot_be_read(storage, bundle):
    first, second = two_of_a_visit(storage, bundle)
    storage.write(f"inbox/{second.bundle_id}/bundle.json", b"{")
    assert remove_bundles(storage, {first.bundle_id, second.bundle_id}) == ()
    assert absent_parts(storage, second) == ()


def test_a_bundle_that_names_the_folder_of_another_one_takes_nothing_of_that_with_it(storage, bundle, make_bundle):
    send(storage, bundle.listing, bundle.open)
    other = make_bundle([5], bundle_id="0199-hostile")
    send(storage, dataclasses.replace(other.listing, objects_in=bundle.listing.bundle_id), other.open)
    apart = make_bundle([6], bundle_id="0199-apart")
    send(storage, dataclasses.replace(apart.listing, objects_in="cargo-2"), apart.open)
    odd = make_bundle([7], bundle_id="0199-odd")
    send(storage, dataclasses.replace(odd.listing, objects_in="0199-apart"), odd.open)
    for done in ({"0199-hostile", "0199-odd"}, {"0199-apart"}, {"0199-hostile", "0199-odd", "0199-apart"}):
        assert remove_bundles(storage, done) == ()
    assert set(waiting(storage).ready) == {bundle.listing.bundle_id, "0199-hostile", "0199-apart", "0199-odd"}
    assert absent_parts(storage, bundle.listing) == absent_parts(storage, read_listing(storage, "0199-odd")) == ()


def test_whoever_sends_again_what_was_taken_out_sends_everything(storage, bundle, tmp_path):
    first, second = two_of_a_visit(storage, bundle)
    confirmed = set(first.parts())
    remove_bundles(storage, {first.bundle_id, second.bundle_id})
    assert send(storage, first, bundle.open, confirmed=confirmed).sent_parts == 8
    receive(storage, first.bundle_id, tmp_path / "office")
    assert bundle.is_in(tmp_path / "office")


def test_what_a_killed_sender_left_half_written_is_swept_after_a_while(storage, kept):
    storage.make_folder(".unfinished/")
    storage.write(".unfinished/half", b"half")
    now = datetime.fromtimestamp((kept / ".unfinished" / "half").stat().st_mtime, UTC)
    sweep(storage, now - timedelta(days=7))
    assert storage.list(".unfinished/") == [(".unfinished/half", 4)]
    sweep(storage, now + timedelta(seconds=2))
    assert storage.list(".unfinished/") == []


def test_a_damaged_source_is_set_aside_and_all_others_are_sent(storage, bundle):
    bad = bundle.listing.objects[0]
    bundle.contents[bad.sha256] = bytes(bad.size)
    with pytest.raises(Corrupted, match=r"object_damaged.*0.age"):
        send(storage, bundle.listing, bundle.open)
    assert {name[:64] for name in absent_parts(storage, bundle.listing)} == {bad.sha256}
    assert waiting(storage).ready == ()
