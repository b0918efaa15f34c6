"""The full report and its sisters, as a reader gets them."""

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa

from auditor_app.reporting import full_report
from auditor_app.reporting.assessment import (
    Assessment,
    CheckRow,
    Contradiction,
    Detail,
    Disagreement,
    EquivalenceRow,
    InterviewRow,
    Meeting,
    Person,
    PlanItem,
    Sample,
    Sampling,
)
from auditor_app.reporting.content import EvidenceRef, Fact, ObjectionRow, PhotoReviewBlock, ReviewSession
from auditor_app.reporting.full_report import make_full_report
from auditor_app.reporting.improvement_plan import make_plan
from auditor_app.reporting.public_summary import make_summary
from auditor_app.reporting.summary_content import PublicCriterion, PublicItem, SummaryContent
from auditor_app.reporting.tables import RowTable
from auditor_app.reporting.text import Text
from auditor_app.reporting.typesetting import set_lines
from auditor_app.translation import language


def _check(number):
    return CheckRow(prompt=f"Check of {number}", kind="Document", answer="Met", note="Seen.", evidence=(EvidenceRef(number="3"),))


def details(content):
    return tuple(
        Detail(
            number=row.number,
            asks="What is asked.",
            checks=(
                CheckRow(prompt=f"Check of {row.number}", kind="Document", answer="Met", note="Seen.", evidence=(EvidenceRef(number="3"),)),
            ),
            evidence=(EvidenceRef(number="3"), EvidenceRef(number="4", contradicts=True)),
            interviews=("I-1",),
            contradictions=(Contradiction(what="Evidence 4", settled="Of last year."),),
            sources=(2, 1, 0),
            stances=(1, 1),
        )
        for row in content.criteria
    )


def told(content):
    return Assessment(
        declarations=("The visit was a sample.",),
        conclusion=("The ratings are proposals.",),
        team=(Person(name="王小明", role="assessor"),),
        profile=(Fact(label="Owner", value="Minera del Norte"),),
        sampling=Sampling(
            people=(Sample(what="Night shift", planned=6, achieved=4, note="Two were ill."),),
            interviews=(InterviewRow(code="I-1", group="Night shift", how="4 people", consent="Given", criteria=("17",)),),
            totals=(Sample(what="People heard", planned=6, achieved=4),),
        ),
        equivalences=(
            EquivalenceRow(system="ISO 45001", decision="Credited in part", because="Covers the plant.", warnings=("It expires.",)),
        ),
        details=details(content),
        plan=(
            PlanItem(
                number="1",
                criterion_number="13",
                title="Eyewash",
                action="Repair",
                owner="Works",
                due="1 May 2027",
                state="open",
                state_words="Open",
            ),
            PlanItem(number="2", criterion_number="14", title="Mist", due="2 May 2026", state="closed", state_words="Closed", overdue=True),
        ),
        disagreements=(Disagreement(number="2", title="Mist", position="The site disagrees", words="Contractors are measured."),),
        meetings=(Meeting(held="14 May 2026, 15:30", changes=("Finding 1: Due: 1 May → 2 May",)),),
        attendance=(Person(name="Rosa Vidal", role="Manager", side="Site", present="Closing meeting"),),
    )


@pytest.fixture
def full(content):
    base = content()
    return replace(base, assessment=told(base))


def pages_of(pdf):
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


def sections_of(pdf):
    with pikepdf.open(BytesIO(pdf)) as document, document.open_outline() as outline:
        return {item.title: [child.title for child in item.children] for item in outline.root}


def test_the_full_report_has_the_sections_of_an_assessors_report_numbered_in_order(full):
    made = make_full_report(full)
    titles = list(sections_of(made.pdf))
    assert [int(title.split()[0]) for title in titles] == list(range(1, len(titles) + 1))
    wanted = (
        "Declarations and conclusion",
        "Scope",
        "Team and independence",
        "Results at a glance",
        "Criteria and proposed ratings",
        "Method and sampling",
        "Limits",
        "Coverage",
        "Site profile",
        "Equivalences",
        "Criterion by criterion",
        "Findings",
        "Improvement plan",
        "Disagreements",
        "Meetings and attendance",
        "Photographs",
        "Evidence",
        "How to check this document",
        "Signatures",
    )
    assert [title.split(" ", 1)[1] for title in titles] == list(wanted)
    assert len(sections_of(made.pdf)["11 Criterion by criterion"]) == len(full.criteria)
    assert pdfa.validate_written(BytesIO(made.pdf), "2b").verdict == "pass"
    assert make_full_report(full).pdf == made.pdf


def test_the_full_report_says_all_that_was_gathered_and_its_contents_name_the_right_pages(full):
    made = make_full_report(full)
    pages = pages_of(made.pdf)
    text = " ".join(pages)
    for words in (
        "Two were ill.",
        "Contractors are measured.",
        "Rosa Vidal",
        "Of last year.",
        "ISO 45001",
        "It expires.",
        "Minera del Norte",
        "Finding 1: Due: 1 May → 2 May",
        "! overdue",
        "Night shift",
        *(item.digest for item in full.evidence),
        *(row.name for row in full.criteria),
    ):
        assert words in text, words
    for title in ("7 Limits", "16 Photographs", "19 Signatures"):
        named = int(re.search(rf"{title} (\d+)( |$)", pages[1]).group(1))
        assert title in pages[named - 1]


def test_every_link_of_every_document_leads_to_a_page_of_it(full):
    for made in (make_full_report(full), make_plan(full)):
        with pikepdf.open(BytesIO(made.pdf)) as document:
            pages, named = {page.objgen for page in document.pages}, document.Root.get("/Dests", {})
            for page in document.pages:
                for link in page.obj.get("/Annots", []):
                    place = link.get("/Dest", None)
                    place = named[str(place)] if isinstance(place, pikepdf.Name) else place
                    assert place[0].objgen in pages


def test_a_rating_is_told_on_the_map_by_word_and_not_by_colour_alone(full):
    page = next(text for text in pages_of(make_full_report(full).pdf) if "Results at a glance" in text and "Contents" not in text)
    for label in ("Fully Meets", "Partially Meets", "Does Not Meet", "Not Applicable", "Not rated"):
        assert label in page, label


def test_spots_lie_on_their_pages_and_name_what_is_printed_there(full):
    made = make_full_report(full)
    document = pypdfium2.PdfDocument(made.pdf)
    keys = {spot.key.rpartition("-")[0] for spot in made.spots}
    assert {"criterion", "finding", "evidence", "interview", "limit"} <= keys
    for spot in made.spots:
        left, bottom, right, top = spot.box
        assert 0 <= left < right <= 596, spot
        assert 0 < bottom < top < 842, spot
    for number, finding in enumerate(full.findings):
        spots = [spot for spot in made.spots if spot.key == f"finding-{number}"]
        texts = [document[spot.page].get_textpage().get_text_bounded(*spot.box) for spot in spots]
        assert any(f"Finding {finding.number}" in text for text in texts)


def test_the_plan_lists_every_item_with_owner_day_and_state(full):
    text = " ".join(pages_of(make_plan(full).pdf))
    for words in ("Eyewash", "Repair", "Works", "1 May 2027", "Open", "Mist", "Closed", "No action was agreed.", "! overdue"):
        assert words in text, words


def test_a_full_report_of_a_visit_that_has_just_begun_says_that_there_is_nothing_yet(content):
    bare = content(criteria=(), findings=(), evidence=(), limits=(), journal_heads=(), assessment=Assessment())
    text = " ".join(pages_of(make_full_report(bare).pdf))
    for words in ("No findings were raised.", "No attendance was recorded.", "No equivalence was credited.", "Nothing is to be improved"):
        assert words in text, words


def test_the_summary_shows_ratings_items_and_practices_and_is_signed_by_nobody(content):
    base = content()
    summary = SummaryContent(
        title="Public summary",
        site=base.site,
        visit_kind=base.visit_kind,
        standard_title=base.standard_title,
        standard_version=base.standard_version,
        publisher="Andes Assurance Office",
        report_id=base.report_id,
        form_digest=base.form_digest,
        program_version=base.program_version,
        made_at=base.made_at,
        conclusion=("Proposed alone.",),
        ratings=base.ratings,
        criteria=tuple(PublicCriterion(number=row.number, pillar=row.pillar, name=row.name, rating=row.rating) for row in base.criteria),
        items=(PublicItem(number="1", criterion_number="13", title="Eyewash", action="Repair", due="1 May 2027", state_words="Open"),),
        practices=(PublicItem(number="2", criterion_number="28", title="Water comes back"),),
    )
    made = make_summary(summary)
    text = " ".join(pages_of(made.pdf))
    for words in (
        "Eyewash",
        "Repair",
        "1 May 2027",
        "Water comes back",
        "Proposed alone.",
        "Does Not Meet",
        *(row.name for row in base.criteria[:3]),
    ):
        assert words in text, words
    assert (made.signature_page, made.site_page) == (-1, -1)
    assert pdfa.validate_written(BytesIO(made.pdf), "2b").verdict == "pass"


@pytest.mark.parametrize("code", ["en", "de", "es", "fr", "id", "ja", "pl", "pt", "zh_Hans"])
def test_no_word_over_a_column_is_torn_in_any_language(full, code):
    review = PhotoReviewBlock(
        demanded=True,
        photos=9,
        shown=9,
        sessions=(ReviewSession(held="14 May", shown=9),),
        objections=(ObjectionRow(number="1", by="Head of works", why="A trade secret.", outcome="Withheld."),),
    )
    with language(code):
        pieces = full_report._story(replace(full, language=code, photo_review=review), full.assessment).pieces
    tables = [piece for piece in pieces if isinstance(piece, RowTable) and piece.repeatRows]
    assert len(tables) > 10
    for table in tables:
        for cell, width, style in zip(table._cellvalues[0], table._argW, table._cellStyles[0], strict=True):
            for text in [piece for piece in (cell if isinstance(cell, list) else [cell]) if isinstance(piece, Text)]:
                # A word that is broken is a line that ends without a space or a hyphen.
                lines = set_lines(
                    text.spans, text.style.fontName, (width - style.leftPadding - style.rightPadding) * 1000 / text.style.fontSize
                )
                words = [piece.word.text for line in lines for piece in line.pieces]
                assert code in {"ja", "zh_Hans"} or len("".join(words).split()) == len([word for word in words if word.strip()]), words
