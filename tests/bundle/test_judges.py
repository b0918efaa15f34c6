"""Programs that know nothing of this one accept what it writes, and refuse it once it was changed."""

import hashlib
import json
import shutil
import subprocess
import warnings
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor_app.bundle import names
from auditor_app.bundle.checking import bag_faults, bundle_id
from auditor_app.bundle.packing import Payload, pack
from auditor_app.bundle.reading import open_bundle
from auditor_app.bundle.record import read_record
from auditor_app.digests import sha256_of
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.signing.cms import sign_detached
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.answers import NO
from auditor_app.workflows.evidence import original_bytes
from auditor_app.workflows.identity import signing_identity
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.verifying import Trust, trust_from_files, verify_bundle

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it still uses an old way of finding its own version
    import bagit


def openssl(bundle, office) -> subprocess.CompletedProcess:
    """Run the very command of HOW-TO-CHECK.txt."""
    text = (bundle / names.HOW_TO_CHECK).read_text().replace("\\\n", " ")
    command = next(line.split() for line in text.splitlines() if "openssl cms" in line)
    words = [str(office.folder / part) if part == "ca.pem" else part for part in command]
    return subprocess.run(words, cwd=bundle, capture_output=True, text=True, check=False)


def payloads(contents: list[bytes]) -> list[Payload]:
    made = [Payload(name=names.RECORD, digest=sha256_of(b"record"), size=6, data=b"record")]
    for number, data in enumerate(dict.fromkeys(contents)):
        name = names.evidence_name if number % 3 else names.findings_name
        made.append(Payload(name=name(sha256_of(data)), digest=sha256_of(data), size=len(data), data=data))
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(st.binary(max_size=3000), max_size=6))
def test_whatever_is_packed_is_a_whole_bag_to_us_and_to_bagit_as_folder_and_as_zip(tmp_path, handed_over, contents):
    identity, at = signing_identity(handed_over.workspace), handed_over.office.clock.now()
    told = []
    for target in (tmp_path / "bag", tmp_path / "bag.zip"):
        packed = pack(target, payloads(contents), date="2026-05-04", sign=lambda data: sign_detached(data, identity, at))
        with open_bundle(target) as files:
            assert bag_faults(files) == ()
            assert bundle_id(files) == packed.id
            assert files.sizes == {name: size for name, _digest, size in packed.files}
            told.append({name: digest for name, digest, _size in packed.files if name != names.SIGNATURE})
    assert told[0] == told[1]
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert openssl(tmp_path / "bag", handed_over.office).returncode == 0
    shutil.rmtree(tmp_path / "bag")
    (tmp_path / "bag.zip").unlink()


def test_bagit_and_openssl_and_sha256sum_accept_a_bundle(handed_over):
    bagit.Bag(str(handed_over.folder)).validate()
    found = openssl(handed_over.folder, handed_over.office)
    assert (found.returncode, found.stderr.strip()) == (0, "CMS Verification successful")
    for manifest in (names.MANIFEST, names.TAG_MANIFEST):
        subprocess.run(["sha256sum", "--strict", "-c", manifest], cwd=handed_over.folder, capture_output=True, check=True)


def test_bagit_and_openssl_refuse_it_once_it_was_changed(handed_over, bundle):
    one = next((bundle / "data" / "evidence").iterdir())
    one.write_bytes(one.read_bytes() + b"x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bundle)).validate()
    manifest = bundle / names.TAG_MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"a", b"b", 1))
    assert openssl(bundle, handed_over.office).returncode != 0


def test_the_command_for_the_form_gives_the_digest_that_the_record_names(handed_over):
    """The very pipe of HOW-TO-CHECK.txt, behind what opens the record."""
    (command,) = [line for line in (handed_over.folder / names.HOW_TO_CHECK).read_text().splitlines() if "| sed" in line]
    record = unseal_bytes((handed_over.folder / names.RECORD).read_bytes(), handed_over.office.secret, "record")
    done = subprocess.run(["sh", "-c", command.partition("|")[2]], input=record, capture_output=True, check=True)
    assert done.stdout.decode().split()[0] == read_record(record.splitlines()).head.form_digest


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_opens_everything_with_the_offices_key(handed_over):
    def opened(name: str) -> bytes:
        command = ["age", "-d", "-i", str(handed_over.office.folder / "identity.txt"), str(handed_over.folder / name)]
        return subprocess.run(command, capture_output=True, check=True).stdout

    lines = [json.loads(line) for line in opened(names.RECORD).splitlines()]
    index = [line["evidence"] for line in lines if "evidence" in line]
    assert len(index) == 2
    for one in index:
        data = opened(names.evidence_name(one["sealed"]))
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (one["original"], one["size"])
        assert data == original_bytes(handed_over.workspace, one["original"], limit=1000)
    (report,) = [line["report"] for line in lines if "report" in line]
    assert hashlib.sha256(opened(names.findings_name(report["sealed"]))).hexdigest() == report["digest"]


def test_nothing_in_clear_names_a_site_a_person_or_the_office(handed_over):
    for path in handed_over.folder.rglob("*"):
        if path.is_file() and path.name != names.SIGNATURE:  # the signature holds the auditor's certificate
            data = path.read_bytes()
            assert not [word for word in ("Río Seco", "Núñez", "first.txt", "evidence of", "Assurance") if word.encode() in data], path


def test_a_bundle_that_exists_is_not_written_over(tmp_path, handed_over):
    (tmp_path / "bag").mkdir()
    with pytest.raises(NotAllowed, match="file_exists"):
        pack(tmp_path / "bag", payloads([]), date="2026-05-04", sign=lambda data: data)


@pytest.mark.parametrize("target", ["bag", "bag.zip"])
def test_a_failure_while_packing_leaves_nothing(tmp_path, target):
    lost = Payload(name=names.evidence_name("ab" * 32), digest="ab" * 32, size=5, file=tmp_path / "lost.age")
    for may_link in (True, False):
        with pytest.raises(Unavailable, match=r"file_missing .*lost\.age"):
            pack(tmp_path / target, [*payloads([b"x"]), lost], date="2026-05-04", sign=lambda data: data, may_link=may_link)
        assert list(tmp_path.iterdir()) == []


def said(found) -> dict[str, tuple[str, str]]:
    return {answer.question: (answer.answer, answer.reason) for answer in found.answers}


def test_a_bundle_signed_under_another_office_is_not_trusted(handed_over, tmp_path, clock):
    other = found_office(tmp_path / "other", "Another Office", clock)
    found = verify_bundle(handed_over.folder, Trust(at=clock.now(), profile=other.profile, secret=handed_over.office.secret))
    assert said(found)["signature_valid"] == ("yes", "")
    for question in ("signer_trusted", "report_signer_trusted"):
        assert said(found)[question] == (NO, "certificate_issued_by_someone_else")
    assert said(found)["bag_intact"] == said(found)["evidence_right"] == ("yes", "")


def test_after_its_certificate_expired_a_bundle_is_still_intact_but_not_trusted(handed_over):
    trust = handed_over.trust()
    later = Trust(at=trust.at + timedelta(days=731), profile=trust.profile, secret=trust.secret)
    found = said(verify_bundle(handed_over.folder, later))
    assert {question for question, (answer, _) in found.items() if answer != "yes"} == {"signer_trusted", "report_signer_trusted"}
    assert found["signer_trusted"] == (NO, "certificate_expired")


def test_without_any_profile_trust_is_left_open(handed_over):
    found = verify_bundle(handed_over.folder, Trust(at=handed_over.office.clock.now()))
    assert not found.any_no
    assert said(found)["signer_trusted"] == ("not_checked", "no_trusted_certificates")
    assert said(found)["signature_valid"] == ("yes", "")


def test_a_key_beside_the_profile_is_used_too(handed_over, tmp_path):
    office, at = handed_over.office, handed_over.office.clock.now()
    profile = office.folder / "office.profile"
    assert verify_bundle(handed_over.folder, trust_from_files(at, profile, None)).all_yes
    shutil.copy(profile, tmp_path / "office.profile")
    assert trust_from_files(at, tmp_path / "office.profile", None).secret is None
    assert verify_bundle(handed_over.folder, trust_from_files(at, tmp_path / "office.profile", office.folder / "identity.txt")).all_yes
    with pytest.raises(NotAllowed, match="file_not_there"):
        trust_from_files(at, tmp_path / "nothing", None)
