import random
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.cms import check_detached, sign_detached
from auditor_app.signing.cms_structure import decode, encode
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key, read_private_key
from auditor_app.signing.trust import Trusted
from auditor_app.signing.verdicts import SignatureAnswers

DATA = b"digest  data/findings/1.pdf.age\n"

# A damaged certificate may have a serial number or a name that the library warns of before we refuse it.
pytestmark = pytest.mark.filterwarnings("ignore:Parsed a serial number", "ignore:Attribute's length", "ignore:The parsed certificate")


def holds(answers: SignatureAnswers) -> tuple[bool | None, ...]:
    return (answers.intact.holds, answers.valid.holds, answers.trusted.holds)


@pytest.fixture(scope="module")
def rsa_auditor(authority) -> SigningIdentity:
    key = rsa.generate_private_key(65537, 3072).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    request = certificate_request(key, "Rosa", "Copper & Co")
    return SigningIdentity(private_key=key, certificate=issue(authority, request, datetime(2026, 5, 4, tzinfo=UTC), 365))


def openssl_verifies(folder: Path, signature: bytes, data: bytes, authority: bytes) -> bool:
    for name, content in (("x.p7s", signature), ("data", data), ("ca.pem", authority)):
        (folder / name).write_bytes(content)
    command = "openssl cms -verify -inform DER -in x.p7s -content data -CAfile ca.pem -binary -purpose any -attime 1778000000"
    return subprocess.run(command.split(), cwd=folder, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("who", ["auditor", "rsa_auditor"])
def test_a_good_signature_is_intact_valid_and_trusted(who, authority, at, request):
    identity = request.getfixturevalue(who)
    answers = check_detached(DATA, sign_detached(DATA, identity, at), Trusted(authorities=[authority.certificate]), at)
    assert holds(answers) == (True, True, True)
    assert answers.signed_at == at
    assert answers.signer is not None
    assert answers.signer.organisation == "Copper & Co"


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed: nobody else to judge our signatures")
@pytest.mark.parametrize("who", ["auditor", "rsa_auditor"])
def test_openssl_agrees_and_disagrees_with_us(who, authority, at, request, tmp_path):
    signature = sign_detached(DATA, request.getfixturevalue(who), at)
    assert openssl_verifies(tmp_path, signature, DATA, authority.certificate)
    assert not openssl_verifies(tmp_path, signature, DATA + b" ", authority.certificate)
    assert not openssl_verifies(tmp_path, signature, DATA, new_authority("Stranger", at).certificate)


def test_changed_content_is_not_intact_though_the_signature_is_genuine(auditor, authority, at):
    answers = check_detached(DATA + b" ", sign_detached(DATA, auditor, at), Trusted(authorities=[authority.certificate]), at)
    assert holds(answers) == (False, True, True)
    assert answers.intact.reason == "content_changed"


@pytest.mark.parametrize("who", ["auditor", "rsa_auditor"])
@pytest.mark.parametrize("flip", [0x01, 0xFF, 0x20, 0x80])
def test_no_byte_of_a_signature_can_be_changed_unseen(who, flip, authority, at, request):
    signature = sign_detached(DATA, request.getfixturevalue(who), at)
    for place in range(len(signature)):
        changed = bytearray(signature)
        changed[place] ^= flip
        answers = check_detached(DATA, bytes(changed), Trusted(authorities=[authority.certificate]), at)
        assert answers.valid.holds is False, place
        assert answers.trusted.holds is not True, place


def test_truncated_extended_empty_and_random_bytes_are_answered(auditor, authority, at):
    signature = sign_detached(DATA, auditor, at)
    chance = random.Random(7)
    rubbish = [signature[:length] for length in range(len(signature))]
    rubbish += [signature + b"\0", b"\0" + signature, signature * 2, b"\x30\x80" + signature[4:] + b"\0\0", b"\x30" * 70_000]
    rubbish += [chance.randbytes(chance.randrange(2000)) for _ in range(300)]
    for der in rubbish:
        answers = check_detached(DATA, der, Trusted(authorities=[authority.certificate]), at)
        assert holds(answers) == (None, False, None)
        assert answers.valid.reason == "signature_unreadable"


def test_randomly_mangled_signatures_are_answered(auditor, authority, at):
    signature = sign_detached(DATA, auditor, at)
    chance = random.Random(8)
    for _ in range(4000):
        mangled = bytearray(signature)
        for _ in range(chance.choice((1, 2, 4))):
            place = chance.randrange(len(mangled))
            mangled[place : place + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        if bytes(mangled) != signature:
            assert check_detached(DATA, bytes(mangled), Trusted(authorities=[authority.certificate]), at).valid.holds is False


def test_the_second_genuine_form_of_an_ecdsa_signature_does_not_count(auditor, authority, at):
    parts = decode(sign_detached(DATA, auditor, at))
    r, s = decode_dss_signature(parts.signature)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    twin = encode(replace(parts, signature=encode_dss_signature(r, order - s)))
    assert check_detached(DATA, twin, Trusted(authorities=[authority.certificate]), at).valid.reason == "signature_wrong"


def test_a_signature_with_another_time_or_certificate_put_in_is_not_valid(auditor, make_identity, authority, at):
    parts = decode(sign_detached(DATA, auditor, at))
    other = x509.load_pem_x509_certificate(make_identity().certificate)
    for forged in (replace(parts, signed_at=at - timedelta(days=1)), replace(parts, certificate=other)):
        assert check_detached(DATA, encode(forged), Trusted(authorities=[authority.certificate]), at).valid.reason == "signature_wrong"


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed: nobody else to make a signature")
def test_a_genuine_signature_in_another_form_is_not_canonical(auditor, authority, at, tmp_path):
    for name, content in (("key.pem", auditor.private_key), ("me.pem", auditor.certificate), ("data", DATA)):
        (tmp_path / name).write_bytes(content)
    command = "openssl cms -sign -binary -in data -signer me.pem -inkey key.pem -outform DER -nosmimecap -out x.p7s -cades"
    subprocess.run(command.split(), cwd=tmp_path, check=True)
    answers = check_detached(DATA, (tmp_path / "x.p7s").read_bytes(), Trusted(authorities=[authority.certificate]), at)
    assert answers.valid.reason == "signature_not_canonical"


def test_an_expired_certificate_does_not_sign(auditor, at):
    with pytest.raises(NotAllowed, match="certificate_expired"):
        sign_detached(DATA, auditor, at + timedelta(days=366))
    with pytest.raises(NotAllowed, match="certificate_not_yet_valid"):
        sign_detached(DATA, auditor, at - timedelta(days=2))


def test_a_stranger_is_valid_but_not_trusted(make_identity, authority, at):
    stranger = make_identity(by=new_authority("Office of Assurance", at))  # of the same name, even
    answers = check_detached(DATA, sign_detached(DATA, stranger, at), Trusted(authorities=[authority.certificate]), at)
    assert holds(answers) == (True, True, False)
    assert answers.trusted.reason == "certificate_issued_by_someone_else"


def test_an_auditor_cannot_vouch_for_another(auditor, authority, at):
    eve, issuer = new_private_key(), x509.load_pem_x509_certificate(auditor.certificate)
    builder = x509.CertificateBuilder(extensions=list(issuer.extensions)).subject_name(issuer.subject).issuer_name(issuer.subject)
    builder = builder.not_valid_before(issuer.not_valid_before_utc).not_valid_after(issuer.not_valid_after_utc).serial_number(1)
    key = read_private_key(eve).public_key()
    certificate = builder.public_key(key).sign(read_private_key(auditor.private_key), hashes.SHA256()).public_bytes(Encoding.PEM)
    signature = sign_detached(DATA, SigningIdentity(private_key=eve, certificate=certificate), at)
    answers = check_detached(DATA, signature, Trusted(authorities=[authority.certificate, auditor.certificate]), at)
    assert (holds(answers), answers.trusted.reason) == ((True, True, False), "certificate_issued_by_someone_else")


def test_a_certificate_that_has_expired_since_is_no_longer_trusted(auditor, authority, at):
    answers = check_detached(DATA, sign_detached(DATA, auditor, at), Trusted(authorities=[authority.certificate]), at + timedelta(days=366))
    assert (holds(answers), answers.trusted.reason) == ((True, True, False), "certificate_expired")


def test_a_signature_is_not_trusted_before_its_certificate_begins(auditor, authority, at):
    answers = check_detached(DATA, sign_detached(DATA, auditor, at), Trusted(authorities=[authority.certificate]), at - timedelta(days=3))
    assert answers.trusted.reason == "certificate_not_yet_valid"


def test_an_auditor_does_not_pass_for_the_office(auditor, make_identity, authority, at):
    office = make_identity(purpose="office")
    trusted = Trusted(authorities=[authority.certificate])
    assert check_detached(DATA, sign_detached(DATA, office, at), trusted, at, purpose="office").trusted.holds
    answers = check_detached(DATA, sign_detached(DATA, auditor, at), trusted, at, purpose="office")
    assert (holds(answers), answers.trusted.reason) == ((True, True, False), "certificate_may_not_sign")


def test_without_trusted_certificates_trust_is_not_checked(auditor, at):
    answers = check_detached(DATA, sign_detached(DATA, auditor, at), Trusted(), at)
    assert (holds(answers), answers.trusted.reason) == ((True, True, None), "no_trusted_certificates")


def test_a_broken_trusted_certificate_is_told(auditor, at):
    with pytest.raises(Corrupted, match="certificate_unreadable"):
        check_detached(DATA, sign_detached(DATA, auditor, at), Trusted(authorities=[b"rubbish"]), at)


def test_a_signature_of_the_year_2050_is_written_in_the_longer_form_of_time(authority):
    late = datetime(2050, 6, 1, 12, tzinfo=UTC)
    office = new_authority("Late", late)
    key = new_private_key()
    identity = SigningIdentity(private_key=key, certificate=issue(office, certificate_request(key, "Ana", "C"), late, 10))
    signature = sign_detached(DATA, identity, late)
    assert b"20500601120000Z" in signature
    assert holds(check_detached(DATA, signature, Trusted(authorities=[office.certificate]), late)) == (True, True, True)
