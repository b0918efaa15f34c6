from datetime import timedelta

import msgspec
import pytest

from auditor_app.domain.office import Enrolment
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed
from auditor_app.workflows.identity import enrolment_request, import_enrolment, office_profile, signer, signing_identity
from auditor_app.workflows.mailboxes import mailbox
from auditor_app.workflows.office.enrolment import enrol, find_auditor
from auditor_app.workflows.office.folder import found_office, open_office
from auditor_app.workflows.reports import make_report

FACTS = ("certificate", "office_profile", "office_recipient")


def known_of_the_office(workspace):
    return [workspace.fact(name) for name in FACTS], (workspace.folder / "keys" / "office.age").exists()


@pytest.fixture
def other_office(tmp_path, clock):
    return found_office(tmp_path / "other", "Another Office", clock)


@pytest.fixture
def refused(workspace):
    """Import a letter that must be refused, and see that nothing of it was kept."""

    def refuse(letter: bytes) -> AuditorAppError:
        before = known_of_the_office(workspace)
        with pytest.raises(AuditorAppError) as error:
            import_enrolment(workspace, letter)
        assert known_of_the_office(workspace) == before
        return error.value

    return refuse


def changed(letter: bytes, **parts) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(msgspec.json.decode(letter, type=Enrolment), **parts))


def test_an_enrolled_auditor_signs_for_the_office_and_seals_to_it(enrolled, office):
    who = signer(enrolled)
    assert (who.name, who.organisation, who.office) == ("Ana Núñez", "Andes Field Audits", "Office of Assurance")
    assert signing_identity(enrolled).certificate == find_auditor(office, who.fingerprint).certificate.encode()
    assert enrolled.recipients() == (enrolled.secret.recipient, office.secret.recipient)
    assert office_profile(enrolled) == office.profile
    assert mailbox(enrolled).url == office.profile.mailboxes[0]


def test_the_request_is_for_the_same_key_each_time_and_the_key_never_leaves(workspace, office):
    first, second = enrolment_request(workspace), enrolment_request(workspace)
    assert b"PRIVATE" not in first
    answers = [enrol(office, one)[0] for one in (first, second)]
    for answer in answers:  # either answer fits, also an older one
        import_enrolment(workspace, answer)
        signing_identity(workspace)


def test_before_it_is_enrolled_a_workspace_has_no_signer(workspace):
    assert signer(workspace) is None
    with pytest.raises(NotAllowed, match="certificate_missing"):
        signing_identity(workspace)
    with pytest.raises(NotAllowed, match="office_unknown"):
        office_profile(workspace)


def test_a_certificate_from_someone_elses_office_is_refused(refused, workspace, office, other_office):
    mine, theirs = (enrol(one, enrolment_request(workspace))[0] for one in (office, other_office))
    mixed = changed(mine, certificate=msgspec.json.decode(theirs, type=Enrolment).certificate)
    assert (refused(mixed).code, refused(mixed).exit_code) == ("certificate_not_trusted", 2)


def test_a_certificate_for_another_key_is_refused(refused, workspace, office, make_laptop):
    with make_laptop("colleague").workspace(auditor="Bo Lindqvist") as other:
        for_other, _ = enrol(office, enrolment_request(other))
    enrolment_request(workspace)
    assert refused(for_other).code == "key_does_not_match_certificate"


def test_an_answer_that_was_not_asked_for_is_refused(refused, office, make_laptop):
    with make_laptop("colleague").workspace(auditor="Bo Lindqvist") as other:
        for_other, _ = enrol(office, enrolment_request(other))
    assert refused(for_other).code == "enrolment_not_asked_for"


def test_an_expired_certificate_is_refused(refused, workspace, office, clock):
    answer, _ = enrol(office, enrolment_request(workspace), days=30)
    clock.moment += timedelta(days=31)
    assert refused(answer).code == "certificate_expired"


def test_the_offices_own_certificate_does_not_make_an_auditor(refused, workspace, office):
    answer, _ = enrol(office, enrolment_request(workspace))
    assert refused(changed(answer, certificate=office.profile.certificate)).code == "key_does_not_match_certificate"


def test_no_altered_byte_of_the_answer_is_taken_for_the_offices_word(refused, workspace, office):
    answer, _ = enrol(office, enrolment_request(workspace))
    letter = msgspec.json.decode(answer, type=Enrolment)
    for was, becomes in (
        ("Office of Assurance", "Office of Assurances"),
        (office.profile.recipient, workspace.secret.recipient),
        (office.profile.mailboxes[0], "https://example.org/mine"),
    ):
        assert was in letter.profile
        assert refused(changed(answer, profile=letter.profile.replace(was, becomes))).code == "letter_not_genuine"
    assert isinstance(refused(changed(answer, certificate=letter.certificate.replace("M", "N", 1))), Corrupted)


@pytest.mark.parametrize("letter", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"format":"auditor-app-receipt-1"}'])
def test_what_is_no_answer_is_refused(refused, workspace, letter):
    enrolment_request(workspace)
    assert refused(letter).code == "letter_unreadable"


@pytest.mark.parametrize("request_", [b"", b"{}", b"\xff", b'{"format":"auditor-app-request-1","request":"x","recipient":"y"}'])
def test_the_office_refuses_what_is_no_request_and_enrols_nobody(office, request_):
    with pytest.raises(Corrupted):
        enrol(office, request_)
    assert not (office.folder / "auditors").exists()


def test_the_office_takes_name_and_key_from_the_request_alone(workspace, office):
    _, facts = enrol(office, enrolment_request(workspace))
    assert (facts.name, facts.organisation, facts.purposes) == ("Ana Núñez", "Andes Field Audits", frozenset({"auditor"}))


def test_an_office_is_founded_once_and_keeps_its_keys_to_itself(office, clock):
    with pytest.raises(NotAllowed, match="folder_not_empty"):
        found_office(office.folder, "Again", clock)
    assert open_office(office.folder, clock).profile == office.profile
    for private in ("ca-key.pem", "office-key.pem", "identity.txt"):
        assert (office.folder / private).stat().st_mode & 0o077 == 0
    profile = (office.folder / "office.profile").read_bytes()
    assert b"PRIVATE" not in profile
    assert b"AGE-SECRET" not in profile


def test_an_altered_profile_is_not_opened_as_an_office(office, clock):
    path = office.folder / "office.profile"
    path.write_bytes(path.read_bytes().replace(b"Assurance", b"Insurance"))
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        open_office(office.folder, clock)


def test_a_folder_without_an_office_is_told(tmp_path, clock):
    with pytest.raises(NotAllowed, match="office_missing"):
        open_office(tmp_path, clock)


@pytest.mark.parametrize("days", [-800, 800, 4000])
def test_a_laptop_whose_clock_is_wrong_still_knows_who_signs_here_and_for_whom(enrolled, visit, office, clock, days):
    """Field clocks lie: nothing may be signed then, and all other work goes on."""
    who = signer(enrolled)
    clock.moment += timedelta(days=days)
    assert signer(enrolled) == who
    assert office_profile(enrolled) == office.profile
    assert not make_report(enrolled, visit).signed
    with pytest.raises(NotAllowed, match="certificate_"):
        signing_identity(enrolled)
