import pytest

from auditor_app.errors import NotAllowed
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.visits import begin_visit, close_visit, describe_visit, find_visit, list_visits, open_visit, rating_counts

FORM = "copper-mark-rra-3.0"
FACTS = {"site": "Río Seco", "site_type": "smelter"}


def test_a_visit_keeps_its_facts_its_form_and_who_began_it(workspace):
    visit, changes = begin_visit(workspace, FORM, {**FACTS, "team": "Ana\r\nBo", "kind": "follow_up"})
    opened = open_visit(workspace, visit)
    facts = opened.state.facts
    assert (facts["site"], facts["team"], facts["kind"], facts["state"]) == ("Río Seco", "Ana\nBo", "follow_up", "open")
    assert facts["form_digest"] == opened.compiled.digest
    assert opened.state.auditors == {"auditor-ana": "Ana Núñez"}
    assert changes.visit == visit
    assert rating_counts(opened) == {"": 33}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"site_type": "smelter"}, "text_missing"),
        ({"site": "  ", "site_type": "smelter"}, "text_missing"),
        ({"site": "A"}, "choice_unknown"),
        ({"site": "A", "site_type": "bakery"}, "choice_unknown"),
        ({**FACTS, "kind": "surprise"}, "choice_unknown"),
        ({**FACTS, "colour": "red"}, "fact_unknown"),
        ({"site": "A\u202eB", "site_type": "smelter"}, "text_has_control_characters"),
    ],
)
def test_a_visit_with_a_wrong_fact_is_not_begun(workspace, facts, code):
    with pytest.raises(NotAllowed) as refused:
        begin_visit(workspace, FORM, facts)
    assert refused.value.code == code
    assert list_visits(workspace) == []


def test_a_visit_cannot_begin_under_an_unknown_form(workspace):
    with pytest.raises(NotAllowed, match="form_unknown"):
        begin_visit(workspace, "copper-mark-rra-9", FACTS)


def test_facts_can_be_changed_but_not_to_nonsense(workspace, visit):
    describe_visit(workspace, visit, {"site": "Río Hondo", "scope": "Smelter and acid plant"})
    for wrong in ({"site": ""}, {"site_type": "bakery"}, {"scope": "a\x00b"}, {"colour": "red"}):
        with pytest.raises(NotAllowed):
            describe_visit(workspace, visit, wrong)
    facts = workspace.visit(visit).facts
    assert (facts["site"], facts["scope"], facts["site_type"]) == ("Río Hondo", "Smelter and acid plant", "smelter")


def test_the_value_that_stands_already_adds_nothing_to_the_history(workspace, visit):
    before = workspace.db.execute("SELECT count(*) FROM entries").fetchone()
    assert not describe_visit(workspace, visit, {"site": workspace.visit(visit).facts["site"]}).subjects
    assert workspace.db.execute("SELECT count(*) FROM entries").fetchone() == before


def test_visits_are_listed_newest_first_and_found_by_a_beginning_or_as_the_last(workspace, visit, clock):
    second, _ = begin_visit(workspace, FORM, FACTS)
    assert [one.id for one in list_visits(workspace)] == [second, visit]
    assert find_visit(workspace, "last") == second
    assert find_visit(workspace, visit) == visit
    for name, code in (("", "visit_unknown"), ("x", "visit_unknown"), (visit[:4], "visit_not_unique")):
        with pytest.raises(NotAllowed, match=code):
            find_visit(workspace, name)


def test_a_visit_closes_only_when_every_criterion_has_what_its_rating_needs(workspace, visit):
    numbers = [str(criterion.number) for criterion in open_visit(workspace, visit).form.criteria]
    for number in numbers[:-1]:
        rate(workspace, visit, number, "fully")
    rate(workspace, visit, numbers[-1], "partially", because="One record was missing.")
    with pytest.raises(NotAllowed) as refused:
        close_visit(workspace, visit)
    assert refused.value.code == "criteria_open"
    assert refused.value.values["criteria"] == numbers[-1]
    assert workspace.visit(visit).facts["state"] == "open"
    raise_finding(workspace, visit, numbers[-1], "Record missing")
    close_visit(workspace, visit)
    assert list_visits(workspace)[0].state == "closed"


def test_a_visit_with_an_open_clash_does_not_close(workspace, visit, colleague, unite):
    for number in range(1, 34):
        rate(workspace, visit, str(number), "fully")
    describe_visit(workspace, visit, {"scope": "all"})
    describe_visit(colleague, visit, {"scope": "half"})
    unite(workspace, colleague)
    with pytest.raises(NotAllowed, match="clashes_open"):
        close_visit(workspace, visit)
