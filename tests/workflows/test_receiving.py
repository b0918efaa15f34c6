"""What the office refuses and why, whom it tells, how much it takes, and how it goes on looking."""

import os
from pathlib import Path

import msgspec
import pytest

from auditor_app.domain.office import EnrolmentRequest, FormInUse
from auditor_app.domain.refusals import Refusal
from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.install_paths import shipped_forms
from auditor_app.register.queries import QUERIES, answer
from auditor_app.register.register import open_register
from auditor_app.signing.keys import certificate_request, new_private_key
from auditor_app.vault.keys import Secret
from auditor_app.workflows.custody import HandOverState, hand_over_state
from auditor_app.workflows.forms import import_form
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import signer
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.letters import sign_letter
from auditor_app.workflows.mail import Taking
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.office.limits import OfficeLimits, change_limits, office_limits
from auditor_app.workflows.office.profile import Change, set_profile
from auditor_app.workflows.office.quarantine import clear, find_held, held, receiving
from auditor_app.workflows.office.receiving import receive_mailbox, receive_path
from auditor_app.workflows.office.refusing import copy_letter
from auditor_app.workflows.office.sticks import receive_stick
from auditor_app.workflows.office.trusting import revoke
from auditor_app.workflows.office_mail import fetch, take
from auditor_app.workflows.refusals import open_refusals, refused_bundles, take_refusal
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import look_again, send
from auditor_app.workflows.sending_queue import queue
from auditor_app.workflows.visits import begin_visit, describe_visit


@pytest.fixture
def reported(with_photo, visit):
    """A workspace whose visit has a photo and a signed report."""
    make_report(with_photo, visit, sign=True)
    return with_photo


@pytest.fixture
def sent(reported, visit) -> str:
    """The bundle of that visit in the mailbox: its id."""
    made = make_bundle(reported, visit)
    send(reported, made.id)
    return made.id


@pytest.fixture
def older(reported, visit, office, tmp_path) -> str:
    """A bundle in the mailbox that the office must refuse, because it has a newer one: its id."""
    made = make_bundle(reported, visit)
    send(reported, made.id)
    describe_visit(reported, visit, {"scope": "All areas"})
    make_bundle(reported, visit, out=tmp_path / "newer")
    assert receive_path(office, tmp_path / "newer").outcome == "received"
    return made.id


def outcomes(results) -> list[str]:
    return [result.outcome for result in results]


# The auditor is told


def test_the_auditor_of_a_refused_bundle_is_told_why_and_what_to_do(office, reported, older):
    (refused,) = receive_mailbox(office)
    assert (refused.outcome, refused.reason.split()[0], refused.told) == ("refused", "bundle_is_older", True)
    (news,) = [one for one in fetch(reported).news if one.kind == "refusal"]
    assert news.about == older
    told = refused_bundles(reported)[older]
    assert told.office == "Office of Assurance"
    assert told.reasons == ("The office has a newer bundle of this visit already.",)
    assert told.to_do == "Nothing needs to be done: the office has the newer one."
    assert news.detail == told.words
    assert fetch(reported).news == ()
    assert look_again(reported) == [], "it is not sent again"


def test_the_hand_over_says_that_the_newest_bundle_was_refused_until_another_is_made(office, reported, visit, tmp_path):
    made = make_bundle(reported, visit, out=tmp_path / "stick")
    assert [one.bundle for one in queue(reported)] == [made.id]
    (tmp_path / "stick" / "notes.txt").write_text("more")
    receive_path(office, tmp_path / "stick")
    copy_letter(office, made.id, tmp_path / "letters")
    take(reported, tmp_path / "letters")
    assert hand_over_state(reported, visit) == HandOverState(refused=True)
    assert queue(reported) == ()
    make_bundle(reported, visit)
    assert hand_over_state(reported, visit) == HandOverState(waiting=1)


def test_a_refused_bundle_is_of_concern_until_another_one_is_made(office, reported, visit, sent):
    changed = change_limits(office, {"bundle_files": 2})
    assert outcomes(receive_mailbox(office)) == ["refused"]
    fetch(reported)
    assert [one.bundle for one in open_refusals(reported)] == [sent]
    describe_visit(reported, visit, {"scope": "Less"})
    make_bundle(reported, visit)
    assert open_refusals(reported) == []
    assert list(refused_bundles(reported)) == [sent]
    assert changed.bundle_files == 2


def test_a_receipt_that_comes_later_takes_the_refusal_back(office, reported, sent):
    change_limits(office, {"bundle_files": 2})
    receive_mailbox(office)
    assert [one.kind for one in fetch(reported).news] == ["refusal"]
    change_limits(office, {"bundle_files": 100})
    assert outcomes(receive_mailbox(office)) == ["received"], "the office has changed, so it is judged again by itself"
    assert [one.kind for one in fetch(reported).news] == ["receipt"]
    assert refused_bundles(reported) == {}
    assert held(office) == []


def test_an_unknown_signer_tells_nobody_and_nothing_of_the_bulk_is_fetched(office, sent, tmp_path):
    for known in (office.folder / "auditors").iterdir():
        known.rename(tmp_path / known.name)
    (refused,) = receive_mailbox(office)
    assert (refused.reason.split()[0], refused.told) == ("auditor_not_enrolled", False)
    assert not (tmp_path / "mailbox" / "outbox").exists()
    assert {path.name for path in (office.quarantine / sent).rglob("*")} == {"tagmanifest-sha256.txt", "tagmanifest-sha256.txt.p7s"}
    for known in tmp_path.glob("*.json"):
        known.rename(office.folder / "auditors" / known.name)
    assert outcomes(receive_mailbox(office)) == ["received"], "he is enrolled now"


def test_a_revoked_auditor_is_told(office, reported, sent):
    office = revoke(office, signer(reported).fingerprint, "compromised")[0]
    (refused,) = receive_mailbox(office)
    assert [(one.question, one.reason) for one in refused.answers] == [("signer_trusted", "certificate_revoked")]
    fetch(reported)
    assert refused_bundles(reported)[sent].to_do.startswith("Ask the office for a new certificate")


def test_a_refusal_on_a_stick_goes_by_stick_or_with_the_next_look_into_the_mailbox(office, reported, visit, older, tmp_path):
    make_bundle(reported, visit, out=tmp_path / "stick")
    (tmp_path / "stick" / "notes.txt").write_text("more")
    refused = receive_path(office, tmp_path / "stick")
    assert (refused.outcome, refused.told) == ("refused", True)
    letter = copy_letter(office, refused.bundle[:10], tmp_path / "letters")
    assert letter.name == f"refusal-{refused.bundle}.age"
    assert [one.about for one in take(reported, tmp_path / "letters").news] == [refused.bundle]
    receive_mailbox(office)
    assert {path.name for path in (tmp_path / "mailbox").glob("outbox/*/*")} == {f"refusal-{one}.age" for one in (older, refused.bundle)}


def test_nobody_is_told_that_a_bundle_was_refused_which_the_office_has(office, reported, visit, tmp_path):
    make_bundle(reported, visit, out=tmp_path / "stick")
    assert receive_path(office, tmp_path / "stick").outcome == "received"
    (tmp_path / "stick" / "notes.txt").write_text("more")
    refused = receive_path(office, tmp_path / "stick")
    assert (refused.outcome, refused.told) == ("refused", False)
    with pytest.raises(NotAllowed, match="no_refusal_letter"):
        copy_letter(office, refused.bundle, tmp_path)


def test_only_the_office_can_refuse(office, reported, sent, tmp_path, clock):
    other = found_office(tmp_path / "other", office.profile.office, clock)
    refusal = msgspec.convert(
        {
            "format": "auditor-app-refusal-1",
            "bundle": sent,
            "office": "Office of Assurance",
            "auditor": signer(reported).fingerprint,
            "refused_at": "2026-05-04T13:08:07.000000Z",
            "reasons": [{"code": "from_the_future"}],
        },
        Refusal,
    )
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        take_refusal(reported, Taking(name="letter", letter=sign_letter(refusal, other.identity, clock.now())))
    assert refused_bundles(reported) == {}
    genuine = sign_letter(refusal, office.identity, clock.now())
    assert take_refusal(reported, Taking(name="letter", letter=genuine)) is not None
    assert refused_bundles(reported)[sent].reasons == ("It is not as it should be (from_the_future).",)
    of_nobody = sign_letter(msgspec.structs.replace(refusal, bundle="0" * 64), office.identity, clock.now())
    assert take_refusal(reported, Taking(name="letter", letter=of_nobody)) is None


def test_what_is_damaged_in_the_mailbox_is_no_fault_of_the_bundle_and_nobody_is_told(office, reported, sent, tmp_path):
    damaged = max((tmp_path / "mailbox" / "inbox").glob("*/objects/*"), key=lambda path: path.stat().st_size)
    damaged.write_bytes(bytes(damaged.stat().st_size))
    for _again in range(2):  # looked at anew each time: what was mended meanwhile must not be missed
        assert [(one.outcome, one.told) for one in receive_mailbox(office)] == [("damaged", False)]
    assert look_again(reported) == [sent]
    send(reported, sent)
    assert outcomes(receive_mailbox(office)) == ["received"]


def test_what_is_looked_at_every_minute_stands_in_the_register_once_until_something_else_is_wrong(office, tmp_path):
    junk = tmp_path / "mailbox" / "inbox" / "junk" / "bundle.json"
    junk.parent.mkdir(parents=True)
    for content, rows in ((b"{", 1), (b'{"format":"auditor-app-mailbox-1"}', 1), (b'{"format":"auditor-app-mailbox-9"}', 2)):
        junk.write_bytes(content)
        for _minute in range(2):
            receive_mailbox(office)
        with open_register(office.register) as db:
            assert len(list(db.query("SELECT * FROM refusal"))) == rows


def test_a_name_that_plays_tricks_on_a_terminal_is_shown_with_codes(office, tmp_path):
    (tmp_path / "mailbox" / "inbox" / "\x1b[2J\u202egpj").mkdir(parents=True)
    (tmp_path / "mailbox" / "inbox" / "\x1b[2J\u202egpj" / "bundle.json").write_bytes(b"{")
    for _again in range(2):
        (told,) = receive_mailbox(office)
        assert (told.bundle, told.outcome) == ("[U+001B][2J[U+202E]gpj", "damaged")
    assert [one.note.bundle for one in held(office)] == ["[U+001B][2J[U+202E]gpj"]


# A stick


def test_all_bundles_of_a_stick_come_in_as_they_were_written(office, reported, visit, tmp_path):
    stick = tmp_path / "stick"
    for number, scope in enumerate(("All areas", "All areas and the port"), start=1):
        describe_visit(reported, visit, {"scope": scope})
        make_bundle(reported, visit, out=stick / f"{9 - number}.zip")
        os.utime(stick / f"{9 - number}.zip", (number, number))
    (stick / "holiday.jpg").write_bytes(b"photo")
    (stick / "broken.zip").write_bytes(b"PK")
    assert outcomes(receive_stick(office, stick)) == ["received", "received"]
    assert outcomes(receive_stick(office, stick / "8.zip")) == ["known"]
    change_limits(office, {"quarantine_mb": 1, "free_mb": 1_000_000_000})
    other, _ = begin_visit(reported, "copper-mark-rra-3.0", {"site": "Puerto", "site_type": "mine"})
    make_report(reported, other, sign=True)
    make_bundle(reported, other, out=stick / "other")
    assert sorted(outcomes(receive_stick(office, stick))) == ["known", "known", "waits"]


def test_a_stick_without_a_bundle_says_so_and_a_bundle_that_lacks_its_manifest_is_refused(office, reported, visit, tmp_path):
    (tmp_path / "stick" / "Music").mkdir(parents=True)
    with pytest.raises(NotAllowed, match="bundle_missing"):
        receive_stick(office, tmp_path / "stick")
    assert held(office) == []
    make_bundle(reported, visit, out=tmp_path / "bundle")
    (tmp_path / "bundle" / "tagmanifest-sha256.txt").unlink()
    assert outcomes(receive_stick(office, tmp_path / "bundle")) == ["refused"]


# Quarantine


def test_a_refused_bundle_stays_in_quarantine_with_its_reasons_and_in_the_register(office, reported, older):
    receive_mailbox(office)
    (one,) = held(office)
    assert (one.note.bundle, one.note.outcome, one.note.auditor_name, one.note.code) == (
        *(older, "refused", "Ana Núñez"),
        "bundle_is_older",
    )
    assert one.size > 10_000 and one.letter is not None
    with open_register(office.register) as db:
        (row,) = answer(db, next(query for query in QUERIES if query.name == "refused-bundles"), "2026-05-05")
    assert (row["bundle"], row["reasons"], row["auditor"], row["has_letter"]) == (older, "bundle_is_older", "Ana Núñez", 1)


def test_a_refused_bundle_is_looked_at_again_only_when_something_of_it_has_changed(office, reported, older, tmp_path):
    assert [one.again for one in receive_mailbox(office)] == [False]
    at = held(office)[0].note.at
    assert [(one.again, one.reason.split()[0]) for one in receive_mailbox(office)] == [(True, "bundle_is_older")]
    assert held(office)[0].note.at == at
    part = next((tmp_path / "mailbox" / "inbox").glob("*/objects/*"))
    os.utime(part, (1, 1))
    assert [one.again for one in receive_mailbox(office)] == [False]
    assert held(office)[0].note.at > at


def test_what_is_dropped_is_fetched_and_judged_anew(office, reported, older):
    receive_mailbox(office)
    clear(office, find_held(office, older[:8]).note.bundle)
    assert list(office.quarantine.iterdir()) == []
    assert [one.again for one in receive_mailbox(office)] == [False]
    with pytest.raises(NotAllowed, match="not_in_quarantine"):
        find_held(office, "ffff")


def test_strange_things_in_the_mailbox_stop_nothing(office, reported, sent, tmp_path):
    inbox = tmp_path / "mailbox" / "inbox"
    (inbox / "notes").write_text("a file where a folder should be")
    for name, content in (("con", b"{}"), ("a b", b"{}"), ("0000", b""), ("0" * 64, b"[" * 100_000)):
        (inbox / name).mkdir()
        (inbox / name / "bundle.json").write_bytes(content)
    results = receive_mailbox(office)
    assert sorted(outcomes(results)) == ["damaged"] * 4 + ["received"]
    assert all(one.words for one in results if one.outcome == "damaged")


def test_two_programs_never_receive_at_once(office, sent):
    with receiving(office), pytest.raises(Unavailable, match="office_receives_already"):
        receive_mailbox(office)
    assert outcomes(receive_mailbox(office)) == ["received"]


def test_a_note_that_cannot_be_read_does_not_stop_receiving(office, older):
    receive_mailbox(office)
    (office.quarantine / f"{older}.json").write_text("{")
    assert outcomes(receive_mailbox(office)) == ["refused"]


# Limits


def test_limits_have_defaults_and_are_kept(office):
    assert office_limits(office) == OfficeLimits()
    change_limits(office, {"free_mb": 7, "bundles_per_auditor": 3})
    assert (office_limits(office).free_mb, office_limits(office).bundles_per_auditor) == (7, 3)
    with pytest.raises(NotAllowed, match="limit_not_possible"):
        change_limits(office, {"free_mb": -1})
    assert office_limits(office).free_mb == 7
    (office.folder / "limits.json").write_text('{"free_mb": "much"}')
    with pytest.raises(Corrupted, match="limits_unreadable"):
        receive_mailbox(office)


@pytest.mark.parametrize(("limits", "code"), [({"quarantine_mb": 1}, "quarantine_full"), ({"free_mb": 1_000_000_000}, "disk_kept_free")])
def test_a_bundle_for_which_there_is_no_room_waits_and_comes_in_once_there_is(office, reported, visit, sent, tmp_path, limits, code):
    (office.quarantine / "other").mkdir(parents=True)
    (office.quarantine / "other" / "file").write_bytes(bytes(1_000_000))
    change_limits(office, limits)
    assert [(one.outcome, one.reason.split()[0], one.told) for one in receive_mailbox(office)] == [("waits", code, False)]
    assert not (office.quarantine / sent / "data").exists()
    make_bundle(reported, visit, out=tmp_path / "stick")
    with pytest.raises(Unavailable, match=code):
        receive_path(office, tmp_path / "stick")
    change_limits(office, {"quarantine_mb": 10, "free_mb": 0})
    assert outcomes(receive_mailbox(office)) == ["received"]


def test_an_auditor_may_have_so_many_bundles_in_quarantine(office, reported, older):
    receive_mailbox(office)
    change_limits(office, {"bundles_per_auditor": 1})
    other, _ = begin_visit(reported, "copper-mark-rra-3.0", {"site": "Puerto", "site_type": "mine"})
    make_report(reported, other, sign=True)
    send(reported, make_bundle(reported, other).id)
    assert sorted((one.outcome, one.reason.split()[0]) for one in receive_mailbox(office)) == [
        ("refused", "bundle_is_older"),
        ("waits", "too_many_of_auditor"),
    ]
    clear(office, older)
    change_limits(office, {"bundles_per_auditor": 2})
    assert sorted(outcomes(receive_mailbox(office))) == ["received", "refused"]


@pytest.mark.parametrize("limits", [{"bundle_files": 3}, {"file_mb": 1}, {"bundle_mb": 1}])
def test_a_bundle_above_the_limits_is_refused_before_it_is_fetched(office, reported, visit, tmp_path, limits):
    (tmp_path / "large.bin").write_bytes(os.urandom(1_100_000))
    take_in(reported, visit, tmp_path / "large.bin")
    made = make_bundle(reported, visit, out=tmp_path / "stick")
    send(reported, made.id)
    change_limits(office, limits)
    for results in (receive_mailbox(office), [receive_path(office, tmp_path / "stick")]):
        assert [(one.outcome, one.reason.split()[0], one.told) for one in results] == [("refused", "bundle_too_large", True)]
        assert not (office.quarantine / made.id / "data").exists()


# What else is judged


def test_the_form_must_be_one_that_is_shipped_or_that_the_profile_names(office, enrolled, photo, tmp_path):
    own = (shipped_forms() / "copper-mark-rra-3.0" / "form.yaml").read_text("utf-8")
    (tmp_path / "form.yaml").write_text(own.replace("form: copper-mark-rra-3.0", "form: copper-mark-rra-3.0-ours", 1), "utf-8")
    form = import_form(enrolled, tmp_path / "form.yaml")
    visit, _ = begin_visit(enrolled, form.digest, {"site": "Puerto", "site_type": "mine"})
    make_report(enrolled, visit, sign=True)
    send(enrolled, make_bundle(enrolled, visit).id)
    assert [one.reason.split()[0] for one in receive_mailbox(office)] == ["form_not_of_office"]
    office = set_profile(office, Change(forms=(FormInUse(form=form.form, digest="0" * 64),)))
    assert [one.reason.split()[0] for one in receive_mailbox(office)] == ["form_not_of_office"]
    office = set_profile(office, Change(forms=(FormInUse(form=form.form, digest=form.digest),)))
    assert outcomes(receive_mailbox(office)) == ["received"]


def test_another_enrolled_auditor_cannot_put_a_signature_over_the_bundle_of_a_colleague(office, reported, sent):
    """Found: whoever did so got the receipt, and the bundle's own auditor never did."""
    facts = enrol(office, msgspec.json.encode(EnrolmentRequest(request=_request(), recipient=Secret.new().recipient)))[1]
    own = office.folder / "auditors" / f"{signer(reported).fingerprint}.json"
    other = office.folder / "auditors" / f"{facts.fingerprint}.json"
    swapped = own.read_bytes().replace(_recipient(own).encode(), _recipient(other).encode())
    own.write_bytes(swapped)
    assert [one.reason.split()[0] for one in receive_mailbox(office)] == ["record_of_someone_else"]


def _request() -> str:
    return certificate_request(new_private_key(), "Bo Lindqvist", "Andes Field Audits").decode()


def _recipient(path: Path) -> str:
    return str(msgspec.json.decode(path.read_bytes())["recipient"])


def test_one_place_that_does_not_answer_does_not_keep_the_others_waiting(office, reported, sent, tmp_path):
    office = set_profile(office, Change(places=(str(tmp_path / "nowhere"), str(tmp_path / "mailbox"))))
    found = [(one.outcome, one.reason.partition(" ")[0]) for one in receive_mailbox(office)]
    assert found == [("received", ""), ("unreachable", "place_not_found")]
    office = set_profile(office, Change(places=(str(tmp_path / "nowhere"), str(tmp_path / "neither"))))
    with pytest.raises(Unavailable, match="place_not_found"):
        receive_mailbox(office)
