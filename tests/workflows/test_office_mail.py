"""Letters from the office: found on a stick among other things, taken in once, and refused one by one."""

import pytest

from auditor_app.digests import sha256_of
from auditor_app.errors import Cancelled, NotAllowed
from auditor_app.vault.keys import Secret
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.hand_over import hand_overs, make_bundle
from auditor_app.workflows.mail_words import said
from auditor_app.workflows.office.folder import PROFILE
from auditor_app.workflows.office.receiving import receipt_letter, receive_path, sealed_receipt
from auditor_app.workflows.office_mail import fetch, take
from auditor_app.workflows.reports import make_report


@pytest.fixture
def stick(office, enrolled, visit, tmp_path):
    """A stick with the receipt of a bundle on it, sealed; gives the bundle's id and the folder."""
    make_report(enrolled, visit, sign=True)
    made = make_bundle(enrolled, visit, out=tmp_path / "bundle").id
    assert receive_path(office, tmp_path / "bundle").outcome == "received"
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / f"receipt-{made}.age").write_bytes(sealed_receipt(office, made)[1])
    return made, folder


def test_a_folder_with_anything_in_it_gives_the_letters_for_this_auditor(enrolled, stick):
    made, folder = stick
    (folder / "holiday.age").write_bytes(b"no letter")
    (folder / "list.json").write_text('{"document": 1}')
    (folder / "colleague.age").write_bytes(seal_bytes(b"{}", [Secret.new().recipient]))
    (folder / f"attachment-{sha256_of(b'x')}.age").write_bytes(b"x")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "more.age").mkdir()
    found = take(enrolled, folder)
    assert (found.about("receipt"), found.refused) == ([made], ())
    assert hand_overs(enrolled)[0].received_at
    assert said(found.news[0]) == f"{made[:12]}: the office has signed for every file"


def test_a_letter_is_taken_in_once_however_it_comes(enrolled, office, stick):
    made, folder = stick
    assert take(enrolled, folder).about("receipt") == [made]
    assert take(enrolled, folder).news == ()
    (folder / "the same.json").write_bytes(receipt_letter(office, made))
    assert take(enrolled, folder / "the same.json").news == ()


def test_a_refused_letter_is_named_and_does_not_keep_the_others_away(enrolled, office, stick):
    made, folder = stick
    (folder / "a-first.json").write_bytes(receipt_letter(office, made).replace(b"received_at", b"received_by"))
    found = take(enrolled, folder)
    assert [(name, error.code) for name, error in found.refused] == [("a-first.json", "letter_unreadable")]
    assert found.about("receipt") == [made]
    assert take(enrolled, folder).refused, "what was refused is looked at again: it may have been mended"


def test_a_profile_on_a_stick_is_nothing_new_where_it_is_known(enrolled, office, stick):
    _made, folder = stick
    (folder / "office.json").write_bytes((office.folder / PROFILE).read_bytes())
    assert take(enrolled, folder / "office.json") == take(enrolled, folder / "office.json")
    assert take(enrolled, folder / "office.json").news == ()


@pytest.mark.parametrize("there", [None, "holiday.age"])
def test_a_folder_without_a_letter_says_so(enrolled, tmp_path, there):
    if there:
        (tmp_path / there).write_bytes(b"no letter")
    with pytest.raises(NotAllowed, match="no_letter"):
        take(enrolled, tmp_path)


def test_a_letter_of_an_unknown_kind_is_refused_by_its_name(enrolled, stick, tmp_path):
    (tmp_path / "strange.json").write_text('{"document": {"format": "auditor-app-greeting-1"}, "signature": "eA=="}')
    ((name, error),) = take(enrolled, tmp_path / "strange.json").refused
    assert (name, error.code, error.values["detail"]) == ("strange.json", "letter_unreadable", "auditor-app-greeting-1")


def test_what_was_taken_before_a_cancel_stays_taken(enrolled, stick):
    made, folder = stick
    (folder / "z-later.age").write_bytes((folder / f"receipt-{made}.age").read_bytes())

    def stop_at_the_second(_step: str, done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        take(enrolled, folder, stop_at_the_second)
    assert hand_overs(enrolled)[0].received_at


def test_without_an_office_there_is_nothing_to_fetch(workspace):
    assert fetch(workspace).news == ()
