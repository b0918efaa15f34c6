"""The office's key: renewed with old bundles still readable, confirmed by auditors, split among holders and joined again."""

import itertools
import shutil
import subprocess
from datetime import timedelta

import pytest

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.vault.keys import read_secret
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment, import_letter, import_profile, office_profile, signer
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office, open_office
from auditor_app.workflows.office.keys import KEPT, announce, join_key, read_sheets, rotate, split_key
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.office.trusting import revoke
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.office_news import confirm_key, offered_profile
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.verifying import Trust, trust_from_files, verify_bundle


@pytest.fixture
def reported(with_photo, visit):
    make_report(with_photo, visit, sign=True)
    return with_photo


def bundle_of(workspace, visit, path):
    make_bundle(workspace, visit, out=path)
    return path


def letter(office) -> bytes:
    return (office.folder / "office.profile").read_bytes()


# Renewing


def test_after_rotation_old_and_new_bundles_are_received_and_read(office, reported, visit, tmp_path, clock):
    old = bundle_of(reported, visit, tmp_path / "old")
    renewed = rotate(office)
    assert renewed.profile.recipient != office.profile.recipient
    assert receive_path(renewed, old).outcome == "received"
    with pytest.raises(NotAllowed, match="office_key_changed"):
        import_profile(reported, letter(renewed))
    confirm_key(reported, renewed.profile.recipient)
    new = bundle_of(reported, visit, tmp_path / "new")
    twice = rotate(rotate(renewed))
    assert len(twice.secret.identities) == 4
    assert receive_path(twice, new).outcome == "received"
    for path, opens in ((old, office.secret), (new, renewed.secret), (old, twice.secret), (new, twice.secret)):
        assert verify_bundle(path, Trust(at=clock.now(), profile=twice.profile, secret=opens)).all_yes
    found = verify_bundle(new, Trust(at=clock.now(), profile=office.profile, secret=office.secret))
    assert found.record is None, "the former key does not open what is sealed to the new one"
    assert verify_bundle(old, trust_from_files(clock.now(), office.folder / "office.profile", None)).all_yes


def test_the_identity_file_after_a_rotation_is_one_that_age_reads(office, tmp_path):
    if not shutil.which("age"):
        pytest.skip("needs the age tool")
    renewed = rotate(office)
    for recipient in (office.profile.recipient, renewed.profile.recipient):
        (tmp_path / "plain").write_text("hello")
        subprocess.run(["age", "-r", recipient, "-o", tmp_path / "sealed", tmp_path / "plain"], check=True)
        done = subprocess.run(["age", "-d", "-i", office.folder / "identity.txt", tmp_path / "sealed"], check=True, capture_output=True)
        assert done.stdout == b"hello"
    assert (office.folder / "identity.txt").stat().st_mode & 0o077 == 0


def test_a_changed_key_is_not_sealed_to_until_it_is_confirmed(office, enrolled):
    renewed = rotate(office)
    with pytest.raises(NotAllowed) as waits:
        import_letter(enrolled, letter(renewed))
    assert (waits.value.values["before"], waits.value.values["now"]) == (office.profile.recipient, renewed.profile.recipient)
    assert office.profile.recipient in enrolled.recipients()
    assert offered_profile(enrolled).recipient == renewed.profile.recipient
    with pytest.raises(NotAllowed, match="office_key_not_offered"):
        confirm_key(enrolled, office.profile.recipient)
    confirm_key(enrolled, f" {renewed.profile.recipient}\n")
    assert enrolled.recipients()[1:] == (renewed.profile.recipient,)
    assert office_profile(enrolled).recipient == renewed.profile.recipient
    assert offered_profile(enrolled) is None
    with pytest.raises(NotAllowed, match="office_key_not_offered"):
        confirm_key(enrolled, renewed.profile.recipient)
    import_profile(enrolled, letter(renewed))


def test_an_answer_to_a_request_does_not_slip_a_new_key_in_either(office, enrolled):
    answer, _facts = enrol(rotate(office), enrolment_request(enrolled))
    with pytest.raises(NotAllowed, match="office_key_changed"):
        import_enrolment(enrolled, answer)
    assert office.profile.recipient in enrolled.recipients()
    confirm_key(enrolled, offered_profile(enrolled).recipient)
    import_enrolment(enrolled, answer)


def test_the_renewed_profile_comes_with_the_mailbox(office, enrolled):
    assert fetch(enrolled).news == ()
    assert announce(office).auditors == 1
    assert fetch(enrolled).news == (), "it is the one that is known"
    renewed = rotate(office)
    announce(renewed)
    for _again in range(2):
        assert fetch(enrolled).news[0].detail == renewed.profile.recipient == offered_profile(enrolled).recipient
    confirm_key(enrolled, renewed.profile.recipient)
    assert fetch(enrolled).news == ()


def test_a_revocation_comes_with_the_mailbox_and_an_older_profile_does_not_undo_it(office, enrolled, tmp_path):
    announce(office)
    (box,) = (tmp_path / "mailbox" / "outbox").iterdir()
    older = (box / "profile.age").read_bytes()
    revoked, _auditor = revoke(office, box.name, "left")
    announce(revoked)
    (news,) = fetch(enrolled).news
    assert (news.kind, news.about, news.detail) == ("profile", "Office of Assurance", "")
    assert office_profile(enrolled).revocations
    (box / "profile.age").write_bytes(older)
    assert fetch(enrolled).news == ()
    assert office_profile(enrolled).revocations


def test_a_profile_of_another_office_in_the_mailbox_is_refused(office, enrolled, tmp_path, clock):
    announce(office)
    (box,) = (tmp_path / "mailbox" / "outbox").iterdir()
    from auditor_app.vault.sealing import seal_bytes

    clock.moment += timedelta(hours=1)
    other = found_office(tmp_path / "other", office.profile.office, clock)
    (box / "profile.age").write_bytes(seal_bytes(letter(other), [enrolled.secret.recipient]))
    ((_name, error),) = fetch(enrolled).refused
    assert error.code == "office_differs"
    (box / "profile.age").write_bytes(b"not sealed to anybody")
    ((_name, error),) = fetch(enrolled).refused
    assert isinstance(error, Corrupted)


# Shares


@pytest.fixture
def sheets(office, tmp_path):
    return split_key(office, 2, 3, tmp_path / "sheets")


def test_any_sheets_that_are_enough_give_the_key_back_and_fewer_do_not(office, sheets):
    for chosen in itertools.chain(itertools.permutations(sheets.sheets, 2), [sheets.sheets]):
        assert str(read_sheets(chosen).identity) == str(office.secret.identity)
    for few in (sheets.sheets[:1], (sheets.sheets[0], sheets.sheets[0])):
        with pytest.raises(NotAllowed, match="shares_too_few"):
            read_sheets(few)
    assert all(office.profile.recipient in sheet.read_text() for sheet in sheets.sheets)
    assert str(office.secret.identity) not in "".join(sheet.read_text() for sheet in sheets.sheets)


def test_words_may_be_typed_without_numbers_and_a_mistyped_one_is_noticed(office, sheets, tmp_path):
    import re

    words = re.findall(r"\d+\. ([a-z]+)", sheets.sheets[0].read_text())
    assert len(words) == 33
    typed = tmp_path / "typed.txt"
    typed.write_text(" ".join(words).upper())
    assert read_sheets((typed, sheets.sheets[1])).recipient == office.secret.recipient
    for wrong in ([*words[:9], words[10], words[9], *words[11:]], words[:-1], ["zebra", *words[1:]]):
        typed.write_text(" ".join(wrong))
        with pytest.raises(NotAllowed, match="share_not_right"):
            read_sheets((typed, sheets.sheets[1]))


def test_sheets_of_two_keys_do_not_mix(office, sheets, tmp_path):
    others = split_key(rotate(office), 2, 3, tmp_path / "others")
    with pytest.raises(NotAllowed, match="share_not_right"):
        read_sheets((sheets.sheets[0], others.sheets[1]))


@pytest.mark.parametrize(("needed", "count"), [(1, 3), (4, 3), (2, 17), (0, 0)])
def test_shares_that_make_no_sense_are_refused(office, tmp_path, needed, count):
    with pytest.raises(NotAllowed, match="shares_not_possible"):
        split_key(office, needed, count, tmp_path / "sheets")
    assert not (tmp_path / "sheets").exists()


def test_a_lost_identity_is_put_back_from_sheets(office, sheets, clock):
    with pytest.raises(NotAllowed, match="file_exists"):
        join_key(office.folder, sheets.sheets)
    (office.folder / "identity.txt").unlink()
    assert join_key(office.folder, sheets.sheets[1:]) == office.profile.recipient
    assert open_office(office.folder, clock).secret.recipient == office.profile.recipient


def test_sheets_of_another_office_do_not_get_into_a_folder(office, sheets, tmp_path, clock):
    other = found_office(tmp_path / "other", "Other", clock)
    (other.folder / "identity.txt").unlink()
    with pytest.raises(NotAllowed, match="key_of_other_office"):
        join_key(other.folder, sheets.sheets)
    assert not (other.folder / "identity.txt").exists()


def test_a_whole_office_comes_back_from_sheets_with_all_its_former_keys(office, reported, visit, tmp_path, clock):
    old = bundle_of(reported, visit, tmp_path / "old")
    renewed = rotate(office)
    made = split_key(renewed, 3, 5, tmp_path / "sheets")
    shutil.copytree(office.folder / "auditors", tmp_path / "auditors")
    shutil.rmtree(office.folder)
    join_key(tmp_path / "new", made.sheets[2:], made.kept)
    shutil.copytree(tmp_path / "auditors", tmp_path / "new" / "auditors")
    again = open_office(tmp_path / "new", clock)
    assert receive_path(again, old).outcome == "received"
    for private in ("ca-key.pem", "office-key.pem", "identity.txt"):
        assert (tmp_path / "new" / private).stat().st_mode & 0o077 == 0
    with pytest.raises(NotAllowed, match="folder_not_empty"):
        join_key(tmp_path / "new", made.sheets, made.kept)


def test_sealed_keys_that_are_damaged_or_of_another_key_put_nothing_back(office, sheets, tmp_path):
    others = split_key(rotate(office), 2, 3, tmp_path / "others")
    damaged = tmp_path / KEPT
    damaged.write_bytes(sheets.kept.read_bytes()[:-1])
    for kept in (others.kept, damaged):
        with pytest.raises(Corrupted):
            join_key(tmp_path / "new", sheets.sheets, kept)
    assert not (tmp_path / "new").exists()


def test_an_identity_file_with_nothing_in_it_is_no_secret():
    for text in ("", "# public key: age1\n", "AGE-SECRET-KEY-1NOT\n"):
        with pytest.raises(Corrupted, match="identity_unreadable"):
            read_secret(text)


def test_an_auditor_is_revoked_by_name_unless_several_have_it(office, enrolled, make_laptop):
    with make_laptop("namesake").workspace(auditor=signer(enrolled).name, auditor_id="auditor-other") as other:
        enrol(office, enrolment_request(other))
    with pytest.raises(NotAllowed, match="auditor_not_unique"):
        revoke(office, signer(enrolled).name, "left")
    revoked, _auditor = revoke(office, signer(enrolled).fingerprint[:10], "left")
    with pytest.raises(NotAllowed, match="certificate_revoked_already"):
        revoke(revoked, signer(enrolled).fingerprint, "left")
