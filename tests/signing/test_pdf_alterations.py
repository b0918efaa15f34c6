"""Whatever was done to a signed report, it never passes as unchanged; what may be added to it is named. Judged beside other programs."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from reportlab.pdfgen import canvas

from auditor_app.errors import NotAllowed
from auditor_app.install_paths import resources
from auditor_app.signing.authority import new_authority
from auditor_app.signing.keys import SigningIdentity
from auditor_app.signing.pdf_appearance import Appearance
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import ACKNOWLEDGEMENT, EmptyField, countersign_pdf, sign_pdf, signed_digest
from auditor_app.signing.trust import Trusted
from auditor_app.signing.verdicts import PdfAnswers

FONT = resources() / "fonts" / "NotoSans-Regular.ttf"
STROKES = (((0.0, 0.0, 0.1), (40.0, 60.0, 0.9), (90.0, 10.0, 0.5)), ((120.0, 30.0, 0.5),))


def holds(answers: PdfAnswers) -> tuple[bool | None, ...]:
    verdicts = (answers.intact, answers.valid, answers.trusted, answers.covers_whole_file, answers.unchanged_since)
    return tuple(verdict.holds for verdict in verdicts)


@pytest.fixture(scope="module")
def plain() -> bytes:
    target = BytesIO()
    page = canvas.Canvas(target, invariant=1, pageCompression=0)
    for text in ("Finding 1: minor", "Finding 2: major"):
        page.drawString(72, 720, text)
        page.showPage()
    page.save()
    described = BytesIO()
    with pikepdf.open(target) as opened:
        with opened.open_metadata() as about:
            about["dc:title"] = "Findings: Smelter"
        opened.save(described, compress_streams=False)
    return described.getvalue()


@pytest.fixture(scope="module")
def signed(plain, auditor, at) -> bytes:
    """A report as the auditor leaves it: certified, with a place for the site's representative."""
    look = Appearance(page=1, box=(60, 60, 300, 130), caption="Signed by the lead auditor", lines=("Ana Lopez",), fonts=(FONT,))
    place = EmptyField(page=1, box=(60, 200, 360, 280), caption="For the site")
    return sign_pdf(plain, auditor, look, at, prepared=[place])


@pytest.fixture(scope="module")
def trusted(authority) -> Trusted:
    return Trusted(authorities=[authority.certificate])


def seen(strokes=STROKES) -> Appearance:
    return Appearance(caption="Acknowledged", lines=("Bo Lindqvist", "Plant manager"), fonts=(FONT,), strokes=strokes)


def with_more(signed: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append one increment."""
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def field_named(writer: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    return next(reference.get_object() for found, _value, reference in fields.enumerate_sig_fields(writer) if found == name)


def text_changed(signed: bytes) -> bytes:
    return signed.replace(b"(Finding 2: major)", b"(Finding 2: minor)")


def page_appended(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        content = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Finding 3) Tj ET"))
        page = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page"), pdf_name("/Contents"): content})
        page[pdf_name("/MediaBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
        writer.insert_page(page)

    return with_more(signed, change)


def object_shadowed(signed: bytes) -> bytes:
    """Give the page's content stream, under its own number, other bytes."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][1]
        stream = page["/Contents"]
        stream = stream[0] if isinstance(stream, generic.ArrayObject) else stream
        stream._data = stream.data.replace(b"major", b"minor")
        stream._encoded_data = None
        writer.update_container(stream)

    return with_more(signed, change)


def signature_stripped(signed: bytes) -> bytes:
    with pikepdf.open(BytesIO(signed)) as opened:
        del opened.Root.AcroForm, opened.Root.Perms, opened.pages[1].Annots
        target = BytesIO()
        opened.save(target)
    return target.getvalue()


def signature_emptied(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = field_named(writer, "Signature")
        del field["/V"]
        writer.update_container(field)

    return with_more(signed, change)


def byte_range_odd(signed: bytes, shift: tuple[int, int, int, int] = (0, -50, 0, 0)) -> bytes:
    found = re.search(rb"/ByteRange \[ *(\d+) (\d+) (\d+) (\d+) *\]", signed)
    numbers = [int(number) + more for number, more in zip(found.groups(), shift, strict=True)]
    anew = b"/ByteRange [" + " ".join(map(str, numbers)).encode() + b"]"
    return signed[: found.start()] + anew.ljust(found.end() - found.start()) + signed[found.end() :]


def annotation_over_text(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        note = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText")})
        note[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (72, 710, 300, 735)))
        note[pdf_name("/Contents")] = generic.TextStringObject("Finding 2: minor")
        page = writer.root["/Pages"]["/Kids"][1]
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page)

    return with_more(signed, change)


def field_over_text(signed: bytes) -> bytes:
    """A signature field that nobody signs, drawn over the text."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("Later", on_page=1, box=(72, 710, 300, 735), empty_field_appearance=True))

    return with_more(signed, change)


def place_moved(signed: bytes) -> bytes:
    """The prepared place, put over the text."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = field_named(writer, ACKNOWLEDGEMENT)
        field[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (72, 710, 300, 735)))
        writer.update_container(field)

    return with_more(signed, change)


def look_exchanged(signed: bytes) -> bytes:
    """The visible part of the auditor's signature, showing someone else."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = field_named(writer, "Signature")
        drawn = RawContent(b"0 0 100 50 re f", box=BoxConstraints(width=100, height=50)).as_form_xobject()
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawn)})
        writer.update_container(field)

    return with_more(signed, change)


def place_filled_without_signing(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = field_named(writer, ACKNOWLEDGEMENT)
        drawn = RawContent(b"0 0 100 50 re f", box=BoxConstraints(width=100, height=50)).as_form_xobject()
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawn)})
        writer.update_container(field)

    return with_more(signed, change)


def bytes_put_behind(signed: bytes) -> bytes:
    return signed + b"% and more\n"


def title_changed(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.set_info(generic.DictionaryObject({pdf_name("/Title"): generic.TextStringObject("Other findings")}))
        writer.root[pdf_name("/PageMode")] = pdf_name("/UseNone")
        writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})
        writer.update_root()

    return with_more(signed, change)


def only_title_changed(signed: bytes) -> bytes:
    """The title that stands above the pages in a reader's window."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.set_info(generic.DictionaryObject({pdf_name("/Title"): generic.TextStringObject("No findings")}))

    return with_more(signed, change)


def description_changed(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        found = writer.root["/Metadata"]
        found._data = found.data.replace(b"Findings:", b"Approval:")
        found._encoded_data = None
        writer.update_container(found)

    return with_more(signed, change)


def description_exchanged(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        kinds = {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")}
        empty = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
        writer.root[pdf_name("/Metadata")] = writer.add_object(generic.StreamObject(kinds, stream_data=empty))
        writer.update_root()

    return with_more(signed, change)


def fields_to_be_drawn_anew(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name("/NeedAppearances")] = generic.BooleanObject(True)
        writer.update_container(form)

    return with_more(signed, change)


def nothing_of_use_added(signed: bytes) -> bytes:
    return with_more(signed, lambda writer: writer.add_object(generic.StreamObject(stream_data=b"Finding 2: minor")))


ALTERED = {
    change.__name__: change
    for change in (
        *(text_changed, page_appended, object_shadowed, signature_stripped, signature_emptied, byte_range_odd, annotation_over_text),
        *(field_over_text, place_moved, look_exchanged, place_filled_without_signing, bytes_put_behind, title_changed),
        *(only_title_changed, description_changed, description_exchanged, fields_to_be_drawn_anew, nothing_of_use_added),
    )
}


@pytest.mark.parametrize("name", ALTERED)
def test_nothing_altered_passes_as_unchanged(name, signed, trusted, at):
    altered = ALTERED[name](signed)
    assert altered != signed
    answers = check_pdf(altered, trusted, at)
    assert False in holds(answers), answers
    assert answers.level == "" or answers.unchanged_since.holds is False
    assert not (answers.intact.holds and answers.valid.holds and answers.unchanged_since.holds and answers.covers_whole_file.holds)


@pytest.mark.parametrize("shift", [(0, -50, 0, 0), (0, 0, 0, -1), (1, 0, 0, 0), (0, 0, -1, 1), (0, 0, 10, -10), (0, 5, 0, 0)])
def test_no_odd_byte_range_passes(shift, signed, trusted, at):
    assert False in holds(check_pdf(byte_range_odd(signed, shift), trusted, at))


def test_what_was_changed_is_named(signed, trusted, at):
    def said(change) -> tuple[str | None, str]:
        found = check_pdf(change(signed), trusted, at).unchanged_since
        return (found.reason, found.detail)

    assert said(page_appended) == ("changed_after_signing", "page 3 added")
    assert said(object_shadowed) == ("changed_after_signing", "page 2 content")
    assert said(annotation_over_text) == ("changed_after_signing", "page 2 annotations")


def test_a_title_that_is_changed_together_with_a_second_signature_is_found(signed, make_identity, trusted, at):
    twice = only_title_changed(countersign_pdf(signed, make_identity(), seen(), at))
    found = check_pdf(twice, trusted, at).unchanged_since
    assert (found.holds, found.reason, found.detail) == (False, "changed_after_signing", "document properties")


def page_turned(signed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Rotate")] = generic.NumberObject(180)
        writer.update_container(page)

    return with_more(signed, change)


def test_only_what_was_changed_is_named_and_not_what_leads_there_or_was_signed(plain, auditor, make_identity, trusted, at):
    target = BytesIO()
    with pikepdf.open(BytesIO(plain)) as opened:
        first, second = opened.pages
        link = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9], "/Dest": [first.obj, pikepdf.Name.Fit]}
        second.Annots = opened.make_indirect(pikepdf.Array([opened.make_indirect(pikepdf.Dictionary(link))]))
        opened.save(target)
    place = EmptyField(page=1, box=(60, 200, 360, 280), caption="For the site")
    once = sign_pdf(target.getvalue(), auditor, seen(()), at, prepared=[place])
    for signed in (once, countersign_pdf(once, make_identity(), seen(), at)):
        found = check_pdf(page_turned(signed), trusted, at).unchanged_since
        assert (found.reason, found.detail) == ("changed_after_signing", "page 1 content")


def test_the_sites_signature_in_its_place_does_not_break_the_first(signed, make_identity, trusted, at):
    twice = countersign_pdf(signed, make_identity(), seen(), at, reason="Seen on site")
    answers = check_pdf(twice, trusted, at)
    assert twice.startswith(signed)
    assert holds(answers) == (True,) * 5
    assert (answers.unchanged_since.reason, answers.covers_whole_file.reason) == ("only_signatures_added", "allowed_additions_follow")
    (one,) = answers.later
    assert (one.kind, one.name, one.reason, one.valid.holds, one.trusted.holds) == (
        "signature",
        "Łucja Żółć 王小明",
        "Seen on site",
        True,
        True,
    )
    assert signed_digest(twice) == signed_digest(signed) == answers.signed_digest


def test_a_stranger_may_acknowledge_and_is_named_as_not_trusted(signed, make_identity, trusted, at):
    stranger = make_identity(by=new_authority("The site's own", at))
    answers = check_pdf(countersign_pdf(signed, stranger, seen(), at), trusted, at)
    assert holds(answers) == (True,) * 5
    assert [(one.valid.holds, one.trusted.reason) for one in answers.later] == [(True, "certificate_issued_by_someone_else")]


@pytest.mark.parametrize("name", ALTERED)
def test_nothing_altered_passes_after_two_signatures_either(name, signed, make_identity, trusted, at):
    twice = countersign_pdf(signed, make_identity(), seen(), at)
    altered = ALTERED[name](twice)
    assert altered != twice
    assert False in holds(check_pdf(altered, trusted, at)), name


def test_a_forged_second_signature_is_found(signed, make_identity, trusted, at):
    twice = countersign_pdf(signed, make_identity(), seen(), at)
    gap = twice.rindex(b"/Contents <") + 2500
    forged = bytearray(twice)
    forged[gap] = ord("1") if forged[gap] != ord("1") else ord("2")
    assert False in holds(check_pdf(bytes(forged), trusted, at))


def test_no_byte_of_a_twice_signed_report_can_be_changed_unseen(signed, make_identity, trusted, at):
    twice = countersign_pdf(signed, make_identity(), seen(), at)
    for place in range(11, len(twice), max(1, len(twice) // 40)):
        changed = bytearray(twice)
        changed[place] ^= 1
        assert set(holds(check_pdf(bytes(changed), trusted, at))) != {True}, place


def test_a_drawn_signature_is_lines_and_not_a_picture(signed, auditor, at, tmp_path):
    (tmp_path / "x.pdf").write_bytes(countersign_pdf(signed, auditor, seen(), at))
    with pikepdf.open(tmp_path / "x.pdf") as opened:
        field = next(one for one in opened.Root.AcroForm.Fields if str(one.T) == ACKNOWLEDGEMENT)
        drawn = field.AP.N.read_bytes()
        assert "/XObject" not in field.AP.N.get("/Resources", {})
    assert drawn.count(b" l S") == 3, "two lines between three points, and a dot"
    widths = [float(found) for found in re.findall(rb"([\d.]+) w", drawn)]
    assert widths[1] > widths[0], "the harder the pen is pressed, the thicker the line"
    for x, y in re.findall(rb"([\d.]+) ([\d.]+) [ml]", drawn):
        assert 150 <= float(x) <= 300, "in the right half"
        assert 0 <= float(y) <= 80


@pytest.mark.parametrize("strokes", [((),), (((float("nan"), 0.0, 0.5),),), (((0.0, 0.0, 0.5),) * 60_000,)])
def test_a_drawing_that_is_none_is_refused(strokes, signed, auditor, at):
    with pytest.raises(NotAllowed, match="drawing_not_acceptable"):
        countersign_pdf(signed, auditor, seen(strokes), at)


def test_only_a_prepared_empty_place_of_a_signed_report_is_countersigned(plain, signed, auditor, at):
    with pytest.raises(NotAllowed, match="pdf_not_signed_yet"):
        countersign_pdf(plain, auditor, seen(), at)
    with pytest.raises(NotAllowed, match="signature_field_missing"):
        countersign_pdf(signed, auditor, seen(), at, field="Elsewhere")
    with pytest.raises(NotAllowed, match="signature_field_filled"):
        countersign_pdf(countersign_pdf(signed, auditor, seen(), at), auditor, seen(), at)
    with pytest.raises(NotAllowed, match="pdf_not_signed_yet"):
        signed_digest(plain)


def test_the_digest_of_what_is_signed_is_the_one_in_the_signature(signed):
    signature = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    attributes = {one["type"].native: one["values"] for one in signature.signer_info["signed_attrs"]}
    assert attributes["message_digest"][0].native.hex() == signed_digest(signed)


PYHANKO = Path(sys.executable).with_name("pyhanko")


def judged(path: Path, authority: SigningIdentity, tmp_path: Path) -> dict[str, bool]:
    """Ask pdfsig and pyHanko's own command line whether every signature is right and what follows it allowed."""
    (tmp_path / "ca.pem").write_bytes(authority.certificate)
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    lines = [line for line in said.stdout.splitlines() if "Signature Validation" in line]
    words = [str(PYHANKO), "sign", "validate", "--pretty-print", "--trust", str(tmp_path / "ca.pem"), "--trust-replace", str(path)]
    asked = subprocess.run([*words], capture_output=True, text=True, check=False)
    return {
        "pdfsig": said.returncode == 0 and bool(lines) and all("Signature is Valid" in line for line in lines),
        "pyhanko": asked.returncode == 0 and "INVALID" not in asked.stdout and "VALID" in asked.stdout,
    }


needs_judges = pytest.mark.skipif(
    not (shutil.which("pdfsig") and shutil.which("qpdf") and PYHANKO.exists()), reason="pdfsig, qpdf or pyhanko-cli is not installed"
)


@pytest.fixture(scope="module")
def signed_now(plain, tmp_path_factory) -> tuple[bytes, SigningIdentity]:
    """The command line judges by today's clock, so it gets a report of today."""
    from datetime import UTC, datetime

    from auditor_app.signing.authority import issue
    from auditor_app.signing.keys import certificate_request, new_private_key

    now = datetime.now(UTC)
    office, key = new_authority("Office of Assurance", now), new_private_key()
    who = SigningIdentity(private_key=key, certificate=issue(office, certificate_request(key, "Ana Lopez", "Copper"), now, 30))
    look = Appearance(page=1, box=(60, 60, 300, 130), caption="Signed", lines=("Ana Lopez",), fonts=(FONT,))
    once = sign_pdf(plain, who, look, now, prepared=[EmptyField(page=1, box=(60, 200, 360, 280), caption="For the site")])
    return countersign_pdf(once, who, seen(), now, reason="Seen"), office


@needs_judges
def test_other_programs_accept_both_signatures(signed_now, tmp_path):
    data, office = signed_now
    (tmp_path / "good.pdf").write_bytes(data)
    assert judged(tmp_path / "good.pdf", office, tmp_path) == {"pdfsig": True, "pyhanko": True}
    assert subprocess.run(["qpdf", "--check", str(tmp_path / "good.pdf")], capture_output=True, check=False).returncode == 0


@needs_judges
@pytest.mark.parametrize("name", ["text_changed", "byte_range_odd", "object_shadowed", "page_appended", "annotation_over_text"])
def test_whatever_another_program_refuses_we_refuse_too(name, signed_now, tmp_path):
    data, office = signed_now
    (tmp_path / "bad.pdf").write_bytes(ALTERED[name](data))
    said = judged(tmp_path / "bad.pdf", office, tmp_path)
    assert False in said.values(), "pdfsig looks only at bytes, pyHanko also at what was added"
    from datetime import UTC, datetime

    answers = check_pdf((tmp_path / "bad.pdf").read_bytes(), Trusted(authorities=[office.certificate]), datetime.now(UTC))
    assert False in holds(answers)
