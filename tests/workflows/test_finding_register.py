"""The register of findings: raised from checks, followed up, closed on evidence, filtered, and due by the form's deadline."""

from datetime import date

import pytest

from auditor_app.domain.findings import months_after
from auditor_app.domain.journal import Subject
from auditor_app.errors import NotAllowed
from auditor_app.workflows.coverage import gap_words, standing
from auditor_app.workflows.criteria import answer
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.finding_register import Wanted, due_by_form, improvement_plan, register
from auditor_app.workflows.findings import raise_finding, raise_from_check, revise_finding
from auditor_app.workflows.intake import plan_intake, record_intake, seal_file
from auditor_app.workflows.visits import describe_visit, open_visit


@pytest.fixture
def piece(workspace, visit, sample_photo, tmp_path):
    """A photo that was taken in."""
    file = seal_file(plan_intake(workspace), sample_photo(tmp_path / "fixed.jpg"))
    record_intake(workspace, visit, [file])
    return file.object.original


def only(workspace, visit):
    (found,) = workspace.visit(visit).findings
    return found


def rules(workspace, visit, finding):
    return {gap.rule for gap in standing(open_visit(workspace, visit)).gaps if gap.subject == Subject("finding", finding)}


def test_a_finding_raised_from_a_check_takes_its_note_and_evidence_along(workspace, visit, piece):
    answer(workspace, visit, "17-d1", "not_met", note="The register ends in March.")
    link_evidence(workspace, visit, piece, Subject("check", "17-d1"), "contradicts")
    finding, changes = raise_from_check(workspace, visit, "17-d1", "No register since March", grade="minor")
    told = only(workspace, visit)
    assert (told.criterion, told.check, told.objective_evidence, told.grade) == ("17", "17-d1", "The register ends in March.", "minor")
    (link,) = workspace.visit(visit).links_to(Subject("finding", finding))
    assert (link.evidence, link.stance) == (piece, "contradicts")
    assert Subject("finding", finding) in changes.subjects
    revise_finding(workspace, visit, finding, criterion="17")
    assert only(workspace, visit).check == "17-d1"
    revise_finding(workspace, visit, finding, criterion="18")
    assert only(workspace, visit).check == ""
    with pytest.raises(NotAllowed, match="check_unknown"):
        raise_from_check(workspace, visit, "99-x1", "Nothing")


def test_a_finding_is_closed_only_on_evidence_or_a_reason(workspace, visit, piece):
    finding, _changes = raise_finding(workspace, visit, "17", "Guard missing")
    assert only(workspace, visit).state == "open"
    with pytest.raises(NotAllowed, match="closure_not_shown"):
        revise_finding(workspace, visit, finding, state="closed")
    link_evidence(workspace, visit, piece, Subject("finding", finding), "closes")
    revise_finding(workspace, visit, finding, state="closed")
    assert (only(workspace, visit).state, only(workspace, visit).closed_on) == ("closed", "2026-05-04")
    assert "closed_without_evidence" not in rules(workspace, visit, finding)
    link_evidence(workspace, visit, piece, Subject("finding", finding), "")
    assert "closed_without_evidence" in rules(workspace, visit, finding)
    revise_finding(workspace, visit, finding, state="in_progress")
    assert (only(workspace, visit).state, only(workspace, visit).closed_on) == ("in_progress", "")
    revise_finding(workspace, visit, finding, state="closed", closed_because="The saw was scrapped.", closed_on="2026-05-01")
    assert (only(workspace, visit).closed_on, only(workspace, visit).closed_because) == ("2026-05-01", "The saw was scrapped.")
    assert "closed_without_evidence" not in rules(workspace, visit, finding)


def test_only_a_finding_is_closed_by_evidence(workspace, visit, piece):
    for target in (Subject("criterion", "17"), Subject("check", "17-d1")):
        with pytest.raises(NotAllowed, match="choice_unknown"):
            link_evidence(workspace, visit, piece, target, "closes")


def test_the_sites_words_never_change_the_state_by_themselves(workspace, visit):
    finding, _changes = raise_finding(workspace, visit, "17", "Guard missing")
    assert not only(workspace, visit).may_be_replied
    revise_finding(workspace, visit, finding, position="disagrees", site_reply="It was mounted in June.")
    assert (only(workspace, visit).state, only(workspace, visit).may_be_replied) == ("open", True)
    revise_finding(workspace, visit, finding, state="replied")
    assert not only(workspace, visit).may_be_replied
    for field, value in (("position", "shrugs"), ("state", "lost")):
        with pytest.raises(NotAllowed, match="choice_unknown"):
            revise_finding(workspace, visit, finding, **{field: value})
    revise_finding(workspace, visit, finding, position="")
    assert only(workspace, visit).position == ""


@pytest.mark.parametrize(("field", "text"), [("due", "soon"), ("due", "2026-02-30"), ("due", "12/05/2026")])
def test_a_day_that_is_none_is_refused(workspace, visit, field, text):
    finding, _changes = raise_finding(workspace, visit, "17", "Guard missing")
    with pytest.raises(NotAllowed, match="day_unreadable"):
        revise_finding(workspace, visit, finding, **{field: text})
    revise_finding(workspace, visit, finding, **{field: " 2026-12-05 "})
    assert getattr(only(workspace, visit), field) == "2026-12-05"


def test_the_form_proposes_the_day_from_the_last_day_on_site(workspace, visit):
    assert due_by_form(open_visit(workspace, visit), "major") is None, "the days of the visit are not known yet"
    describe_visit(workspace, visit, {"starts_on": "2026-02-27"})
    assert due_by_form(open_visit(workspace, visit), "major").day == "2027-02-27"
    describe_visit(workspace, visit, {"ends_on": "2026-03-02"})
    found = due_by_form(open_visit(workspace, visit), "observation")
    assert (found.day, found.months, found.words) == ("2027-03-02", 12, "12 months after the visit, by the form")
    assert due_by_form(open_visit(workspace, visit), "good_practice") is None


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-19", 12, "2027-11-19"), ("2026-08-31", 6, "2027-02-28")],
)
def test_months_are_counted_to_the_same_day_or_the_last_of_the_month(day, months, wanted):
    assert months_after(date.fromisoformat(day), months).isoformat() == wanted


def test_the_register_is_filtered_and_the_plan_is_sorted_by_day(workspace, visit):
    for title, grade, criterion, texts in (
        ("a", "major", "17", {"due": "2026-06-01"}),
        ("b", "minor", "17", {"due": "2026-03-01"}),
        ("c", "good_practice", "28", {}),
        ("d", "observation", "7", {}),
        ("e", "minor", "18", {"due": "2026-03-01", "state": "closed", "closed_because": "Mended at once."}),
    ):
        raise_finding(workspace, visit, criterion, title, grade=grade, **texts)
    opened = open_visit(workspace, visit)

    def titles(**wanted):
        return "".join(one.finding.title for one in register(opened, Wanted(**wanted)))

    assert titles() == "abcde"
    assert titles(grade="minor") == "be"
    assert titles(state="open") == "abd", "a good practice has no state"
    assert titles(criterion="17") == "ab"
    assert titles(overdue_on="2026-05-04") == "b"
    assert titles(grade="minor", criterion="17", state="open", overdue_on="2026-05-04") == "b"
    assert [(one.number, one.finding.title) for one in improvement_plan(opened)] == [(2, "b"), (5, "e"), (1, "a"), (4, "d")]


def test_quality_asks_for_what_a_finding_lacks_by_its_grade(workspace, visit):
    gap, _changes = raise_finding(workspace, visit, "17", "Guard missing", grade="major")
    praise, _changes = raise_finding(
        workspace, visit, "28", "Water comes back", grade="good_practice", statement="x", objective_evidence="y"
    )
    assert {"finding_incomplete", "improvement_incomplete"} <= rules(workspace, visit, gap)
    assert rules(workspace, visit, praise) == set()
    said = {gap_words(one) for one in standing(open_visit(workspace, visit)).gaps}
    assert "“Guard missing” still lacks: statement, objective evidence, requirement" in said
    assert "What is to be done about “Guard missing” still lacks: action, owner, due date" in said
    texts = dict.fromkeys(("statement", "objective_evidence", "requirement", "action", "owner"), "said")
    revise_finding(workspace, visit, gap, due="2027-01-01", **texts)
    assert rules(workspace, visit, gap) == set()
