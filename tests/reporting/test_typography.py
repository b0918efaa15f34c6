"""What a typographer would mark on the pages: torn days, cut words, lines left alone, ragged titles."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from auditor_app.reporting.assessment import AreaRow, Assessment, CheckRow, Contradiction, Detail, InterviewRow, PlanItem, Sampling
from auditor_app.reporting.blocks import Picture
from auditor_app.reporting.findings_report import make_findings_report
from auditor_app.reporting.full_report import make_full_report
from auditor_app.reporting.improvement_plan import make_plan
from auditor_app.reporting.photo_pages import photo_pages
from auditor_app.reporting.values import EvidenceRef

LONG_DAY = "27 de noviembre de 2026"


RUNNING = ("Page ", "Proposed ratings, not an award", "Copper Mark Risk Readiness Assessment 3.0", "Quebrada Honda smelter")


def lines_of(pdf):
    """Give the lines of each page from the top, without what runs over all pages."""
    pages = [page.get_textpage().get_text_bounded().splitlines() for page in pypdfium2.PdfDocument(pdf)]
    return [pages[0], *([line for line in lines if not any(words in line for words in RUNNING)] for lines in pages[1:])]


def without_findings(base, **changes):
    return replace(base, findings=(), criteria=tuple(replace(row, findings=()) for row in base.criteria), **changes)


@pytest.mark.parametrize("length", range(26, 40, 2))
def test_a_pillar_never_stands_alone_at_the_end_of_a_page(content, length):
    base = without_findings(content())
    rows = (replace(base.criteria[0], because="\n".join(["Seen."] * length)), replace(base.criteria[-1], because="Read."))
    for page in lines_of(make_full_report(replace(base, criteria=rows, assessment=Assessment())).pdf):
        assert "Environment" not in page[-1:], page


def test_a_day_stays_in_one_line_in_every_table(content):
    plan = (
        PlanItem(
            number="1", criterion_number="13", title="Eyewash", action="Repair it " * 30, due=LONG_DAY, state="open", state_words="Abierto"
        ),
    )
    sampling = Sampling(
        interviews=(InterviewRow(code="I-1", group="Representantes de los trabajadores", how="4 personas", day=LONG_DAY, consent="Dado"),),
        areas=(AreaRow(name="Fundición y nave de electrólisis", why="Polvo y calor " * 6, walked=LONG_DAY, note="De noche"),),
    )
    base = content()
    told = Assessment(plan=plan, sampling=sampling)
    lines = [line for page in lines_of(make_full_report(replace(base, assessment=told)).pdf) for line in page]
    assert sum(LONG_DAY in line for line in lines) == 3, [line for line in lines if "noviembre" in line]
    assert any(LONG_DAY in line for page in lines_of(make_plan(replace(base, assessment=told)).pdf) for line in page)


def test_one_criterion_is_called_a_criterion(content):
    base = content()
    first, second = base.evidence[:2]
    told = without_findings(base, evidence=(replace(first, criteria=("17",)), replace(second, criteria=("17", "18"))))
    text = " ".join(line for page in lines_of(make_findings_report(told).pdf) for line in page)
    assert "Criterion 17" in text and "Criteria 17, 18" in text and not re.search(r"Criteria \d+(?!\d*,)", text)


def test_the_kind_of_a_piece_without_a_picture_is_written_in_full(content):
    base = content()
    told = without_findings(base, evidence=(replace(base.evidence[0], kind="Spreadsheet", thumbnail=None),))
    lines = [line for page in lines_of(make_findings_report(told).pdf) for line in page]
    assert "Spreadsheet" in lines and not any("Sprea" in line and "…" in line for line in lines)


@pytest.mark.parametrize("length", range(16, 30))
def test_what_a_criterion_rests_on_never_stands_alone_on_the_next_page(content, length):
    """Whatever the length of the reason, so that the page ends at each place once."""
    base = content()
    checks = tuple(CheckRow(kind="On site", prompt=f"Look at place {order}.", answer="Met") for order in range(40))
    row = replace(base.criteria[0], because="\n".join(["Seen."] * (length + 1)), findings=())
    detail = Detail(number=row.number, checks=checks, evidence=(EvidenceRef(number="1"), EvidenceRef(number="2")))
    told = replace(without_findings(base), criteria=(row,), evidence=base.evidence[:2], assessment=Assessment(details=(detail,)))
    for page in lines_of(make_full_report(told).pdf):
        assert not page[0].startswith("Evidence:"), page


@pytest.mark.parametrize(("checks", "words"), [(60, 1), (60, 300), (1, 300), (1, 3)])
def test_long_words_after_long_checks_go_their_own_way_and_lose_nothing(content, checks, words):
    base = content()
    rows = tuple(
        CheckRow(kind="On site", prompt=f"Look at place {order}.", answer="Met", note="Seen. " * 800 * (checks == 1))
        for order in range(checks)
    )
    speaks = (Contradiction(what="Evidence 7", settled="It was settled. " * words + "End of it."),)
    detail = Detail(number="1", checks=rows, contradictions=speaks, evidence=(EvidenceRef(number="1"),))
    told = replace(without_findings(base), criteria=base.criteria[:1], assessment=Assessment(details=(detail,)))
    told = replace(told, criteria=(replace(told.criteria[0], findings=()),))
    lines = [line for page in lines_of(make_full_report(told).pdf) for line in page]
    assert sum("Look at place" in line for line in lines) == checks
    assert "End of it." in " ".join(lines) and "Evidence: 1" in lines


def test_a_title_of_two_lines_has_no_word_left_alone(content):
    lines = lines_of(make_findings_report(content(site="Quebrada Honda smelter and refinery")).pdf)[0]
    assert [lines[at].strip() for at in (2, 3)] == ["Quebrada Honda", "smelter and refinery"]


def test_a_photo_of_the_usual_proportions_fills_its_frame(content):
    tables = [one for one in photo_pages(content()) if hasattr(one, "_cellvalues")]
    frames = [piece for table in tables for cell in table._cellvalues[0] for piece in cell if isinstance(piece, Picture)]
    assert frames and {round(one.width / one.height, 3) for one in frames} == {round(4 / 3, 3)}


def test_a_section_after_an_empty_list_of_evidence_is_set_apart_from_it(content):
    told = without_findings(content(), evidence=(), photo_review=None, assessment=Assessment())
    told = replace(told, criteria=tuple(replace(row, evidence_count=0) for row in told.criteria))
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(make_full_report(told).pdf)]
    for page in pages:
        words = page.get_text_range()
        ends, begins = words.find("reasons alone."), words.find("How to check this document")
        assert min(ends, begins) < 0 or page.get_charbox(ends)[3] - page.get_charbox(begins)[3] > 40


def test_the_name_of_a_criterion_is_whole_on_the_map_of_ratings(content):
    name = "Freedom of Association and Collective Bargaining"
    base = without_findings(content())
    told = replace(base, criteria=(replace(base.criteria[0], name=name), *base.criteria[1:]), assessment=Assessment())
    (page,) = [lines for lines in lines_of(make_full_report(told).pdf)[2:] if "Results at a glance" in " ".join(lines)]
    assert name in " ".join(" ".join(page).split())
