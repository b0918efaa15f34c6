"""The editable copy, read back with the library and as plain XML."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from lxml import etree

from auditor_app.reporting.assessment import Assessment, CheckRow, Detail, Disagreement, PlanItem
from auditor_app.reporting.content import EvidenceRef
from auditor_app.reporting.editable import make_editable

NOTE = "Two stations had no flow\x0b; 风险 & <b>not bold</b>"
CHECK = CheckRow(prompt="Test the showers.", kind="On site", answer="Partly", note=NOTE)
ITEM = PlanItem(number="1", criterion_number="13", title="Showers", action="Repair", owner="Head of works", state_words="Open")
TOLD = Assessment(
    note="For the team alone.",
    details=(
        Detail(number="17", asks="Safe work.", checks=(CheckRow(prompt="Test the showers.", kind="On site", answer="Partly", note=NOTE),)),
    ),
    plan=(
        PlanItem(
            number="1", criterion_number="13", title="Showers", action="Repair", owner="Head of works", due="1 May 2027", state_words="Open"
        ),
    ),
    disagreements=(Disagreement(number="1", title="Showers", position="The site disagrees", words="It was a drill."),),
)


def made(content, **changes):
    return make_editable(content(assessment=TOLD, **changes)).pdf


def opened(data):
    return Document(io.BytesIO(data))


def all_text(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_every_part_is_sound_xml_and_the_file_is_steady(content):
    data = made(content)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
    assert made(content) == data
    assert made(content, scope="The port alone.") != data


def test_notes_and_replies_stand_as_text_and_as_comments_with_their_author(content):
    document = opened(made(content))
    text, comments = all_text(document), list(document.comments)
    said = [one.text for one in comments]
    assert any("Two stations had no flow; 风险 & <b>not bold</b>" in one for one in said)
    assert "Two stations had no flow; 风险 & <b>not bold</b>" in text
    assert {one.author for one in comments} == {"Zofia Wiśniewska-Żółtowska"}
    assert content().findings[0].site_reply in said
    for words in ("For the team alone.", "It was a drill.", "Head of works", content().limits[0].why, content().criteria[1].because):
        assert words in text, words


def test_headings_have_styles_tables_repeat_their_header_and_figures_have_words(content):
    document = opened(made(content))
    styles = {one.style.name for one in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= styles
    with zipfile.ZipFile(io.BytesIO(made(content))) as parts:
        body = etree.fromstring(parts.read("word/document.xml"))
    named = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert len(body.findall(f".//{named}tblHeader")) >= 4
    drawings = body.findall(".//{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    photos = [item for item in content().evidence if item.thumbnail]
    assert [one.get("descr") for one in drawings] == [f"{item.kind}: {item.title}" for item in photos]


def test_the_file_says_what_it_is_in_its_properties(content):
    properties = opened(made(content, language="es")).core_properties
    assert properties.language == "es"
    assert "Quebrada Honda" in properties.title
    assert properties.author == "Zofia Wiśniewska-Żółtowska"
    assert properties.created.isoformat() == "2026-05-14T21:42:09+00:00"


def test_how_a_contradiction_was_settled_stands_at_the_finding(content):
    whole = content()
    refs = (EvidenceRef(number="5", contradicts=True, settled="The log was of another shift."),)
    findings = (replace(whole.findings[0], evidence=refs), *whole.findings[1:])
    assert "≠ 5: The log was of another shift." in all_text(opened(made(content, findings=findings)))


def test_columns_are_as_wide_as_their_texts_need_and_empty_ones_are_left_out(content):
    document = opened(made(content))
    checks = next(table for table in document.tables if table.rows[0].cells[1].text == "Check")
    assert [cell.text for cell in checks.rows[0].cells] == ["Kind", "Check", "Answer", "Note"]
    kind, prompt, answer, note = (column.width.cm for column in checks.columns)
    assert kind + prompt + answer + note == pytest.approx(17, abs=0.1)
    assert note > prompt > answer
    ratings = next(table for table in document.tables if table.rows[0].cells[1].text == "Criterion")
    number, name = (column.width.cm for column in list(ratings.columns)[:2])
    assert name > 3 * number
    assert all(cell.width == column.width for row in ratings.rows for cell, column in zip(row.cells, ratings.columns, strict=True))


def test_no_row_is_torn_at_the_end_of_a_page(content):
    with zipfile.ZipFile(io.BytesIO(made(content))) as parts:
        body = etree.fromstring(parts.read("word/document.xml"))
    named = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    rows = body.findall(f".//{named}tr")
    assert len(rows) > 40
    assert all(row.find(f"{named}trPr/{named}cantSplit") is not None for row in rows)
