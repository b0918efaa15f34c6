import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import pdfa
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen import canvas

from auditor_app.errors import Corrupted, NotAllowed, Unavailable, Unsupported
from auditor_app.signing.authority import new_authority
from auditor_app.signing.pdf_appearance import Appearance
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import sign_pdf
from auditor_app.signing.trust import Trusted
from auditor_app.signing.verdicts import PdfAnswers

FOLDERS = (Path(__file__).parents[2] / "resources", Path("/usr/share/fonts"), Path("C:/Windows/Fonts"), Path("/System/Library/Fonts"))


def font_with(text: str) -> Path:
    """Find a TrueType font that has all characters: a shipped one, else the system's."""
    wanted = {ord(character) for character in text}
    for path in (found for folder in FOLDERS for found in sorted(folder.rglob("*.ttf"))):
        with TTFont(path, lazy=True) as font:
            if wanted <= font.getBestCmap().keys():
                return path
    pytest.skip(f"no TrueType font with {text!r} on this machine")


def look(caption: str = "Signed", lines: tuple[str, ...] = ("Ana Lopez",), page: int = -1) -> Appearance:
    font = font_with("".join((caption, *lines)))
    return Appearance(page=page, box=(60, 60, 300, 130), caption=caption, lines=lines, fonts=(font,))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    target = BytesIO()
    page = canvas.Canvas(target, invariant=1)
    for text in ("Finding 1", "Finding 2"):
        page.drawString(72, 720, text)
        page.showPage()
    page.save()
    described = BytesIO()
    with pikepdf.open(target) as opened:
        with opened.open_metadata() as about:  # as every report has it
            about["dc:title"] = "Findings"
        opened.save(described)
    return described.getvalue()


@pytest.fixture(scope="module")
def signed(pdf, auditor, at) -> bytes:
    return sign_pdf(pdf, auditor, look(), at)


def holds(answers: PdfAnswers) -> tuple[bool | None, ...]:
    verdicts = (answers.intact, answers.valid, answers.trusted, answers.covers_whole_file, answers.unchanged_since)
    return tuple(verdict.holds for verdict in verdicts)


def with_more(signed: bytes, change) -> bytes:
    """Append one increment to a signed file."""
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def signed_again(signed: bytes, identity) -> bytes:
    (certificate,) = load_certs_from_pemder_data(identity.certificate)
    key = load_private_key_from_pemder_data(identity.private_key, None)
    meta = signers.PdfSignatureMetadata(field_name="Site", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
    signer = signers.SimpleSigner(certificate, key, SimpleCertificateStore())
    return signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(signed)), meta, signer).getvalue()


def test_a_signed_pdf_answers_yes_to_everything(signed, authority, at):
    answers = check_pdf(signed, Trusted(authorities=[authority.certificate]), at)
    assert holds(answers) == (True,) * 5
    assert answers.signed_at == at
    assert answers.signer is not None
    assert answers.signer.name == "Łucja Żółć 王小明"


def test_signing_only_adds_to_the_file_and_leaves_room_for_a_timestamp(pdf, signed):
    assert signed.startswith(pdf)
    assert b"0" * 28_000 in signed


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler) is not installed: nobody else to judge our signatures")
def test_pdfsig_agrees_and_disagrees_with_us(signed, tmp_path):
    for name, data in (("good.pdf", signed), ("bad.pdf", signed.replace(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 594"))):
        (tmp_path / name).write_bytes(data)
    good, bad = (
        subprocess.run(["pdfsig", "-nocert", str(tmp_path / name)], capture_output=True, check=False).stdout.decode()
        for name in ("good.pdf", "bad.pdf")
    )
    assert "Signature is Valid" in good
    assert "Total document signed" in good
    assert "ETSI.CAdES.detached" in good
    assert "Digest Mismatch" in bad


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed: nobody to read the page")
@pytest.mark.parametrize("line", ["Łucja Żółć, Zażółć gęślą jaźń", "王小明", "100 % (50%s)"])
def test_names_in_any_script_stand_on_the_page(line, pdf, auditor, at, tmp_path):
    (tmp_path / "x.pdf").write_bytes(sign_pdf(pdf, auditor, look(line, (line,)), at))
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", str(tmp_path / "x.pdf"), "-"], check=True, capture_output=True).stdout.decode()
    assert text.split("\f")[1].count(line) == 2


def test_a_name_that_the_font_lacks_is_refused_rather_than_left_blank(pdf, auditor, at):
    appearance = Appearance(page=0, box=(0, 0, 200, 60), caption="Signed", lines=("\U0001f600",), fonts=look().fonts)
    with pytest.raises(NotAllowed, match="signature_text_not_drawable"):
        sign_pdf(pdf, auditor, appearance, at)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed: nobody to read the page")
def test_scripts_that_no_one_font_has_stand_in_one_line(pdf, auditor, at, tmp_path):
    line = "Łucja 王小明 Żółć 王"
    appearance = Appearance(page=-1, box=(0, 0, 200, 60), caption=line, lines=(line,), fonts=(font_with("ŁucjaŻółć"), font_with("王小明")))
    (tmp_path / "x.pdf").write_bytes(sign_pdf(pdf, auditor, appearance, at))
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", str(tmp_path / "x.pdf"), "-"], check=True, capture_output=True).stdout.decode()
    assert text.split("\f")[1].count(line) == 2


def test_a_font_that_is_broken_or_gone_is_told(pdf, auditor, at, tmp_path):
    (tmp_path / "x.ttf").write_bytes(b"rubbish")
    appearance = Appearance(page=0, box=(0, 0, 200, 60), caption="x", lines=(), fonts=(tmp_path / "x.ttf",))
    with pytest.raises(Corrupted, match="font_unreadable"):
        sign_pdf(pdf, auditor, appearance, at)
    (tmp_path / "x.ttf").unlink()
    with pytest.raises(Unavailable, match="font_unavailable"):
        sign_pdf(pdf, auditor, appearance, at)


def test_the_signature_stands_on_the_page_and_place_that_were_asked_for(pdf, auditor, at):
    for page, index in ((0, 0), (-1, 1), (1, 1)):
        with pikepdf.open(BytesIO(sign_pdf(pdf, auditor, look(page=page), at))) as opened:
            (widget,) = opened.pages[index].Annots
            assert [int(number) for number in widget.Rect] == [60, 60, 300, 130]
            assert str(widget.TU) == "Signed"


def test_a_page_that_is_not_there_is_refused(pdf, auditor, at):
    for page in (2, -3):
        with pytest.raises(NotAllowed, match="signature_page_missing"):
            sign_pdf(pdf, auditor, look(page=page), at)


def test_a_signed_archive_file_stays_one_but_for_what_its_validator_does_not_know(auditor, at, tmp_path):
    with pikepdf.new() as blank:
        blank.add_blank_page()
        pdfa.prepare(blank, "2b")
        pdfa.save(blank, tmp_path / "a.pdf", "2b")
    signed = sign_pdf((tmp_path / "a.pdf").read_bytes(), auditor, look(), at)
    with pikepdf.open(BytesIO(signed)) as opened:
        findings = pdfa.check(opened, "2b").findings
    assert {(finding.kind, finding.where.split("/")[-1]) for finding in findings} == {("unsupported", "AcroForm"), ("unsupported", "Perms")}


def test_only_form_filling_and_signatures_are_allowed_from_here_on(signed):
    with pikepdf.open(BytesIO(signed)) as opened:
        assert opened.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2


def test_an_expired_certificate_does_not_sign(pdf, auditor, at):
    with pytest.raises(NotAllowed, match="certificate_expired"):
        sign_pdf(pdf, auditor, look(), at + timedelta(days=366))


def test_what_is_signed_encrypted_or_no_pdf_is_not_signed(pdf, signed, auditor, at):
    with pytest.raises(NotAllowed, match="pdf_already_signed"):
        sign_pdf(signed, auditor, look(), at)
    locked = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unsupported, match="pdf_encrypted"):
        sign_pdf(locked.getvalue(), auditor, look(), at)
    for data in (b"", b"rubbish", pdf[:300]):
        with pytest.raises(Corrupted, match="pdf_unreadable"):
            sign_pdf(data, auditor, look(), at)


def test_a_pdf_without_signature_says_so(pdf, authority, at):
    answers = check_pdf(pdf, Trusted(authorities=[authority.certificate]), at)
    assert (holds(answers), answers.valid.reason) == ((None, False, None, None, None), "pdf_not_signed")


def test_malformed_files_are_answered(signed, authority, at):
    cut = [signed[:length] for length in range(0, len(signed), 3001)]
    for data in [b"", b"%PDF-1.7", b"\0" * 5000, b"[" * 90_000, *cut[:-1]]:
        answers = check_pdf(data, Trusted(authorities=[authority.certificate]), at)
        assert answers.valid.holds is not True or answers.covers_whole_file.holds is not True


def test_no_byte_can_be_changed_unseen(signed, authority, at):
    gap = signed.index(b"/Contents <")
    places = {*range(0, gap, 97), *range(gap, gap + 2000, 13), *range(gap + 2000, len(signed), 997)}
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1
        assert set(holds(check_pdf(bytes(changed), Trusted(authorities=[authority.certificate]), at))) != {True}, place


def test_changed_content_is_not_intact(signed, authority, at):
    changed = signed.replace(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 594")
    assert changed != signed
    answers = check_pdf(changed, Trusted(authorities=[authority.certificate]), at)
    assert (answers.intact.holds, answers.intact.reason) == (False, "content_changed")


def test_what_is_hidden_in_the_room_kept_for_a_timestamp_is_found(signed, authority, at):
    changed = signed.replace(b"00000000>", b"0000dead>")
    assert changed != signed
    assert check_pdf(changed, Trusted(authorities=[authority.certificate]), at).covers_whole_file.reason == "signature_covers_too_little"


def test_bytes_put_behind_are_found(signed, authority, at):
    answers = check_pdf(signed + b"\n% more\n", Trusted(authorities=[authority.certificate]), at)
    assert answers.covers_whole_file.holds is False
    assert answers.unchanged_since.reason == "bytes_put_behind"


def test_a_page_changed_in_a_later_increment_is_found(signed, authority, at):
    def redraw(writer: IncrementalPdfFileWriter) -> None:
        content = writer.add_object(generic.StreamObject(stream_data=b"0 0 600 800 re f"))
        writer.add_stream_to_page(0, content)

    answers = check_pdf(with_more(signed, redraw), Trusted(authorities=[authority.certificate]), at)
    assert holds(answers) == (True, True, True, False, False)
    assert answers.covers_whole_file.reason == "file_continues_after_signature"
    assert answers.unchanged_since.reason == "changed_after_signing"


def test_a_second_signature_is_told_apart_from_a_changed_page(signed, make_identity, authority, at):
    answers = check_pdf(signed_again(signed, make_identity()), Trusted(authorities=[authority.certificate]), at)
    assert holds(answers) == (True,) * 5
    assert (answers.covers_whole_file.reason, answers.unchanged_since.reason) == ("allowed_additions_follow", "only_signatures_added")
    (second,) = answers.later
    assert (second.kind, second.name, second.valid.holds, second.trusted.holds) == ("signature", "Łucja Żółć 王小明", True, True)


def test_validation_data_added_later_is_no_change(signed, authority, at):
    raised = BytesIO(signed)
    (certificate,) = load_certs_from_pemder_data(authority.certificate)
    DocumentSecurityStore.add_dss(raised, sig_contents=None, certs=[certificate])
    answers = check_pdf(raised.getvalue(), Trusted(authorities=[authority.certificate]), at)
    assert holds(answers) == (True,) * 5
    assert (answers.covers_whole_file.reason, answers.unchanged_since.reason) == ("allowed_additions_follow", "only_proofs_added")


def test_a_stranger_is_valid_but_not_trusted(pdf, make_identity, authority, at):
    stranger = make_identity(by=new_authority("Office of Assurance", at))
    answers = check_pdf(sign_pdf(pdf, stranger, look(), at), Trusted(authorities=[authority.certificate]), at)
    assert (holds(answers), answers.trusted.reason) == ((True, True, False, True, True), "certificate_issued_by_someone_else")


def test_trust_has_the_same_rules_as_beside_a_bundle(signed, authority, at):
    trusted = Trusted(authorities=[authority.certificate])
    assert check_pdf(signed, trusted, at + timedelta(days=366)).trusted.reason == "certificate_expired"
    assert check_pdf(signed, trusted, at, purpose="office").trusted.reason == "certificate_may_not_sign"
    assert check_pdf(signed, Trusted(), at).trusted.reason == "no_trusted_certificates"
