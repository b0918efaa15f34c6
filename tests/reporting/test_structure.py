"""What a screen reader gets: the structure of the document, judged by poppler and by the marks on the pages themselves."""

import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, Spacer

from auditor_app.reporting.blocks import Gap
from auditor_app.reporting.findings_report import make_findings_report
from auditor_app.reporting.styles import STEP

DRAWS = {"Tj", "TJ", "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do", "sh"}
needs_poppler = pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")


def held_by(element):
    """Give what an element holds: one thing stands as itself, several in an array."""
    held = element.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array | list) else [held]


def elements_of(element, above=()):
    """Give every element below one, with the roles above it."""
    for held in held_by(element):
        if not isinstance(held, int) and "/S" in held:
            yield held, above
            yield from elements_of(held, (*above, str(held.S)))


def marks_of(element):
    """Give the stretches of content that an element itself holds: page and number."""
    for held in held_by(element):
        if isinstance(held, int):
            yield element.Pg.objgen, held
        elif held.get("/Type") == "/MCR":
            yield held.Pg.objgen, int(held.MCID)


def area_of(held):
    return None if isinstance(held, int) or held.get("/Type") != "/OBJR" else held.Obj.objgen


@pytest.fixture(scope="module")
def opened(full_report):
    with pikepdf.open(BytesIO(full_report.pdf)) as document:
        yield document


@pytest.fixture(scope="module")
def elements(opened):
    return list(elements_of(opened.Root.StructTreeRoot.K))


def spoken(pdf, tmp_path):
    """Read the document aloud, as poppler finds it in the structure."""
    (tmp_path / "report.pdf").write_bytes(pdf)
    done = subprocess.run(["pdfinfo", "-struct-text", tmp_path / "report.pdf"], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [line.strip().strip('"').strip() for line in done.stdout.splitlines() if line.strip().startswith('"')]


def test_everything_that_is_drawn_belongs_to_the_structure_or_is_decoration(opened):
    for page in opened.pages:
        inside = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                assert not inside or str(operands[0]) == "/Span"
                inside.append(str(operands[0]))
            elif name == "EMC":
                inside.pop()
            elif name in DRAWS:
                assert inside, f"{name} on page {page.index + 1}"
        assert inside == []


def test_every_mark_of_a_page_belongs_to_exactly_one_element_and_leads_back_to_it(opened, elements):
    owners = {}
    for element, _above in elements:
        for place in marks_of(element):
            assert place not in owners
            owners[place] = element.objgen
    nums = opened.Root.StructTreeRoot.ParentTree.Nums
    back = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
    for page in opened.pages:
        marks = [
            int(operands[1].MCID)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert marks
        assert len(set(marks)) == len(marks)
        for mark in marks:
            assert back[int(page.obj.StructParents)][mark].objgen == owners.pop((page.obj.objgen, mark))
        assert page.obj.Tabs == "/S"
    assert owners == {}


def test_every_link_is_an_element_that_knows_its_area_and_says_where_it_leads(opened, elements):
    nums = opened.Root.StructTreeRoot.ParentTree.Nums
    back = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
    areas = [area for page in opened.pages for area in page.obj.get("/Annots", [])]
    assert len(areas) > 40
    for area in areas:
        link = back[int(area.StructParent)]
        assert link.S == "/Link"
        assert any(area_of(held) == area.objgen for held in held_by(link))
        assert str(area.Contents)
    links = [element for element, _above in elements if element.S == "/Link"]
    assert len(links) > 40
    assert sum("/QuadPoints" in area for area in areas) > 10
    assert sum(area_of(held) is not None for link in links for held in held_by(link)) == len(areas)


def test_every_figure_has_words_and_a_place_and_every_table_has_headings(elements):
    figures = [element for element, _above in elements if element.S == "/Figure"]
    assert len(figures) > 60
    for figure in figures:
        assert len(str(figure.Alt)) > 3
        assert len(figure.A.BBox) == 4
    assert "Photo: Tankhouse eyewash, level 2" in {str(figure.Alt) for figure in figures}
    tables = [element for element, _above in elements if element.S == "/Table"]
    assert len(tables) == 4
    for table in tables:
        first = held_by(table)[0]
        assert {str(cell.S) for cell in held_by(first)} == {"/TH"}
        assert all(cell.A.Scope == "/Column" for cell in held_by(first))


def test_a_table_over_many_pages_is_one_table_and_its_repeated_header_is_said_once(full_report, elements, content):
    rows = [element for element, above in elements if element.S == "/TR" and above[-1] == "/Table"]
    expected = (1 + 33 + 3) + (1 + 33) + (1 + 60) + (1 + 2)
    assert len(rows) == expected
    said = [len(list(marks_of(element))) for element, above in elements if above and above[-1] == "/TH"]
    assert sum(said) >= 15
    assert set(said) <= {0, 1}


def test_headings_are_levels_that_never_skip_one(elements):
    levels = [int(str(element.S)[2]) for element, _above in elements if str(element.S)[:2] == "/H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert {2, 3, 4} <= set(levels)
    assert Counter(levels)[2] == 9


def test_sections_hold_what_follows_their_heading(elements):
    sections = [element for element, above in elements if element.S == "/Sect"]
    assert len(sections) == 8
    assert all(held_by(section)[0].S == "/H2" for section in sections)


@needs_poppler
def test_the_order_of_the_structure_is_the_order_of_reading(content, tmp_path):
    full = content()
    whole = replace(full, criteria=full.criteria[:14], findings=full.findings[:2], evidence=full.evidence[:16])
    text = " ".join(spoken(make_findings_report(whole).pdf, tmp_path))
    places = [whole.site, "Proposed, not awarded", "Contents", "Scope and method", whole.scope[:40], "Legal Compliance", "Reasons for the"]
    for finding in whole.findings:
        places += [f"Finding {finding.number} · {finding.title}", "What is required", "Objective evidence", "Reply of the site"]
    places += [*(item.digest for item in whole.evidence), whole.limits[0].what, whole.limits[0].why, "Is it signed,", "I made this report"]
    at = 0
    for place in places:
        found = text.find(place, at)
        assert found >= 0, place
        at = found
    assert "Page 1 of" not in text


@needs_poppler
def test_a_text_that_goes_on_over_pages_is_one_paragraph_and_loses_nothing(content, tmp_path):
    whole = content(findings=(), evidence=(), criteria=(), limits=())
    long = " ".join(f"Sentence {number} of a long scope." for number in range(300))
    report = make_findings_report(replace(whole, scope=long))
    assert long in " ".join(spoken(report.pdf, tmp_path))
    with pikepdf.open(BytesIO(report.pdf)) as document:
        paragraphs = [element for element, _above in elements_of(document.Root.StructTreeRoot.K) if element.S == "/P"]
        assert max(len({page for page, _mark in marks_of(element)}) for element in paragraphs) >= 2


def test_a_row_that_no_page_can_hold_leaves_no_empty_row_behind(content):
    whole = content(findings=(), evidence=(), limits=())
    report = make_findings_report(replace(whole, criteria=(replace(whole.criteria[0], because="A long reason. " * 900, findings=()),)))
    with pikepdf.open(BytesIO(report.pdf)) as document:
        for element, _above in elements_of(document.Root.StructTreeRoot.K):
            if element.S == "/TR":
                assert any(True for below, _roles in elements_of(element) for _mark in marks_of(below))


def test_readers_show_the_title_and_know_that_the_document_is_tagged(opened):
    assert opened.Root.MarkInfo.Marked is True
    assert opened.Root.ViewerPreferences.DisplayDocTitle is True
    assert opened.Root.Lang == "en"


def test_a_section_that_begins_a_page_stands_at_its_top_and_others_are_set_apart():
    def drawn(*pieces):
        tops = []

        class Seen(Spacer):
            def drawOn(self, _canvas, _x, y, _sW=0):  # noqa: N802, N803 - reportlab's names
                tops.append(y + self.height)

        frame = Frame(0, 0, 200, 400, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        canvas = Canvas(BytesIO())
        for piece in [*pieces, Seen(0, 10)]:
            assert frame.add(piece, canvas)
        return tops

    assert drawn(Gap()) == [400]
    assert drawn(Spacer(0, 100), Gap()) == [300 - 7 * STEP]
