"""From B-B to B-LTA with a real timestamp authority, CRL and OCSP on loopback; whatever fails lowers the level and loses nothing."""

import asyncio
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    CertValidationPolicySpec,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from reportlab.pdfgen import canvas

from auditor_app.install_paths import resources
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key
from auditor_app.signing.pdf_appearance import Appearance
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import EmptyField, countersign_pdf, sign_pdf
from auditor_app.signing.pdf_times import certificates_in
from auditor_app.signing.pdf_timestamp import Raised, raise_level
from auditor_app.signing.revocation import Revoke, write_revocations
from auditor_app.signing.trust import Trusted
from tests.signing.responders import HAVE_OPENSSL, Responders, ocsp_responder, responders

pytestmark = pytest.mark.skipif(not HAVE_OPENSSL, reason="openssl is not installed: no timestamp authority to ask")

LOOK = Appearance(page=0, box=(60, 60, 300, 130), caption="Signed", lines=("Ana",), fonts=(resources() / "fonts" / "NotoSans-Regular.ttf",))
ORDER = ["", "B-B", "B-T", "B-LT", "B-LTA"]


def now() -> datetime:
    """Responders have the clock of the machine, and so have their tests."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def online(tmp_path_factory) -> Responders:
    with responders(tmp_path_factory.mktemp("responders")) as running:
        yield running


@pytest.fixture
def server(online: Responders) -> Responders:
    """The responders, behaving well at first."""
    online.behave = ""
    online.asked.clear()
    return online


@pytest.fixture(scope="module")
def office() -> SigningIdentity:
    return new_authority("Office of Assurance", now() - timedelta(days=10))


@pytest.fixture(scope="module")
def ana(office) -> SigningIdentity:
    key = new_private_key()
    return SigningIdentity(private_key=key, certificate=issue(office, certificate_request(key, "Ana", "Co"), now(), 365))


@pytest.fixture(scope="module")
def signed(ana) -> bytes:
    target = BytesIO()
    page = canvas.Canvas(target, invariant=1)
    page.drawString(72, 720, "Finding 1")
    page.showPage()
    page.save()
    return sign_pdf(target.getvalue(), ana, LOOK, now(), prepared=[EmptyField(page=0, box=(60, 200, 360, 280), caption="Site")])


@pytest.fixture
def trusted(office, server) -> Trusted:
    lists = [write_revocations(office, now())]
    return Trusted(authorities=[office.certificate], timestampers=[server.root], revocations=lists)


def raised(pdf: bytes, server: Responders, trusted: Trusted) -> Raised:
    return raise_level(pdf, server.timestamps, trusted, now())


def passes_long_term(pdf: bytes, trusted: Trusted, at: datetime) -> list[bool]:
    """Let pyHanko's validation after ETSI EN 319 102-1 judge every signature: revocation demanded, no network, as of a moment."""
    roots = SimpleTrustManager.build(trust_roots=certificates_in((*trusted.authorities, *trusted.timestampers)))
    policy = CertValidationPolicySpec(trust_manager=roots, revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO))
    gathering = RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY)
    spec = PdfSignatureValidationSpec(SignatureValidationSpec(cert_validation_policy=policy, revinfo_gathering_policy=gathering))
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True)

    async def judge() -> list[bool]:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        results = [await ades_lta_validation(one, spec, timing_info=timing) for one in signatures]
        return [result.ades_subindic is AdESPassed.OK for result in results]

    return asyncio.run(judge())


def test_a_report_is_raised_to_long_term_validity_and_stays_what_was_signed(signed, server, trusted):
    before = check_pdf(signed, trusted, now())
    made = raised(signed, server, trusted)
    answers = check_pdf(made.pdf, trusted, now(), purpose="auditor")
    assert (made.before, made.level, made.problem) == ("B-B", "B-LTA", "")
    assert [answers.level, answers.intact.holds, answers.valid.holds, answers.trusted.holds] == ["B-LTA", True, True, True]
    assert (answers.covers_whole_file.holds, answers.unchanged_since.reason) == (True, "only_proofs_added")
    assert answers.signed_digest == before.signed_digest, "what the manifest anchors"
    assert answers.proven_at is not None and abs(answers.proven_at - now()) < timedelta(minutes=1)
    assert [(one.kind, one.name, one.valid.holds, one.trusted.holds) for one in answers.later] == [("timestamp", "tsa", True, True)]
    assert server.asked == ["/timestamp", "/root.crl", "/timestamp"]


@pytest.mark.skipif(not (shutil.which("pdfsig") and shutil.which("qpdf")), reason="pdfsig or qpdf is not installed")
def test_other_programs_accept_what_was_raised(signed, server, trusted, tmp_path):
    (tmp_path / "x.pdf").write_bytes(raised(signed, server, trusted).pdf)
    assert subprocess.run(["qpdf", "--check", str(tmp_path / "x.pdf")], capture_output=True, check=False).returncode == 0
    said = subprocess.run(["pdfsig", "-nocert", str(tmp_path / "x.pdf")], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Digest Mismatch" not in said


def test_days_later_and_offline_another_judge_calls_only_what_was_raised_valid(signed, server, trusted):
    made = raised(signed, server, trusted)
    for at in (now(), now() + timedelta(days=6)):  # beyond a week it wants a fresh list for the last stamp, which only a network has
        assert passes_long_term(made.pdf, trusted, at) == [True]
    assert passes_long_term(signed, trusted, now()) == [False]


def test_after_the_signers_certificate_ran_out_the_raised_report_is_still_trusted(signed, server, trusted, online):
    later = now() + timedelta(days=365, hours=20)
    key, pem = online.issue("long", usage="stamp", days=(-1, 900))
    for name, data in (("key", key), ("pem", pem)):
        (online.folder / f"tsa.{name}").rename(online.folder / f"short.{name}")
        (online.folder / f"tsa.{name}").write_bytes(data)
    try:
        made = raised(signed, server, trusted)
    finally:
        for name in ("key", "pem"):
            (online.folder / f"short.{name}").rename(online.folder / f"tsa.{name}")
    assert check_pdf(signed, trusted, later).trusted.reason == "certificate_expired"
    answers = check_pdf(made.pdf, trusted, later)
    assert (answers.trusted.holds, answers.level) == (True, "B-LTA")
    much_later = check_pdf(made.pdf, trusted, now() + timedelta(days=1000))
    assert (much_later.level, much_later.proven_at, much_later.trusted.holds) == ("B-B", None, False), "no proof lasts for ever unrenewed"


def test_a_report_acknowledged_on_site_is_raised_without_touching_either_signature(signed, ana, server, trusted):
    twice = countersign_pdf(signed, ana, replace(LOOK, caption="Seen"), now(), reason="Seen")
    made = raised(twice, server, trusted)
    answers = check_pdf(made.pdf, trusted, now())
    assert made.pdf.startswith(twice)
    assert (made.level, answers.level, answers.unchanged_since.reason) == ("B-LTA", "B-LTA", "only_signatures_added")
    assert [(one.kind, one.valid.holds) for one in answers.later] == [("signature", True), ("timestamp", True)]


@pytest.mark.parametrize(
    ("behave", "problem"),
    [
        ("error", "timestamp_server_unreachable"),
        ("rubbish", "timestamp_wrong"),
        ("tampered", "timestamp_wrong"),
        ("replayed", "timestamp_wrong"),
        ("expired", "timestamp_not_trusted"),
    ],
)
def test_a_timestamp_that_fails_leaves_the_report_as_it_was(behave, problem, signed, server, trusted):
    raised(signed, server, trusted)  # so that there is an answer to play again
    server.behave = behave
    made = raised(signed, server, trusted)
    assert (made.pdf, made.level, made.problem) == (signed, "B-B", problem)


def test_a_server_that_is_not_there_leaves_the_report_as_it_was(signed, trusted):
    made = raise_level(signed, "http://127.0.0.1:9/timestamp", trusted, now())
    assert (made.pdf, made.level, made.problem) == (signed, "B-B", "timestamp_server_unreachable")


def test_an_authority_that_nobody_vouches_for_does_not_count(signed, server, trusted, office):
    made = raise_level(signed, server.timestamps, replace(trusted, timestampers=[office.certificate]), now())
    assert (made.pdf, made.level, made.problem) == (signed, "B-B", "timestamp_not_trusted")


def test_where_revocation_cannot_be_proven_the_level_stays_at_b_t_and_the_timestamp_is_kept(signed, server, trusted):
    """Softer checking would call the file B-LT without the very data that makes it so."""
    made = raised(signed, server, replace(trusted, revocations=[]))
    assert (made.before, made.level, made.problem) == ("B-B", "B-T", "no_proof_of_revocation")
    answers = check_pdf(made.pdf, trusted, now())
    assert (answers.level, answers.intact.holds, answers.unchanged_since.holds) == ("B-T", True, True)
    again = raised(made.pdf, server, trusted)
    assert (again.before, again.level) == ("B-T", "B-LTA"), "it goes on from there"


def test_where_only_the_last_stamp_fails_the_level_is_b_lt_and_goes_on_later(signed, server, trusted, monkeypatch):
    half = raised(signed, server, replace(trusted, revocations=[])).pdf
    server.behave = "error"
    made = raised(half, server, trusted)
    assert (made.before, made.level, made.problem) == ("B-T", "B-LT", "timestamp_server_unreachable")
    assert made.pdf.startswith(half)
    server.behave = ""
    assert raised(made.pdf, server, trusted).level == "B-LTA"


def test_what_has_its_highest_level_is_left_alone_unless_renewed(signed, server, trusted):
    made = raised(signed, server, trusted)
    assert raised(made.pdf, server, trusted).pdf == made.pdf
    renewed = raise_level(made.pdf, server.timestamps, trusted, now(), renew=True)
    answers = check_pdf(renewed.pdf, trusted, now())
    assert renewed.pdf.startswith(made.pdf)
    assert (renewed.level, [one.kind for one in answers.later]) == ("B-LTA", ["timestamp", "timestamp"])


def test_what_is_altered_is_not_raised(signed, server, trusted):
    changed = signed.replace(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 594")
    assert changed != signed
    made = raised(changed, server, trusted)
    assert (made.pdf, made.problem, server.asked) == (changed, "signature_not_verified", [])


def test_no_byte_of_a_raised_report_can_be_changed_unseen(signed, server, trusted):
    data = raised(signed, server, trusted).pdf
    fine = check_pdf(data, trusted, now())
    for place in range(13, len(data), len(data) // 40):
        changed = bytearray(data)
        changed[place] ^= 1
        answers = check_pdf(bytes(changed), trusted, now())
        verdicts = {answers.intact.holds, answers.valid.holds, answers.covers_whole_file.holds, answers.unchanged_since.holds}
        assert verdicts != {True} or answers.level != fine.level, place


def test_a_certificate_of_another_authority_is_proven_by_its_ocsp_responder(server, trusted):
    key, pem = server.issue("Bo of elsewhere", usage="sign", ocsp=True)
    target = BytesIO()
    page = canvas.Canvas(target, invariant=1)
    page.showPage()
    page.save()
    data = sign_pdf(target.getvalue(), SigningIdentity(private_key=key, certificate=pem), LOOK, now())
    both = replace(trusted, others=[server.root])
    assert raised(data, server, both).problem in {"no_proof_of_revocation", "revocation_server_unreachable"}, "nobody answers yet"
    with ocsp_responder(server):
        made = raised(data, server, both)
    assert (made.level, made.problem, made.detail) == ("B-LTA", "", "")
    assert b"/OCSPs" in made.pdf
    assert check_pdf(made.pdf, both, now(), purpose="auditor").trusted.holds


def test_a_theft_noticed_after_the_timestamp_does_not_undo_the_report(signed, ana, office, server, trusted):
    made = raised(signed, server, trusted)
    stolen = Revoke(certificate=ana.certificate, since=now() + timedelta(minutes=1), why="compromised")
    after = replace(trusted, revocations=[write_revocations(office, now(), revoke=stolen)])
    late = now() + timedelta(hours=1)
    assert check_pdf(signed, after, late).trusted.reason == "certificate_revoked", "its date may have been written by the thief"
    assert check_pdf(made.pdf, after, late).trusted.holds
