import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.keys import (
    SigningIdentity,
    certificate_facts,
    certificate_request,
    check_fits,
    new_private_key,
    read_pkcs12,
    write_pkcs12,
)


def refusal(identity: SigningIdentity, at: datetime) -> NotAllowed:
    with pytest.raises(NotAllowed) as caught:
        check_fits(identity, at)
    return caught.value


def test_a_new_key_is_p256_and_never_the_same_twice():
    key = load_pem_private_key(new_private_key(), None)
    assert key.curve.name == "secp256r1"
    assert new_private_key() != new_private_key()


def test_names_in_any_script_survive_a_request():
    request = x509.load_pem_x509_csr(certificate_request(new_private_key(), "Łucja 王小明 علي", "Kopalnia Śląsk"))
    assert request.subject.rfc4514_string() == "CN=Łucja 王小明 علي,O=Kopalnia Śląsk"
    assert request.is_signature_valid


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "two\nlines", "nul\0", "right\u202eleft"])
def test_a_name_that_is_empty_too_long_or_unprintable_is_refused(name):
    with pytest.raises(NotAllowed, match="name_not_acceptable"):
        certificate_request(new_private_key(), name, "Copper & Co")


def test_a_certificate_says_who_from_whom_and_until_when(auditor, at):
    facts = certificate_facts(auditor.certificate)
    assert (facts.name, facts.organisation, facts.issuer) == ("Łucja Żółć 王小明", "Copper & Co", "Office of Assurance")
    assert facts.not_before == at - timedelta(days=1)
    assert facts.not_after == at + timedelta(days=365)
    assert len(facts.fingerprint) == 64
    assert facts.purposes == {"auditor"}


def test_something_else_is_no_certificate():
    with pytest.raises(Corrupted, match="certificate_unreadable"):
        certificate_facts(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")


def test_the_private_key_is_not_in_the_repr(auditor):
    assert b"PRIVATE" in auditor.private_key
    assert "PRIVATE" not in repr(auditor)


def test_an_identity_survives_pkcs12_with_its_chain(auditor):
    assert read_pkcs12(write_pkcs12(auditor, "hasło 密码"), "hasło 密码") == auditor


def test_a_wrong_password_opens_nothing_and_an_empty_one_protects_nothing(auditor):
    data = write_pkcs12(auditor, "right")
    for wrong in ("", "wrong"):
        with pytest.raises(NotAllowed, match="pkcs12_not_opened"):
            read_pkcs12(data, wrong)
    with pytest.raises(NotAllowed, match="pkcs12_not_opened"):
        read_pkcs12(b"rubbish", "right")
    with pytest.raises(NotAllowed, match="password_missing"):
        write_pkcs12(auditor, "")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed: another reader of PKCS#12 is needed to judge ours")
def test_openssl_opens_the_pkcs12_file(auditor, tmp_path: Path):
    (tmp_path / "me.p12").write_bytes(write_pkcs12(auditor, "secret"))
    command = ["openssl", "pkcs12", "-in", str(tmp_path / "me.p12"), "-passin", "pass:secret", "-nodes"]
    shown = subprocess.run(command, check=True, capture_output=True).stdout
    assert shown.count(b"BEGIN CERTIFICATE") == 2
    assert shown.count(b"BEGIN PRIVATE KEY") == 1


def test_a_fitting_identity_may_sign(auditor, at):
    check_fits(auditor, at)


def test_the_key_must_belong_to_the_certificate(auditor, at):
    assert refusal(replace(auditor, private_key=new_private_key()), at).code == "key_does_not_match_certificate"


def test_an_expired_certificate_is_refused_with_name_and_date(auditor, at):
    error = refusal(auditor, at + timedelta(days=366))
    assert (error.code, error.values) == ("certificate_expired", {"name": "Łucja Żółć 王小明", "until": "2027-05-04"})


def test_a_certificate_of_the_future_is_refused_with_name_and_date(auditor, at):
    error = refusal(auditor, at - timedelta(days=2))
    assert (error.code, error.values["since"]) == ("certificate_not_yet_valid", "2026-05-03")


def test_a_clock_that_is_some_hours_slow_does_not_stop_signing(auditor, at):
    check_fits(auditor, at - timedelta(hours=20))


def test_an_authority_does_not_sign_documents(authority, at):
    assert refusal(authority, at).code == "certificate_may_not_sign"


def test_keys_load_without_pyhanko():
    code = "import sys, auditor_app.signing.keys, auditor_app.signing.cms; print(sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]).stdout
    assert "cryptography" in loaded
    assert "pyhanko" not in loaded
    assert "fontTools" not in loaded
