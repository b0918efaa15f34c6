"""The findings report as a reader gets it: real PDFs, read back by other libraries."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa
from PIL import Image

from auditor_app.errors import Cancelled, NotAllowed
from auditor_app.reporting.content import EvidenceRef, Fact, LimitRow, RatingLabel
from auditor_app.reporting.findings_report import make_findings_report

ROOT = Path(__file__).parents[2]
HOSTILE = "<b>bold?</b> & &amp; <font size=40> <a href='#x'>\u202egpj.exe\u202c\u200b\x07\x00 line\nsecond\n\nend"


def pages_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def text_of(pdf):
    return " ".join(pages_of(pdf))


def drawn(pdf, page, scale=1.0):
    return pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil().convert("RGB")


def small(content, **changes):
    """A report of one finding with one photo, quick to make."""
    whole = content()
    finding = replace(whole.findings[0], evidence=(EvidenceRef(number="1"),))
    criteria = tuple(replace(row, findings=("1",) if row.number == "13" else ()) for row in whole.criteria[10:20])
    return replace(whole, **{"criteria": criteria, "findings": (finding,), "evidence": whole.evidence[:1], **changes})


def test_the_file_passes_as_pdf_a_2b(full_report):
    report = pdfa.validate_written(BytesIO(full_report.pdf), "2b")
    assert report.verdict == "pass", report.findings


def test_polish_spanish_and_chinese_can_be_read_back(full_report):
    text = text_of(full_report.pdf)
    for words in (
        "ąęśżź",
        "źródło, przegląd, ćwiczenia i żądania",
        "Zofia Wiśniewska-Żółtowska",
        "Señalización de",
        "ningún año",
        "王小明",
    ):
        assert words in text
    assert "现场承包商没有接受过危险源辨识培训" in text.replace(" ", "")


def test_every_criterion_finding_and_digest_is_printed(full_report, content):
    text = text_of(full_report.pdf)
    for row in content().criteria:
        assert row.name in text
    for finding in content().findings:
        assert f"Finding {finding.number} · {finding.title}" in text
    for item in content().evidence:
        assert item.digest in text
    for digest in (content().form_digest, *(head.digest for head in content().journal_heads)):
        assert digest in text


def test_the_same_content_gives_the_same_bytes_in_another_process(full_report):
    program = (
        "import importlib.util, hashlib, sys\n"
        "spec = importlib.util.spec_from_file_location('visit', sys.argv[1])\n"
        "visit = importlib.util.module_from_spec(spec); spec.loader.exec_module(visit)\n"
        "sys.stdout.buffer.write(visit.make_findings_report(visit.report_content()).pdf)\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).with_name("conftest.py"))],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert other.stdout == full_report.pdf


def test_another_content_gives_other_bytes(content):
    assert make_findings_report(small(content)).pdf != make_findings_report(small(content, scope="The port only.")).pdf


def test_every_page_says_which_of_how_many_it_is(full_report):
    pages = pages_of(full_report.pdf)
    assert len(pages) == full_report.pages
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text


def test_the_contents_name_the_pages_on_which_sections_begin(full_report):
    pages = pages_of(full_report.pdf)
    for title in ("Reasons for the ratings", "Findings", "Limits", "How to check this document", "Signatures"):
        named = int(re.search(rf"{title} (\d+) ", pages[1]).group(1))
        assert title in pages[named - 1]


def test_the_outline_has_sections_and_findings_and_every_link_leads_somewhere(full_report):
    with pikepdf.open(BytesIO(full_report.pdf)) as document, document.open_outline() as outline:
        sections = {item.title: item for item in outline.root}
        assert [child.title.split(" · ")[0] for child in sections["Findings"].children] == [f"Finding {n}" for n in range(1, 9)]
        assert {"Scope and method", "Criteria and proposed ratings", "Evidence", "Limits", "Signatures"} <= set(sections)
        assert _links_with_a_page(document) > 40


def _links_with_a_page(document):
    pages = {page.objgen for page in document.pages}
    named = document.Root.get("/Dests", {})
    links = [annotation for page in document.pages for annotation in page.obj.get("/Annots", [])]
    for link in links:
        place = link.get("/Dest", None)
        place = named[str(place)] if isinstance(place, pikepdf.Name) else place
        assert place[0].objgen in pages
    return len(links)


def test_the_reserved_box_is_empty_and_lies_on_the_named_page(full_report):
    left, bottom, right, top = full_report.signature_box
    assert full_report.signature_page == full_report.pages - 1
    assert 0 < left < right < 595
    assert 0 < bottom < top < 842
    inside = drawn(full_report.pdf, full_report.signature_page, 2).crop(
        tuple(int(2 * edge) for edge in (left + 4, 842 - top + 4, right - 4, 842 - bottom - 4))
    )
    assert inside.getextrema() == ((255, 255), (255, 255), (255, 255))
    assert inside.size[0] > 500


def test_the_document_knows_its_title_language_and_moment(full_report):
    with pikepdf.open(BytesIO(full_report.pdf)) as document:
        assert document.docinfo["/Title"] == "Findings report: Quebrada Honda smelter"
        assert str(document.docinfo["/CreationDate"]) == "D:20260514174209-04'00"
        assert document.Root.Lang == "en"
        assert document.open_metadata()["xmp:CreateDate"] == "2026-05-14T17:42:09-04:00"


def test_the_header_of_the_criteria_is_repeated_and_each_pillar_keeps_its_first_criteria(full_report):
    pages = [page for page in pages_of(full_report.pdf) if "No. Criterion Proposed rating Checks Evidence Findings" in page]
    assert len(pages) == 2
    for pillar, first in (("Governance", "Legal Compliance"), ("Social", "Child Labour"), ("Environment", "Climate Action")):
        assert any(pillar in page and first in page for page in pages)


def test_a_finding_that_fits_on_a_page_is_not_broken(full_report):
    pages = pages_of(full_report.pdf)
    for number in range(1, 9):
        (page,) = (page for page in pages if f"Finding {number} ·" in page)
        start = page.index(f"Finding {number} ·")
        assert "Reply of the site" in page[start:]


def test_a_finding_longer_than_a_page_goes_on_over_as_many_as_it_needs(content):
    long = "\n".join(f"Observation {n} of the long list." for n in range(150))
    whole = small(content)
    report = make_findings_report(replace(whole, findings=(replace(whole.findings[0], objective_evidence=long),)))
    text = text_of(report.pdf)
    assert all(f"Observation {n} of the long list." in text for n in range(150))


def test_a_character_without_a_glyph_is_refused_with_its_place_before_anything_is_made(content):
    steps = []
    whole = small(content, scope="Ελληνικά, кириллица и 中文 are fine, ᏣᎳᎩ is not.")
    broken = replace(whole, findings=(replace(whole.findings[0], site_reply="Agreed \U0001fae0"),))
    with pytest.raises(NotAllowed) as refusal:
        make_findings_report(broken, lambda step, done, total: steps.append((step, done, total)))
    assert refusal.value.code == "missing_glyphs"
    assert refusal.value.values["place"] == "scope; findings 1, site reply"
    assert refusal.value.values["characters"] == "Ꭹ (U+13A9) Ꮃ (U+13B3) Ꮳ (U+13E3) \U0001fae0 (U+1FAE0)"
    assert steps == []


def test_markup_control_and_direction_characters_are_harmless_everywhere(content):
    word = "W" * 4000
    whole = small(content)
    finding = replace(
        whole.findings[0],
        title=HOSTILE,
        statement=HOSTILE + word,
        objective_evidence=word,
        requirement=HOSTILE,
        action=HOSTILE,
        owner=word,
        due=HOSTILE,
        site_reply=HOSTILE,
        grade=HOSTILE,
        criterion_name=HOSTILE,
    )
    report = make_findings_report(
        replace(
            whole,
            site=HOSTILE + word,
            lead_auditor=HOSTILE,
            scope=word,
            findings=(finding,),
            criteria=(replace(whole.criteria[2], because=HOSTILE + word, name=HOSTILE), *whole.criteria[3:]),
            evidence=(replace(whole.evidence[0], title=HOSTILE + word, place=HOSTILE),),
            limits=(LimitRow(what=word, why=HOSTILE, criteria=(HOSTILE,)),),
            site_facts=(Fact(label=HOSTILE, value=word),),
        )
    )
    text = text_of(report.pdf)
    assert text.count("<b>bold?</b> & &amp; <font size=40> <a href='#x'>gpj.exe line second end") >= 12
    assert not {"\u202e", "\u202c", "\u200b"} & set(text)
    assert len(re.findall("W", text.replace(" ", ""))) >= 6 * 4000
    assert all(_within_the_margins(report.pdf, page) for page in range(report.pages))


def _within_the_margins(pdf, page):
    picture = drawn(pdf, page).point(lambda value: 255 - value).convert("L")
    left, _top, right, _bottom = picture.getbbox()
    return left >= 54 and right <= 542


def test_line_breaks_of_the_auditor_stay(full_report):
    page = next(page for page in pypdfium2.PdfDocument(full_report.pdf) if "Finding 1 ·" in page.get_textpage().get_text_bounded())
    lines = page.get_textpage().get_text_bounded().splitlines()
    start = lines.index("Tested on 12 May at 14:02 with the shift lead.")
    assert lines[start + 1 : start + 3] == ["Stations 3 and 4: no flow.", "Last check sheet: January."]


def test_a_visit_without_findings_evidence_limits_and_texts_says_so(content):
    report = make_findings_report(
        content(
            criteria=tuple(replace(row, findings=(), because="") for row in content().criteria),
            findings=(),
            evidence=(),
            limits=(),
            journal_heads=(),
            scope="",
            exclusions="",
            method=(),
            team=(),
            site_facts=(),
            dates=(),
        )
    )
    text = text_of(report.pdf)
    for words in ("No findings were raised.", "No evidence was recorded.", "No limits were recorded.", "The journal holds no entry."):
        assert words in text
    assert "Reasons for the ratings" not in text
    assert "0 findings · 0 pieces of evidence · 0 limits" in text


def test_a_visit_without_criteria_makes_a_report(content):
    text = text_of(make_findings_report(small(content, criteria=())).pdf)
    assert "This visit has no criteria, so no rating is proposed." in text


def test_ratings_are_counted_and_said_to_be_proposed(full_report):
    cover = pages_of(full_report.pdf)[0]
    assert "Proposed, not awarded" in cover
    assert "The visit was a sample" in cover
    assert "20 Fully Meets 8 Partially Meets 1 Does Not Meet 2 Not Applicable 2 Not rated" in cover


def test_each_rating_is_drawn_in_its_own_colour(full_report):
    colours = {colour for _count, colour in drawn(full_report.pdf, 0, 2).getcolors(1 << 20)}
    assert {(0x1B, 0x75, 0x48), (0x9A, 0x62, 0x00), (0xB3, 0x26, 0x1E), (0x6A, 0x64, 0x5B)} <= colours


def test_a_scale_of_another_standard_is_shown_with_its_labels_and_colours(content):
    scale = (RatingLabel(key="AAA", label="Excellence", colour="#224466"), RatingLabel(key="C", label="Beginning"))
    whole = small(content)
    rated = tuple(replace(row, rating="AAA") for row in whole.criteria)
    report = make_findings_report(replace(whole, ratings=scale, criteria=rated))
    assert "10 Excellence 0 Beginning" in pages_of(report.pdf)[0]
    assert (0x22, 0x44, 0x66) in {colour for _count, colour in drawn(report.pdf, 0, 2).getcolors(1 << 20)}


def test_photos_are_shown_and_a_broken_or_cmyk_thumbnail_does_not_stop_the_report(content):
    cmyk = BytesIO()
    Image.new("CMYK", (40, 30)).save(cmyk, "JPEG")
    whole = small(content)
    for thumbnail, pictures in ((whole.evidence[0].thumbnail, 1), (b"no picture", 0), (cmyk.getvalue(), 0), (None, 0)):
        report = make_findings_report(replace(whole, evidence=(replace(whole.evidence[0], thumbnail=thumbnail),)))
        with pikepdf.open(BytesIO(report.pdf)) as document:
            found = [image for page in document.pages for image in page.get_images()]
        assert bool(found) == bool(pictures)


def test_the_office_may_say_itself_what_the_ratings_are_worth(content):
    text = text_of(make_findings_report(small(content, statement="Only the panel awards.")).pdf)
    assert "Only the panel awards." in text
    assert "The visit was a sample" not in text


def test_the_report_speaks_its_own_language_not_that_of_the_window(content):
    report = make_findings_report(small(content, language="pt_BR", made_at=datetime.fromisoformat("2026-05-14T17:42:09-03:00")))
    assert "14 de maio de 2026" in text_of(report.pdf)
    with pikepdf.open(BytesIO(report.pdf)) as document:
        assert document.Root.Lang == "pt-BR"


def test_content_that_names_what_it_does_not_hold_is_a_mistake_of_the_program(content):
    whole = small(content)
    for broken in (
        replace(whole, findings=(replace(whole.findings[0], evidence=(EvidenceRef(number="99"),)),)),
        replace(whole, findings=()),
        replace(whole, criteria=(replace(whole.criteria[0], rating="excellent"),)),
    ):
        with pytest.raises(KeyError):
            make_findings_report(broken)


def test_progress_tells_pages_and_never_more_than_there_are(content):
    steps = []
    report = make_findings_report(small(content), lambda step, done, total: steps.append((step, done, total)))
    assert ("laying_out_pages", report.pages, report.pages) in steps
    assert all(done <= total for _step, done, total in steps)
    assert steps[-1][0] == "checking_archival_form"


def test_making_a_report_can_be_cancelled(content):
    def stop(step, done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        make_findings_report(small(content), stop)
