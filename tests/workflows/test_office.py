"""What the office receives, refuses and signs for, and what that lets the laptop do."""

import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.office import Receipt, ReceivedFile
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable
from auditor_app.workflows.evidence import export_original
from auditor_app.workflows.hand_over import find_bundle, hand_overs, make_bundle
from auditor_app.workflows.history import undo
from auditor_app.workflows.identity import enrolment_request, import_enrolment, signer, signing_identity
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.letters import read_letter, sign_letter
from auditor_app.workflows.mail import Taking
from auditor_app.workflows.mailboxes import mailbox, set_mailbox
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office, open_office
from auditor_app.workflows.office.receiving import receipt_letter, receive_mailbox, receive_path, registered, sealed_receipt
from auditor_app.workflows.office.trusting import revoke
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.receipts import releasable, release, take_receipt
from auditor_app.workflows.reports import list_reports, make_report, report_bytes
from auditor_app.workflows.sending import send
from auditor_app.workflows.verifying import Trust, verify_bundle
from auditor_app.workflows.visits import begin_visit, describe_visit
from auditor_app.workflows.workspaces import check


@pytest.fixture
def bundle(reported, visit, tmp_path) -> Path:
    """The bundle of that visit on a stick."""
    make_bundle(reported, visit, out=tmp_path / "stick" / "bundle")
    return tmp_path / "stick" / "bundle"


@pytest.fixture
def receipt(office, bundle) -> bytes:
    """The office's receipt for it."""
    result = receive_path(office, bundle)
    assert result.outcome == "received", result
    return receipt_letter(office, result.bundle)


def outcomes(results) -> list[str]:
    return [result.outcome for result in results]


def test_a_bundle_from_a_stick_is_received_registered_and_receipted(office, reported, visit, bundle, receipt, clock):
    (row,) = registered(office)
    assert (row["site"], row["auditor_name"], row["visit"]) == ("Fundición Río Seco", "Ana Núñez", visit)
    held = office.received / row["bundle"]
    assert verify_bundle(held, Trust(at=clock.now(), profile=office.profile, secret=office.secret)).all_yes
    told, _ = read_letter(receipt, Receipt, [office.profile.authority.encode()], clock.now(), place="receipt")
    assert {file.name for file in told.files} == {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert told.auditor == signer(reported).fingerprint
    assert not list(office.quarantine.iterdir())


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_receiving_twice_is_harmless(office, reported, visit, tmp_path, form):
    path = tmp_path / "stick" / ("bundle.zip" if form == "zip" else "bundle")
    make_bundle(reported, visit, out=path)
    assert receive_path(office, path).outcome == "received"
    before = registered(office), receipt_letter(office, registered(office)[0]["bundle"])
    assert receive_path(office, path).outcome == "known"
    assert (registered(office), receipt_letter(office, registered(office)[0]["bundle"])) == before


def test_a_damaged_bundle_is_refused_without_a_receipt_and_the_whole_one_is_still_welcome(office, bundle, tmp_path):
    shutil.copytree(bundle, tmp_path / "damaged")
    (one,) = (tmp_path / "damaged").glob("data/evidence/*")
    one.write_bytes(one.read_bytes()[:-1] + b"x")
    refused = receive_path(office, tmp_path / "damaged")
    assert (refused.outcome, refused.answers[0].places) == ("refused", (f"data/evidence/{one.name}",))
    assert registered(office) == []
    with pytest.raises(NotAllowed, match="receipt_missing"):
        receipt_letter(office, refused.bundle)
    assert receive_path(office, bundle).outcome == "received"


def test_a_bundle_of_an_auditor_whom_the_office_did_not_enrol_stays_in_quarantine(office, bundle):
    for known in (office.folder / "auditors").iterdir():
        known.unlink()
    refused = receive_path(office, bundle)
    assert (refused.outcome, refused.reason.split()[0]) == ("refused", "auditor_not_enrolled")
    assert (office.quarantine / refused.bundle / "bagit.txt").is_file()
    assert registered(office) == []
    assert not office.received.exists()


def test_a_bundle_for_another_office_is_refused(bundle, tmp_path, clock):
    other = found_office(tmp_path / "other", "Another Office", clock)
    refused = receive_path(other, bundle)
    assert refused.outcome == "refused"
    assert [(answer.question, answer.reason) for answer in refused.answers] == [("signer_trusted", "certificate_issued_by_someone_else")]
    assert not (other.quarantine / refused.bundle / "data").exists(), "nothing of a stranger is copied but what says who it is"


def test_an_older_bundle_of_a_visit_is_refused_after_a_newer_one(office, reported, visit, tmp_path):
    make_bundle(reported, visit, out=tmp_path / "first")
    describe_visit(reported, visit, {"scope": "All areas"})
    make_bundle(reported, visit, out=tmp_path / "second")
    assert receive_path(office, tmp_path / "second").outcome == "received"
    replayed = receive_path(office, tmp_path / "first")
    assert (replayed.outcome, replayed.reason.split()[0]) == ("refused", "bundle_is_older")
    assert len(registered(office)) == 1


def test_a_bundle_of_a_laptop_that_lacks_what_was_received_does_not_go_on_from_it(office, reported, visit, colleague, tmp_path):
    describe_visit(reported, visit, {"scope": "All areas"})
    describe_visit(colleague, visit, {"exclusions": "The port"})
    for laptop, folder in ((reported, tmp_path / "first"), (colleague, tmp_path / "second")):
        make_bundle(laptop, visit, out=folder)
    assert receive_path(office, tmp_path / "first").outcome == "received"
    parallel = receive_path(office, tmp_path / "second")
    assert (parallel.outcome, parallel.reason.split()[0]) == ("refused", "journal_does_not_continue")


def test_bundles_of_a_visit_that_wait_together_come_in_as_they_were_sent(office, reported, visit):
    """Their ids are chance: each must be a version of its own, whichever sorts first."""
    first = make_bundle(reported, visit)
    send(reported, first.id)
    second = first
    while second.id >= first.id:
        describe_visit(reported, visit, {"scope": f"As of {reported.clock.now()}"})
        second = make_bundle(reported, visit)
    send(reported, second.id)
    assert [(one.bundle, one.outcome) for one in receive_mailbox(office)] == [(first.id, "received"), (second.id, "received")]


def test_a_newer_bundle_of_a_visit_follows_the_older_one(office, reported, visit, tmp_path):
    for scope in ("All areas", "All areas and the port"):
        describe_visit(reported, visit, {"scope": scope})
        make_bundle(reported, visit, out=tmp_path / scope)
        assert receive_path(office, tmp_path / scope).outcome == "received"
    assert len(registered(office)) == 2


def test_over_a_mailbox_folder_everything_waiting_is_received_and_the_receipt_comes_back(office, reported, visit):
    made = make_bundle(reported, visit)
    assert outcomes(receive_mailbox(office)) == []
    assert send(reported, made.id).sent == len(made.listing)
    assert find_bundle(reported, made.id).sent_at
    assert fetch(reported).about("receipt") == []
    for outcome in ("received", "known"):
        assert outcomes(receive_mailbox(office)) == [outcome]
    assert send(reported, made.id).sent == 0
    assert fetch(reported).about("receipt") == [made.id]
    assert find_bundle(reported, made.id).received_at
    assert fetch(reported).about("receipt") == []


def test_a_refused_bundle_in_the_mailbox_does_not_stop_the_rest(office, reported, visit, tmp_path):
    first = make_bundle(reported, visit)
    send(reported, first.id)
    damaged = next((tmp_path / "mailbox" / "inbox").glob("*/objects/*"))
    damaged.write_bytes(bytes(damaged.stat().st_size))
    (tmp_path / "mailbox" / "inbox" / "0000").mkdir()
    (tmp_path / "mailbox" / "inbox" / "0000" / "bundle.json").write_text("{}")
    second, _ = begin_visit(reported, "copper-mark-rra-2.0", {"site": "Puerto", "site_type": "mine"})
    make_report(reported, second, sign=True)
    send(reported, make_bundle(reported, second).id)
    results = receive_mailbox(office)
    assert sorted(outcomes(results)) == ["damaged", "damaged", "received"]
    assert [row["site"] for row in registered(office)] == ["Puerto"]


def test_a_bundle_under_another_id_is_refused(office, reported, visit, tmp_path):
    made = make_bundle(reported, visit)
    send(reported, made.id)
    inbox = tmp_path / "mailbox" / "inbox"
    (inbox / made.id).rename(inbox / ("0" * 64))
    listing = inbox / ("0" * 64) / "bundle.json"
    listing.write_bytes(listing.read_bytes().replace(b'"bundle":"' + made.id.encode(), b'"bundle":"' + b"0" * 64))
    (refused,) = receive_mailbox(office)
    assert (refused.outcome, refused.reason.split()[0]) == ("refused", "bundle_id_differs")
    assert registered(office) == []


def test_a_clock_that_jumps_back_breaks_neither_journal_nor_bundle(office, reported, visit, clock, tmp_path):
    clock.moment -= timedelta(hours=7)
    describe_visit(reported, visit, {"scope": "written in the past"})
    describe_visit(reported, visit, {"scope": "written after that"})
    undo(reported, visit)
    assert reported.visit(visit).facts["scope"] == "written in the past"
    assert check(reported, deep=True) == []
    clock.moment += timedelta(days=2)
    make_bundle(reported, visit, out=tmp_path / "bundle")
    assert receive_path(office, tmp_path / "bundle").outcome == "received"


def test_an_office_killed_while_it_received_goes_on_where_it_was(office, reported, visit):
    """What a kill leaves: half a file in quarantine, or a bundle that was moved but not entered."""
    made = make_bundle(reported, visit)
    send(reported, made.id)
    half = office.quarantine / made.id / "data" / "evidence" / "ab.age.1f2e3d4c.part"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    (office.received / made.id).mkdir(parents=True)
    (office.received / made.id / "bagit.txt").write_text("moved before the kill")
    assert outcomes(receive_mailbox(office)) == ["received"]
    assert (office.received / made.id / "bagit.txt").read_bytes().startswith(b"BagIt-Version: 1.0")


def test_nothing_can_be_released_before_a_receipt(office, reported, visit, tmp_path):
    made = make_bundle(reported, visit)
    for step in (lambda: None, lambda: send(reported, made.id), lambda: receive_mailbox(office)):
        step()
        with pytest.raises(NotAllowed, match="no_receipt"):
            release(reported, visit)
    assert check(reported, deep=True) == []
    fetch(reported).about("receipt")
    assert release(reported, visit) == 1
    (digest,) = reported.visit(visit).evidence
    with pytest.raises(Unavailable, match="original_not_here"):
        export_original(reported, digest, tmp_path / "out")
    assert not list(reported.vault.folder.glob(f"??/{next(iter(releasable(reported, visit)))}.age"))
    assert not (reported.outgoing / made.id).exists()
    assert check(reported, deep=True) == [], "journal, digests and reports stay"
    assert report_bytes(reported, list_reports(reported, visit)[0]).startswith(b"%PDF")


def test_only_what_the_receipt_names_is_released(office, reported, visit, sample_photo, tmp_path):
    send(reported, make_bundle(reported, visit).id)
    receive_mailbox(office)
    fetch(reported).about("receipt")
    later, _ = take_in(reported, visit, sample_photo(tmp_path / "later.jpg", shade=9))
    assert release(reported, visit) == 1
    export_original(reported, later, tmp_path / "out.jpg")
    assert release(reported, visit) == 0


@pytest.mark.parametrize("other_received", [False, True])
def test_evidence_that_another_visit_still_has_to_hand_over_is_not_released(
    office, reported, visit, photo, sample_photo, tmp_path, other_received
):
    other, _ = begin_visit(reported, "copper-mark-rra-3.0", {"site": "Puerto", "site_type": "mine"})
    take_in(reported, other, sample_photo(tmp_path / "other.jpg", shade=9))
    make_report(reported, other, sign=True)
    if other_received:  # the office holds what the other visit had until then
        send(reported, make_bundle(reported, other).id)
    send(reported, make_bundle(reported, visit).id)
    receive_mailbox(office)
    fetch(reported).about("receipt")
    take_in(reported, other, photo, targets=[Subject(CRITERION, "2")])
    assert release(reported, visit) == 0
    make_bundle(reported, other, out=tmp_path / "other-bundle")
    assert receive_path(office, tmp_path / "other-bundle").outcome == "received"


def test_evidence_released_with_one_visit_can_be_taken_into_another_and_handed_over(office, reported, visit, photo, tmp_path):
    send(reported, make_bundle(reported, visit).id)
    receive_mailbox(office)
    fetch(reported).about("receipt")
    assert release(reported, visit) == 1
    other, _ = begin_visit(reported, "copper-mark-rra-3.0", {"site": "Puerto", "site_type": "mine"})
    take_in(reported, other, photo)
    make_report(reported, other, sign=True)
    make_bundle(reported, other, out=tmp_path / "other-bundle")
    assert receive_path(office, tmp_path / "other-bundle").outcome == "received"


def forged(office, receipt: bytes, **parts) -> bytes:
    """A receipt with other content, signed by the office's own key."""
    told = msgspec.convert(msgspec.json.decode(receipt)["document"], Receipt)
    return sign_letter(msgspec.structs.replace(told, **parts), office.identity, office.clock.now())


def test_a_receipt_that_does_not_name_every_file_with_its_digest_counts_for_nothing(office, reported, visit, receipt):
    files = msgspec.convert(msgspec.json.decode(receipt)["document"], Receipt).files
    wrong = ReceivedFile(name=files[0].name, digest="0" * 64, size=files[0].size)
    for held in (files[1:], (), (wrong, *files[1:])):
        with pytest.raises(Corrupted, match="receipt_incomplete"):
            take_receipt(reported, Taking(name="receipt", letter=forged(office, receipt, files=tuple(held))))
    assert hand_overs(reported)[0].received_at == ""
    with pytest.raises(NotAllowed, match="no_receipt"):
        release(reported, visit)
    take_receipt(reported, Taking(name="receipt", letter=forged(office, receipt)))
    assert release(reported, visit) == 1


def test_an_altered_receipt_counts_for_nothing(reported, visit, receipt):
    for place in range(0, len(receipt), max(1, len(receipt) // 60)):
        altered = receipt[:place] + bytes([receipt[place] ^ 1]) + receipt[place + 1 :]
        with pytest.raises((Corrupted, NotAllowed)):
            take_receipt(reported, Taking(name="receipt", letter=altered))
    assert hand_overs(reported)[0].received_at == ""


def test_a_receipt_from_another_office_counts_for_nothing(reported, office, receipt, tmp_path, clock):
    other = found_office(tmp_path / "other", office.profile.office, clock)
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        take_receipt(reported, Taking(name="receipt", letter=forged(other, receipt)))


def test_a_receipt_signed_by_an_auditor_counts_for_nothing(reported, office, receipt):
    told = msgspec.convert(msgspec.json.decode(receipt)["document"], Receipt)
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        take_receipt(reported, Taking(name="receipt", letter=sign_letter(told, signing_identity(reported), office.clock.now())))


def test_a_receipt_of_a_bundle_that_was_not_made_here_is_refused(reported, office, receipt):
    with pytest.raises(NotAllowed, match="bundle_unknown"):
        take_receipt(reported, Taking(name="receipt", letter=forged(office, receipt, bundle="0" * 64)))


def test_a_bad_letter_in_the_outbox_does_not_hide_a_good_one(office, reported, visit, tmp_path):
    other, _ = begin_visit(reported, "copper-mark-rra-3.0", {"site": "Puerto", "site_type": "mine"})
    make_report(reported, other, sign=True)
    made = [make_bundle(reported, one).id for one in (visit, other)]
    for one in made:
        send(reported, one)
    receive_mailbox(office)
    outbox = tmp_path / "mailbox" / "outbox" / signer(reported).fingerprint
    first = sorted(outbox.iterdir())[0]
    first.write_bytes(b"not sealed to anybody")
    ((name, error),) = fetch(reported).refused
    assert (name, error.values["place"]) == (first.name, first.name) and isinstance(error, Corrupted)
    received = {one.id for one in hand_overs(reported) if one.received_at}
    assert received == {one for one in made if one not in first.name}


def test_only_the_auditor_can_open_the_receipt_in_the_outbox(office, reported, bundle, receipt):
    fingerprint, letter = sealed_receipt(office, registered(office)[0]["bundle"])
    assert fingerprint == signer(reported).fingerprint
    assert reported.visit(hand_overs(reported)[0].visit).facts["site"].encode() not in letter
    assert b"office" not in letter


def test_a_bundle_needs_a_signed_report_a_certificate_and_no_open_clash(workspace, visit, office):
    with pytest.raises(AuditorAppError) as refused:
        make_bundle(workspace, visit)
    assert refused.value.exit_code == 2
    make_report(workspace, visit)
    with pytest.raises(NotAllowed):
        make_bundle(workspace, visit)
    assert hand_overs(workspace) == []
    assert not workspace.outgoing.exists() or not list(workspace.outgoing.iterdir())


def test_a_bundle_is_not_made_with_a_clash_open(reported, visit, colleague, unite):
    describe_visit(reported, visit, {"scope": "all"})
    describe_visit(colleague, visit, {"scope": "half"})
    unite(reported, colleague)
    with pytest.raises(NotAllowed, match="clashes_open"):
        make_bundle(reported, visit)


def test_a_bundle_with_lost_or_damaged_evidence_is_not_made(reported, visit, tmp_path):
    path = max(reported.vault.folder.glob("??/*.age"), key=lambda one: -one.stat().st_size)
    data = path.read_bytes()
    path.unlink()
    with pytest.raises(AuditorAppError):
        make_bundle(reported, visit, out=tmp_path / "bundle")
    path.write_bytes(data[:-1] + b"x")
    with pytest.raises(AuditorAppError):
        make_bundle(reported, visit, out=tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()
    assert hand_overs(reported) == []
    assert list(reported.outgoing.iterdir()) == [], "nothing that could be sent"
    path.write_bytes(data)
    make_bundle(reported, visit, out=tmp_path / "bundle")


def test_an_interrupted_bundle_does_not_stand_in_the_way_of_the_next(reported, visit):
    draft = reported.outgoing / "draft"
    draft.mkdir(parents=True)
    (draft / "bagit.txt").write_text("half")
    made = make_bundle(reported, visit)
    assert [path.name for path in reported.outgoing.iterdir()] == [made.id]


def test_a_bundle_is_never_written_over_something_else(reported, visit, tmp_path):
    (tmp_path / "mine.zip").write_text("thesis")
    with pytest.raises(NotAllowed, match="file_exists"):
        make_bundle(reported, visit, out=tmp_path / "mine.zip")
    assert (tmp_path / "mine.zip").read_text() == "thesis"


def test_evidence_from_before_the_office_was_known_is_sealed_to_it_for_the_bundle(workspace, visit, photo, office, tmp_path, clock):
    take_in(workspace, visit, photo)
    import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
    make_report(workspace, visit, sign=True)
    make_bundle(workspace, visit, out=tmp_path / "bundle")
    found = verify_bundle(tmp_path / "bundle", Trust(at=clock.now(), profile=office.profile, secret=office.secret))
    assert found.all_yes
    assert len(list(workspace.vault.objects())) == 2, "the photo, sealed anew, and the report"
    assert check(workspace, deep=True) == []


def test_the_mailbox_is_named_once_and_its_password_is_not_told(workspace, tmp_path):
    assert mailbox(workspace) is None
    with pytest.raises(Unavailable, match="place_not_found"):
        set_mailbox(workspace, str(tmp_path / "nowhere"))
    (tmp_path / "stick").mkdir()
    set_mailbox(workspace, str(tmp_path / "stick"), "ana", "secret word")
    assert "secret word" not in repr(mailbox(workspace))
    with pytest.raises(NotAllowed, match="bundle_unknown"):
        send(workspace, "0199")


def test_an_office_without_a_mailbox_says_so(tmp_path, clock):
    office = found_office(tmp_path / "o", "No Box", clock)
    with pytest.raises(NotAllowed, match="mailbox_unknown"):
        receive_mailbox(open_office(office.folder, clock))


@pytest.mark.parametrize(("days", "outcome"), [(-1, "refused"), (1, "received")])
def test_a_revoked_auditor_is_refused_from_the_day_of_revocation_on(office, reported, bundle, clock, days, outcome):
    """What was signed a day after the revocation is refused; what was signed a day before it is still welcome."""
    signed_at = clock.moment
    clock.moment += timedelta(days=2)
    revoked, _auditor = revoke(office, signer(reported).fingerprint, "left", since=signed_at + timedelta(days=days))
    found = receive_path(revoked, bundle)
    assert found.outcome == outcome
    reasons = {answer.reason for answer in found.answers if answer.question == "signer_trusted"}
    assert ("certificate_revoked" in reasons) == (outcome == "refused")
