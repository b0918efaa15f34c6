import dataclasses
import hashlib
import os

import pytest

from auditor_app.errors import Cancelled, Corrupted, Unavailable
from auditor_app.sync.listing import Limits
from auditor_app.sync.mailbox import absent_parts, is_whole, send
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.receiving import receive


@pytest.fixture
def sent(storage, bundle):
    send(storage, bundle.listing, bundle.open)
    return bundle.listing.bundle_id


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def part_file(kept, sent, bundle, object_number, ending=""):
    return kept / "inbox" / sent / "objects" / (bundle.listing.objects[object_number].sha256 + ending)


def test_a_receiving_that_was_stopped_goes_on_and_keeps_what_is_whole(storage, sent, bundle, tmp_path):
    office, reports = tmp_path / "office", []

    def stop_in_the_second_object(step, done, total):
        reports.append((step, done, total))
        if len(reports) == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        receive(storage, sent, office, progress=stop_in_the_second_object)
    assert files(office) == {"data/evidence/0.age"}
    later = []
    received = receive(storage, sent, office, progress=lambda *report: later.append(report))
    assert (received.fetched, received.kept) == (3, 1)
    assert later[0][:2] == ("receiving", bundle.listing.objects[0].size) and later[-1][1] == later[-1][2] == reports[0][2]
    assert files(office) == {each.path for each in bundle.listing.objects} and bundle.is_in(office)
    assert receive(storage, sent, office).kept == 4


def test_a_file_of_that_name_with_other_bytes_is_replaced(storage, sent, bundle, tmp_path):
    wrong = tmp_path / "office" / "data" / "evidence" / "1.age"
    wrong.parent.mkdir(parents=True)
    wrong.write_bytes(bytes(bundle.listing.objects[1].size))
    assert receive(storage, sent, tmp_path / "office").fetched == 4
    assert bundle.is_in(tmp_path / "office")


def test_damaged_parts_are_named_and_taken_out_and_the_rest_is_fetched(storage, kept, sent, bundle, tmp_path):
    victims = [part_file(kept, sent, bundle, 0, ".000000065536-65536"), part_file(kept, sent, bundle, 2)]
    for victim in victims:
        victim.write_bytes(bytes(victim.stat().st_size))
    with pytest.raises(Corrupted, match=rf"mailbox_part_damaged.*{victims[0].name}"):
        receive(storage, sent, tmp_path / "office")
    assert files(tmp_path / "office") == {"data/evidence/1.age", "data/evidence/3.age"}
    assert not is_whole(storage, bundle.listing)
    assert set(absent_parts(storage, bundle.listing)) == {victim.name for victim in victims}
    assert send(storage, bundle.listing, bundle.open).sent_parts == 2
    assert is_whole(storage, bundle.listing)
    assert receive(storage, sent, tmp_path / "office").fetched == 2
    assert bundle.is_in(tmp_path / "office")


def test_what_a_bundle_does_not_name_is_removed_from_its_folder(storage, sent, bundle, tmp_path):
    for name in ("data/evidence/0.age.12ab34cd.part", "data/evidence/stranger.age"):
        (tmp_path / "office" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "office" / name).write_bytes(b"left")
    receive(storage, sent, tmp_path / "office")
    assert files(tmp_path / "office") == {each.path for each in bundle.listing.objects}


def test_a_bundle_is_whole_only_with_its_own_list_and_all_parts(storage, kept, sent, bundle):
    assert is_whole(storage, bundle.listing)
    part = part_file(kept, sent, bundle, 1, ".000000000000-65536")
    right, listed = part.read_bytes(), kept / "inbox" / sent / "bundle.json"
    part.write_bytes(right[:-1])
    assert not is_whole(storage, bundle.listing)
    part.write_bytes(right)
    for wrong in (listed.read_bytes()[:-20], listed.read_bytes().replace(b"data/evidence/0.age", b"data/evidence/9.age")):
        kept_as_it_was = listed.read_bytes()
        listed.write_bytes(wrong)
        assert not is_whole(storage, bundle.listing)
        listed.write_bytes(kept_as_it_was)
    assert is_whole(storage, bundle.listing)
    listed.unlink()
    assert not is_whole(storage, bundle.listing)


@pytest.mark.parametrize("content", [None, b"", b"longer than it should be" * 100])
def test_a_part_that_is_gone_or_of_another_size_is_named_before_anything_is_written(storage, kept, sent, bundle, tmp_path, content):
    victim = part_file(kept, sent, bundle, 2)
    victim.unlink() if content is None else victim.write_bytes(content)
    with pytest.raises(Corrupted, match=rf"mailbox_parts_missing.*count=1 first='{victim.name}'"):
        receive(storage, sent, tmp_path / "office")
    assert not (tmp_path / "office").exists()


def test_a_bundle_above_the_limits_is_refused_before_anything_is_written(storage, sent, bundle, tmp_path):
    for limits in (Limits(objects=3), Limits(object_bytes=1000), Limits(total_bytes=1000)):
        with pytest.raises(Corrupted, match="mailbox_listing_refused"):
            receive(storage, sent, tmp_path / "office", limits)
    with pytest.raises(Corrupted, match=r"place_object_too_large.*bundle.json"):
        receive(storage, sent, tmp_path / "office", Limits(listing_bytes=100))
    assert not (tmp_path / "office").exists()


def test_a_path_in_a_listing_cannot_leave_the_folder(storage, sent, bundle, tmp_path):
    path = f"inbox/{sent}/bundle.json"
    right = storage.read(path, 10_000)
    storage.write(path, right.replace(b"data/evidence/0.age", b"../../evidence/0age"))
    with pytest.raises(Corrupted, match=r"mailbox_listing_refused place='objects\[0\].path' reason='unsafe_path'"):
        receive(storage, sent, tmp_path / "a" / "office")
    assert not (tmp_path / "a").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_in_the_folder_does_not_lead_out(storage, sent, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "data").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Corrupted, match="mailbox_path_leads_out"):
        receive(storage, sent, tmp_path / "office")
    assert files(tmp_path / "elsewhere") == set()


@pytest.mark.parametrize("number, code", [(0, "mailbox_object_damaged"), (2, "mailbox_part_damaged")])
def test_a_changed_digest_in_a_listing_is_found(storage, kept, sent, bundle, tmp_path, number, code):
    other = hashlib.sha256(b"other").hexdigest()
    old = bundle.listing.objects[number].sha256
    path = f"inbox/{sent}/bundle.json"
    storage.write(path, storage.read(path, 10_000).replace(old.encode(), other.encode()))
    for part in (kept / "inbox" / sent / "objects").glob(f"{old}*"):
        part.rename(part.with_name(part.name.replace(old, other)))
    with pytest.raises(Corrupted, match=code):
        receive(storage, sent, tmp_path / "office")
    assert not list((kept / "inbox" / sent / "objects").glob(f"{other}*")), "nothing that an altered list names is kept"
    send(storage, bundle.listing, bundle.open)
    receive(storage, sent, tmp_path / "office")
    assert bundle.is_in(tmp_path / "office")


@pytest.mark.parametrize("cut_after", [100, 5_000, 100_000, 300_000])
def test_a_line_cut_while_receiving_is_resumed(webdav, cutting_line, dav_storage, bundle, tmp_path, cut_after):
    send(dav_storage, bundle.listing, bundle.open)
    url = webdav.url.replace(str(webdav.server.port), str(cutting_line.port))
    storage = open_place(Place(url=url, user=webdav.user, password=webdav.password))
    cutting_line.cut_after(cut_after, downwards=True)
    with pytest.raises(Unavailable, match="place_unreachable"):
        receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    assert files(tmp_path / "office") == {each.path for each in bundle.listing.objects} and bundle.is_in(tmp_path / "office")


def test_what_was_sent_in_parts_of_another_size_stays_and_only_the_rest_is_sent(storage, kept, bundle, tmp_path):
    send(storage, bundle.listing, bundle.open)
    part_file(kept, bundle.listing.bundle_id, bundle, 0, ".000000065536-65536").unlink()
    bundle.listing = dataclasses.replace(bundle.listing, part_size=50_000)
    again = send(storage, bundle.listing, bundle.open)
    assert (again.sent_parts, again.skipped_parts, again.sent_bytes) == (2, 7, 65536)
    receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    assert bundle.is_in(tmp_path / "office")
