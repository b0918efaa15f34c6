import subprocess
from datetime import timedelta

import pypdfium2
import pytest

from auditor_app.digests import sha256_of
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.store.records import all_sealed
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.evidence import describe_evidence, link_evidence
from auditor_app.workflows.findings import note_limit, raise_finding
from auditor_app.workflows.report_places import place_at
from auditor_app.workflows.reports import export_report, list_reports, make_report, report_bytes, report_places
from auditor_app.workflows.verifying import Trust, verify, verify_report
from auditor_app.workflows.visits import describe_visit
from auditor_app.workflows.workspaces import check


@pytest.fixture
def refused(workspace, visit):
    """Make a report that must be refused, and see that nothing of it was kept."""

    def refuse(**more) -> NotAllowed:
        with pytest.raises(NotAllowed) as error:
            make_report(workspace, visit, **more)
        assert list_reports(workspace, visit) == []
        assert len(all_sealed(workspace.db)) == len(workspace.visit(visit).evidence)
        assert check(workspace) == []
        return error.value

    return refuse


def test_a_signed_report_says_what_was_found_and_other_programs_accept_it(with_photo, visit, office, clock, tmp_path):
    rate(with_photo, visit, "2", "does_not", because="No register was shown.")
    raise_finding(with_photo, visit, "2", "No risk register 风险登记册", statement="None was shown.", due="2026-09-30")
    (digest,) = with_photo.visit(visit).evidence
    describe_evidence(with_photo, visit, digest, caption="The empty shelf")
    link_evidence(with_photo, visit, digest, Subject(CRITERION, "2"), "supports")
    note_limit(with_photo, visit, "Night shift", "Road closed")
    report = make_report(with_photo, visit, sign=True)
    export_report(with_photo, report, tmp_path / "findings.pdf")
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "findings.pdf", "-"], capture_output=True, text=True, check=True).stdout
    for said in ("Fundición Río Seco", "No risk register 风险登记册", "The empty shelf", "Night shift", "30 September 2026", digest[:16]):
        assert said in text, said
    told = subprocess.run(["pdfsig", "-nocert", tmp_path / "findings.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in told
    assert "Ana Núñez" in told
    assert "Total document signed" in told
    found = verify(tmp_path / "findings.pdf", Trust(at=clock.now(), profile=office.profile))
    assert found.all_yes
    assert found.signer.name == "Ana Núñez"


def test_a_report_is_kept_sealed_and_comes_out_as_it_was_made(with_photo, visit, tmp_path):
    unsigned, signed = make_report(with_photo, visit), make_report(with_photo, visit, sign=True)
    assert [one.id for one in list_reports(with_photo, visit)] == [signed.id, unsigned.id]
    assert [one.signed for one in list_reports(with_photo, visit)] == [True, False]
    for report in (unsigned, signed):
        (tmp_path / "out.pdf").write_bytes(b"an older one")
        export_report(with_photo, report, tmp_path / "out.pdf")
        pdf = (tmp_path / "out.pdf").read_bytes()
        assert (sha256_of(pdf), len(pdf)) == (report.digest, report.details["size"])
        assert report_bytes(with_photo, report) == pdf
    assert not any(b"%PDF-" in path.read_bytes() for path in with_photo.folder.rglob("*") if path.is_file())


def test_no_changed_byte_of_a_signed_report_goes_unseen(with_photo, visit, office, clock):
    pdf = report_bytes(with_photo, make_report(with_photo, visit, sign=True))
    trust = Trust(at=clock.now(), profile=office.profile)
    assert verify_report(pdf, "r", trust).all_yes
    for place in range(0, len(pdf), len(pdf) // 40):
        assert not verify_report(pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :], "r", trust).all_yes, place
    for other in (pdf[:-1], pdf + b"\n%", b"", b"%PDF-1.7"):
        assert not verify_report(other, "r", trust).all_yes


def test_without_a_certificate_a_report_is_made_but_not_signed(refused, workspace, visit):
    assert refused(sign=True).code == "certificate_missing"
    assert not make_report(workspace, visit).signed


def test_with_an_expired_certificate_a_report_is_not_signed(refused, enrolled, clock):
    clock.moment += timedelta(days=731)
    error = refused(sign=True)
    assert (error.code, error.exit_code) == ("certificate_expired", 2)


def test_with_a_clock_before_the_certificate_a_report_is_not_signed(refused, enrolled, clock):
    clock.moment -= timedelta(days=3)
    assert refused(sign=True).code == "certificate_not_yet_valid"


@pytest.mark.parametrize("sign", [True, False])
def test_a_text_that_no_font_can_print_stops_the_report_and_is_named(refused, enrolled, visit, sign):
    describe_visit(enrolled, visit, {"scope": "All areas \U00013080"})
    error = refused(sign=sign)
    assert error.code == "missing_glyphs"
    assert "\U00013080" in str(error) or "13080" in str(error)


def test_only_known_kinds_are_made(refused):
    assert refused(kind="poem").code == "choice_unknown"


def test_a_language_that_the_program_does_not_speak_is_refused_and_one_written_otherwise_is_known(refused, with_photo, visit):
    for code in ("xx", "zh-hant", "../en", ""):
        assert refused(language=code).code == "choice_unknown"
    assert make_report(with_photo, visit, language="zh-Hans").language == "zh_Hans"
    assert make_report(with_photo, visit, language="zh").language == "zh_Hans"


def test_a_damaged_kept_report_is_not_exported(with_photo, visit, tmp_path):
    report = make_report(with_photo, visit)
    kept = next(one for one in all_sealed(with_photo.db) if one.original == report.digest)
    path = with_photo.vault.path(kept.sealed)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Corrupted, match="sealed_file_damaged"):
        export_report(with_photo, report, tmp_path / "out.pdf")
    assert not list(tmp_path.glob("out.pdf*"))


def test_what_the_pages_are_about_is_kept_beside_the_report_and_not_in_it(with_photo, visit):
    finding, _changes = raise_finding(with_photo, visit, "2", "No risk register")
    (digest,) = with_photo.visit(visit).evidence
    report = make_report(with_photo, visit, kind="full")
    places = report_places(with_photo, report)
    assert {("criterion", "2"), ("finding", finding), ("evidence", digest), ("criteria", "")} <= {(one.kind, one.id) for one in places}
    assert finding.encode() not in report_bytes(with_photo, report)
    place = next(one for one in places if one.id == finding)
    inside = place_at(places, place.page, place.left + 1, place.top - 1)
    assert inside == Subject("finding", finding)
    above_all = place_at(places, 0, 300, 500)
    assert above_all is None


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("summary", {"sign": True}, "kind_never_signed"),
        ("editable", {"sign": True}, "kind_never_signed"),
        ("full", {"preliminary": True}, "kind_never_preliminary"),
    ],
)
def test_what_must_not_be_signed_or_preliminary_is_refused_before_any_work(refused, enrolled, kind, more, code):
    assert refused(kind=kind, **more).code == code


@pytest.mark.parametrize("kind", ["full", "plan"])
def test_the_other_kinds_are_signed_and_verified_as_the_findings_are(with_photo, visit, office, clock, kind):
    report = make_report(with_photo, visit, kind=kind, sign=True)
    assert verify_report(report_bytes(with_photo, report), "r", Trust(at=clock.now(), profile=office.profile)).all_yes


def test_codes_and_days_of_the_site_are_words_of_the_reports_language_and_what_a_person_wrote_stays(with_photo, visit):
    def printed(language: str) -> str:
        made = report_bytes(with_photo, make_report(with_photo, visit, kind="full", language=language))
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(made))

    describe_visit(with_photo, visit, {"languages": "es, en", "period": "2025-11-01 – 2026-10-31"})
    assert "español, inglés" in (spanish := printed("es")) and "1 de noviembre de 2025 – 31 de octubre de 2026" in spanish
    describe_visit(with_photo, visit, {"languages": "Spanish at work, no English", "period": "All of 2025, with 2025-12-31"})
    english = printed("en")
    assert "Spanish at work, no English" in english and "All of 2025, with 2025-12-31" in english
