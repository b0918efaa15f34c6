"""Hand-over by stick: written, read back from it, said when it may go, with an eye on the room and on what is there."""

import zipfile

import pytest

from auditor_app.errors import Cancelled, Corrupted, NotAllowed, Unavailable
from auditor_app.workflows import bundle_copies
from auditor_app.workflows.hand_over import make_bundle, verify_written
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.mail import Taking
from auditor_app.workflows.mailboxes import set_mailbox
from auditor_app.workflows.office.receiving import receipt_letter, receive_path
from auditor_app.workflows.receipts import take_receipt
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import send
from auditor_app.workflows.stick import copy_to_stick, look_at_stick
from tests.small_disk import needs_root, remount, small_disk


@pytest.fixture
def made(enrolled, visit, sample_photo, tmp_path):
    """The id of a bundle of one photo."""
    take_in(enrolled, visit, sample_photo(tmp_path / "a.jpg"))
    make_report(enrolled, visit, sign=True)
    return make_bundle(enrolled, visit).id


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_bundle_made_before_goes_by_stick_to_the_office_and_the_receipt_comes_back(enrolled, made, stick, office, as_zip):
    copied = copy_to_stick(enrolled, made[:12], stick, as_zip=as_zip)
    assert not copied.was_there and copied.path.name == f"bundle-{made[:12]}" + (".zip" if as_zip else "")
    assert [(one.name, one.id, one.ours) for one in look_at_stick(enrolled, stick).bundles] == [(copied.path.name, made, True)]
    assert receive_path(office, copied.path).outcome == "received"
    assert take_receipt(enrolled, Taking(name="receipt", letter=receipt_letter(office, made))).about == made


def test_a_second_copy_only_verifies_what_is_there(enrolled, made, stick):
    first = copy_to_stick(enrolled, made, stick)
    before = {path: path.stat().st_mtime_ns for path in first.path.rglob("*")}
    assert copy_to_stick(enrolled, made, stick).was_there
    assert {path: path.stat().st_mtime_ns for path in first.path.rglob("*")} == before
    victim = first.path / "data" / "record.age"
    victim.write_bytes(bytes(victim.stat().st_size))
    with pytest.raises(Corrupted, match="bundle_not_verified"):
        copy_to_stick(enrolled, made, stick)


def test_a_bundle_that_is_damaged_here_does_not_get_its_name_on_the_stick(enrolled, made, stick):
    record = enrolled.outgoing / made / "data" / "record.age"
    record.write_bytes(bytes(record.stat().st_size))
    for as_zip in (False, True):
        with pytest.raises(Corrupted, match="bundle_not_verified"):
            copy_to_stick(enrolled, made, stick, as_zip=as_zip)
    assert list(stick.iterdir()) == []


def test_stopping_leaves_nothing_on_the_stick(enrolled, made, stick):
    def stop(step, done, total):
        if (step, done) == ("copying", 3):
            raise Cancelled

    for as_zip in (False, True):
        with pytest.raises(Cancelled):
            copy_to_stick(enrolled, made, stick, as_zip=as_zip, progress=stop)
    assert list(stick.iterdir()) == []


def test_what_is_on_a_stick_is_told(enrolled, made, stick):
    copy_to_stick(enrolled, made, stick)
    copy_to_stick(enrolled, made, stick, as_zip=True)
    (stick / "receipt-1.age").write_bytes(b"x")
    (stick / "holiday.jpg").write_bytes(b"x")
    (stick / "Music").mkdir()
    (stick / f"bundle-{made[:12]}.part").mkdir()
    with zipfile.ZipFile(stick / "other.zip", "w") as archive:
        archive.writestr("a", "b")
    (stick / "broken.zip").write_bytes(b"PK")
    found = look_at_stick(enrolled, stick)
    assert len(found.bundles) == 2 and {one.id for one in found.bundles} == {made}
    assert found.letters == ("receipt-1.age",) and found.others == 4
    assert found.unfinished == (f"bundle-{made[:12]}.part",)
    assert found.free > 1 << 20


def test_letters_of_every_kind_are_told_and_names_play_no_tricks(enrolled, stick):
    letters = ("assignment-1.age", "profile.age", "receipt-\u202egpj.age", "refusal-1.age", "review-1.age")
    for name in (*letters, f"attachment-{'a' * 64}.age", "holiday.age"):
        (stick / name).write_bytes(b"letter")
    found = look_at_stick(enrolled, stick)
    assert found.letters == ("assignment-1.age", "profile.age", "receipt-[U+202E]gpj.age", "refusal-1.age", "review-1.age")
    assert found.others == 1, "an attachment is part of a letter"


def test_a_bundle_is_found_among_all_the_photos_of_a_stick(enrolled, made, stick):
    for number in range(600):
        (stick / f"IMG_{number}.jpg").write_bytes(b"photo")
    copy_to_stick(enrolled, made, stick)
    (stick / "receipt-1.age").write_bytes(b"letter")
    found = look_at_stick(enrolled, stick)
    assert ([one.id for one in found.bundles], found.letters, found.others) == ([made], ("receipt-1.age",), 600)


def test_what_a_pulled_stick_left_is_replaced(enrolled, made, stick):
    left = stick / f"bundle-{made[:12]}.part"
    left.mkdir()
    (left / "half").write_bytes(b"half")
    assert not copy_to_stick(enrolled, made, stick).was_there
    assert not left.exists()


def test_a_stick_that_is_too_small_is_told_before_anything_is_written(enrolled, made, stick, monkeypatch):
    monkeypatch.setattr(bundle_copies, "_MARGIN", 1 << 60)
    with pytest.raises(NotAllowed, match=r"stick_too_small.*needed.*free"):
        copy_to_stick(enrolled, made, stick)
    assert list(stick.iterdir()) == []


@needs_root
def test_a_bundle_does_not_fit_on_a_full_stick_and_does_once_there_is_room(enrolled, made, tmp_path):
    with small_disk(tmp_path / "small", "4m") as small:
        with pytest.raises(NotAllowed, match=r"stick_too_small.*free='4.2 MB'"):
            copy_to_stick(enrolled, made, small)
        assert list(small.iterdir()) == []
        remount(small, "size=20m")
        assert not copy_to_stick(enrolled, made, small).was_there


@needs_root
def test_a_mailbox_on_a_full_stick_says_so_and_goes_on_once_there_is_room(enrolled, made, tmp_path):
    with small_disk(tmp_path / "small", "60k") as small:
        set_mailbox(enrolled, str(small))
        with pytest.raises(Unavailable, match="place_full"):
            send(enrolled, made)
        remount(small, "size=20m")
        assert send(enrolled, made).bundle == made


def test_a_stick_that_is_not_there_is_not_made(enrolled, made, stick):
    stick.rmdir()
    for act in (lambda: copy_to_stick(enrolled, made, stick), lambda: look_at_stick(enrolled, stick)):
        with pytest.raises(Unavailable, match="stick_missing"):
            act()
    assert not stick.exists()


def test_files_can_be_read_past_the_systems_memory_of_them(enrolled, made, stick):
    bundle_copies.copy_bundle(enrolled.outgoing / made, stick / "copy.zip", lambda path: verify_written(enrolled, path))
    bundle_copies.forget_cached(stick / "copy.zip")
    assert zipfile.ZipFile(stick / "copy.zip").testzip() is None
