"""The site's representative acknowledges the signed findings, and the auditor's signature holds as before."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor_app.errors import NotAllowed
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key, write_pkcs12
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.workflows.acknowledging import Representative, acknowledge, own_certificate
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.letters import trusted_by
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.reports import list_reports, make_report, report_bytes

STROKES = (((0.0, 0.0, 0.4), (30.0, 40.0, 0.9), (70.0, 5.0, 0.6)), ((80.0, 20.0, 0.5),))
PYHANKO = Path(sys.executable).with_name("pyhanko")
BO = Representative(name="Bo Lindqvist", role="Plant manager", strokes=STROKES)


@pytest.fixture
def report(enrolled, visit):
    return make_report(enrolled, visit, sign=True)


def checked(workspace, office, report):
    return check_pdf(report_bytes(workspace, report), trusted_by(office.profile), workspace.clock.now(), purpose="auditor")


def test_a_drawn_signature_is_bound_by_the_auditors_key_and_says_so(enrolled, office, report, visit, tmp_path):
    made = acknowledge(enrolled, report, BO)
    found = checked(enrolled, office, made)
    assert [found.intact.holds, found.valid.holds, found.trusted.holds, found.unchanged_since.holds] == [True] * 4
    (second,) = found.later
    assert (second.name, second.valid.holds, second.trusted.holds) == ("Ana Núñez", True, True)
    assert (
        second.reason
        == "Acknowledged by Bo Lindqvist, Plant manager by drawn signature on this screen. This confirms receipt, not agreement."
    )
    assert found.signed_digest == report.details["signed_digest"] == made.details["signed_digest"]
    assert report_bytes(enrolled, made).startswith(report_bytes(enrolled, report))
    assert {one.id for one in list_reports(enrolled, visit)} == {report.id, made.id}
    make_bundle(enrolled, visit, out=tmp_path / "bundle")
    assert receive_path(office, tmp_path / "bundle").outcome == "received"


def test_a_certificate_of_the_representatives_own_signs_in_their_name(enrolled, office, report):
    at = enrolled.clock.now()
    key, site = new_private_key(), new_authority("The site's own authority", at)
    certificate = issue(site, certificate_request(key, "Bo Lindqvist", "Cobres del Sur"), at, 30)
    data = write_pkcs12(SigningIdentity(private_key=key, certificate=certificate), "secret")
    with pytest.raises(NotAllowed, match="pkcs12_not_opened"):
        own_certificate(data, "wrong", at)
    made = acknowledge(enrolled, report, Representative(name="Bo Lindqvist"), own=own_certificate(data, "secret", at))
    found = checked(enrolled, office, made)
    assert [found.intact.holds, found.valid.holds, found.trusted.holds, found.unchanged_since.holds] == [True] * 4
    (second,) = found.later
    assert (second.name, second.valid.holds, second.trusted.reason) == ("Bo Lindqvist", True, "certificate_issued_by_someone_else")


def test_nothing_is_acknowledged_without_name_or_drawing_twice_or_unsigned(enrolled, report, visit):
    for who, code in (
        (Representative(name=" ", strokes=STROKES), "text_missing"),
        (Representative(name="Bo"), "drawing_missing"),
        (Representative(name="Bo", strokes=((),)), "drawing_not_acceptable"),
    ):
        with pytest.raises(NotAllowed, match=code):
            acknowledge(enrolled, report, who)
    with pytest.raises(NotAllowed, match="signature_field_filled"):
        acknowledge(enrolled, acknowledge(enrolled, report, BO), BO)
    with pytest.raises(NotAllowed, match="pdf_not_signed_yet"):
        acknowledge(enrolled, make_report(enrolled, visit), BO)


@pytest.mark.skipif(not (shutil.which("pdfsig") and shutil.which("qpdf") and PYHANKO.exists()), reason="pdfsig, qpdf or pyhanko is missing")
def test_other_programs_accept_the_report_as_signed_and_as_acknowledged(enrolled, office, report, tmp_path):
    acknowledged = acknowledge(enrolled, report, BO)
    (tmp_path / "ca.pem").write_text(office.profile.authority)
    for made, signatures in ((report, 1), (acknowledged, 2)):
        path = tmp_path / "x.pdf"
        path.write_bytes(report_bytes(enrolled, made))
        assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
        said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
        assert said.count("Signature is Valid") == signatures
        words = [str(PYHANKO), "sign", "validate", "--pretty-print", "--trust", str(tmp_path / "ca.pem"), "--trust-replace", str(path)]
        asked = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (asked.returncode, asked.stdout.count("The signature is judged VALID")) == (0, signatures), asked.stdout
