"""Several places of one mailbox: the first that answers counts, for auditor and office, and nothing is lost between them."""

import msgspec
import pytest

from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import import_profile, signer
from auditor_app.workflows.mailboxes import (
    Place,
    follow_office,
    keep_mailbox,
    mailbox,
    mailbox_place,
    mailbox_places,
    mailboxes,
    open_mailbox,
    set_mailbox,
)
from auditor_app.workflows.office.folder import profile_letter, sign_profile
from auditor_app.workflows.office.keys import announce, rotate
from auditor_app.workflows.office.places import LOGINS, keep_login, open_places
from auditor_app.workflows.office.profile import Change, form_in_use, set_profile
from auditor_app.workflows.office.receiving import receive_mailbox
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.office_news import confirm_key
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import carry_out, note_cut, plan_sending, send
from tests.conftest import FORM
from tests.webdav_server import webdav, webdav_server  # noqa: F401 - fixtures


@pytest.fixture
def two(office, tmp_path):
    """The office with two places: the folder from before, and a second one."""
    (tmp_path / "second").mkdir()
    return set_profile(office, Change(places=(str(tmp_path / "mailbox"), str(tmp_path / "second"))))


@pytest.fixture
def first(tmp_path):
    return tmp_path / "mailbox"


@pytest.fixture
def second(tmp_path):
    return tmp_path / "second"


def unplug(place):
    place.rename(place.with_name(f"{place.name} unplugged"))


def plug_in(place):
    place.with_name(f"{place.name} unplugged").rename(place)


def known(workspace, office):
    import_profile(workspace, profile_letter(office))
    return workspace


@pytest.fixture
def reported(with_photo, visit):
    """An enrolled auditor whose visit has a photo and a signed report: ready to hand over."""
    make_report(with_photo, visit, sign=True)
    return with_photo


# The auditor's side


def test_the_first_place_of_the_office_that_answers_counts(enrolled, two, first, second):
    known(enrolled, two)
    assert [one.url for one in mailboxes(enrolled)] == [str(first), str(second)]
    assert open_mailbox(enrolled)[0].place == str(first)
    unplug(first)
    assert open_mailbox(enrolled)[0].place == str(second)
    plug_in(first)
    assert open_mailbox(enrolled)[0].place == str(first)


def test_a_letter_that_was_put_while_the_preferred_place_was_silent_is_found_at_the_other(enrolled, two, first, second):
    known(enrolled, two)
    unplug(first)
    announce(rotate(two))
    plug_in(first)
    (news,) = fetch(enrolled).news
    assert (news.kind, bool(news.detail)) == ("profile", True)


def test_where_none_answers_the_preferred_one_says_why(enrolled, two, first, second):
    known(enrolled, two)
    unplug(first)
    unplug(second)
    with pytest.raises(Unavailable, match="place_not_found") as error:
        open_mailbox(enrolled)
    assert error.value.values["place"] == str(first)


def test_without_any_place_a_person_is_asked_to_name_one(workspace):
    assert mailbox(workspace) is None and mailbox_places(workspace) == ()
    for act in (open_mailbox, mailbox_place, follow_office):
        with pytest.raises(NotAllowed, match="mailbox_unknown"):
            act(workspace)


def test_the_auditors_own_choice_comes_first_and_the_offices_places_after_it(enrolled, two, first, second, tmp_path):
    known(enrolled, two)
    (tmp_path / "own").mkdir()
    set_mailbox(enrolled, str(tmp_path / "own"))
    assert [one.url for one in mailboxes(enrolled)] == [str(tmp_path / "own"), str(first), str(second)]
    assert [one.is_own for one in mailboxes(enrolled)] == [True, False, False]
    unplug(tmp_path / "own")
    assert open_mailbox(enrolled)[0].place == str(first)
    follow_office(enrolled)
    assert [(one.url, one.is_own) for one in mailboxes(enrolled)] == [(str(first), False), (str(second), False)]


def test_one_of_the_offices_places_can_be_chosen_and_is_listed_once(enrolled, two, first, second):
    known(enrolled, two)
    set_mailbox(enrolled, str(second))
    assert [one.url for one in mailboxes(enrolled)] == [str(second), str(first)]


def test_credentials_are_kept_for_each_place_and_given_to_no_other(enrolled, two, first, second):
    known(enrolled, two)
    keep_mailbox(enrolled, Place(url=str(second), user="ana", password="for the second", authority="PEM"))
    keep_mailbox(enrolled, Place(url=str(first), user="rosa", password="for the first"))
    follow_office(enrolled)
    found = [(one.url, one.user, one.password, one.authority) for one in mailbox_places(enrolled)]
    assert found == [(str(first), "rosa", "for the first", ""), (str(second), "ana", "for the second", "PEM")]
    moved = set_profile(two, Change(places=("https://elsewhere.example/dav", str(second))))
    known(enrolled, moved)
    assert [(one.url, one.password) for one in mailbox_places(enrolled)] == [
        ("https://elsewhere.example/dav", ""),
        (str(second), "for the second"),
    ]


def test_credentials_of_former_versions_stay_when_the_office_is_followed(enrolled, two, first):
    known(enrolled, two)
    enrolled.set_fact("mailbox", {"url": str(first), "user": "ana", "password": "kept"})
    assert mailboxes(enrolled)[0].is_own
    follow_office(enrolled)
    assert mailbox_place(enrolled).password == "kept"


def test_the_place_that_a_former_version_took_from_the_profile_is_no_choice(enrolled, two, first, second):
    known(enrolled, two)
    enrolled.set_fact("mailbox", {"url": str(second), "user": "", "password": ""})
    assert [one.url for one in mailboxes(enrolled)] == [str(first), str(second)]


def test_a_bundle_goes_to_the_second_place_and_its_receipt_comes_back_wherever_the_auditor_looks(reported, two, first, second, visit):
    known(reported, two)
    made = make_bundle(reported, visit)
    unplug(first)
    send(reported, made.id)
    assert (second / "inbox" / made.id / "bundle.json").is_file()
    plug_in(first)
    assert [one.outcome for one in receive_mailbox(two)] == ["received"]
    for place in (first, second):
        assert [path.name for path in place.glob("outbox/*/*")] == [f"receipt-{made.id}.age"]
    assert fetch(reported).about("receipt") == [made.id]


def test_what_was_sent_to_one_place_is_not_taken_for_sent_to_another(reported, two, first, second, visit):
    known(reported, two)
    made = make_bundle(reported, visit)
    send(reported, made.id)
    unplug(first)
    again = send(reported, made.id)
    assert again.sent and not again.skipped
    assert sorted(path.name for path in second.glob("inbox/*/objects/*")) == sorted(
        path.name for path in first.with_name("mailbox unplugged").glob("inbox/*/objects/*")
    )


def test_bytes_that_are_known_to_be_right_at_one_place_are_read_back_at_another(reported, two, first, second, visit):
    known(reported, two)
    made = make_bundle(reported, visit)
    send(reported, made.id)
    (largest,) = sorted(first.glob("inbox/*/objects/*"), key=lambda path: path.stat().st_size)[-1:]
    there = second / largest.relative_to(first)
    there.parent.mkdir(parents=True)
    there.write_bytes(b"x" * largest.stat().st_size)
    unplug(first)
    send(reported, made.id)
    plug_in(first)
    assert there.read_bytes() == largest.read_bytes()


def test_what_a_former_version_noted_as_sent_counts_for_the_preferred_place(reported, two, first, visit):
    known(reported, two)
    made = make_bundle(reported, visit)
    planned = plan_sending(reported, made.id)
    carry_out(planned)
    note_cut(reported, planned)
    (name,) = [name for name in (f"confirmed {planned.listing.objects_in}",) if reported.fact(name)]
    reported.set_fact(name, reported.fact(name)[str(first)])
    assert plan_sending(reported, made.id).confirmed == planned.confirmed


# The office's side


def test_the_office_looks_in_every_place_and_names_those_that_do_not_answer(reported, two, first, second, visit):
    known(reported, two)
    made = make_bundle(reported, visit)
    unplug(first)
    send(reported, made.id)
    told = receive_mailbox(two)
    assert [one.outcome for one in told] == ["received", "unreachable"]
    assert str(first) in str(told[1]) and "place_not_found" in str(told[1])
    plug_in(first)
    assert [one.outcome for one in receive_mailbox(two)] == ["known"], "and its receipt is put where it was not yet"
    assert len(list(first.glob("outbox/*/*"))) == 1
    unplug(first)
    unplug(second)
    with pytest.raises(Unavailable, match="place_not_found"):
        receive_mailbox(two)


def test_a_named_place_is_the_only_one(two, second):
    assert [one.place for one in open_places(two, url=str(second)).storages] == [str(second)]


def test_a_renewed_profile_is_announced_at_every_place(enrolled, two, first, second):
    assert announce(rotate(two)).auditors == 1
    for place in (first, second):
        assert [path.name for path in place.glob(f"outbox/{signer(enrolled).fingerprint}/*")] == ["profile.age"]


def test_who_announces_learns_which_place_does_not_have_it_yet(enrolled, two, first, second):
    unplug(first)
    done = announce(two)
    assert (done.auditors, [(place, error.code) for place, error in done.unanswered]) == (1, [(str(first), "place_not_found")])


def test_of_two_new_keys_at_two_places_the_newer_one_is_offered(enrolled, two, first, second):
    known(enrolled, two)
    renewed = rotate(two)
    announce(renewed, url=str(second))
    newest = rotate(renewed)
    announce(newest, url=str(first))
    for _again in range(2):
        (told,) = fetch(enrolled).news
        assert told.detail == newest.profile.recipient
    confirm_key(enrolled, newest.profile.recipient)
    assert fetch(enrolled).news == ()


def test_a_place_that_takes_nothing_keeps_a_letter_from_no_other(enrolled, two, first, second):
    places = open_places(two)
    unplug(first)
    with pytest.raises(Unavailable):
        places.put_letter("f" * 64, "profile.age", b"sealed")
    assert (second / "outbox" / ("f" * 64) / "profile.age").read_bytes() == b"sealed"


def test_passwords_of_places_are_kept_sealed_each_for_its_own_address(two, tmp_path, webdav):  # noqa: F811
    """A real WebDAV server is reached with what is kept for its own address, and with no other."""
    url, user, password = webdav.url, webdav.user, webdav.password
    office = set_profile(two, Change(places=(url, str(tmp_path / "mailbox"))))
    assert [one.place for one in open_places(office).storages] == [str(tmp_path / "mailbox")]
    keep_login(office, "https://other.example", user=user, password=password)
    assert [one.place for one in open_places(office).storages] == [str(tmp_path / "mailbox")]
    keep_login(office, url, user=user, password=password)
    assert [one.place for one in open_places(office).storages] == [url, str(tmp_path / "mailbox")]
    assert [one.place for one in open_places(office, user=user, password="wrong").storages] == [str(tmp_path / "mailbox")]
    assert password.encode() not in b"".join(path.read_bytes() for path in office.folder.rglob("*") if path.is_file())
    renewed = rotate(office)
    assert open_places(renewed).storages[0].place == url, "what was sealed to the key before still opens"
    keep_login(renewed, url)
    assert [one.place for one in open_places(renewed).storages] == [str(tmp_path / "mailbox")]
    (office.folder / LOGINS).write_bytes(b"not sealed")
    with pytest.raises(Corrupted):
        open_places(renewed)


# What the profile says


def test_each_change_of_the_profile_is_signed_and_the_rest_stays(office, clock):
    before = office.profile
    changed = set_profile(office, Change(places=("https://a.example/box", "https://b.example/box"), office_months=120))
    changed = set_profile(changed, Change(forms=(form_in_use(FORM),), laptop_months=6))
    said = changed.profile
    assert said.places == ("https://a.example/box", "https://b.example/box") and said.mailbox == ""
    assert (said.retention.office_months, said.retention.laptop_months) == (120, 6)
    assert [one.form for one in said.forms] == [FORM] and len(said.forms[0].digest) == 64
    assert (said.authority, said.recipient, said.office) == (before.authority, before.recipient, before.office)
    letter = profile_letter(changed)
    assert profile_letter(set_profile(changed, Change(laptop_months=6))) == letter, "nothing changed, nothing signed"
    assert set_profile(changed, Change(forms=())).profile.forms == ()


def test_an_office_of_a_former_version_keeps_its_mailbox_when_something_else_changes(office):
    former = sign_profile(office, msgspec.structs.replace(office.profile, places=(), mailbox="https://a.example/box"))
    assert set_profile(former, Change(laptop_months=6)).profile.mailboxes == ("https://a.example/box",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change(places=("a", "a")), "place_named_twice"),
        (Change(places=tuple("abcdefghijk")), "too_many_places"),
        (Change(places=("https://me:secret@a.example/box",)), "place_password_in_address"),
        (Change(laptop_months=-1), "retention_not_possible"),
        (Change(office_months=5000), "retention_not_possible"),
    ],
)
def test_what_a_profile_cannot_say_is_refused_and_nothing_is_written(office, change, code):
    before = profile_letter(office)
    with pytest.raises(NotAllowed, match=code):
        set_profile(office, change)
    assert profile_letter(office) == before


def test_a_form_is_named_by_key_digest_or_file(office, tmp_path):
    by_key = form_in_use(FORM)
    assert form_in_use(by_key.digest) == by_key
    with pytest.raises(NotAllowed, match="form_unknown"):
        form_in_use("no-such-form")
