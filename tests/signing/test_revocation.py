"""A certificate that the office trusts no more: since when, and what still counts that was signed before."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.authority import new_authority
from auditor_app.signing.certificates import read_certificate
from auditor_app.signing.cms import check_detached, sign_detached
from auditor_app.signing.revocation import Revoke, revocation_of, write_revocations
from auditor_app.signing.trust import Trusted

DATA = b"what was signed"


def trusting(authority, *lists: bytes) -> Trusted:
    return Trusted(authorities=[authority.certificate], revocations=list(lists))


@pytest.mark.parametrize(
    ("why", "signed_after", "verdict"),
    [
        ("left", timedelta(hours=-1), None),
        ("replaced", timedelta(hours=-1), None),
        ("left", timedelta(0), "certificate_revoked"),
        ("left", timedelta(hours=1), "certificate_revoked"),
        ("compromised", timedelta(hours=1), "certificate_revoked"),
        ("compromised", timedelta(hours=-1), "certificate_revoked"),
    ],
)
def test_what_was_signed_before_counts_unless_the_key_may_be_in_other_hands(why, signed_after, verdict, auditor, authority, at):
    since = at + timedelta(days=2)
    revoked = write_revocations(authority, since, revoke=Revoke(certificate=auditor.certificate, since=since, why=why))
    signature = sign_detached(DATA, auditor, since + signed_after)
    answers = check_detached(DATA, signature, trusting(authority, revoked), since + timedelta(days=1), purpose="auditor")
    assert (answers.intact.holds, answers.valid.holds, answers.trusted.reason) == (True, True, verdict)
    assert answers.trusted.detail == (since.date().isoformat() if verdict else "")


def test_a_list_grows_keeps_who_was_on_it_and_counts_up(make_identity, authority, at):
    people = [make_identity() for _ in range(3)]
    data = write_revocations(authority, at)
    for number, one in enumerate(people):
        data = write_revocations(authority, at, before=data, revoke=Revoke(certificate=one.certificate, since=at, why="left"))
        found = x509.load_pem_x509_crl(data)
        assert found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == number + 2
    for one in people:
        assert revocation_of(read_certificate(one.certificate), [data], [authority.certificate]).since == at
    assert revocation_of(read_certificate(make_identity().certificate), [data], [authority.certificate]) is None
    with pytest.raises(NotAllowed, match="certificate_revoked_already"):
        write_revocations(authority, at, before=data, revoke=Revoke(certificate=people[0].certificate, since=at, why="left"))


def test_a_list_that_the_authority_did_not_sign_revokes_nobody(auditor, authority, at):
    impostor = new_authority("Office of Assurance", at - timedelta(days=1))
    forged = write_revocations(impostor, at, revoke=Revoke(certificate=auditor.certificate, since=at, why="compromised"))
    assert revocation_of(read_certificate(auditor.certificate), [forged], [authority.certificate]) is None


@pytest.mark.parametrize("data", [b"", b"rubbish", b"-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n"])
def test_a_broken_list_is_told_and_never_taken_for_an_empty_one(data, auditor, authority, at):
    with pytest.raises(Corrupted, match="revocations_unreadable"):
        check_detached(DATA, sign_detached(DATA, auditor, at), trusting(authority, data), at)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_reads_the_list_and_refuses_the_certificate(make_identity, authority, at, tmp_path):
    good, bad = make_identity(), make_identity()
    revoked = write_revocations(authority, at, revoke=Revoke(certificate=bad.certificate, since=at, why="compromised"))
    for name, data in (
        ("ca.pem", authority.certificate),
        ("crl.pem", revoked),
        ("good.pem", good.certificate),
        ("bad.pem", bad.certificate),
    ):
        (tmp_path / name).write_bytes(data)
    moment = str(int((at + timedelta(hours=1)).timestamp()))
    for name, code in (("good.pem", 0), ("bad.pem", 2)):
        words = ["openssl", "verify", "-attime", moment, "-crl_check", "-CRLfile", "crl.pem", "-CAfile", "ca.pem", name]
        said = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert said.returncode == code, said.stderr
    assert "certificate revoked" in said.stderr
