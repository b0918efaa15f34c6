"""Signing with a key of one's own, from a file or a card; whom the office trusts and trusts no more; what the laptop hears of it."""

import shutil
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.certificates import read_certificate
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key, read_private_key, write_pkcs12
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import (
    enrolment_request,
    import_enrolment,
    import_letter,
    import_profile,
    signer,
    signing_identity,
)
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.office.trusting import revoke, trust
from auditor_app.workflows.own_keys import import_pkcs12, stop_using_own_key, use_card
from auditor_app.workflows.reports import make_report, report_bytes
from auditor_app.workflows.verifying import Trust, verify_report
from auditor_app.workspace import Workspace
from tests.signing.soft_card import IS_HERE, PIN, WHY_NOT, soft_card


def profile_of(office: Office) -> bytes:
    return (office.folder / "office.profile").read_bytes()


@pytest.fixture
def elsewhere(clock) -> SigningIdentity:
    """Another authority, which the office has nothing to do with yet."""
    return new_authority("Authority of elsewhere", clock.now())


@pytest.fixture
def bo(elsewhere, clock) -> SigningIdentity:
    key = new_private_key()
    certificate = issue(elsewhere, certificate_request(key, "Ana Núñez", "Elsewhere"), clock.now(), 300)
    return SigningIdentity(private_key=key, certificate=certificate, chain=(elsewhere.certificate,))


@pytest.fixture
def trusting(office, elsewhere, workspace) -> Office:
    """The office trusts that authority, and the laptop knows it."""
    changed, _name = trust(office, elsewhere.certificate, "auditors")
    import_profile(workspace, profile_of(changed))
    return changed


def kept(workspace: Workspace):
    return workspace.fact("own_key")


def test_a_key_from_a_file_signs_reports_and_bundles_that_the_office_receives(trusting, workspace, bo, visit, tmp_path):
    found = import_pkcs12(workspace, write_pkcs12(bo, "secret"), "secret")
    assert (found.name, found.organisation, found.is_own, found.card) == ("Ana Núñez", "Elsewhere", True, "")
    answer, facts = enrol(trusting, enrolment_request(workspace))
    assert facts.issuer == "Authority of elsewhere"
    assert import_enrolment(workspace, answer).fingerprint == found.fingerprint == signer(workspace).fingerprint
    report = make_report(workspace, visit, sign=True)
    answers = verify_report(report_bytes(workspace, report), "x.pdf", Trust(at=workspace.clock.now(), profile=trusting.profile))
    assert answers.all_yes
    make_bundle(workspace, visit, out=tmp_path / "bundle")
    assert receive_path(trusting, tmp_path / "bundle").outcome == "received"


def test_a_wrong_password_is_counted_until_the_right_one(trusting, workspace, bo):
    data = write_pkcs12(bo, "secret")
    for count in (1, 2, 3):
        with pytest.raises(NotAllowed, match="pkcs12_not_opened") as refused:
            import_pkcs12(workspace, data, "wrong")
        assert refused.value.values == {"wrong": count}
    import_pkcs12(workspace, data, "secret")
    with pytest.raises(NotAllowed) as refused:
        import_pkcs12(workspace, data, "wrong")
    assert refused.value.values == {"wrong": 1}


def test_an_authority_that_the_office_does_not_trust_is_refused(office, workspace, bo):
    with pytest.raises(NotAllowed, match="office_unknown"):
        import_pkcs12(workspace, write_pkcs12(bo, "secret"), "secret")
    import_profile(workspace, profile_of(office))
    with pytest.raises(NotAllowed, match="certificate_issued_by_someone_else"):
        import_pkcs12(workspace, write_pkcs12(bo, "secret"), "secret")
    assert kept(workspace) is None


@pytest.mark.parametrize(("shift", "code"), [(-2, "certificate_not_yet_valid"), (301, "certificate_expired")])
def test_a_certificate_out_of_its_time_is_refused_with_the_date(shift, code, trusting, workspace, bo, clock):
    clock.moment += timedelta(days=shift)
    with pytest.raises(NotAllowed, match=code) as refused:
        import_pkcs12(workspace, write_pkcs12(bo, "secret"), "secret")
    assert "2026" in str(refused.value) or "2027" in str(refused.value)
    assert kept(workspace) is None


def made_by_hand(elsewhere: SigningIdentity, at: datetime, *, usage: str = "sign", key=None) -> bytes:
    """A PKCS#12 file with a certificate that our own authority would not issue."""
    key = key or load_pem_private_key(new_private_key(), None)
    issuer = read_certificate(elsewhere.certificate)
    builder = x509.CertificateBuilder().subject_name(issuer.subject).issuer_name(issuer.subject).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(at - timedelta(days=1)).not_valid_after(at + timedelta(days=30))
    builder = builder.add_extension(x509.BasicConstraints(ca=usage == "authority", path_length=None), critical=True)
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign")
    allowed = {"sign": "digital_signature", "encrypt": "key_encipherment", "authority": "digital_signature", "web": "digital_signature"}[
        usage
    ]
    flags = {name: name == allowed for name in (*names, "crl_sign", "encipher_only", "decipher_only")}
    builder = builder.add_extension(x509.KeyUsage(**flags), critical=True)
    if usage == "web":
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    certificate = builder.sign(read_private_key(elsewhere.private_key), hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, BestAvailableEncryption(b"secret"))


@pytest.mark.parametrize("usage", ["encrypt", "authority", "web"])
def test_a_certificate_for_something_else_than_signing_is_refused(usage, trusting, workspace, elsewhere, clock):
    with pytest.raises(NotAllowed, match="certificate_may_not_sign"):
        import_pkcs12(workspace, made_by_hand(elsewhere, clock.now(), usage=usage), "secret")
    assert kept(workspace) is None


def test_a_weak_key_and_a_file_without_its_certificate_are_refused(trusting, workspace, elsewhere, clock):
    with pytest.raises(NotAllowed, match="key_not_accepted"):
        import_pkcs12(workspace, made_by_hand(elsewhere, clock.now(), key=rsa.generate_private_key(65537, 2048)), "secret")
    only_key = load_pem_private_key(new_private_key(), None)
    lonely = pkcs12.serialize_key_and_certificates(b"x", only_key, None, None, BestAvailableEncryption(b"secret"))
    with pytest.raises(Corrupted, match="pkcs12_incomplete"):
        import_pkcs12(workspace, lonely, "secret")
    assert kept(workspace) is None


def test_the_offices_own_key_is_used_again_and_the_other_forgotten(enrolled, office, elsewhere, bo):
    changed, _name = trust(office, elsewhere.certificate, "auditors")
    import_profile(enrolled, profile_of(changed))
    before = signer(enrolled)
    import_pkcs12(enrolled, write_pkcs12(bo, "secret"), "secret")
    assert signer(enrolled).organisation == "Elsewhere"
    after = stop_using_own_key(enrolled)
    assert after.fingerprint == before.fingerprint == signer(enrolled).fingerprint
    assert kept(enrolled) is None


@pytest.mark.skipif(not IS_HERE, reason=WHY_NOT)
def test_a_card_signs_reports_and_bundles_and_a_wrong_pin_keeps_nothing(trusting, workspace, bo, visit, tmp_path):
    pytest.importorskip("pkcs11")
    card = soft_card(tmp_path / "card")
    card.put(bo.private_key, bo.certificate, "0a")
    with pytest.raises(NotAllowed, match="pin_wrong_few_left"):
        use_card(workspace, card.library, card.serial, "0a", "999999")
    assert kept(workspace) is None
    found = use_card(workspace, card.library, card.serial, "0a", PIN)
    assert (found.card, found.is_own) == ("Ana's card", True)
    assert PIN not in str(kept(workspace)), "a PIN is never kept"
    assert "private_key" not in kept(workspace)
    trusting_enrolled, _facts = enrol(trusting, enrolment_request(workspace, pin=PIN))
    import_letter(workspace, trusting_enrolled)
    for count in (1, 2):
        with pytest.raises(NotAllowed, match="pin_wrong") as refused:
            make_report(workspace, visit, sign=True, pin="999999")
        assert refused.value.values["wrong"] == count
    with pytest.raises(NotAllowed, match="pin_missing"):
        make_report(workspace, visit, sign=True)
    assert make_report(workspace, visit, sign=True, pin=PIN).signed
    make_bundle(workspace, visit, out=tmp_path / "bundle", pin=PIN)
    assert receive_path(trusting, tmp_path / "bundle").outcome == "received"
    shutil.rmtree(card.folder / "tokens")
    (card.folder / "tokens").mkdir()
    with pytest.raises(Unavailable, match="card_missing"):
        make_report(workspace, visit, sign=True, pin=PIN)


def test_a_revoked_certificate_signs_nothing_more_once_the_laptop_has_heard(enrolled, office, visit):
    assert signing_identity(enrolled)
    changed, auditor = revoke(office, signer(enrolled).fingerprint, "compromised")
    assert auditor.name == "Ana Núñez"
    assert make_report(enrolled, visit, sign=True).signed, "it has not heard yet"
    assert import_letter(enrolled, profile_of(changed)) is None
    with pytest.raises(NotAllowed, match="certificate_revoked") as refused:
        make_report(enrolled, visit, sign=True)
    assert refused.value.values == {"name": "Ana Núñez", "since": "2026-05-04"}
    with pytest.raises(NotAllowed, match="certificate_revoked_already"):
        revoke(changed, signer(enrolled).fingerprint, "left")


@pytest.mark.parametrize(("why", "days", "outcome"), [("compromised", 1, "refused"), ("left", 1, "received"), ("left", -1, "refused")])
def test_the_office_refuses_a_bundle_of_a_revoked_certificate_with_the_date(why, days, outcome, enrolled, office, visit, clock, tmp_path):
    """After a theft no date is believed; of someone who left, what was signed before still counts."""
    make_report(enrolled, visit, sign=True)
    make_bundle(enrolled, visit, out=tmp_path / "bundle")
    since = clock.moment + timedelta(days=days)
    clock.moment += timedelta(days=3)
    changed, _auditor = revoke(office, signer(enrolled).fingerprint, why, since=since)
    found = receive_path(changed, tmp_path / "bundle")
    assert found.outcome == outcome
    said = {answer.question: (answer.reason, answer.places) for answer in found.answers if answer.answer == "no"}
    if outcome == "refused":
        assert {reason for reason, _places in said.values()} == {"certificate_revoked"}
        assert all(since.date().isoformat() in " ".join(places) for _reason, places in said.values())


def test_a_certificate_of_another_authority_is_that_authoritys_to_revoke(trusting, workspace, bo):
    import_pkcs12(workspace, write_pkcs12(bo, "secret"), "secret")
    enrol(trusting, enrolment_request(workspace))
    with pytest.raises(NotAllowed, match="certificate_of_other_authority"):
        revoke(trusting, signer(workspace).fingerprint, "left")


def test_an_introduction_under_someone_elses_key_is_refused(office, trusting, workspace, bo, elsewhere, clock):
    import_pkcs12(workspace, write_pkcs12(bo, "secret"), "secret")
    asked = enrolment_request(workspace)
    changed = asked.replace(workspace.secret.recipient.encode(), office.secret.recipient.encode())
    assert changed != asked
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        enrol(trusting, changed)
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        enrol(office, asked)


def test_another_offices_profile_does_not_take_the_place_of_ones_own(enrolled, tmp_path, clock):
    other = found_office(tmp_path / "other", "Another Office", clock)
    with pytest.raises(NotAllowed, match="office_differs"):
        import_profile(enrolled, profile_of(other))


def test_a_certificate_that_may_not_issue_is_not_trusted_as_an_authority(office, bo):
    with pytest.raises(NotAllowed, match="certificate_may_not_issue"):
        trust(office, bo.certificate, "auditors")


def test_no_authority_of_auditors_can_speak_for_the_office(trusting, elsewhere, clock, workspace, enrolled):
    """A certificate for documents, issued elsewhere, signs no profile, no answer and no receipt."""
    key = new_private_key()
    forged = issue(elsewhere, certificate_request(key, "Office of Assurance", "Office of Assurance"), clock.now(), 30, purpose="office")
    from auditor_app.workflows.letters import sign_letter

    letter = sign_letter(trusting.profile, SigningIdentity(private_key=key, certificate=forged), clock.now())
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        import_profile(workspace, letter)


def test_a_key_without_encryption_can_be_taken_in_too(trusting, workspace, bo):
    key, certificate = load_pem_private_key(bo.private_key, None), read_certificate(bo.certificate)
    open_file = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, NoEncryption())
    assert import_pkcs12(workspace, open_file, "").name == "Ana Núñez"
    assert key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) == bo.private_key
