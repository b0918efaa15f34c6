import pytest

from auditor_app.errors import NotAllowed
from auditor_app.workflows.criteria import answer, criterion_page, explain, gaps, rate
from auditor_app.workflows.findings import (
    find_finding,
    note_limit,
    raise_finding,
    revise_finding,
    revise_limit,
    withdraw_finding,
    withdraw_limit,
)
from auditor_app.workflows.visits import open_visit


def page(workspace, visit, number):
    opened = open_visit(workspace, visit)
    return criterion_page(opened, opened.form.criterion(number))


def test_answers_are_kept_with_their_notes_and_suggest_a_rating(workspace, visit):
    for line in page(workspace, visit, "17").checks:
        answer(workspace, visit, line.check.id, "met", note=f"seen: {line.check.id}")
    assert page(workspace, visit, "17").proposal.rating == "fully"
    first = page(workspace, visit, "17").checks[0].check.id
    answer(workspace, visit, first, "not_met")
    found = page(workspace, visit, "17")
    assert found.proposal.rating == "partially"
    assert (found.checks[0].state.answer, found.checks[0].state.note) == ("not_met", f"seen: {first}")
    answer(workspace, visit, first, "")
    assert page(workspace, visit, "17").proposal.answered == len(found.checks) - 1


@pytest.mark.parametrize(("check", "value", "code"), [("99-d1", "met", "check_unknown"), ("17-d1", "perhaps", "choice_unknown")])
def test_an_unknown_check_or_answer_is_refused(workspace, visit, check, value, code):
    with pytest.raises(NotAllowed, match=code):
        answer(workspace, visit, check, value)
    assert workspace.visit(visit).checks == {}


def test_a_lower_rating_and_not_applicable_need_a_reason(workspace, visit):
    for rating in ("partially", "does_not", "not_applicable"):
        for because in (None, "", "  \n"):
            with pytest.raises(NotAllowed, match="reason_missing"):
                rate(workspace, visit, "5", rating, because=because)
    assert workspace.visit(visit).criteria == {}
    rate(workspace, visit, "5", "not_applicable", because="No security guards at this site.")
    assert workspace.visit(visit).criteria["5"].rating == "not_applicable"


def test_a_reason_may_come_before_the_rating_but_not_go_while_the_rating_needs_it(workspace, visit):
    explain(workspace, visit, "5", "Two of five records were missing.")
    rate(workspace, visit, "5", "partially")
    for empty in ("", "  "):
        with pytest.raises(NotAllowed, match="reason_missing"):
            explain(workspace, visit, "5", empty)
        with pytest.raises(NotAllowed, match="reason_missing"):
            rate(workspace, visit, "5", "does_not", because=empty)
    assert page(workspace, visit, "5").state.because == "Two of five records were missing."
    rate(workspace, visit, "5", "")
    explain(workspace, visit, "5", "")
    assert page(workspace, visit, "5").missing == ("rating",)


@pytest.mark.parametrize(("number", "rating", "code"), [("34", "fully", "criterion_unknown"), ("5", "superb", "choice_unknown")])
def test_an_unknown_criterion_or_rating_is_refused(workspace, visit, number, rating, code):
    with pytest.raises(NotAllowed, match=code):
        rate(workspace, visit, number, rating)


def test_gaps_name_what_each_criterion_still_needs(workspace, visit):
    rate(workspace, visit, "1", "fully")
    rate(workspace, visit, "2", "does_not", because="No risk register.")
    found = gaps(open_visit(workspace, visit))
    assert "1" not in found
    assert found["2"] == ("finding",)
    assert found["3"] == ("rating",)
    raise_finding(workspace, visit, "2", "No risk register")
    assert "2" not in gaps(open_visit(workspace, visit))


def test_findings_are_raised_revised_named_and_withdrawn(workspace, visit):
    first, _ = raise_finding(workspace, visit, "2", " No risk register ", statement="None was shown.\nNot even a draft.", systemic=True)
    second, _ = raise_finding(workspace, visit, "17", "Guard missing at saw", grade="minor")
    opened = open_visit(workspace, visit)
    assert [(one.id, one.grade, one.systemic) for one in opened.state.findings] == [(first, "major", True), (second, "minor", False)]
    assert opened.state.findings[0].title == "No risk register"
    assert [find_finding(opened, name) for name in ("1", "2", second)] == [first, second, second]
    for unknown in ("3", "0", "", "zz"):
        with pytest.raises(NotAllowed, match="finding_unknown"):
            find_finding(opened, unknown)
    revise_finding(workspace, visit, second, site_reply="Will be mounted by June.", due="2026-06-30")
    with pytest.raises(NotAllowed, match="text_missing"):
        withdraw_finding(workspace, visit, first, reason=" ")
    withdraw_finding(workspace, visit, first, reason="The register was shown on the last day.")
    left = workspace.visit(visit).findings
    assert [(one.id, one.site_reply, one.due) for one in left] == [(second, "Will be mounted by June.", "2026-06-30")]
    with pytest.raises(NotAllowed, match="finding_unknown"):
        revise_finding(workspace, visit, first, title="again")


@pytest.mark.parametrize(
    ("criterion", "title", "texts", "code"),
    [
        ("34", "A", {}, "criterion_unknown"),
        ("2", " ", {}, "text_missing"),
        ("2", "A", {"grade": "huge"}, "choice_unknown"),
        ("2", "A", {"colour": "red"}, "fact_unknown"),
        ("2", "A\nB", {}, "text_has_control_characters"),
        ("2", "A" * 1001, {}, "text_too_long"),
        ("2", "A", {"statement": "a" * 100_001}, "text_too_long"),
        ("2", "A", {"statement": "a\x1b[2Jb"}, "text_has_control_characters"),
    ],
)
def test_a_finding_that_is_wrong_is_not_raised(workspace, visit, criterion, title, texts, code):
    with pytest.raises(NotAllowed, match=code):
        raise_finding(workspace, visit, criterion, title, **texts)
    assert workspace.visit(visit).findings == ()


def test_a_finding_keeps_its_title(workspace, visit):
    finding, _ = raise_finding(workspace, visit, "2", "No risk register")
    with pytest.raises(NotAllowed, match="text_missing"):
        revise_finding(workspace, visit, finding, title=" ")
    assert workspace.visit(visit).findings[0].title == "No risk register"


def test_limits_say_what_was_not_seen_and_why(workspace, visit):
    limit, _ = note_limit(workspace, visit, "Night shift", "The road was closed.", ("17", "18"))
    found = workspace.visit(visit).limits[0]
    assert (found.what, found.why, found.criteria) == ("Night shift", "The road was closed.", ("17", "18"))
    for wrong, code in ((("", "x"), "text_missing"), (("x", ""), "text_missing"), (("x", "y", ("99",)), "criterion_unknown")):
        with pytest.raises(NotAllowed, match=code):
            note_limit(workspace, visit, *wrong)
    withdraw_limit(workspace, visit, limit, reason="Seen on Thursday.")
    assert workspace.visit(visit).limits == ()
    with pytest.raises(NotAllowed, match="limit_unknown"):
        withdraw_limit(workspace, visit, limit, reason="again")


def test_a_limit_is_changed_in_place_and_keeps_what_is_not_named(workspace, visit):
    limit, _changes = note_limit(workspace, visit, "Night shift", "Road closed", ("17",))
    revise_limit(workspace, visit, limit, why="Road closed\nby snow", criteria=("18", "2", "18"))
    (told,) = workspace.visit(visit).limits
    assert (told.what, told.why, told.criteria) == ("Night shift", "Road closed\nby snow", ("2", "18"))
    for wrong, code in (({"what": " "}, "text_missing"), ({"why": "\n"}, "text_missing"), ({"criteria": ("99",)}, "criterion_unknown")):
        with pytest.raises(NotAllowed, match=code):
            revise_limit(workspace, visit, limit, **wrong)
    with pytest.raises(NotAllowed, match="limit_unknown"):
        revise_limit(workspace, visit, "nothing", what="Day shift")
    assert workspace.visit(visit).limits == (told,)


def test_a_finding_moves_to_another_criterion_with_its_words(workspace, visit):
    finding, _changes = raise_finding(workspace, visit, "17", "Guard missing", statement="None at the saw.")
    revise_finding(workspace, visit, finding, criterion="18", title="No guard")
    (told,) = workspace.visit(visit).findings
    assert (told.criterion, told.title, told.statement) == ("18", "No guard", "None at the saw.")
    with pytest.raises(NotAllowed, match="criterion_unknown"):
        revise_finding(workspace, visit, finding, criterion="99")
    assert [one.id for one in page(workspace, visit, "18").findings] == [finding]
