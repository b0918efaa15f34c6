"""What each conclusion rests on, what contradicts it, and how far it is."""

import pytest

from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, LINK
from auditor_app.errors import NotAllowed
from auditor_app.workflows.coverage import standing
from auditor_app.workflows.criteria import answer, explain_departure, rate
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line, revise_line
from auditor_app.workflows.planning import assign
from auditor_app.workflows.triangulation import CLASH, COMPLETE, IN_WORK, NOT_BEGUN, conclusions, next_open
from auditor_app.workflows.visits import open_visit


def conclusion(workspace, visit, number="17"):
    return next(one for one in conclusions(open_visit(workspace, visit)) if one.number == number)


def rules(workspace, visit, number="17"):
    return [gap.rule for gap in conclusion(workspace, visit, number).gaps]


def test_a_conclusion_lists_its_documents_interviews_and_observations(workspace, visit):
    answer(workspace, visit, "17-d1", "met")
    answer(workspace, visit, "17-d2", "not_seen")
    answer(workspace, visit, "17-o1", "partly")
    heard, _ = add_line(workspace, visit, INTERVIEW, group="Contractors", people=4, consent="given", criteria=["17"])
    add_line(workspace, visit, INTERVIEW, group="Guards", consent="refused", criteria=["17"])
    quoting, _ = add_line(workspace, visit, INTERVIEW, group="Cleaners", consent="given", criteria=["12"])
    add_line(workspace, visit, QUOTE, interview=quoting, original="Nada", criteria=["17"])
    one = conclusion(workspace, visit)
    assert {kind: [source.subject for source in found] for kind, found in one.items.items()} == {
        "document": [Subject(CHECK, "17-d1")],
        "interview": [Subject(INTERVIEW, heard), Subject(INTERVIEW, quoting)],
        "observation": [Subject(CHECK, "17-o1")],
    }
    assert {kind: len(found) for kind, found in one.items.items()} == {
        kind: getattr(one.sources, kind) for kind in ("document", "interview", "observation")
    }


def test_what_is_not_asked_any_more_counts_for_nothing(workspace, visit):
    answer(workspace, visit, "17-o2", "not_met")
    answer(workspace, visit, "17-o4", "not_met")
    assert conclusion(workspace, visit).sources.observation == 2
    answer(workspace, visit, "17-o2", "met")
    assert conclusion(workspace, visit).sources.observation == 1
    assert standing(open_visit(workspace, visit)).coverage.sources["17"].observation == 1


def test_words_that_contradict_are_a_gap_until_it_is_said_how_that_was_settled(workspace, visit):
    talk, _ = add_line(workspace, visit, INTERVIEW, group="Cleaners", consent="given", criteria=["12"])
    quote, _ = add_line(
        workspace, visit, QUOTE, interview=talk, original="Pagué", interpreted="I paid", stance="contradicts", criteria=["17"]
    )
    assert "unresolved_contradiction" in rules(workspace, visit)
    assert "unresolved_contradiction" not in rules(workspace, visit, "12")
    (against,) = conclusion(workspace, visit).contradictions
    assert (against.subject, against.words, against.settled) == (Subject(QUOTE, quote), "I paid", "")
    revise_line(workspace, visit, QUOTE, quote, settled="Repaid in May; receipt seen.")
    assert "unresolved_contradiction" not in rules(workspace, visit)
    assert conclusion(workspace, visit).contradictions[0].settled == "Repaid in May; receipt seen."
    revise_line(workspace, visit, QUOTE, quote, settled="")
    revise_line(workspace, visit, INTERVIEW, talk, consent="refused")
    assert conclusion(workspace, visit).contradictions == ()
    assert "unresolved_contradiction" not in rules(workspace, visit)


def test_evidence_that_contradicts_stays_listed_also_for_a_check_that_vanished(workspace, visit, sample_photo, tmp_path):
    digest, _ = take_in(workspace, visit, sample_photo(tmp_path / "a.jpg"))
    answer(workspace, visit, "17-o2", "not_met")
    link_evidence(workspace, visit, digest, Subject(CHECK, "17-o4"), "contradicts")
    answer(workspace, visit, "17-o2", "met")
    (against,) = conclusion(workspace, visit).contradictions
    assert (against.subject.kind, against.target) == (LINK, Subject(CHECK, "17-o4"))
    assert rules(workspace, visit)[:1] == ["rating_incomplete"]
    assert "unresolved_contradiction" in rules(workspace, visit)


def test_a_rating_against_the_answers_is_a_gap_until_it_is_said_why(workspace, visit):
    answer(workspace, visit, "17-d1", "partly")
    rate(workspace, visit, "17", "fully")
    assert "departs_without_reason" in rules(workspace, visit)
    explain_departure(workspace, visit, "17", "Mended while we watched.")
    assert "departs_without_reason" not in rules(workspace, visit)
    rate(workspace, visit, "17", "fully", departs="")
    assert "departs_without_reason" in rules(workspace, visit)
    with pytest.raises(NotAllowed, match="criterion_unknown"):
        explain_departure(workspace, visit, "99", "x")


def test_how_far_a_criterion_is(workspace, visit):
    assert conclusion(workspace, visit).state == NOT_BEGUN
    assert conclusion(workspace, visit).gap_count == 0
    answer(workspace, visit, "17-d1", "met")
    assert conclusion(workspace, visit).state == IN_WORK
    rate(workspace, visit, "17", "partially", because="Two dry showers.")
    assert conclusion(workspace, visit).state == IN_WORK, "its finding is missing"
    raise_finding(workspace, visit, "17", "Two dry showers")
    assert conclusion(workspace, visit).state == COMPLETE
    with workspace.recording(visit) as recorder:
        recorder.add(Subject(CRITERION, "17"), "rating", "fully", replaces=(), reason="")
    assert conclusion(workspace, visit).state == CLASH


def test_the_next_open_criterion_goes_round_and_takes_those_of_others_last(workspace, visit):
    for number in range(1, 34):
        if number not in {3, 5, 30}:
            rate(workspace, visit, str(number), "fully")
    assign(workspace, visit, "30", "Luis Rojas")
    known = conclusions(open_visit(workspace, visit))
    assert [next_open(known, number, "Ana Núñez") for number in ("1", "3", "5", "31")] == ["3", "5", "3", "3"]
    assert next_open(known, "5", "luis rojas") == "30"
    for number in ("3", "5"):
        rate(workspace, visit, number, "fully")
    known = conclusions(open_visit(workspace, visit))
    assert next_open(known, "17", "Ana Núñez") == "30", "better than nothing"
    rate(workspace, visit, "30", "fully")
    assert next_open(conclusions(open_visit(workspace, visit)), "17", "Ana Núñez") == ""
