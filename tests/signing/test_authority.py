from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import certificate_facts, certificate_request, new_private_key

P256 = ec.SECP256R1()


def request(key, *parts, algorithm=hashes.SHA256()):  # noqa: B008 - immutable
    names = [x509.NameAttribute(kind, text, _validate=False) for kind, text in parts]
    return x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names)).sign(key, algorithm).public_bytes(Encoding.PEM)


def named(key, name="Ana", organisation="Copper & Co", **more):
    return request(key, (NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, organisation), **more)


def test_an_authority_may_only_issue_and_lives_ten_years(authority):
    certificate = x509.load_pem_x509_certificate(authority.certificate)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value == x509.BasicConstraints(True, 0)
    assert (usage.key_cert_sign, usage.crl_sign, usage.digital_signature) == (True, True, False)
    assert (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days == 3654
    certificate.verify_directly_issued_by(certificate)


def test_a_certificate_has_what_signing_tools_ask_for(authority, auditor):
    issuer, certificate = (x509.load_pem_x509_certificate(pem) for pem in (authority.certificate, auditor.certificate))
    certificate.verify_directly_issued_by(issuer)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    above = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    assert usage.critical
    assert (usage.value.digital_signature, usage.value.content_commitment, usage.value.key_cert_sign) == (True, True, False)
    assert above == issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert certificate.serial_number > 2**64
    assert isinstance(certificate.signature_hash_algorithm, hashes.SHA256)


def test_an_auditor_and_the_office_get_different_purposes(make_identity):
    assert certificate_facts(make_identity().certificate).purposes == {"auditor"}
    assert certificate_facts(make_identity(purpose="office").certificate).purposes == {"office"}


def test_no_certificate_outlives_its_authority(authority, at):
    end = certificate_facts(authority.certificate).not_after
    pem = issue(authority, certificate_request(new_private_key(), "Ana", "Copper & Co"), at, 9999)
    assert certificate_facts(pem).not_after == end


def test_an_expired_authority_issues_nothing(authority, at):
    with pytest.raises(NotAllowed, match="certificate_expired"):
        issue(authority, certificate_request(new_private_key(), "Ana", "Copper & Co"), at + timedelta(days=3700), 10)


def test_an_auditor_issues_nothing(auditor, at):
    with pytest.raises(NotAllowed, match="certificate_may_not_issue"):
        issue(auditor, certificate_request(new_private_key(), "Ana", "Copper & Co"), at, 10)


def test_two_certificates_never_share_a_serial_number(make_identity):
    serials = {x509.load_pem_x509_certificate(make_identity().certificate).serial_number for _ in range(20)}
    assert len(serials) == 20


def test_large_rsa_keys_are_accepted(authority, at):
    pem = issue(authority, named(rsa.generate_private_key(65537, 3072)), at, 10)
    assert certificate_facts(pem).name == "Ana"


@pytest.mark.parametrize(
    "key", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()]
)
def test_other_keys_are_refused(authority, at, key):
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    with pytest.raises(NotAllowed, match="key_not_accepted"):
        issue(authority, named(key, algorithm=algorithm), at, 10)


def test_a_request_that_its_key_did_not_sign_is_refused(authority, at):
    pem = named(ec.generate_private_key(P256))
    der = bytearray(x509.load_pem_x509_csr(pem).public_bytes(Encoding.DER))
    der[der.index(b"Ana")] = ord("E")
    forged = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)
    with pytest.raises(NotAllowed, match="request_not_signed_by_its_key"):
        issue(authority, forged, at, 10)


@pytest.mark.parametrize("name", ["x" * 65, "a\x07b", "a\nb", "evil\u202egpj", "\u2028"])
@pytest.mark.filterwarnings("ignore:Attribute's length")
def test_hostile_names_are_refused(authority, at, name):
    with pytest.raises(NotAllowed, match="name_not_acceptable"):
        issue(authority, named(ec.generate_private_key(P256), name=name), at, 10)


def test_a_request_with_no_name_or_two_is_refused(authority, at):
    key = ec.generate_private_key(P256)
    organisation, one, two = (NameOID.ORGANIZATION_NAME, "C"), (NameOID.COMMON_NAME, "Ana"), (NameOID.COMMON_NAME, "Eva")
    for parts in ([organisation], [organisation, one, two], [one, organisation, organisation]):
        with pytest.raises(NotAllowed, match="name_not_acceptable"):
            issue(authority, request(key, *parts), at, 10)


def test_an_auditor_without_an_organisation_gets_a_certificate_too(authority, at):
    facts = certificate_facts(issue(authority, certificate_request(new_private_key(), "Ana", ""), at, 10))
    assert (facts.name, facts.organisation) == ("Ana", "")


def test_what_else_a_request_asks_for_is_ignored(authority, at):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ana"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "C")])
    wish = x509.CertificateSigningRequestBuilder().subject_name(subject).add_extension(x509.BasicConstraints(True, None), True)
    pem = issue(authority, wish.sign(ec.generate_private_key(P256), hashes.SHA256()).public_bytes(Encoding.PEM), at, 10)
    extensions = x509.load_pem_x509_certificate(pem).extensions
    assert extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False


@pytest.mark.parametrize(
    "pem", [b"", b"rubbish", b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", b"A" * 20_000]
)
def test_something_else_is_no_request(authority, at, pem):
    with pytest.raises(Corrupted, match="request_unreadable"):
        issue(authority, pem, at, 10)


def test_an_authority_has_a_proper_name(at):
    with pytest.raises(NotAllowed, match="name_not_acceptable"):
        new_authority("\n", at)
