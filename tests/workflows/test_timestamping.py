"""The office raises reports to long-term validity; the bundle still names them, and a failed stamp loses nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor_app.errors import NotAllowed
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import signer
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.office.timestamping import timestamp_all, timestamp_file
from auditor_app.workflows.office.trusting import revoke, trust
from auditor_app.workflows.reports import export_report, make_report
from auditor_app.workflows.verifying import Trust, verify
from tests.signing.responders import HAVE_OPENSSL, Responders, responders

pytestmark = pytest.mark.skipif(not HAVE_OPENSSL, reason="openssl is not installed: no timestamp authority to ask")


@pytest.fixture(scope="module")
def online(tmp_path_factory) -> Responders:
    with responders(tmp_path_factory.mktemp("responders")) as running:
        yield running


@pytest.fixture
def handed_in(online, clock, enrolled, office, visit, tmp_path):
    """A received bundle and a copy of its report; the office trusts the responders, and all clocks are the machine's."""
    online.behave = ""
    make_report(enrolled, visit, sign=True)
    clock.moment = datetime.now(UTC)
    office, _name = trust(office, online.root, "timestamps")
    report = make_report(enrolled, visit, sign=True)
    export_report(enrolled, report, tmp_path / "findings.pdf")
    make_bundle(enrolled, visit, out=tmp_path / "bundle")
    assert receive_path(office, tmp_path / "bundle").outcome == "received"
    return office, tmp_path / "findings.pdf", tmp_path / "bundle"


def said(path: Path, office, bundle: Path | None = None) -> dict[str, tuple[str, str]]:
    trust = Trust(at=office.clock.now(), profile=office.profile, secret=office.secret)
    return {one.question: (one.answer, one.reason) for one in verify(path, trust, bundle=bundle).answers}


def test_a_raised_report_is_still_the_one_that_the_bundle_names(handed_in, online):
    office, path, bundle = handed_in
    before = path.read_bytes()
    made = timestamp_file(office, path, online.timestamps)
    assert (made.before, made.level, made.problem) == ("B-B", "B-LTA", "")
    assert made.kept is not None and made.kept.name == "findings.B-B.pdf"
    assert made.kept.read_bytes() == before != path.read_bytes()
    assert set(said(path, office, bundle).values()) == {("yes", "")}
    found = verify(path, Trust(at=office.clock.now(), profile=office.profile))
    assert (found.pdf.level, found.all_yes) == ("B-LTA", True)


def test_another_report_is_not_the_one_that_the_bundle_names(handed_in, enrolled, visit, tmp_path):
    office, _path, bundle = handed_in
    export_report(enrolled, make_report(enrolled, visit, sign=True), tmp_path / "other.pdf")
    assert said(tmp_path / "other.pdf", office, bundle)["report_in_bundle"] == ("no", "not_in_record")
    found = verify(tmp_path / "other.pdf", Trust(at=office.clock.now(), profile=office.profile), bundle=bundle)
    assert [one.reason for one in found.answers if one.question == "report_in_bundle"] == ["record_closed"]


@pytest.mark.parametrize("behave", ["error", "tampered", "replayed", "expired"])
def test_a_failed_stamp_leaves_the_file_and_says_why(behave, handed_in, online):
    office, path, _bundle = handed_in
    before = path.read_bytes()
    timestamp_file(office, path, online.timestamps)
    path.write_bytes(before)
    online.behave = behave
    made = timestamp_file(office, path, online.timestamps)
    assert (made.level, made.problem.startswith("timestamp_"), made.kept) == ("B-B", True, None)
    assert path.read_bytes() == before


def test_all_received_reports_are_raised_beside_their_bundles(handed_in, online):
    office, _path, bundle = handed_in
    kept = {path: path.read_bytes() for path in office.received.rglob("*") if path.is_file()}
    results = timestamp_all(office, online.timestamps)
    assert sorted(one.level for one in results) == ["B-LTA", "B-LTA"]
    assert {path: path.read_bytes() for path in office.received.rglob("*") if path.is_file()} == kept
    for one in results:
        assert one.path.parent == office.folder / "reports"
        assert one.path.stat().st_mode & 0o077 == 0
        assert said(one.path, office, bundle)["report_in_bundle"] == ("yes", "")
    again = timestamp_all(office, online.timestamps)
    assert [(one.before, one.level) for one in again] == [("B-LTA", "B-LTA")] * 2


def test_one_report_that_fails_does_not_stop_the_others(handed_in, online):
    office, _path, _bundle = handed_in
    first = sorted(office.received.rglob("*.pdf.age"))[0]
    first.write_bytes(b"damaged")
    results = timestamp_all(office, online.timestamps)
    assert sorted((one.level, bool(one.problem)) for one in results) == [("", True), ("B-LTA", False)]


def test_a_revoked_auditors_report_is_not_raised_beyond_the_timestamp(handed_in, online, enrolled):
    office, path, _bundle = handed_in
    changed, _auditor = revoke(office, signer(enrolled).fingerprint, "compromised")
    made = timestamp_file(changed, path, online.timestamps)
    assert (made.level, made.problem) == ("B-T", "no_proof_of_revocation")


def test_an_office_that_trusts_no_timestamp_authority_asks_none(office, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"x")
    with pytest.raises(NotAllowed, match="timestamp_authority_unknown"):
        timestamp_file(office, tmp_path / "x.pdf", "http://127.0.0.1:9/")
    with pytest.raises(NotAllowed, match="file_not_there"):
        timestamp_file(office, tmp_path / "y.pdf", "http://127.0.0.1:9/")
